#!/usr/bin/env python3
"""Makes the workbooks of the tests: real files of the office formats, written by other programs than sasshi.

    pip install openpyxl odfpy xlwt msoffcrypto-tool && python3 make.py

They are committed; the tests need no Python. The same sources give the same files, but for the encrypted ones
(their salt is random), which are only made where they are missing.
"""

import csv
import datetime
import io
import pathlib
import struct
import zipfile

import msoffcrypto.format.ooxml
import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableRowProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
BROKEN = ROOT / "tests/broken"
NOW = datetime.datetime(2026, 4, 1)
CHECKED = datetime.date(2026, 3, 2)


def rows(name):
    with open(ROOT / f"sources/directories/{name}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def twice(rows):
    """The list with a second office in two wards, right below the first."""
    header, *records = rows
    out = [header]
    for ward, name, address, phone in records:
        out.append([ward, name, address, phone])
        if ward in ("西区", "港北区"):
            out.append([ward, name + "（分室）", ward + "見本町9-9", "045-510-000" + str(len(ward))])
    return out


def fixed(path, data):
    """Writes an archive with the times of its parts taken out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    source = zipfile.ZipFile(io.BytesIO(data))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, (2026, 4, 1, 0, 0, 0))
            info.compress_type = entry.compress_type
            out.writestr(info, source.read(entry))


def xlsx_bytes(book):
    buffer = io.BytesIO()
    book.properties.created = book.properties.modified = NOW
    book.save(buffer)
    return buffer.getvalue()


def save(book, path):
    book.properties.creator = "sasshi"
    # openpyxl writes the present time as the one of the change: put it back
    source = zipfile.ZipFile(io.BytesIO(xlsx_bytes(book)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                start = data.index(b"<dcterms:modified")
                end = data.index(b"</dcterms:modified>") + len(b"</dcterms:modified>")
                data = data[:start] + data[end:]
            info = zipfile.ZipInfo(entry.filename, (2026, 4, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())


def sheet(rows, title="一覧"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


# ---- the example's directories, as offices keep them


def office_xlsx(name, records, heading):
    """A title row and an empty one above, wards merged downwards, numbers as numbers, a column of dates."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = heading
    page["A1"] = heading
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(records[0]) + 1)
    ward = records[0].index("区")
    first, start = None, 0
    for index, record in enumerate(records):
        row = index + 3
        for column, value in enumerate(record):
            number = records[0][column] == "全国地方公共団体コード" and index > 0
            page.cell(row, column + 1, int(value) if number else value)
        date = page.cell(row, len(record) + 1, "確認日" if index == 0 else CHECKED)
        if index > 0:
            date.number_format = "yyyy年m月d日"
        if index > 0 and record[ward] == first:
            page.cell(row, ward + 1).value = None
            page.merge_cells(start_row=start, end_row=row, start_column=ward + 1, end_column=ward + 1)
        else:
            first, start = record[ward], row
    save(book, HERE / f"office/{name}.xlsx")


def office_xls(name, records, heading):
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(heading)
    style = xlwt.easyxf(num_format_str="yyyy/mm/dd")
    page.write_merge(0, 0, 0, len(records[0]), heading)
    ward = records[0].index("区")
    index = 0
    while index < len(records):
        record = records[index]
        same = 1
        while index + same < len(records) and records[index + same][ward] == record[ward]:
            same += 1
        for offset in range(same):
            row = index + offset + 2
            for column, value in enumerate(records[index + offset]):
                if column == ward and same > 1:
                    continue
                number = records[0][column] == "全国地方公共団体コード" and row > 2
                page.write(row, column, int(value) if number else value)
            if row == 2:
                page.write(row, len(record), "確認日")
            else:
                page.write(row, len(record), CHECKED, style)
        if same > 1:
            page.write_merge(index + 2, index + same + 1, ward, ward, record[ward])
        index += same
    path = HERE / f"office/{name}.xls"
    book.save(str(path))


