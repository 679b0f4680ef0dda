#!/usr/bin/env python3
"""Makes the workbook of a clerk: titles above, merged cells, numbers, 同上, notes below, a second sheet.

    pip install openpyxl && python3 make.py

It is committed; the tests need no Python.
"""

import datetime
import pathlib

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

HERE = pathlib.Path(__file__).parent
WARDS = ["港北区", "鶴見区", "西区", "保土ケ谷区", "青葉区", "戸塚区", "磯子区", "神奈川区", "瀬谷区"]
AREAS = ["540", "510", "320", "334", "989", "825", "754", "411", "369"]

book = openpyxl.Workbook()
book.properties.created = book.properties.modified = datetime.datetime(2026, 4, 1)
sheet = book.active
sheet.title = "窓口一覧"
sheet["A1"] = "令和8年度　地域活動の相談窓口一覧"
sheet["A1"].font = Font(size=14, bold=True)
sheet["A1"].alignment = Alignment(horizontal="center")
sheet.merge_cells("A1:G1")
sheet["G2"] = "（令和8年4月1日現在）"
head = ["連番", "区", "窓口の名称", "所在地", "電話番号", "受付時間", "備考"]
for column, word in enumerate(head, 1):
    cell = sheet.cell(4, column, word)
    cell.font = Font(bold=True)
    cell.border = Border(bottom=Side(style="medium"))
row = 5
for index, (ward, area) in enumerate(zip(WARDS, AREAS)):
    number = 2 * index + 1
    place = f"{ward}見本町{index + 1}-{index + 2}-3"
    sheet.cell(row, 1, number)
    sheet.cell(row, 2, ward)
    sheet.cell(row, 3, f"{ward}見本活動センター")
    sheet.cell(row, 4, f"{place}　見本ビル{index % 4 + 1}階")
    sheet.cell(row, 5, f"045-{area}-{1000 + index}")
    sheet.cell(row, 6, "9:00～17:00")
    sheet.cell(row + 1, 1, number + 1)
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)
    sheet.cell(row + 1, 3, f"{ward}見本福祉相談室")
    sheet.cell(row + 1, 4, "同上" if index % 2 == 0 else "〃")
    sheet.cell(row + 1, 5, f"045-{area}-{2000 + index}")
    sheet.cell(row + 1, 6, "同上")
    if index == 4:
        sheet.cell(row + 1, 7, "毎月第3月曜日休み")
    row += 2
sheet.cell(row + 1, 1, "※ 受付時間は祝日と年末年始を除きます。")
sheet.cell(row + 2, 1, "※ 変更があるときは、地域振興課までお知らせください。")
for column, width in zip("ABCDEFG", (6, 12, 26, 40, 16, 14, 22)):
    sheet.column_dimensions[column].width = width
other = book.create_sheet("集計")
other.append(["種類", "件数"])
other.append(["活動センター", 9])
other.append(["福祉相談室", 9])
book.save(HERE / "meibo.xlsx")
