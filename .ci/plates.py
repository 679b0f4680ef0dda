#!/usr/bin/env python3
"""Compares our plates with those of Ghostscript: the sum of inks of each page, mean over the trimmed page.

Usage: plates.py SASSHI FILE.pdf [...]. Ends with 1 when a page differs by more than 2 % of the sum (or of 1 % of full ink, where
less is on it), so a press file is told to be the same to two independent programs.
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

# of the sum of inks
TOLERANCE = 0.02
# pages with less ink than this, of 1 for a full ink, are compared with this
LEAST = 0.01


def mean(path):
    """The mean ink of a plate, 1 for full ink: an uncompressed TIFF of eight bits (TIFF 6.0)."""
    data = path.read_bytes()
    order = "<" if data[:2] == b"II" else ">"
    (at,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, at)
    tags = {}
    for number in range(count):
        entry = at + 2 + 12 * number
        tag, kind, values = struct.unpack_from(order + "HHI", data, entry)
        size = {3: 2, 4: 4}.get(kind)
        if size is None:
            continue
        place = entry + 8 if size * values <= 4 else struct.unpack_from(order + "I", data, entry + 8)[0]
        tags[tag] = struct.unpack_from(f"{order}{values}{'H' if size == 2 else 'I'}", data, place)
    if tags[258] != (8,) or tags.get(259, (1,)) != (1,):
        sys.exit(f"{path}: not eight bits without compression")
    pixels = b"".join(data[start : start + length] for start, length in zip(tags[273], tags[279]))
    share = sum(pixels) / len(pixels) / 255
    # black is full ink, where 0 is black
    return share if tags[262] == (0,) else 1 - share


def theirs(file, folder):
    subprocess.run(
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r1200",
         "-dDownScaleFactor=8", "-dUseTrimBox", "-sCompression=none", f"-sOutputFile={folder}/%d.tif", file],
        check=True,
    )
    sums = {}
    for plate in pathlib.Path(folder).glob("*(*).tif"):
        page = int(plate.name.split("(")[0])
        sums[page] = sums.get(page, 0) + mean(plate)
    return sums


def ours(sasshi, file):
    told = subprocess.run(
        [sasshi, "preflight", file, "--inks", "--message-format", "json"], stdout=subprocess.PIPE, check=False
    )
    lines = (json.loads(line) for line in told.stdout.splitlines())
    return {line["page"]: sum(line["inks"].values()) for line in lines if "inks" in line}


def main(sasshi, *files):
    wrong = pages = 0
    worst = 0.0
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            one, other = ours(sasshi, file), theirs(file, folder)
        if not one or one.keys() != other.keys():
            sys.exit(f"{file}: {len(one)} pages of ours, {len(other)} of Ghostscript's")
        for page, sum_of_inks in sorted(one.items()):
            pages += 1
            off = abs(sum_of_inks - other[page]) / max(other[page], LEAST)
            worst = max(worst, off)
            if off > TOLERANCE:
                wrong += 1
                print(f"{file}, page {page}: {sum_of_inks:.4f} here, {other[page]:.4f} by Ghostscript")
    print(f"{pages} pages, {wrong} off by more than {TOLERANCE:.0%}; the most is {worst:.2%}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
