"""Headcounts in a spreadsheet somebody made: which columns there are, which unit a row means, what is wrong in which row.

Either a row is a unit with its headcount, or a row is a person and the unit's headcount is how many rows it has. Names are
counted and not kept: nobody in such a list has agreed to anything yet (docs/decisions/0120).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from hoithi_contracts.registration import Unit
from hoithi_registration.domain.unit import folded

HEADER_WITHIN = 20
MOST_FINDINGS = 500
MOST_HEADS = 10_000_000
TITLES = {
    "unit_id": ("ma don vi", "ma dv", "ma dinh danh", "unit id", "unit code", "ma"),
    "unit": ("ten don vi", "don vi", "co quan", "ten co quan", "xa phuong", "dang bo", "chi bo", "unit", "unit name", "thon"),
    "headcount": ("quan so", "so nguoi", "tong so nguoi", "si so", "so luong", "tong so", "headcount", "people"),
    "name": ("ho va ten", "ho ten", "ho ten nguoi du thi", "full name", "name"),
    "birth": ("ngay sinh", "nam sinh", "ngay thang nam sinh", "birth date", "date of birth"),
}
FIELD_OF = {title: field for field, titles in TITLES.items() for title in titles}
# What a unit's name may begin with and people leave out.
KINDS = ("xa ", "phuong ", "thi tran ", "dac khu ", "thon ", "to dan pho ", "dang bo ", "chi bo ")
TOTALS = ("tong", "cong", "total")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a cell. `column` from 0, None: the whole row."""

    severity: str
    row: int
    column: int | None
    code: str
    value: str = ""


@dataclass(frozen=True)
class RosterSheet:
    """What a file says: headcount by unit, or what is wrong. `header`: number of the row with the titles; 0: none found."""

    headcounts: dict[str, int]
    findings: tuple[Finding, ...]
    header: int = 0
    kind: str = "headcounts"
    read: int = 0

    @property
    def is_right(self) -> bool:
        return not any(found.severity == "error" for found in self.findings)


def read(rows: Mapping[int, list[str]], units: Mapping[str, Unit], own: str | None = None) -> RosterSheet:
    """`units`: those the rows may name; others are refused. `own`: the unit meant when no column names one."""
    header, columns = _header(rows, own)
    if not columns:
        return RosterSheet({}, (Finding("error", min(rows), None, "header-not-found"),))
    kind = "people" if "headcount" not in columns else "headcounts"
    read_rows = {number: _cells(texts, columns) for number, texts in rows.items() if number > header}
    reader = _Reader(columns, _Names(units), own)
    counted = (reader.people if kind == "people" else reader.headcounts)(read_rows)
    return RosterSheet(counted, tuple(reader.findings[:MOST_FINDINGS]), header, kind, len(read_rows))


def _header(rows, own) -> tuple[int, dict[str, int]]:
    """The first row that has titles for what is needed."""
    for number in sorted(rows)[:HEADER_WITHIN]:
        columns = _columns(rows[number])
        named = own is not None or "unit" in columns or "unit_id" in columns
        if named and ("headcount" in columns or "name" in columns):
            return number, columns
    return 0, {}


def _columns(texts: list[str]) -> dict[str, int]:
    columns = {}
    for at, text in enumerate(texts):
        field = FIELD_OF.get(folded(text.partition("(")[0]))
        if field:
            columns.setdefault(field, at)
    return columns


def _cells(texts: list[str], columns: dict[str, int]) -> dict[str, str]:
    return {field: texts[at] if at < len(texts) else "" for field, at in columns.items()}


class _Names:
    """Units by id and by name, with and without the word for their kind."""

    def __init__(self, units: Mapping[str, Unit]):
        self.units, self.ids = units, defaultdict(set)
        for unit in units.values():
            name = folded(unit.name)
            for known in {name, _bare(name)}:
                self.ids[known].add(unit.id)

    def find(self, text: str) -> tuple[str | None, str]:
        """(id, "") or (None, what is wrong). The whole name goes before a part of it."""
        if text in self.units:
            return text, ""
        wanted = folded(text)
        whole = {unit_id for unit_id in self.ids[wanted] if folded(self.units[unit_id].name) == wanted}
        found = whole or self.ids[wanted]
        if len(found) == 1:
            return next(iter(found)), ""
        return None, "ambiguous-unit" if found else "unknown-unit"


def _bare(name: str) -> str:
    return next((name.removeprefix(kind) for kind in KINDS if name.startswith(kind)), name)


class _Reader:
    """Goes through the rows and remembers what is wrong."""

    def __init__(self, columns: dict[str, int], names: _Names, own: str | None):
        self.columns, self.names, self.own = columns, names, own
        self.findings: list[Finding] = []

    def headcounts(self, rows: dict[int, dict]) -> dict[str, int]:
        counted, first = {}, {}
        for number, cells in rows.items():
            unit_id, heads = self._unit(number, cells), self._heads(number, cells)
            if unit_id is None or heads is None:
                continue
            if unit_id in counted:
                self._wrong(number, "unit", "unit-twice", str(first[unit_id]))
                continue
            counted[unit_id], first[unit_id] = heads, number
        return counted

    def people(self, rows: dict[int, dict]) -> dict[str, int]:
        counted, seen = Counter(), {}
        for number, cells in rows.items():
            unit_id = self._unit(number, cells)
            if unit_id is None:
                continue
            if not cells["name"]:
                self._wrong(number, "name", "name-missing")
                continue
            who = (unit_id, folded(cells["name"]), cells.get("birth", ""))
            if who in seen:
                self._doubt(number, "name", "person-twice", str(seen[who]))
            seen.setdefault(who, number)
            counted[unit_id] += 1
        return dict(counted)

    def _unit(self, number: int, cells: dict) -> str | None:
        """None: no row of a unit, or a wrong one (noted)."""
        code, name = cells.get("unit_id", ""), cells.get("unit", "")
        if not code and folded(name).split(" ")[0] in TOTALS:
            self._doubt(number, "unit", "total-skipped")
            return None
        if "unit_id" not in self.columns and "unit" not in self.columns:
            return self.own
        field, text = ("unit_id", code) if code else ("unit", name)
        if not text:
            self._wrong(number, field, "unit-missing")
            return None
        unit_id, wrong = self.names.find(text)
        if wrong and code and name:
            unit_id, wrong = self.names.find(name)
        if wrong:
            self._wrong(number, field, wrong, text)
        return unit_id

    def _heads(self, number: int, cells: dict) -> int | None:
        if folded(cells.get("unit", "")).split(" ")[0] in TOTALS and not cells.get("unit_id"):
            return None
        text = cells["headcount"].replace(" ", "").replace(".", "").replace(",", "")
        if text.isascii() and text.isdecimal() and int(text) <= MOST_HEADS:
            return int(text)
        self._wrong(number, "headcount", "not-a-headcount" if cells["headcount"] else "headcount-missing", cells["headcount"])
        return None

    def _wrong(self, number: int, field: str, code: str, value: str = "") -> None:
        self.findings.append(Finding("error", number, self._column(field), code, value[:80]))

    def _doubt(self, number: int, field: str, code: str, value: str = "") -> None:
        self.findings.append(Finding("warning", number, self._column(field), code, value[:80]))

    def _column(self, field: str) -> int | None:
        return self.columns.get(field, self.columns.get("unit_id"))
