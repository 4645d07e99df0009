"""The bank as an Excel file (.xlsx): read here, written by `workbook`.

Usual columns: Mã | Chủ đề | Mức độ | Câu hỏi | Phương án A | B | C | D | Đáp án đúng | Giải thích | Nguồn | Luyện tập.
Optional sheets: "Chủ đề" (Mã, Tên) and "Ngân hàng" (Mã, Tên, Ngôn ngữ below each other, values beside them).
"""

import hashlib
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import zip_longest

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from .archive import refuse
from .columns import LABELS, Columns, below, recognise
from .draft import Draft, Field, build, loose
from .model import LETTERS, MOST_ROWS, Bank, Finding, capped, error, has_errors, quote, warning
from .spelling import fold, line, lines, same, slug
from .workbook import write

__all__ = ["parse", "write"]

MOST_COLUMNS = 64
MOST_SHEET_ROWS = 1_048_576
HEADER_WITHIN = 20
TOPICS_SHEETS = {"chu de", "topics", "danh muc chu de"}
BANK_SHEETS = {"ngan hang", "bank", "ngan hang cau hoi thong tin"}
BANK_KEYS = {
    "ma": "id", "ma ngan hang": "id", "id": "id", "bank id": "id",
    "ten": "title", "ten ngan hang": "title", "title": "title",
    "ngon ngu": "language", "language": "language",
}  # fmt: skip
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
Cells = list[tuple[str, str]]  # text and remark ("", "error", "converted", "number") of each cell of a row
Table = tuple[Columns, dict[int, Cells], int]  # the columns, the rows below the header, the header's row number


def parse(data: bytes, *, bank_id: str = "bank", title: str = "", language: str = "vi") -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong, each with its row and column.

    `bank_id`, `title` (else the id) and `language` are taken where the file has no sheet "Ngân hàng".
    """
    found = refuse(data)
    if found:
        return None, found
    try:
        sheets, found = _sheets(data)
    except Exception:  # openpyxl answers a broken file with any exception
        return None, [error("unreadable-file", "file")]
    if found:
        return None, found
    bank, found = _bank(sheets, {"id": bank_id, "title": title or bank_id, "language": language})
    return bank, capped(found)


def _sheets(data: bytes) -> tuple[dict[str, dict[int, Cells]], list[Finding]]:
    """Filled rows by sheet and row number, and the sheets with too many."""
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = {sheet.title: _rows(sheet) for sheet in book.worksheets}
    finally:
        book.close()
    long = [title for title, rows in sheets.items() if len(rows) > MOST_ROWS]
    return sheets, [error("too-many-rows", f"sheet {quote(title)}", most=MOST_ROWS) for title in long]


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


def _bank(sheets: dict[str, dict[int, Cells]], head: dict[str, str]) -> tuple[Bank | None, list[Finding]]:
    tables = {title: table for title, rows in sheets.items() if (table := _header(rows))}
    named = {fold(title): title for title in sheets if title not in tables}
    head |= _head(sheets.get(_one_of(named, BANK_SHEETS), {}))
    topics, found = _topics(sheets.get(_one_of(named, TOPICS_SHEETS), {}), _one_of(named, TOPICS_SHEETS))
    listed = bool(topics)
    table, wrong = _table(tables)
    if table is None:
        return None, found + wrong
    drafts, doubtful = _drafts(*table, topics, listed, head["id"])
    bank, faults = build(Bank(head["id"], head["title"], head["language"], topics, ()), drafts, loose)
    found = found + wrong + doubtful + faults
    return (None if has_errors(found) else bank), found


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


def _table(tables: dict[str, Table]) -> tuple[tuple[Columns, dict[int, Cells]] | None, list[Finding]]:
    """The columns and the question rows of the one sheet that has questions."""
    if not tables:
        return None, [error("header-not-found", "file")]
    first, *more = tables
    columns, rows, number = tables[first]
    found = [error("second-sheet", f"sheet {quote(title)}", sheet=quote(first)) for title in more]
    found += [error("column-missing", f"row {number}", column=title) for title in columns.missing]
    found += [error("column-twice", f"row {number}", column=quote(title)) for title in columns.twice]
    found += [warning("column-unknown", f"row {number}, column {quote(columns.titles[at])}") for at in columns.unknown]
    return (None if has_errors(found) else (columns, rows)), found


def _header(rows: dict[int, Cells]) -> Table | None:
    """Columns, the rows below the header, and the header's row number; titles may take two rows."""
    numbers = [number for number in rows if number <= HEADER_WITHIN]
    titles = {number: [line(text) for text, _ in rows[number]] for number in numbers}
    for number, next_number in zip_longest(numbers, numbers[1:]):
        columns, last = recognise(titles[number]), number
        if not columns.is_header and next_number == number + 1:
            columns, last = recognise(below(titles[number], titles[next_number])), next_number
        if columns.is_header:
            return columns, {at: cells for at, cells in rows.items() if at > last}, last
    return None


