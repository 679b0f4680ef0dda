"""The list sheets by Python's typst: one process, one compiler. In: folders of JSON files, of fonts and of the template; out: PDFs."""

import pathlib
import sys

import typst

work, fonts = map(pathlib.Path, sys.argv[1:3])
compiler = typst.Compiler(
    str(work / "peer.typ"), root=str(work), font_paths=[str(fonts)], ignore_system_fonts=True
)
for data in sorted((work / "data").glob("*.json")):
    compiler.compile(output=str(work / f"{data.stem}.pdf"), sys_inputs={"data": f"data/{data.name}"})
