"""Faults that are put into a good file, each of a kind, so that the walker is seen to find them.

In: an open file of pikepdf. Out: the same file with one fault, or none where it has nothing that could have it.
"""
import pikepdf
from pikepdf import Array, Dictionary, Name

from source import squeezed

SEEDS = {}


def seed(words):
    """Names the fault that a function puts in; it tells whether it could."""

    def named(function):
        SEEDS[words] = function
        return function

    return named


def _first(tree, role, wanted=lambda element: True):
    return next((one for one in tree.top.walk() if one.standard == role and wanted(one)), None)


def _rename(element, role):
    if element is None:
        return False
    element.entry["/S"] = Name("/" + role)
    return True


def _has_words(element):
    return any(isinstance(kid, str) and kid.strip() for kid in element.kids)


@seed("a paragraph in a paragraph")
def _paragraph_in_paragraph(pdf, tree, file):
    inline = ("Span", "Link", "Ruby", "Quote", "Reference")
    within = next((one for one in tree.top.walk() if one.standard in inline and one.parent.standard == "P"), None)
    return _rename(within, "P")


@seed("text outside of the tree")
def _text_outside(pdf, tree, file):
    page = pdf.pages[0]
    parts = list(pikepdf.parse_content_stream(page))
    for index, (operands, operator) in enumerate(parts):
        if str(operator) == "BDC" and len(operands) > 1 and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
            # its own end closes what stands in its place
            parts[index] = pikepdf.ContentStreamInstruction([Name("/Span")], pikepdf.Operator("BMC"))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(parts))
            return True
    return False


@seed("a drawing that is neither content nor artifact")
def _drawing_outside(pdf, tree, file):
    pdf.pages[0].contents_add(pdf.make_stream(b"q 0 0 10 10 re f Q"))
    return True


@seed("a reading before its base")
def _reading_first(pdf, tree, file):
    ruby = _first(tree, "Ruby")
    if ruby is None:
        return False
    ruby.entry["/K"] = Array(reversed(list(ruby.entry["/K"])))
    return True


@seed("a base that its reading says again")
def _base_twice(pdf, tree, file):
    ruby = _first(tree, "Ruby")
    if ruby is None:
        return False
    base, reading = ruby.elements()[:2]
    marks = [one.entry["/K"] if isinstance(one.entry["/K"], Array) else [one.entry["/K"]] for one in (base, reading)]
    reading.entry["/K"] = Array(list(marks[0]) + list(marks[1]))
    return True


@seed("a level of headings that is skipped")
def _heading_skipped(pdf, tree, file):
    return _rename(_first(tree, "H2"), "H4")


@seed("a table without headers")
def _no_headers(pdf, tree, file):
    heads = [one for one in tree.top.walk() if one.standard == "TH"]
    for head in heads:
        _rename(head, "TD")
    return bool(heads)


@seed("a picture without alternative text")
def _no_alternative(pdf, tree, file):
    figure = _first(tree, "Figure")
    if figure is None:
        return False
    del figure.entry["/Alt"]
    return True


@seed("words in no element")
def _lost(pdf, tree, file):
    element = _first(tree, "P", _has_words)
    kids = element.parent.entry["/K"]
    element.parent.entry["/K"] = Array(kid for kid in kids if not _is(kid, element))
    return True


def _is(kid, element):
    return isinstance(kid, pikepdf.Object) and kid.objgen == element.entry.objgen


@seed("two paragraphs that changed places")
def _swapped(pdf, tree, file):
    fixed = {piece.text for piece in file.pieces if not piece.is_free and piece.kind != "note"} | set(file.cells)
    for parent in tree.top.walk():
        known = [one for one in parent.elements() if squeezed(one.text(("RT",))) in fixed]
        if len(known) > 1 and isinstance(parent.entry["/K"], Array):
            first, last = known[0], known[-1]
            kids = [last.entry if _is(kid, first) else first.entry if _is(kid, last) else kid for kid in parent.entry["/K"]]
            parent.entry["/K"] = Array(kids)
            return True
    return False


@seed("a parent tree that leads elsewhere")
def _other_parent(pdf, tree, file):
    parents = pikepdf.NumberTree(pdf.Root["/StructTreeRoot"]["/ParentTree"])
    named = parents[int(pdf.pages[0].obj["/StructParents"])]
    other = next((index for index, one in enumerate(named) if one.objgen != named[0].objgen), None)
    if other is None:
        return False
    named[0] = named[other]
    return True


@seed("a link without its annotation")
def _no_annotation(pdf, tree, file):
    link = _first(tree, "Link")
    if link is None:
        return False
    link.entry["/K"] = Array(kid for kid in link.entry["/K"] if not (isinstance(kid, Dictionary) and "/Obj" in kid))
    return True


@seed("an item outside of a list")
def _item_outside(pdf, tree, file):
    return _rename(_first(tree, "L"), "Div")


@seed("a language that is not that of the words")
def _other_language(pdf, tree, file):
    is_japanese = str(pdf.Root["/Lang"]).startswith("ja")
    pdf.Root["/Lang"] = "en" if is_japanese else "ja"
    return True


@seed("two notes of one ID")
def _same_note(pdf, tree, file):
    notes = [one for one in tree.top.walk() if one.standard == "Note"]
    if len(notes) < 2:
        return False
    notes[1].entry["/ID"] = notes[0].entry["/ID"]
    return True


@seed("a note that nothing refers to")
def _lone_note(pdf, tree, file):
    reference = _first(tree, "Reference", lambda one: "/Ref" in one.entry)
    if reference is None:
        return False
    del reference.entry["/Ref"]
    return True
