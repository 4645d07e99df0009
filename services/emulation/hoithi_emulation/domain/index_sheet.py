"""Values of an index in a spreadsheet somebody made: one row for each unit, what is wrong in which row."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from hoithi_contracts.names import folded
from hoithi_emulation.domain.units import Unit

HEADER_WITHIN = 20
MOST_VALUE = 1_000_000
TITLES = {
    "unit_id": ("ma don vi", "ma dv", "unit id", "ma"),
    "unit": ("ten don vi", "don vi", "co quan", "unit", "unit name"),
    "value": ("gia tri", "chi so", "diem", "diem so", "ket qua", "ty le", "value", "index", "score"),
}
FIELD_OF = {title: field for field, titles in TITLES.items() for title in titles}


@dataclass(frozen=True)
class Finding:
    """What is wrong with a cell; `column` from 0."""

    row: int
    column: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class IndexSheet:
    """Value by unit, or what is wrong. `header`: the row with the titles; 0: none found."""

    values: dict[str, float]
    findings: tuple[Finding, ...]
    header: int = 0


def read(rows: Mapping[int, list[str]], units: Mapping[str, Unit]) -> IndexSheet:
    """`units`: those that take part; others are refused."""
    header, columns = _header(rows)
    if not header:
        return IndexSheet({}, (Finding(min(rows), 0, "header-not-found"),))
    names, values, findings, first = _names(units), {}, [], {}
    for number in sorted(number for number in rows if number > header):
        cells = {field: rows[number][at] if at < len(rows[number]) else "" for field, at in columns.items()}
        unit_id, wrong = _unit(cells, units, names, columns)
        value = number_of(cells["value"])
        if unit_id in values:
            wrong = ("unit", "unit-twice", str(first[unit_id]))
        elif value is None and not wrong:
            wrong = ("value", "not-a-value" if cells["value"] else "value-missing", cells["value"])
        if wrong:
            findings.append(
                Finding(number, columns.get(wrong[0], columns.get("unit_id", columns["value"])), wrong[1], wrong[2][:80])
            )
        else:
            values[unit_id], first[unit_id] = value, number
    return IndexSheet(values, tuple(findings), header)


def _header(rows) -> tuple[int, dict[str, int]]:
    """The first row that has titles for a unit and a value."""
    for number in sorted(rows)[:HEADER_WITHIN]:
        columns: dict[str, int] = {}
        for at, text in enumerate(rows[number]):
            field = FIELD_OF.get(folded(text.partition("(")[0]))
            if field:
                columns.setdefault(field, at)
        if "value" in columns and columns.keys() & {"unit", "unit_id"}:
            return number, columns
    return 0, {}


def _names(units: Mapping[str, Unit]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for unit in units.values():
        found[folded(unit.name)].append(unit.id)
    return found


def _unit(cells, units, names, columns) -> tuple[str | None, tuple[str, str, str] | None]:
    """(id, None) or (None, what is wrong with which field): by id, else by the whole name."""
    if cells.get("unit_id") in units:
        return cells["unit_id"], None
    found = names.get(folded(cells.get("unit", "")), ())
    if len(found) == 1:
        return found[0], None
    text = cells.get("unit_id") or cells.get("unit", "")
    field = "unit_id" if cells.get("unit_id") or "unit" not in columns else "unit"
    code = "unit-missing" if not text else "ambiguous-unit" if found else "unknown-unit"
    return None, (field, code, text)


def number_of(text: str) -> float | None:
    """As people here write it: 87,5 and 1.234,5, also 87.5. None when it is no number from 0 on."""
    bare = text.replace(" ", "").removesuffix("%")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    try:
        value = float(bare) if bare[:1].isdigit() and bare.isascii() else None
    except ValueError:
        return None
    return value if value is not None and value <= MOST_VALUE else None