def ods_bytes(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def ods_cell(value):
    if isinstance(value, datetime.date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
        cell.addElement(P(text=f"{value.year}年{value.month}月{value.day}日"))
    elif isinstance(value, int):
        cell = TableCell(valuetype="float", value=str(value))
        cell.addElement(P(text=str(value)))
    else:
        cell = TableCell(valuetype="string")
        if value:
            cell.addElement(P(text=value))
    return cell


def office_ods(name, records, heading):
    document = OpenDocumentSpreadsheet()
    table = Table(name=heading)
    top = TableRow()
    top.addElement(ods_cell(heading))
    table.addElement(top)
    table.addElement(TableRow())
    for index, record in enumerate(records):
        row = TableRow()
        for column, value in enumerate(record):
            number = records[0][column] == "全国地方公共団体コード" and index > 0
            row.addElement(ods_cell(int(value) if number else value))
        row.addElement(ods_cell("確認日" if index == 0 else CHECKED))
        table.addElement(row)
    # what LibreOffice writes below a table: rows to the end of the sheet
    rest = TableRow(numberrowsrepeated=1048000)
    rest.addElement(TableCell(numbercolumnsrepeated=16000))
    table.addElement(rest)
    document.spreadsheet.addElement(table)
    fixed(HERE / f"office/{name}.ods", without_times(ods_bytes(document)))


def without_times(data):
    """The bytes of an ODS file without the time and the program in meta.xml."""
    import re

    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            # the prefix under which spreadsheets know it
            if entry.filename == "content.xml":
                part = re.sub(rb"\bns\d+(:value-type=|=\"urn:org:documentfoundation[^\"]*calcext)", rb"calcext\1", part)
            if entry.filename == "meta.xml":
                part = re.sub(rb"<(dc:date|meta:creation-date)>.*?</\1>", b"", part)
            target.writestr(entry, part)
    return out.getvalue()


def office():
    wards, centers, councils = rows("wards"), twice(rows("centers")), rows("councils")
    for make in (office_xlsx, office_xls, office_ods):
        make("wards", wards, "区の一覧")
        make("centers", centers, "区民活動センター等の一覧")
        make("councils", councils, "区社会福祉協議会の一覧")
    with open(HERE / "office/centers.csv", "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(centers)


def by_ward():
    """Each ward sends its own file, with what spreadsheets and file managers leave beside it."""
    header, *records = rows("centers")
    for number, record in enumerate(records, 1):
        save(sheet([header, record], record[0]), HERE / f"by-ward/{number:02}-{record[0]}.xlsx")


# ---- workbooks with something wrong


SMALL = [
    ["区", "名称", "住所", "電話番号"],
    ["鶴見区", "つるみ見本センター", "鶴見区見本町1-2-3　見本ビル2階", "045-510-0001"],
    ["西区", "にし見本センター", "西区見本町4-5", "045-510-0002"],
    ["港北区", "こうほく見本センター", "港北区見本町6-7　見本会館1階", "045-510-0003"],
]


def changed(row, column, value):
    book = sheet(SMALL)
    book.active.cell(row, column, value)
    return book


def encrypted_xlsx(data):
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt("ward", out)
    return out.getvalue()


def locked_xls(data):
    """The XLS file as it begins when it is encrypted: a FILEPASS record (RC4) after the first record."""
    at = data.index(struct.pack("<HH", 0x0809, 16)) + 20
    record = struct.pack("<HHH", 0x2F, 54, 1) + struct.pack("<HH", 1, 1) + bytes(range(48))
    # the record takes the place of those behind it, of which none is read any more
    return data[:at] + record + data[at + len(record) :]


def xls_bytes(records):
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("一覧")
    for row, record in enumerate(records):
        for column, value in enumerate(record):
            page.write(row, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def wrong():
    several = sheet(SMALL, "活動センター")
    several.create_sheet("メモ")["A1"] = "担当のメモ"
    save(several, BROKEN / "sheet-missing/sources/centers.xlsx")
    several.create_sheet("昨年度")["A1"] = "古い一覧"
    several["昨年度"].sheet_state = "hidden"
    save(several, BROKEN / "sheet-skipped/sources/centers.xlsx")
    save(changed(3, 3, '="西区見本町"&"4-5"'), BROKEN / "formula-empty/sources/centers.xlsx")
    error = sheet(SMALL)
    error.active.cell(3, 4).value = "#REF!"
    error.active.cell(3, 4).data_type = "e"
    save(error, BROKEN / "cell-error/sources/centers.xlsx")
    save(changed(3, 4, 455100002), BROKEN / "zero-lost/sources/centers.xlsx")

    folder = BROKEN / "workbook-broken/sources/centers"
    save(sheet(SMALL), folder / "01-good.xlsx")
    whole = (folder / "01-good.xlsx").read_bytes()
    (folder / "02-torn.xlsx").write_bytes(whole[: len(whole) // 2])
    if not (folder / "03-password.xlsx").exists():
        (folder / "03-password.xlsx").write_bytes(encrypted_xlsx(whole))
    (folder / "04-password.xls").write_bytes(locked_xls(xls_bytes(SMALL)))
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in SMALL)
    (folder / "05-web-page.xls").write_text(
        f'<html>\n<head><meta charset="utf-8"></head>\n<table>\n{cells}</table>\n</html>\n', encoding="utf-8"
    )
    (folder / "06-list.xlsx").write_text(
        "".join(",".join(row) + "\r\n" for row in SMALL), encoding="cp932", newline=""
    )


# ---- workbooks with something unusual that is right


def values(epoch):
    """Dates, times, numbers and truth values, with the text that a person reads beside them."""
    book = openpyxl.Workbook()
    book.epoch = epoch
    page = book.active
    page.append(["読み", "値"])
    for text, value, form in [
        ("2026-04-01", datetime.date(2026, 4, 1), "yyyy-mm-dd"),
        ("令和8年4月1日", datetime.date(2026, 4, 1), 'ggge"年"m"月"d"日"'),
        ("2026/4/1 9:30", datetime.datetime(2026, 4, 1, 9, 30), "yyyy/m/d h:mm"),
        ("1904/2/29", datetime.date(1904, 2, 29), "yyyy/m/d"),
        ("9:30", datetime.time(9, 30), "h:mm"),
        ("30:00", datetime.timedelta(hours=30), "[h]:mm"),
        ("1234567", 1234567, "General"),
        ("1,234,567", 1234567.0, "#,##0"),
        ("1.E+05", 1e5, "0.E+00"),
        ("12345678901234", 12345678901234, "General"),
        ("35.5", 35.5, "General"),
        ("0.1", 0.1, "General"),
        ("0.3", 0.1 + 0.2, "General"),
        ("139.638026", 139.638026, "General"),
        ("0.000001", 1e-6, "General"),
        ("-5", -5, "General"),
        ("TRUE", True, "General"),
        ("全角　と\n改行", "全角　と\n改行", "@"),
        ("髙﨑𠮷", "髙﨑𠮷", "@"),
        ("045-510-0001", "045-510-0001", "@"),
    ]:
        page.append([text, value])
        page.cell(page.max_row, 2).number_format = form
    return book


def values_ods():
    document = OpenDocumentSpreadsheet()
    table = Table(name="値")
    for text, cell in [
        ("読み", ods_cell("値")),
        ("2026年4月1日", ods_cell(datetime.date(2026, 4, 1))),
        ("2026-04-01 9:30", TableCell(valuetype="date", datevalue="2026-04-01T09:30:00")),
        ("9:30", TableCell(valuetype="time", timevalue="PT09H30M00S")),
        ("1234567", ods_cell(1234567)),
        ("35.5", TableCell(valuetype="float", value="35.5")),
        ("TRUE", TableCell(valuetype="boolean", booleanvalue="true")),
        ("髙﨑𠮷", ods_cell("髙﨑𠮷")),
    ]:
        row = TableRow()
        row.addElement(ods_cell(text))
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    fixed(HERE / "values.ods", without_times(ods_bytes(document)))


def values_xls():
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("値")
    for row, (text, value, form) in enumerate(
        [
            ("読み", "値", "General"),
            ("2026/04/01", datetime.date(2026, 4, 1), "yyyy/mm/dd"),
            ("2026/4/1 9:30", datetime.datetime(2026, 4, 1, 9, 30), "yyyy/m/d h:mm"),
            ("9:30", datetime.time(9, 30), "h:mm"),
            ("1234567", 1234567, "General"),
            ("1,234,567", 1234567.0, "#,##0"),
            ("35.5", 35.5, "General"),
            ("TRUE", True, "General"),
            ("髙﨑𠮷", "髙﨑𠮷", "@"),
        ]
    ):
        page.write(row, 0, text)
        page.write(row, 1, value, xlwt.easyxf(num_format_str=form))
    book.save(str(HERE / "values.xls"))


def looks_xls():
    """Formats, a hidden row and column, struck-out letters."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("一覧")
    struck = xlwt.easyxf("font: struck_out on")
    style = lambda form: xlwt.easyxf(num_format_str=form)
    for column, word in enumerate(["名称", "内線", "割合", "曜日", "時間", "開設日", "費用"]):
        page.write(0, column, word)
    for row, name in enumerate(["あ", "い"], 1):
        page.write(row, 0, name, struck if row == 1 else style("General"))
        page.write(row, 1, 7, style("0000"))
        page.write(row, 2, 0.125, style("0.0%"))
        page.write(row, 3, CHECKED, style("aaaa"))
        page.write(row, 4, 1.0, style("[h]:mm"))
        page.write(row, 5, CHECKED, style('[$-411]ggge"年"m"月"d"日"'))
        page.write(row, 6, 1200, style('#,##0"円"'))
    page.row(2).hidden = True
    page.col(6).hidden = True
    book.save(str(HERE / "looks.xls"))


def formula_ods(path):
    """A formula with its result, one without, and one that shows an error."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="式")
    with_result = TableCell(valuetype="string", formula='of:="西"&"区"', stringvalue="西区")
    with_result.addElement(P(text="西区"))
    error = TableCell(valuetype="string", formula="of:=[.Z1]/0", stringvalue="")
    error.setAttrNS("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "value-type", "error")
    error.addElement(P(text="#DIV/0!"))
    for cells in [
        [ods_cell("区"), ods_cell("名称")],
        [with_result, ods_cell("あ")],
        [TableCell(formula='of:="西"&"区"'), ods_cell("い")],
        [error, ods_cell("う")],
    ]:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    fixed(path, without_times(ods_bytes(document)))


def corners():
    """A sheet whose only cells are the first and the last that there can be."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="隅")
    first = TableRow()
    first.addElement(ods_cell("区"))
    table.addElement(first)
    gap = TableRow(numberrowsrepeated=1048574)
    gap.addElement(TableCell())
    table.addElement(gap)
    last = TableRow()
    last.addElement(TableCell(numbercolumnsrepeated=16383))
    last.addElement(ods_cell("隅"))
    table.addElement(last)
    document.spreadsheet.addElement(table)
    fixed(HERE / "corners.ods", without_times(ods_bytes(document)))
    book = openpyxl.Workbook()
    book.active["A1"] = "区"
    book.active["XFD1048576"] = "隅"
    save(book, HERE / "corners.xlsx")
    old = xlwt.Workbook()
    page = old.add_sheet("隅")
    page.write(0, 0, "区")
    page.write(65535, 255, "隅")
    old.save(str(HERE / "corners.xls"))


def unusual():
    save(values(openpyxl.utils.datetime.WINDOWS_EPOCH), HERE / "values-1900.xlsx")
    save(values(openpyxl.utils.datetime.MAC_EPOCH), HERE / "values-1904.xlsx")
    values_ods()
    values_xls()
    looks_xls()
    formula_ods(HERE / "formulas.ods")
    corners()
    save(openpyxl.Workbook(), HERE / "empty.xlsx")
    hidden = sheet(SMALL, "一覧")
    hidden.active.row_dimensions[3].hidden = True
    hidden.active.column_dimensions["C"].hidden = True
    save(hidden, HERE / "hidden-rows.xlsx")
    only = sheet(SMALL, "一覧")
    only.create_sheet("見える", 0)["A1"] = "区"
    only["一覧"].sheet_state = "veryHidden"
    save(only, HERE / "hidden-sheet.xlsx")
    head = openpyxl.Workbook()
    page = head.active
    for column, word in enumerate(SMALL[0], 1):
        page.cell(1, column, word)
        page.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    for row, record in enumerate(SMALL[1:], 3):
        for column, word in enumerate(record, 1):
            page.cell(row, column, word)
    save(head, HERE / "merged-header.xlsx")
    lost = sheet(SMALL + [["西区", "携帯", "西区見本町4-5", 9012345678], ["西区", "内線", "西区見本町4-5", 4512]])
    lost.active.cell(2, 4, 455100001)
    save(lost, HERE / "phone-numbers.xlsx")


# ---- seeds of the fuzz targets, and files that once broke a reader


def circle(data):
    """An XLS whose chain of sectors runs in a circle, and whose stream says it is four gigabytes long."""
    data = bytearray(data)
    size = 512
    fat = size + size * struct.unpack_from("<I", data, 76)[0]
    folder = size + size * struct.unpack_from("<I", data, 48)[0]
    for entry in range(folder, folder + size, 128):
        if data[entry : entry + 16].decode("utf-16le", "replace") == "Workbook":
            start = struct.unpack_from("<I", data, entry + 116)[0]
            struct.pack_into("<I", data, entry + 120, 0xFFFFFFFF)
            struct.pack_into("<I", data, fat + 4 * start, start)
            return bytes(data)
    raise ValueError("no workbook in it")


def beyond(data):
    """An XLS with a cell in column 65536: from there to the first, its reader makes room for each."""
    data = bytearray(data)
    at = data.index(struct.pack("<HH", 0x00FD, 10), data.index(struct.pack("<HH", 0x0208, 16)))
    struct.pack_into("<HH", data, at + 4, 0xFFFF, 0xFFFF)
    return bytes(data)


def fuzz():
    folder = ROOT / "tests/fuzz/crashes/workbook"
    whole = xls_bytes(SMALL)
    (folder / "circle.xls").write_bytes(circle(whole))
    (folder / "beyond.xls").write_bytes(beyond(whole))
    seeds = ROOT / "tests/fuzz/seeds/workbook"
    (seeds / "small.xls").write_bytes(whole)
    for name, source in [("values.ods", HERE / "values.ods"), ("formulas.ods", HERE / "formulas.ods")]:
        (seeds / name).write_bytes(source.read_bytes())
    save(sheet(SMALL), seeds / "small.xlsx")


if __name__ == "__main__":
    (HERE / "office").mkdir(exist_ok=True)
    office()
    by_ward()
    wrong()
    unusual()
    fuzz()
