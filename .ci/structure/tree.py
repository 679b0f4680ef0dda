"""The structure tree of a file (ISO 32000-1, 14.7) with the text of each element.

In: a PDF of pikepdf. Out: the top element, and faults of the wiring: marks without an element, elements without their mark, a parent tree
that names another element.
"""
from dataclasses import dataclass, field

import pikepdf

from content import read

MOST_NESTED = 256


@dataclass
class Element:
    """An element: its role as written, the standard role, what stands in it in order (elements, text, annotations)."""

    role: str
    standard: str
    entry: object
    kids: list = field(default_factory=list)
    parent: object = None

    def text(self, without=()):
        """Its words in the order of the tree, those of elements in `without` left out."""
        words = (
            kid if isinstance(kid, str) else "" if kid.standard in without else kid.text(without)
            for kid in self.kids
            if not isinstance(kid, pikepdf.Object)
        )
        return "".join(words)

    def elements(self):
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self):
        yield self
        for kid in self.elements():
            yield from kid.walk()

    def outer(self):
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def language(self):
        return next((str(one.entry["/Lang"]) for one in (self, *self.outer()) if "/Lang" in one.entry), None)

    def where(self):
        return " > ".join([one.role for one in reversed(list(self.outer()))] + [self.role])


class Tree:
    """The tree of a file."""

    def __init__(self, pdf):
        self.faults = []
        fonts = {}
        self.pages = [read(page, fonts) for page in pdf.pages]
        for number, page in enumerate(self.pages, 1):
            self.faults += [f"page {number}: {fault}" for fault in page.faults]
        self._numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._root = pdf.Root["/StructTreeRoot"]
        self._roles = {str(key): str(value) for key, value in self._root.get("/RoleMap", {}).items()}
        self._owners = {}
        self.top = Element("StructTreeRoot", "StructTreeRoot", self._root)
        self._read(self._root.get("/K"), self.top, None, 0)
        self._compare(pdf)

    def _read(self, kid, parent, page, depth):
        if depth > MOST_NESTED:
            self.faults.append("the tree has a loop")
        elif isinstance(kid, pikepdf.Array):
            for one in kid:
                self._read(one, parent, page, depth)
        elif isinstance(kid, int):
            self._mark(page, kid, parent)
        elif kid is None:
            return
        elif "/S" in kid:
            self._element(kid, parent, page, depth)
        elif str(kid.get("/Type")) == "/OBJR":
            parent.kids.append(kid["/Obj"])
        else:
            self._mark(kid.get("/Pg", page), int(kid["/MCID"]), parent)

    def _element(self, entry, parent, page, depth):
        role = str(entry["/S"])
        standard = role
        for _ in range(MOST_NESTED):
            if standard not in self._roles:
                break
            standard = self._roles[standard]
        element = Element(role[1:], standard[1:], entry, parent=parent)
        if "/P" not in entry or entry["/P"].objgen != parent.entry.objgen:
            self.faults.append(f"{element.where()}: its /P is not what it stands in")
        parent.kids.append(element)
        self._read(entry.get("/K"), element, entry.get("/Pg", page), depth + 1)

    def _mark(self, page, number, owner):
        index = None if page is None else self._numbers.get(page.objgen)
        marks = {} if index is None else self.pages[index].marks
        if number not in marks:
            self.faults.append(f"{owner.where()}: there is no MCID {number} on its page")
            return
        if (index, number) in self._owners:
            self.faults.append(f"{owner.where()}: MCID {number} of page {index + 1} stands in two elements")
        self._owners[index, number] = owner
        owner.kids.append(marks[number])

    def _compare(self, pdf):
        """Every mark has its element, and the parent tree says the same."""
        parents = dict(pikepdf.NumberTree(self._root["/ParentTree"]).items())
        for index, page in enumerate(self.pages):
            named = parents.get(int(pdf.pages[index].obj.get("/StructParents", -1)), [])
            for number, text in page.marks.items():
                owner = self._owners.get((index, number))
                if owner is None:
                    self.faults.append(f"page {index + 1}: MCID {number} ({text!r}) is in no element")
                elif number >= len(named) or named[number].objgen != owner.entry.objgen:
                    self.faults.append(f"page {index + 1}: the parent tree has MCID {number} elsewhere")
        for element in self.top.walk():
            for annotation in (kid for kid in element.kids if isinstance(kid, pikepdf.Object)):
                named = parents.get(int(annotation.get("/StructParent", -1)))
                if named is None or named.objgen != element.entry.objgen:
                    self.faults.append(f"{element.where()}: the parent tree does not lead from its annotation to it")
        inside = {
            kid.objgen for element in self.top.walk() for kid in element.kids if isinstance(kid, pikepdf.Object)
        }
        for number, page in enumerate(pdf.pages, 1):
            for annotation in page.obj.get("/Annots", []):
                if annotation.objgen not in inside:
                    self.faults.append(f"page {number}: an annotation is in no element")
