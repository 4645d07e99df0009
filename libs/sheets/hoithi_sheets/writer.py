"""Tables as an .xlsx file: lines of text above, a header that stays in sight, cells that cannot run."""

from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
BODY = Alignment(vertical="top", wrap_text=True)
MARK = PatternFill("solid", fgColor="FCE4D6")
HEAD = PatternFill("solid", fgColor="1F4E79")
TITLE_LENGTH = 31  # Excel takes no longer name of a sheet
NOT_IN_TITLE = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


@dataclass(frozen=True)
class Sheet:
    """One table. `above`: lines over it, the first is its title. `marked`: (row, column) from 0, to be looked at."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple]
    above: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    marked: frozenset[tuple[int, int]] = frozenset()


def workbook(*sheets: Sheet) -> bytes:
    """The file. Numbers stay numbers, everything else is a text; None is an empty cell."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "hoithi"
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title.translate(NOT_IN_TITLE)[:TITLE_LENGTH]), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(page, sheet: Sheet) -> None:
    for number, text in enumerate(sheet.above, 1):
        _put(page.cell(number, 1), text)
        page.cell(number, 1).font = Font(bold=number == 1, size=14 if number == 1 else 11)
    head = len(sheet.above) + 2 if sheet.above else 1
    _header(page, head, sheet)
    for at, row in enumerate(sheet.rows):
        _row(page, head + 1 + at, at, row, sheet.marked)
    page.freeze_panes = page.cell(head + 1, 1)
    _paper(page, head)


def _header(page, number: int, sheet: Sheet) -> None:
    widths = sheet.widths or (22,) * len(sheet.columns)
    for column, (title, width) in enumerate(zip(sheet.columns, widths, strict=True), 1):
        cell = page.cell(number, column)
        _put(cell, title)
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFF"), HEAD, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        page.column_dimensions[get_column_letter(column)].width = width


def _row(page, number: int, at: int, values: tuple, marked) -> None:
    for column, value in enumerate(values):
        cell = page.cell(number, column + 1)
        _put(cell, value)
        cell.border, cell.alignment = BORDER, BODY
        if (at, column) in marked:
            cell.fill = MARK


def _put(cell, value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type, cell.quotePrefix = "s", value.startswith(FORMULA)
    else:
        cell.value = value


def _paper(page, head: int) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head}:{head}"
