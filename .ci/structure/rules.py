"""What a structure tree must be (ISO 32000-1, 14.8; ISO 14289-1, 7): elements in their places, headings without gaps, ruby, notes, tables,
alternative text, language.

In: a file of pikepdf and its `Tree`. Out: faults, in words.
"""
import itertools
import re

import pikepdf

GROUPING = {
    "StructTreeRoot", "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR", "TOC",
    "TOCI", "Ruby",
}
BLOCKS = {"P", "L", "Table", "TOC", "Div", "Sect", "BlockQuote", "H1", "H2", "H3", "H4", "H5", "H6"}
# where an element may stand, if not anywhere
PARENTS = {
    "LI": {"L"}, "Lbl": {"LI", "Note", "TOCI"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TOCI": {"TOC"}, "RB": {"Ruby"}, "RT": {"Ruby"}, "Document": {"StructTreeRoot"},
}
# what alone may stand in an element
KIDS = {
    "L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"}, "Table": {"THead", "TBody", "TFoot", "TR", "Caption"}, "TR": {"TH", "TD"},
    "TOC": {"TOCI", "TOC", "Caption"}, "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"}, "Ruby": {"RB", "RT"},
    "StructTreeRoot": {"Document"},
}
KANA = re.compile("[ぁ-ゖァ-ヺー・\\s]+")
JAPANESE = re.compile("[ぁ-ヺ一-鿿々〆]")
# two words of Latin letters or more: one alone is a name or a loan
LATIN = re.compile("[A-Za-zÀ-ÿ][a-zà-ÿ'’]+(?:[,.]? [A-Za-zÀ-ÿ][a-zà-ÿ'’]+)+")
ADDRESS = re.compile("https?://[!-~]+|[!-~]+@[!-~]+")


def faults(pdf, tree):
    """All faults of a file."""
    found = list(tree.faults) + list(_of_the_file(pdf))
    ids, language = set(), str(pdf.Root.get("/Lang", ""))
    for element in tree.top.walk():
        found += [f"{element.where()}: {fault}" for fault in _of_an_element(element, ids, language)]
    found += list(_headings(tree))
    found += list(_notes(tree))
    return found


def _of_the_file(pdf):
    if not bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "the file does not say that it is marked"
    if "/Lang" not in pdf.Root:
        yield "the file names no language"
    if not bool(pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "the title is not shown"
    with pdf.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part")) != "1":
            yield "the file does not say that it is PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "the file has no title"
    for number, page in enumerate(pdf.pages, 1):
        if "/Annots" in page.obj and str(page.obj.get("/Tabs")) != "/S":
            yield f"page {number}: the tab order is not that of the tree"


def _of_an_element(element, ids, language):
    role, parent = element.standard, element.parent.standard if element.parent else ""
    own = "".join(kid for kid in element.kids if isinstance(kid, str))
    if role in GROUPING and own.strip():
        yield f"「{own}」 directly in it"
    if role in PARENTS and parent not in PARENTS[role]:
        yield f"may not stand in {parent}"
    if role in KIDS:
        for kid in element.elements():
            if kid.standard not in KIDS[role]:
                yield f"{kid.role} may not stand in it"
    if role in BLOCKS:
        line = next((outer.role for outer in element.outer() if outer.standard in ("P", "H1", "H2", "H3", "H4", "H5", "H6")), None)
        if line is not None and not any(outer.standard == "Note" for outer in element.outer()):
            yield f"a block within {line}"
    if role == "Figure":
        if not str(element.entry.get("/Alt", "")).strip():
            yield "no alternative text"
        if not any("/BBox" in attributes for attributes in _attributes(element)):
            yield "no box"
    if role == "Ruby":
        yield from _ruby(element)
    if role == "Table":
        yield from _table(element)
    if role == "Note":
        name = str(element.entry.get("/ID", ""))
        if not name or name in ids:
            yield f"its ID is {'another note’s' if name else 'missing'}"
        ids.add(name)
        if [kid.standard for kid in element.elements()][:1] != ["Lbl"]:
            yield "its label does not stand first"
    if role == "Reference" and parent != "TOCI" and "/Ref" not in element.entry:
        yield f"「{element.text()}」 leads to no note"
    if role == "Link" and not any(isinstance(kid, pikepdf.Object) for kid in element.kids):
        yield "a link without its annotation"
    for annotation in (kid for kid in element.kids if isinstance(kid, pikepdf.Object)):
        if not str(annotation.get("/Contents", "")).strip():
            yield "an annotation without words"
    yield from _language(element, language)


def _attributes(element):
    attributes = element.entry.get("/A", [])
    return attributes if isinstance(attributes, pikepdf.Array) else [attributes]


def _ruby(element):
    roles = [kid.standard for kid in element.elements()]
    if roles != ["RB", "RT"] * (len(roles) // 2) or not roles:
        yield f"a base, then its reading: here stands {' '.join(roles)}"
    for base, reading in zip(element.elements()[::2], element.elements()[1::2]):
        if KANA.fullmatch(base.text()) and base.text().strip() == reading.text().strip():
            yield f"「{base.text()}」 is read twice"
        if base.text() and reading.text().startswith(base.text()):
            yield f"the base 「{base.text()}」 stands in its reading too"


def _table(element):
    cells = [cell for cell in element.walk() if cell.standard in ("TH", "TD")]
    heads = [cell for cell in cells if cell.standard == "TH"]
    if not heads:
        yield "a table without headers"
    for head in heads:
        if not any("/Scope" in attributes for attributes in _attributes(head)):
            yield f"the header 「{head.text()}」 is of no row and no column"
    widths = {
        sum(_span(cell) for cell in row.elements()) for row in element.walk() if row.standard == "TR"
    }
    if len(widths) > 1 and not any("/RowSpan" in attributes for cell in cells for attributes in _attributes(cell)):
        yield f"rows of {sorted(widths)} cells"


def _span(cell):
    return next((int(attributes["/ColSpan"]) for attributes in _attributes(cell) if "/ColSpan" in attributes), 1)


def _language(element, of_the_file):
    """Words of another language than the one that the tree or their mark says."""
    of_the_element = element.language() or of_the_file
    runs = itertools.groupby(
        (kid for kid in element.kids if isinstance(kid, str)), lambda words: words.language or of_the_element
    )
    for language, words in runs:
        own = ADDRESS.sub("", "".join(words))
        if language.startswith("en") and JAPANESE.search(own):
            yield f"「{own}」 is said to be English"
        if language.startswith("ja") and LATIN.search(own):
            yield f"「{own}」 is said to be Japanese"


def _headings(tree):
    level = 0
    for element in tree.top.walk():
        if not re.fullmatch("H[1-6]", element.standard):
            continue
        own = int(element.standard[1])
        if own > level + 1:
            yield f"{element.where()} 「{element.text()}」: after level {level}"
        if not element.text().strip():
            yield f"{element.where()}: an empty heading"
        level = own


def _notes(tree):
    """Each note is referred to by what stands in the text before or after it."""
    notes = {str(element.entry.get("/ID")) for element in tree.top.walk() if element.standard == "Note"}
    named = set()
    for element in tree.top.walk():
        if element.standard == "Reference" and "/Ref" in element.entry:
            named |= {str(note.get("/ID")) for note in element.entry["/Ref"]}
    for note in sorted(notes - named):
        yield f"the note {note!r} is referred to by nothing"
    for note in sorted(named - notes):
        yield f"a reference leads to the note {note!r}, which is not there"
