#!/usr/bin/env python3
"""Walks the structure trees of screen editions with pikepdf (qpdf's parser), independent of sasshi's own code.

usage: python3 .ci/structure [--seed] PROJECT ...; prints each fault, exit 1 if there is one. A PROJECT is a folder with a manifest and its
output. With --seed faults are put into the files, one at a time: one that is not found is the fault then.
"""
import io
import pathlib
import sys

import pikepdf

from project import Project
from rules import faults
from seeds import SEEDS
from tree import Tree


def judged(data, file):
    """The faults of a file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = Tree(pdf)
        return list(dict.fromkeys(faults(pdf, tree) + list(file.order(tree))))


def seeded(file, plant):
    """The file with a fault, or None."""
    with pikepdf.open(file.path) as pdf:
        if not plant(pdf, Tree(pdf), file):
            return None
        made = io.BytesIO()
        pdf.save(made)
        return made.getvalue()


def walk(projects):
    files = [file for project in projects for file in project.files()]
    bad = 0
    for file in files:
        found = judged(file.path.read_bytes(), file)
        bad += bool(found)
        for fault in found:
            print(f"{file.path}: {fault}")
    pieces = sum(file.count for file in files)
    print(f"{len(files)} structure trees, {bad} with faults; {pieces} pieces of the sources in their order")
    return 1 if bad or not files else 0


def seed(projects):
    files = [file for project in projects for file in project.samples()]
    unfound = unseen = 0
    for words, plant in SEEDS.items():
        planted = [(file, data) for file in files if (data := seeded(file, plant)) is not None]
        for file, data in planted:
            if not judged(data, file):
                unfound += 1
                print(f"{file.path}: not found: {words}")
        unseen += not planted
        print(f"{words}: found in {len(planted)} files" if planted else f"no file can have: {words}")
    print(f"{len(SEEDS)} kinds of faults, {unfound} not found, {unseen} that no file can have")
    return 1 if unfound or unseen else 0


if __name__ == "__main__":
    run = seed if "--seed" in sys.argv[1:] else walk
    sys.exit(run([Project(pathlib.Path(path)) for path in sys.argv[1:] if path != "--seed"]))