def _drafts(columns: Columns, rows: dict[int, Cells], topics: dict[str, str], listed: bool, bank_id: str):
    """A draft for each row, and findings; topics that no sheet lists are added to `topics`."""
    drafts, found = [], []
    for number, cells in rows.items():
        row = _Row(number, cells, columns)
        if not row.is_empty:
            found += row.remarks()
            fields, wrong = _fields(row, topics, listed, bank_id)
            options, gaps = row.options()
            drafts.append(Draft(f"row {number}", fields, options, row.places()))
            found += wrong + gaps
    return drafts, found


class _Row:
    """One row of questions, seen through the columns."""

    def __init__(self, number: int, cells: Cells, columns: Columns):
        self.number, self.cells, self.columns = number, cells, columns

    @property
    def is_empty(self) -> bool:
        return not any(self.text(field) for field in self.columns.index)

    def text(self, field: str) -> str:
        return self._cell(field)[0]

    def place(self, field: str) -> str:
        at = self.columns.index.get(field)
        title = self.columns.titles.get(at) if at is not None else LABELS.get(field)
        return f"row {self.number}, column {quote(title or field)}"

    def places(self) -> dict[str, str]:
        """Where empty cells are, and "option" for all options together."""
        places = {field: self.place(field) for field in self.columns.index}
        return places | {"option": self.place("a")}

    def options(self) -> tuple[tuple[Field, ...], list[Finding]]:
        """Options up to the last filled one; an empty one before it is a finding."""
        filled = [letter for letter in self.columns.letters if self.text(letter)]
        letters = self.columns.letters[: self.columns.letters.find(filled[-1]) + 1] if filled else ""
        gaps = [error("option-gap", self.place(letter), letter=letter.upper()) for letter in letters if letter not in filled]
        return tuple(Field(self.text(letter), self.place(letter)) for letter in letters), gaps

    def remarks(self) -> Iterator[Finding]:
        """Excel errors, and numbers and dates where the shown form may differ from what was read."""
        for field in self.columns.index:
            text, remark = self._cell(field)
            if remark == "error":
                yield error("cell-error", self.place(field), value=quote(text))
            elif remark == "converted":
                yield warning("cell-converted", self.place(field), value=quote(text))

    def is_number(self, field: str) -> bool:
        return self._cell(field)[1] == "number"

    def _cell(self, field: str) -> tuple[str, str]:
        at = self.columns.index.get(field, MOST_COLUMNS)
        return self.cells[at] if at < len(self.cells) else ("", "")


def _fields(row: _Row, topics: dict[str, str], listed: bool, bank_id: str) -> tuple[dict[str, Field], list[Finding]]:
    names = ("id", "topic", "level", "text", "answer", "why", "source", "practice")
    fields = {name: Field(row.text(name), row.place(name)) for name in names if row.text(name)}
    fields["id"] = Field(_id(row, bank_id), row.place("id" if "id" in fields else "text"))
    if "topic" in fields:
        key, found = _topic(row, topics, listed)
        fields["topic"] = Field(key, row.place("topic"))
        return fields, found
    return fields, []


def _id(row: _Row, bank_id: str) -> str:
    """The id as a slug; a bare number after the bank's id; without one a digest of the question's words."""
    given = row.text("id")
    if given:
        return f"{bank_id}-{given}" if row.is_number("id") else slug(given) or given
    words = [same(row.text("text")), *sorted(same(row.text(letter)) for letter in LETTERS)]
    return "q-" + hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def _topic(row: _Row, topics: dict[str, str], listed: bool) -> tuple[str, list[Finding]]:
    name = line(row.text("topic"))
    key = resolve(topics, name)
    if not key and listed:
        return "", [error("topic-unknown", row.place("topic"), value=quote(name))]
    if not key:
        key = slug(name)[:60].strip("-") or name
        topics[key] = name
    return key, []


def resolve(topics: dict[str, str], name: str) -> str:
    """The slug of a topic given by its slug or by its name, however spelled; "" when unknown."""
    if name in topics:
        return name
    return next((key for key, known in topics.items() if fold(known) == fold(name)), "")
