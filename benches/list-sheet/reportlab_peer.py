"""The list sheets by ReportLab: one process. In: folders of JSON files and of fonts; out: PDFs."""

import json
import pathlib
import sys
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

work, fonts = map(pathlib.Path, sys.argv[1:3])
pdfmetrics.registerFont(TTFont("P", fonts / "BIZUDPGothic-Regular.ttf"))
pdfmetrics.registerFont(TTFont("PB", fonts / "BIZUDPGothic-Bold.ttf"))
pdfmetrics.registerFontFamily("P", normal="P", bold="PB", italic="P", boldItalic="PB")
cell = ParagraphStyle("cell", fontName="P", fontSize=6.6, leading=8.4, wordWrap="CJK")
head = ParagraphStyle("head", fontName="PB", fontSize=15, leading=20, textColor="white", backColor=HexColor("#1a5f7a"), wordWrap="CJK")
widths = [186 * mm * part / 100 for part in (26, 6.5, 31, 12.5, 24)]
style = [
    ("GRID", (0, 0), (-1, -1), 0.3, HexColor("#888888")),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor("#dcebf0")),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 1 * mm),
    ("RIGHTPADDING", (0, 0), (-1, -1), 1 * mm),
    ("TOPPADDING", (0, 0), (-1, -1), 0.4 * mm),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0.4 * mm),
]


def row(one):
    """The cells of an office."""
    one = {key: escape(value) for key, value in one.items()}
    lines = (
        f'<font size="4.6" color="#444444">{one["kana"]}</font><br/><b>{one["name"]}</b>',
        one["category"],
        f'〒{one["postal"]}<br/>{one["address"]}',
        f'{one["phone"]}<br/>{one["fax"]}',
        f'{one["hours"]}<br/><font size="5.4">{one["url"]}</font>',
    )
    return [Paragraph(line, cell) for line in lines]


for data in sorted((work / "data").glob("*.json")):
    sheet = json.loads(data.read_text(encoding="utf-8"))
    title = [Paragraph(f"<b>{words}</b>", cell) for words in ("施設名", "分類", "所在地", "電話／FAX", "受付時間・URL")]
    table = Table([title, *map(row, sheet["rows"])], colWidths=widths, style=style, repeatRows=1)
    document = SimpleDocTemplate(
        str(work / f"{data.stem}.pdf"), pagesize=A4, title=sheet["ward"], leftMargin=12 * mm, rightMargin=12 * mm, topMargin=12 * mm, bottomMargin=14 * mm
    )
    document.build([Paragraph(escape(sheet["ward"]) + "　連絡先一覧", head), table])
