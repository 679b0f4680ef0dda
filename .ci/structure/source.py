"""The words of a project's texts as they are read aloud, piece by piece in their order: a small reader of its own of the Markdown that sasshi
takes (`layouts/shared/README.md`, "CommonMark + …"), which knows only what the example uses and stops at what it does not know.

In: a file of text. Out: its front matter and its pieces: titles, paragraphs, items, terms, cells, notes.
"""
import re
import tomllib
from dataclasses import dataclass

# what a page number stands for in the source
FOLIO = "\ue000"

_OPENING = re.compile(r"^:::(\w[\w-]*)\s*(\{.*\})?\s*$")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_BRACES = re.compile(r"\s*\{[^{}|]*\}\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*]|(\d+)[.)])\s+(.*)$")
_NOTE = re.compile(r"^\[\^([^\]]+)\]:\s*(.*)$")
_MARK = re.compile(r"\[\^([^\]]+)\]")
_RUBY = re.compile(r"\{([^{}|]+)\|[^{}]+\}")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


@dataclass
class Piece:
    """What stands in an element of its own."""

    kind: str  # heading, paragraph, item, cell, term, title, note
    text: str  # without white space; FOLIO for a page number
    directive: str = ""  # the directive that it stands in
    is_free: bool = False  # a layout gives it a place of its own; it need not stand where the source has it


@dataclass
class Text:
    """A file of text."""

    front: dict
    pieces: list


def squeezed(text):
    return re.sub(r"\s+", "", text)


class _Reader:
    def __init__(self, lines):
        self.lines = lines
        self.pieces, self.notes = [], []
        self.directives = []
        self.numbers = {}
        self.open = None  # lines of the paragraph under way, with its kind

    def read(self):
        in_note = False
        for line in self.lines:
            note = _NOTE.match(line)
            if note:
                self._close()
                in_note, line = True, note[2]
                self.open = ["note", [line]]
            elif in_note and line.startswith("    "):
                self._go_on("note", line)
            else:
                if in_note and line.strip():
                    self._close()
                    in_note = False
                self._line(line, "note" if in_note else None)
        self._close()
        return self.pieces + self.notes

    def _line(self, line, kind):
        opening = _OPENING.match(line)
        if opening:
            self._close()
            self.directives.append(opening[1])
            attributes = dict(_ATTRIBUTE.findall(opening[2] or ""))
            if "title" in attributes:
                self._add("title", attributes["title"])
        elif line.strip() == ":::":
            self._close()
            self.directives.pop()
        elif not line.strip():
            self._close()
        elif re.fullmatch("={4,}|-{4,}", line.strip()) and self.open:
            self.open[0] = "heading"
            self._close()
        elif line.startswith("#"):
            self._close()
            self._add("heading", _BRACES.sub("", line.lstrip("#")))
        elif line.startswith("|"):
            self._close()
            if not re.fullmatch(r"[|\s:-]+", line):
                for cell in line.strip().strip("|").split("|"):
                    self._add("cell", cell)
        elif line.startswith(": "):
            if self.open:
                self.open[0] = "term"
            self._close()
            self.open = ["paragraph", [line[2:]]]
        elif _ITEM.match(line):
            self._close()
            self.open = ["item", [_ITEM.match(line)[3]]]
        else:
            self._go_on(kind or "paragraph", line)

    def _go_on(self, kind, line):
        if not line.strip():
            self._close()
        elif self.open is None:
            self.open = [kind, [line]]
        else:
            self.open[1].append(line)

    def _close(self):
        if self.open is not None:
            kind, lines = self.open
            self.open = None
            self._add(kind, "\n".join(lines))

    def _add(self, kind, text):
        words = squeezed(self._words(text))
        if words:
            (self.notes if kind == "note" else self.pieces).append(
                Piece(kind, words, self.directives[-1] if self.directives else "")
            )

    def _words(self, text):
        text = _IMAGE.sub("", text)
        text = _MARK.sub(lambda mark: "※" + str(self.numbers.setdefault(mark[1], len(self.numbers) + 1)), text)
        text = _LINK.sub(lambda link: FOLIO if not link[1] and link[2].startswith("#") else link[1], text)
        text = _RUBY.sub(r"\1", text)
        return text.replace("\\\n", "\n").replace("**", "").replace("`", "")


def read(path):
    """The front matter and the pieces of the text `path`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    front = {}
    if lines and lines[0] == "+++":
        end = lines.index("+++", 1)
        front = tomllib.loads("\n".join(lines[1:end]))
        lines = lines[end + 1 :]
    return Text(front, _Reader(lines).read())
