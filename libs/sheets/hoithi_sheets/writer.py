"""Tables as an .xlsx file: lines of text above, a header that stays in sight, cells that cannot run.

Rows are written as they come and the file grows on disk: a table of any length takes the same memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from tempfile import SpooledTemporaryFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
BODY = Alignment(vertical="top", wrap_text=True)
MARK = PatternFill("solid", fgColor="FCE4D6")
HEAD = PatternFill("solid", fgColor="1F4E79")
TITLE_LENGTH = 31  # Excel takes no longer name of a sheet
TOGETHER = 500
"""Rows that are fetched and written at once."""
SPOOLED, PIECE = 1024 * 1024, 64 * 1024
"""Bytes: a smaller file never touches the disk; it is sent in such pieces."""
NOT_IN_TITLE = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


@dataclass(frozen=True)
class Sheet:
    """One table. `rows` may be an iterator, and is read once. `above`: lines over it, the first is its title.

    `marked`: (row, column) from 0, to be looked at.
    """

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple]
    above: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    marked: frozenset[tuple[int, int]] = frozenset()


def workbook(*sheets: Sheet) -> bytes:
    """The whole file. Numbers stay numbers, everything else is a text; None is an empty cell."""
    return b"".join(pieces(*sheets))


def pieces(*sheets: Sheet, beside: Callable = lambda work, *args: work(*args)) -> Iterator[bytes]:
    """The same in pieces. It is made before this returns: rows are fetched here, some at a time, and `beside(function, *args)`
    runs what takes CPU.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "hoithi"
    for sheet in sheets:
        page = _Page(book.create_sheet(sheet.title.translate(NOT_IN_TITLE)[:TITLE_LENGTH]), sheet)
        beside(page.begin)
        for some in _parts(sheet.rows):
            beside(page.add, some)
    return sent(beside(_saved, book))


def _parts(rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    left = iter(rows)
    while some := list(islice(left, TOGETHER)):
        yield some


def _saved(book: Workbook) -> SpooledTemporaryFile:
    file = SpooledTemporaryFile(SPOOLED)  # noqa: SIM115 - `sent` closes it
    book.save(file)
    return file


def sent(file) -> Iterator[bytes]:
    """A file from its beginning, in pieces; it is closed, and so gone, behind the last one."""
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


class _Page:
    """One sheet that is being written. A look is made once and shared: each cell with its own would cost more than its text."""

    def __init__(self, page, sheet: Sheet):
        self.page, self.sheet = page, sheet
        self.head = len(sheet.above) + 2 if sheet.above else 1
        self.at = 0

    def begin(self) -> None:
        """All that stands before the rows: how the sheet looks, the lines above, the header."""
        widths = self.sheet.widths or (22,) * len(self.sheet.columns)
        for column, (_, width) in enumerate(zip(self.sheet.columns, widths, strict=True), 1):
            self.page.column_dimensions[get_column_letter(column)].width = width
        self.page.freeze_panes = f"A{self.head + 1}"
        _paper(self.page, self.head)
        for number, text in enumerate(self.sheet.above):
            self.page.append([self._cell(text, self._look(font=Font(bold=number == 0, size=11 if number else 14)))])
        if self.sheet.above:
            self.page.append([])
        self.page.append([self._cell(title, self._title) for title in self.sheet.columns])

    def add(self, rows: list[tuple]) -> None:
        """The next rows."""
        for row in rows:
            marks = [(self.at, column) in self.sheet.marked for column in range(len(row))]
            looks = (self._marked if is_marked else self._plain for is_marked in marks)
            self.page.append([self._cell(value, look) for value, look in zip(row, looks, strict=True)])
            self.at += 1

    @cached_property
    def _title(self) -> tuple:
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        return self._look(font=Font(bold=True, color="FFFFFF"), fill=HEAD, border=BORDER, alignment=centred)

    @cached_property
    def _plain(self) -> tuple:
        return self._look(border=BORDER, alignment=BODY)

    @cached_property
    def _marked(self) -> tuple:
        return self._look(border=BORDER, alignment=BODY, fill=MARK)

    def _look(self, **parts) -> tuple:
        """(the look, the same for a text that would be a formula)."""
        cells = WriteOnlyCell(self.page), WriteOnlyCell(self.page)
        for cell in cells:
            for name, value in parts.items():
                setattr(cell, name, value)
        cells[1].quotePrefix = True
        return tuple(cell._style for cell in cells)

    def _cell(self, value, look: tuple):
        cell = WriteOnlyCell(self.page)
        if isinstance(value, str):
            cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", value), "s"
        else:
            cell.value = value
        cell._style = look[isinstance(value, str) and value.startswith(FORMULA)]
        return cell


def _paper(page, head: int) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head}:{head}"
