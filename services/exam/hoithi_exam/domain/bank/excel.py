"""The bank as an Excel file (.xlsx): read here, written by `workbook`.

Usual columns: Mã | Chủ đề | Mức độ | Câu hỏi | Phương án A | B | C | D | Đáp án đúng | Giải thích | Nguồn | Luyện tập.
Optional sheets: "Chủ đề" (Mã, Tên) and "Ngân hàng" (Mã, Tên, Ngôn ngữ below each other, values beside them).
"""

import math
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import zip_longest
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from .archive import XLSX, refuse
from .columns import Columns, below, recognise
from .draft import Given, build, loose, with_given
from .merged import spans
from .model import MOST_ROWS, Bank, Finding, capped, error, has_errors, quote, warning
from .pictures import LEFT_OUT
from .rows import Cells, drafts
from .spelling import fold, line, lines, slug
from .workbook import pieces, write

__all__ = ["parse", "pieces", "write"]

MEDIA = "xl/media/"
MOST_COLUMNS = 64
MOST_SHEET_ROWS = 1_048_576
HEADER_WITHIN = 20
TOPICS_SHEETS = {"chu de", "topics", "danh muc chu de"}
BANK_SHEETS = {"ngan hang", "bank", "ngan hang cau hoi thong tin"}
BANK_KEYS = {
    "ma": "bank_id", "ma ngan hang": "bank_id", "id": "bank_id", "bank id": "bank_id",
    "ten": "title", "ten ngan hang": "title", "title": "title",
    "ngon ngu": "language", "language": "language",
}  # fmt: skip
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
SPREAD = ("topic", "level", "practice")
"""Fields that a merged cell gives to all its rows; in any other column only its first row has the text."""


@dataclass(frozen=True)
class Table:
    """The columns, the rows below the header by number, the header's row number."""

    columns: Columns
    rows: dict[int, Cells]
    number: int


@dataclass(frozen=True)
class Sheet:
    """Filled rows by number, and the merged cells: (column, first row, last row), from 0 and 1."""

    rows: dict[int, Cells]
    merged: list[tuple[int, int, int]]


def parse(
    data: bytes, *, bank_id: str = "bank", title: str = "", language: str = "vi", topic: str = "", level: str = ""
) -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong, each with its row and column.

    `bank_id`, `title` (else the id) and `language` are taken where the file has no sheet "Ngân hàng", `topic` and
    `level` for questions that have none.
    """
    sheets, found = sheets_of(data)
    if found:
        return None, found
    bank, found = _bank(sheets, Given(bank_id, title or bank_id, language, topic, level))
    return bank, capped([*_pictures(data), *found])


def _pictures(data: bytes) -> list[Finding]:
    """They lie above cells and belong to none: one word for all of them."""
    with ZipFile(BytesIO(data)) as archive:
        has_some = any(name.startswith(MEDIA) for name in archive.namelist())
    return [warning(LEFT_OUT, "file")] if has_some else []


def sheets_of(data: bytes) -> tuple[dict[str, Sheet], list[Finding]]:
    """What the sheets hold by title, or why the file is not read."""
    found = refuse(data, XLSX)
    if found:
        return {}, found
    try:
        sheets = _sheets(data)
    except Exception:  # openpyxl answers a broken file with any exception
        return {}, [error("unreadable-file", "file")]
    long = [title for title, sheet in sheets.items() if len(sheet.rows) > MOST_ROWS]
    return sheets, [error("too-many-rows", f"sheet {quote(title)}", most=MOST_ROWS) for title in long]


def _sheets(data: bytes) -> dict[str, Sheet]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        return {sheet.title: Sheet(_rows(sheet), spans(data, sheet)) for sheet in book.worksheets}
    finally:
        book.close()


def _rows(sheet) -> dict[int, Cells]:
    """Rows with something in them; stops one after the limit. The file's own dimensions are not believed."""
    sheet.reset_dimensions()
    rows = {}
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_SHEET_ROWS:
            raise ValueError("more rows than Excel has")
        if all(cell is EMPTY_CELL for cell in row):
            continue
        cells = [_cell(cell) for cell in row]
        if any(text for text, _ in cells):
            rows[number] = cells
        if len(rows) > MOST_ROWS:
            break
    return rows


def _cell(cell) -> tuple[str, str]:
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return str(value).upper(), "converted"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return _moment(value), "converted"


def _string(value: str) -> tuple[str, str]:
    text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    return (text, "error") if text in ERRORS else (lines(text), "")


def _number(value: float, form: str) -> tuple[str, str]:
    if not math.isfinite(value) or abs(value) >= 1e15:
        return str(value), "converted"
    if "%" in form:
        return f"{round(value * 100, 6):g}%", "converted"
    if value == int(value):
        return str(int(value)), "number"
    return f"{value:.10g}", "converted"


