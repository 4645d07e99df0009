"""Rows below a recognised header, of a worksheet or of a table in a Word file, as drafts of questions."""

from collections.abc import Iterator

from .columns import LABELS, Columns
from .draft import Draft, Field, Given
from .model import LETTERS, Finding, error, quote, warning
from .naming import declare, made_id, resolve
from .spelling import line, slug

Cells = list[tuple[str, str]]  # text and remark ("", "error", "converted", "number") of each cell of a row
NAMES = ("id", "topic", "level", "text", "answer", "why", "source", "practice")


def drafts(
    columns: Columns, rows: dict[str, Cells], topics: dict[str, str], listed: bool, given: Given
) -> tuple[list[Draft], list[Finding]]:
    """A draft for each row, and findings; topics that are not `listed` are added to `topics`.

    `rows`: place ("row 3") -> cells.
    """
    made, found = [], []
    for place, cells in rows.items():
        row = Row(place, cells, columns)
        if not row.is_empty:
            found += row.remarks()
            fields, wrong = _fields(row, topics, listed, given)
            options, gaps = row.options()
            made.append(Draft(place, fields, options, row.places()))
            found += wrong + gaps
    return made, found


class Row:
    """One row of questions, seen through the columns."""

    def __init__(self, where: str, cells: Cells, columns: Columns):
        self.where, self.cells, self.columns = where, cells, columns

    @property
    def is_empty(self) -> bool:
        return not any(self.text(field) for field in self.columns.index)

    def text(self, field: str) -> str:
        return self._cell(field)[0]

    def place(self, field: str) -> str:
        at = self.columns.index.get(field)
        title = self.columns.titles.get(at) if at is not None else LABELS.get(field)
        return f"{self.where}, column {quote(title or field)}"

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
        at = self.columns.index.get(field, len(self.cells))
        return self.cells[at] if at < len(self.cells) else ("", "")


def _fields(row: Row, topics: dict[str, str], listed: bool, given: Given) -> tuple[dict[str, Field], list[Finding]]:
    fields = {name: Field(row.text(name), row.place(name)) for name in NAMES if row.text(name)}
    fields["id"] = Field(_id(row, given.bank_id), row.place("id" if "id" in fields else "text"))
    if "topic" in fields:
        key, found = _topic(row, topics, listed)
        fields["topic"] = Field(key, row.place("topic"))
        return fields, found
    return fields, []


def _id(row: Row, bank_id: str) -> str:
    """The id as a slug; a bare number after the bank's id; without one made from the question's words."""
    given = row.text("id")
    if given:
        return f"{bank_id}-{given}" if row.is_number("id") else slug(given) or given
    return made_id(row.text("text"), [row.text(letter) for letter in LETTERS])


def _topic(row: Row, topics: dict[str, str], listed: bool) -> tuple[str, list[Finding]]:
    name = line(row.text("topic"))
    key = resolve(topics, name)
    if not key and listed:
        return "", [error("topic-unknown", row.place("topic"), value=quote(name))]
    return key or declare(topics, name), []
