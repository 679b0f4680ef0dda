"""Sets the contact sheets with Python's typst in one process: what a script beside a spreadsheet would do."""

import pathlib
import shutil

import typst

work = pathlib.Path(__file__).resolve().parent
out = work / "out"
out.mkdir(exist_ok=True)
compiler = typst.Compiler(
    root=str(work), font_paths=[str(work / "layouts" / "fonts")], ignore_system_fonts=True
)
for data in sorted((work / "data").glob("*.json")):
    shutil.copy(data, work / "data.json")
    compiler.compile(
        input=str(work / "layouts" / "contact-sheet" / "layout.typ"),
        output=str(out / f"{data.stem}.pdf"),
        format="pdf",
        pdf_standards=["ua-1"],
    )
