"""Which file of a project's output shows what, and in which order its sources say it.

In: a folder with `sasshi.toml`, sources and output. Out: its screen editions, each with the pieces that its tree must say.
"""
import csv
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field, replace

import order
import source

# directives that a layout prints elsewhere or not as text: drawings, what is made of the headings, what is for trainers
DRAWN = {"map", "toc"}
# chapters that a layout draws in an order of their own, and why
OWN_ORDER = {
    ("booklet", "02-wishes"): "two facing pages: each wish stands over its story, and the right page has two of three",
    ("booklet", "19-systems"): "the kinds of support stand beside the head, before the sentence",
    ("handout", "05-question-1"): "the solution stands beside the four parties, before what lies on their table",
}
FOR_TRAINERS = {"trainer", "discussion"}


@dataclass
class File:
    """A file of the output."""

    path: object
    pieces: list = field(default_factory=list)  # pieces of texts, each in an element of its own
    cells: list = field(default_factory=list)  # cells of records, each within an element

    @property
    def count(self):
        return len(self.pieces) + len(self.cells)

    def order(self, tree):
        said = list(order.blocks(tree.top))
        yield from order.faults(self.pieces, said)
        yield from order.faults_of_cells(self.cells, [unicodedata.normalize("NFKC", words) for words in said])


class Project:
    """A project with its output."""

    def __init__(self, root):
        self.root = root
        self.manifest = tomllib.loads((root / "sasshi.toml").read_text(encoding="utf-8"))

    def files(self):
        """Every screen edition."""
        for path in sorted((self.root / "output").glob("*/screen*/*.pdf")):
            publication = next(one for one in self.manifest["publication"] if one["name"] == path.parts[-3])
            reader = path.parts[-2].removeprefix("screen").removeprefix("-") or publication.get("readers", ["ja"])[0]
            yield self._file(path, publication, reader)

    def samples(self):
        """One file of each publication and reader: the first, by name."""
        return list({file.path.parent: file for file in reversed(list(self.files()))}.values())

    def _file(self, path, publication, reader):
        if "text" in publication:
            return File(path, pieces=list(self._pieces(path.stem, publication, reader)))
        if publication["layout"] in ("contact-sheet", "directory-list"):
            return File(path, cells=list(self._cells(path.stem, publication, reader)))
        return File(path)

    def _pieces(self, stem, publication, reader):
        is_handout = publication["layout"] == "handout"
        part = re.fullmatch(r"\d+-(\w+?)(-trainer)?", stem) if publication.get("per") == "parts" else None
        left_out = set(DRAWN)
        if not is_handout:
            left_out |= FOR_TRAINERS
        elif not stem.endswith("-trainer"):
            left_out.add("trainer")
        for path in self._texts(publication, reader):
            text = source.read(path)
            if is_handout and text.front.get("template") in ("cover", "back-cover"):
                continue
            if part and text.front.get("part") != part[1]:
                continue
            is_free = (publication["layout"], path.stem) in OWN_ORDER
            yield from (replace(piece, is_free=is_free) for piece in text.pieces if piece.directive not in left_out)

    def _texts(self, publication, reader):
        """Files of text, in the reader's own words where they have some."""
        suffix = {"en": ".en", "ja-easy": ".easy"}.get(reader, "")
        paths = sorted({path for pattern in publication["text"] for path in self.root.glob(pattern)})
        for path in paths:
            own = path.with_name(f"{path.stem}{suffix}.md")
            if re.search(r"\.(en|easy)$", path.stem) is None:
                yield own if suffix and own.exists() else path

    def _rows(self, name):
        path = self.root / self.manifest["directory"][name]["source"]
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))

    def _cells(self, stem, publication, reader):
        offices = [self._rows(name) for name in publication["directories"]]
        for unit in self._rows("wards"):
            file_name = f"{unit['全国地方公共団体コード'][2:5]}-{unit['区_英語'].lower()}"
            if publication.get("per") == "wards" and stem not in (file_name, "all"):
                continue
            yield unit["区_英語"] if reader == "en" else unit["区"]
            for rows in offices:
                for row in rows:
                    # an office of the whole city is on every sheet, and once in a list
                    if row.get("区") == unit["区"] or ("区" not in row and "per" in publication):
                        yield from self._of(row, reader)

    def _of(self, row, reader):
        if reader == "en":
            return [row["電話番号"], row["名称"]]
        # for readers of easy Japanese an office of the whole city is printed without its place
        if reader == "ja-easy" and "区" not in row:
            return [row["名称"], row["電話番号"]]
        places = [part for part in re.split(r"[\s　]+", row["住所"]) if part]
        # sheets and lists leave the city out
        places = [part.removeprefix(self.manifest["project"]["municipality"]) for part in places]
        return [row["名称"], row["電話番号"], *places]
