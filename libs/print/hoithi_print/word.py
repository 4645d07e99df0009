"""Minutes as DOCX, from the same data as the template `minutes`: for offices that go on writing in them.

Layout after Decree 30/2020/NĐ-CP, annex I: Times New Roman 13 pt, margins 20, 30, 20 and 15 mm, page numbers above the text.
"""

import io
import zipfile
from datetime import UTC, datetime

from docx import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
LINE = "_" * 15
MADE = datetime(2020, 1, 1, tzinfo=UTC)
"""One time of making for all: the same in, the same out. The day stands in the text."""
WIDTH_MM = 165


def minutes(data: dict) -> bytes:
    """The bytes of the file; the same for the same data."""
    word = _blank(data)
    _head(word, data)
    _line(word, data["heading"], 14, ALIGN.CENTER, bold=True, before=12)
    _line(word, data["subject"], 14, ALIGN.CENTER, bold=True)
    _line(word, LINE, 13, ALIGN.CENTER, after=6)
    for block in data["blocks"]:
        BLOCKS[block["kind"]](word, block)
    _signers(word, data["signers"])
    _line(word, "Nơi nhận:", 12, ALIGN.LEFT, bold=True, italic=True, before=12)
    for place, receiver in enumerate(data["receivers"], 1):
        _line(word, f"- {receiver}{'.' if place == len(data['receivers']) else ';'}", 11, ALIGN.LEFT, after=0)
    return _saved(word)


def _blank(data: dict):
    word = Word()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(20), Mm(20), Mm(30), Mm(15)
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    about = word.core_properties
    about.title, about.author, about.language = data["title"], data["theme"]["host"], "vi-VN"
    about.created = about.modified = about.last_printed = MADE
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    return word


def _page_number(paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        paragraph.add_run()._r.append(part)


def _head(word, data: dict) -> None:
    """Two columns without lines: issuer and number; the national title."""
    left, right = _columns(word, (65, 100))
    for line in data["theme"]["issuer"][:-1]:
        _line(left, line, 12, ALIGN.CENTER, after=0)
    _line(left, data["theme"]["issuer"][-1], 12, ALIGN.CENTER, bold=True, after=0)
    _line(left, LINE[:8], 12, ALIGN.CENTER)
    _line(left, f"Số: {data['number']}", 13, ALIGN.CENTER)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, ALIGN.CENTER, bold=True, after=0)
    _line(right, "Độc lập - Tự do - Hạnh phúc", 13, ALIGN.CENTER, bold=True, after=0)
    _line(right, LINE, 13, ALIGN.CENTER)


def _columns(word, widths: tuple[int, ...]) -> list:
    """Cells beside each other; the empty paragraph each begins with is gone."""
    table = word.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    return list(table.rows[0].cells)


def _signers(word, signers: list[dict]) -> None:
    """Two in a row, each with room for the signature."""
    for start in range(0, len(signers), 2):
        some = signers[start : start + 2]
        for cell, signer in zip(_columns(word, tuple(WIDTH_MM // len(some) for _ in some)), some, strict=True):
            _line(cell, signer["role"], 13, ALIGN.CENTER, bold=True, before=12, after=0)
            _line(cell, "(Chữ ký, họ và tên)", 12, ALIGN.CENTER, italic=True, after=60)
            _line(cell, signer["name"], 13, ALIGN.CENTER, bold=True)


def _line(where, text: str, size: float, align, *, bold=False, italic=False, before=0, after=4):
    paragraph = where.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _text(word, block: dict, mark: str = "") -> None:
    paragraph = _line(word, mark + block["text"], 13, ALIGN.JUSTIFY, after=6)
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _item(word, block: dict) -> None:
    _text(word, block, "- ")


def _heading(word, block: dict) -> None:
    _line(word, block["text"], 13, ALIGN.LEFT, bold=True, before=8).paragraph_format.keep_with_next = True


def _table(word, block: dict) -> None:
    columns, rows = block["columns"], block["rows"]
    table = word.add_table(rows=1, cols=len(columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(column["width"] for column in columns)
    widths = [Mm(WIDTH_MM * column["width"] / whole) for column in columns]
    _row(table.rows[0], [column["title"] for column in columns], widths, [ALIGN.CENTER] * len(columns), bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    sides = [ALIGN.RIGHT if column["number"] else ALIGN.LEFT for column in columns]
    for cells in rows:
        _row(table.add_row(), cells, widths, sides)
    _line(word, "", 6, ALIGN.LEFT, after=0)


def _row(row, texts: list[str], widths, sides, bold=False) -> None:
    for cell, text, width, side in zip(row.cells, texts, widths, sides, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.alignment, paragraph.paragraph_format.space_after = side, Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(11)


BLOCKS = {"text": _text, "item": _item, "heading": _heading, "table": _table}


def _saved(word) -> bytes:
    """The ZIP with one time in all its entries, in place of the machine's clock."""
    made, target = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in source.infolist():
            fixed.writestr(zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6]), source.read(entry), zipfile.ZIP_DEFLATED)
    return target.getvalue()
