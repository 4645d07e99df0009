"""The uploaded workbook given back with a column that says what to mend, and the cells in question coloured."""

import re
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill

from .excel import Table, sheets_of, tables_of
from .model import Finding
from .spelling import fold, line

TITLES = {"vi": "Lỗi cần sửa", "en": "To mend"}
OURS = {fold(title) for title in TITLES.values()}
COLOURS = {"error": "FFF4B6B6", "warning": "FFFFE9A8"}
MOST_MB = 12
"""Of the unpacked sheets: opened for writing they take some forty times as much memory."""
PLACE = re.compile(r"row (\d+)(?:, column (.*))?", re.DOTALL)


class TooBigToMend(Exception):
    """The workbook's sheets are bigger than `most` MB: opened for writing they would take too much memory."""

    def __init__(self, most: int):
        self.most = most
        super().__init__(most)


class NothingToMend(Exception):
    """The file has no table of questions, so there is no place for remarks."""


def mend(data: bytes, findings: list[Finding], language: str) -> bytes:
    """The same workbook with the findings written beside its rows. Raises TooBigToMend, NothingToMend.

    Charts and pictures are not kept: openpyxl drops them.
    """
    sheets, refused = sheets_of(data)
    tables = {} if refused else tables_of(sheets)
    if not tables:
        raise NothingToMend()
    if _size(data) > MOST_MB * 2**20:
        raise TooBigToMend(MOST_MB)
    title, table = next(iter(tables.items()))
    book = load_workbook(BytesIO(data))
    _write(book[title], table, findings, language)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _size(data: bytes) -> int:
    with ZipFile(BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/worksheets/"))


def _write(sheet, table: Table, findings: list[Finding], language: str) -> None:
    column = _column(table)
    _clear(sheet, table, column)
    sheet.cell(table.number, column + 1, TITLES["vi" if language == "vi" else "en"])
    sheet.column_dimensions[sheet.cell(1, column + 1).column_letter].width = 70
    columns = {title: at for at, title in table.columns.titles.items()}
    remarks: dict[int, list[Finding]] = {}
    for finding in findings:
        place = PLACE.fullmatch(finding.where)
        row = int(place[1]) if place else table.number
        remarks.setdefault(row, []).append(finding)
        if place and place[2] in columns:
            _colour(sheet, row, columns[place[2]], finding.severity)
    for row, found in remarks.items():
        _remark(sheet, table, row, column, [finding.sentence(language) for finding in found])


def _column(table: Table) -> int:
    """Where an earlier copy had its remarks, else behind the last title."""
    known = (at for at, title in table.columns.titles.items() if fold(line(title)) in OURS)
    return next(known, max(table.columns.titles) + 1)


def _clear(sheet, table: Table, column: int) -> None:
    """Take away what an earlier copy wrote. Only rows with something in them: asking for a cell makes it."""
    for row in (table.number, *table.rows):
        for at in range(column):
            cell = sheet.cell(row, at + 1)
            if cell.fill.fgColor.rgb in COLOURS.values():
                cell.fill = PatternFill()
        sheet.cell(row, column + 1).value = None


def _colour(sheet, row: int, column: int, severity: str) -> None:
    cell = sheet.cell(row, column + 1)
    if severity == "error" or cell.fill.fgColor.rgb != COLOURS["error"]:
        cell.fill = PatternFill("solid", fgColor=COLOURS[severity])


def _remark(sheet, table: Table, row: int, column: int, sentences: list[str]) -> None:
    cell = sheet.cell(row, column + 1)
    if row == table.number:
        cell.comment = Comment("\n".join(sentences), "hoithi")
        return
    cell.value, cell.data_type = "\n".join(sentences), "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
