"""What the pages of a file paint: text by marked content, and what is painted outside of any mark (ISO 32000-1, 14.6 and 9.10).

In: a page of pikepdf. Out: the text of each MCID, and faults. Nothing of sasshi's own reader is used.
"""
import re
from dataclasses import dataclass, field

import pikepdf

OPERATORS = "BMC BDC EMC Tf Tj TJ ' \" Do f F f* B B* b b* S s sh"
SHOWS = {"Tj", "TJ", "'", '"'}
MOST_NESTED = 16

_BFCHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_BFRANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_SPACE = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
_TOKEN = re.compile(rb"<([0-9A-Fa-f]*)>|(\[)|(\])")


class Font:
    """Codes of a font to text, by its ToUnicode map."""

    def __init__(self, font):
        data = bytes(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else b""
        found = _SPACE.search(data)
        self.width = len(found[1]) // 2 if found else (2 if str(font.get("/Subtype")) == "/Type0" else 1)
        self.map = {}
        for part in _BFCHAR.findall(data):
            codes = [token[0] for token in _TOKEN.findall(part)]
            for code, text in zip(codes[::2], codes[1::2]):
                self.map[int(code, 16)] = _utf16(text)
        for part in _BFRANGE.findall(data):
            self._ranges(_TOKEN.findall(part))

    def _ranges(self, tokens):
        at = 0
        while at + 2 < len(tokens):
            first, last = int(tokens[at][0], 16), int(tokens[at + 1][0], 16)
            at += 2
            if tokens[at][1]:  # an array: a text for each code
                at += 1
                for code in range(first, last + 1):
                    self.map[code] = _utf16(tokens[at][0])
                    at += 1
            else:
                start = _utf16(tokens[at][0])
                for code in range(first, last + 1):
                    self.map[code] = start[:-1] + chr(ord(start[-1]) + code - first)
            at += 1

    def text(self, codes):
        codes = bytes(codes)
        numbers = (int.from_bytes(codes[at : at + self.width], "big") for at in range(0, len(codes), self.width))
        # a code without text is a fault that the reader of the text sees
        return "".join(self.map.get(number, "\ufffd") for number in numbers)


def _utf16(digits):
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


class Words(str):
    """The text of a mark, with the language that the mark itself says, if it does."""

    language = None


@dataclass
class Page:
    """The content of one page."""

    marks: dict = field(default_factory=dict)  # MCID: its Words
    faults: list = field(default_factory=list)
    fonts: dict = field(default_factory=dict)


def read(page, fonts):
    """The content of `page`; `fonts` keeps those read, by object number."""
    found = Page(fonts=fonts)
    _walk(page, page.obj.get("/Resources", {}), found, [], 0)
    return found


def _walk(holder, resources, page, around, depth):
    if depth > MOST_NESTED:
        page.faults.append("forms within forms without end")
        return
    stack, font = list(around), None
    for operands, operator in pikepdf.parse_content_stream(holder, OPERATORS):
        operator = str(operator)
        if operator in ("BMC", "BDC"):
            stack.append(_mark(operands, resources, page))
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            font = _font(resources["/Font"][str(operands[0])], page.fonts)
        elif operator == "Do":
            form = resources["/XObject"][str(operands[0])]
            if str(form.get("/Subtype")) == "/Form":
                _walk(form, form.get("/Resources", resources), page, stack, depth + 1)
            else:
                _painted("an image", stack, page)
        elif operator in SHOWS:
            _shown("" if font is None else _text(operands[-1], font), stack, page)
        else:
            _painted("a drawing", stack, page)


def _words(text, language):
    words = Words(str(text))
    words.language = None if language is None else str(language)
    return words


def _text(operand, font):
    if isinstance(operand, pikepdf.Array):
        return "".join(font.text(piece) for piece in operand if isinstance(piece, pikepdf.String))
    return font.text(operand)


def _font(font, fonts):
    if font.objgen not in fonts:
        fonts[font.objgen] = Font(font)
    return fonts[font.objgen]


def _mark(operands, resources, page):
    """A mark as ("artifact",), ("mcid", number) or ("other",); one with ActualText puts its text in place of what is shown."""
    tag = str(operands[0])
    if tag == "/Artifact":
        return ("artifact",)
    properties = operands[1] if len(operands) > 1 else {}
    if isinstance(properties, pikepdf.Name):
        properties = resources["/Properties"][str(properties)]
    if "/MCID" in properties:
        number = int(properties["/MCID"])
        if number in page.marks:
            page.faults.append(f"two marks have the MCID {number}")
        page.marks[number] = _words(properties.get("/ActualText", ""), properties.get("/Lang"))
        return ("mcid", number, "/ActualText" in properties)
    return ("other", str(properties["/ActualText"]) if "/ActualText" in properties else None)


def _owner(stack):
    """The mark that what is painted belongs to, or None."""
    if any(mark[0] == "artifact" for mark in stack):
        return ("artifact",)
    return next((mark for mark in reversed(stack) if mark[0] == "mcid"), None)


def _shown(text, stack, page):
    owner = _owner(stack)
    if owner is None:
        page.faults.append(f"text outside of the tree: {text!r}")
    elif owner[0] == "mcid" and not owner[2]:
        instead = next((index for index, mark in enumerate(stack) if mark[0] == "other" and mark[1] is not None), None)
        if instead is not None:
            text, stack[instead] = stack[instead][1], ("other", "")
        before = page.marks[owner[1]]
        page.marks[owner[1]] = _words(before + text, before.language)


def _painted(what, stack, page):
    if _owner(stack) is None:
        page.faults.append(f"{what} outside of the tree and no artifact")