def _moment(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time(0):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value) if isinstance(value, timedelta) else quote(value)


def _bank(sheets: dict[str, Sheet], given: Given) -> tuple[Bank | None, list[Finding]]:
    tables = tables_of(sheets)
    named = {fold(title): title for title in sheets if title not in tables}
    rows_of = {title: sheet.rows for title, sheet in sheets.items()}
    given = replace(given, **_head(rows_of.get(_one_of(named, BANK_SHEETS), {})))
    topics, found = _topics(rows_of.get(_one_of(named, TOPICS_SHEETS), {}), _one_of(named, TOPICS_SHEETS))
    listed = bool(topics)
    table, wrong = _table(tables, given)
    if table is None:
        return None, found + wrong
    read, doubtful = drafts(table.columns, _placed(table), topics, listed, given)
    empty = Bank(given.bank_id, given.title, given.language, topics, ())
    bank, faults = build(empty, with_given(read, topics, given), loose)
    found = found + wrong + doubtful + faults
    return (None if has_errors(found) else bank), found


def tables_of(sheets: dict[str, Sheet]) -> dict[str, Table]:
    """The sheets that have questions."""
    return {title: table for title, sheet in sheets.items() if (table := _header(sheet))}


def _placed(table: Table) -> dict[str, Cells]:
    return {f"row {number}": cells for number, cells in table.rows.items()}


def _one_of(named: dict[str, str], names: set[str]) -> str:
    return next((named[name] for name in sorted(names) if name in named), "")


def _head(rows: dict[int, Cells]) -> dict[str, str]:
    pairs = [(BANK_KEYS.get(fold(cells[0][0])), cells[1][0]) for cells in rows.values() if len(cells) > 1]
    return {key: line(value) for key, value in reversed(pairs) if key and value}


def _topics(rows: dict[int, Cells], title: str) -> tuple[dict[str, str], list[Finding]]:
    """Topics by slug from the sheet "Chủ đề": a slug and a name beside it, below one row of titles."""
    topics, found = {}, []
    for number, cells in rows.items():
        key, name = (line(text) for text, _ in (cells + [("", "")] * 2)[:2])
        if number == min(rows) and fold(key) in {"ma", "slug", "ma chu de", "chu de", "id", "topic", "topic id"}:
            continue
        place = f"sheet {quote(title)}, row {number}, column {'A' if not key else 'B'}"
        if not key or not name:
            found.append(error("missing", place, field="topic"))
        elif topics.setdefault(slug(key), name) != name:
            found.append(error("topic-renamed", place, value=quote(slug(key))))
    return topics, found


def _table(tables: dict[str, Table], given: Given) -> tuple[Table | None, list[Finding]]:
    """The one sheet that has questions."""
    if not tables:
        return None, [error("header-not-found", "file")]
    first, *more = tables
    table = tables[first]
    columns, place = table.columns, f"row {table.number}"
    found = [error("second-sheet", f"sheet {quote(title)}", sheet=quote(first)) for title in more]
    found += [error("column-missing", place, column=title) for title in columns.missing(given.known)]
    found += [error("column-twice", place, column=quote(title)) for title in columns.twice]
    found += [warning("column-unknown", f"{place}, column {quote(columns.titles[at])}") for at in columns.unknown]
    return (None if has_errors(found) else table), found


def _header(sheet: Sheet) -> Table | None:
    """The table below a row of titles; titles may take two rows."""
    rows = sheet.rows
    numbers = [number for number in rows if number <= HEADER_WITHIN]
    titles = {number: [line(text) for text, _ in rows[number]] for number in numbers}
    for number, next_number in zip_longest(numbers, numbers[1:]):
        columns, last = recognise(titles[number]), number
        if not columns.is_header and next_number == number + 1:
            columns, last = recognise(below(titles[number], titles[next_number])), next_number
        if columns.is_header:
            return Table(columns, _spread({at: cells for at, cells in rows.items() if at > last}, columns, sheet.merged), last)
    return None


def _spread(rows: dict[int, Cells], columns: Columns, merged: list[tuple[int, int, int]]) -> dict[int, Cells]:
    """The rows with the topic, level or practice of a cell merged over several of them in each."""
    spread = {columns.index[field] for field in SPREAD if field in columns.index}
    for column, first, last in merged:
        if column in spread and first in rows and column < len(rows[first]):
            for number in range(first + 1, last + 1):
                if number in rows:
                    rows[number] = _with(rows[number], column, rows[first][column])
    return rows


def _with(cells: Cells, column: int, cell: tuple[str, str]) -> Cells:
    padded = cells + [("", "")] * (column + 1 - len(cells))
    return [*padded[:column], cell, *padded[column + 1 :]]
