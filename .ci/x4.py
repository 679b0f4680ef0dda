#!/usr/bin/env python3
"""Re-tests the rules of PDF/X-4 with pikepdf (qpdf's parser), independent of sasshi's own preflight.

usage: x4.py FILE.pdf ...; prints each fault, exit 1 if there is one.
"""
import sys

import pikepdf
from pikepdf import Name

FOREIGN = {"/DeviceRGB", "/CalRGB", "/CalGray", "/Lab"}
SLACK = 0.15  # points: a twentieth of a millimetre


def spaces(space, depth=0):
    """The foreign colour spaces in a colour space."""
    if depth > 6:
        return
    if isinstance(space, Name):
        if str(space) in FOREIGN:
            yield str(space)
    elif isinstance(space, pikepdf.Array) and len(space):
        family = str(space[0])
        if family in FOREIGN:
            yield family
        elif family == "/ICCBased" and int(space[1].get("/N", 0)) != 4:
            yield f"ICCBased of {space[1].get('/N')}"
        elif family == "/Indexed":
            yield from spaces(space[1], depth + 1)
        elif family in ("/Separation", "/DeviceN"):
            yield from spaces(space[2], depth + 1)


def walk(holder, resources, fault, seen, depth=0):
    """Colour operators and resources of a page, form or pattern."""
    if depth > 16:
        fault("forms within forms without end")
        return
    for operands, operator in pikepdf.parse_content_stream(holder):
        operator = str(operator)
        if operator in ("rg", "RG"):
            fault(f"RGB operator {operator}")
        elif operator in ("cs", "CS"):
            for name in spaces(operands[0]):
                fault(f"colour space {name}")
    if resources is None:
        return
    for name, space in resources.get("/ColorSpace", {}).items():
        for found in spaces(space):
            fault(f"colour space {name}: {found}")
    for name, shading in resources.get("/Shading", {}).items():
        for found in spaces(shading.get("/ColorSpace", pikepdf.Array())):
            fault(f"shading {name}: {found}")
    for name, state in resources.get("/ExtGState", {}).items():
        if "/TR" in state or str(state.get("/TR2", "/Default")) != "/Default" or "/HTP" in state:
            fault(f"transfer function in {name}")
    for name, font in resources.get("/Font", {}).items():
        if str(font.get("/Subtype")) == "/Type3":
            continue
        holder_of = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        descriptor = holder_of.get("/FontDescriptor", {})
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            fault(f"font {font.get('/BaseFont')} is not embedded")
    inner = list(resources.get("/XObject", {}).items()) + list(resources.get("/Pattern", {}).items())
    for name, item in inner:
        if item.objgen in seen and item.objgen != (0, 0):
            continue
        seen.add(item.objgen)
        kind = str(item.get("/Subtype", ""))
        if kind == "/Image":
            for found in spaces(item.get("/ColorSpace", pikepdf.Array())):
                fault(f"image {name}: {found}")
        elif kind == "/PS":
            fault(f"PostScript {name}")
        elif "/Shading" in item:
            for found in spaces(item["/Shading"].get("/ColorSpace", pikepdf.Array())):
                fault(f"pattern {name}: {found}")
        elif isinstance(item, pikepdf.Stream):
            group(item, fault)
            walk(item, item.get("/Resources", resources), fault, seen, depth + 1)


def group(holder, fault):
    """The blending space of a transparency group."""
    found = holder.get("/Group", {})
    if "/CS" in found and str(found["/CS"]) not in ("/DeviceCMYK", "/DeviceGray"):
        if not (isinstance(found["/CS"], pikepdf.Array) and int(found["/CS"][1].get("/N", 0)) == 4):
            fault(f"group blended in {found['/CS']}")


def within(inner, outer):
    a, b = [float(value) for value in inner], [float(value) for value in outer]
    return a[0] >= b[0] - SLACK and a[1] >= b[1] - SLACK and a[2] <= b[2] + SLACK and a[3] <= b[3] + SLACK


def test(path):
    faults = []
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        if pdf.is_encrypted:
            faults.append("encrypted")
        if pdf.pdf_version > "1.6":
            faults.append(f"version {pdf.pdf_version}")
        if len(pdf.trailer.get("/ID", [])) != 2:
            faults.append("no ID")
        intents = [one for one in root.get("/OutputIntents", []) if str(one.get("/S")) == "/GTS_PDFX"]
        if len(intents) != 1:
            faults.append(f"{len(intents)} output intents")
        for intent in intents:
            profile = intent.get("/DestOutputProfile")
            icc = profile.read_bytes() if profile is not None else b""
            if icc[12:16] != b"prtr" or icc[16:20] != b"CMYK" or icc[36:40] != b"acsp" or int(profile.N) != 4:
                faults.append("the intent has no CMYK press profile")
            if not str(intent.get("/OutputConditionIdentifier", "")):
                faults.append("the intent has no identifier")
        for key in ("/OpenAction", "/AA", "/AcroForm"):
            if key in root:
                faults.append(f"catalog {key}")
        for key in ("/JavaScript", "/EmbeddedFiles"):
            if key in root.get("/Names", {}):
                faults.append(f"names {key}")
        if str(pdf.trailer.get("/Info", {}).get("/Trapped", "")) not in ("/True", "/False"):
            faults.append("Trapped is neither True nor False")
        with pdf.open_metadata() as xmp:
            if xmp.get("{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion") != "PDF/X-4":
                faults.append("XMP does not say PDF/X-4")
            for key in ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID"):
                if not xmp.get(key):
                    faults.append(f"XMP without {key}")
        seen = set()
        for number, page in enumerate(pdf.pages, 1):
            def fault(words, number=number):
                faults.append(f"page {number}: {words}")
            obj = page.obj
            if "/TrimBox" not in obj or "/BleedBox" not in obj:
                fault("TrimBox or BleedBox is missing")
            elif not (within(obj.TrimBox, obj.BleedBox) and within(obj.BleedBox, page.mediabox)):
                fault("boxes do not lie in one another")
            for annotation in obj.get("/Annots", []):
                fault(f"annotation {annotation.get('/Subtype')}")
            group(obj, fault)
            walk(page, page.get("/Resources"), fault, seen)
    return faults


def main():
    bad = 0
    for path in sys.argv[1:]:
        faults = list(dict.fromkeys(test(path)))
        bad += bool(faults)
        for fault in faults:
            print(f"{path}: {fault}")
    if not bad:
        print(f"{len(sys.argv) - 1} files keep the rules of PDF/X-4 that pikepdf can see")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
