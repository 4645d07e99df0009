"""CSV files a person made: read strictly, with the line named when something is wrong."""

import csv
from pathlib import Path

from hoithi_cli.trouble import WrongUsage

UNIT_COLUMNS = ("id", "name", "kind", "tree", "parent_id", "valid_from", "valid_to", "headcount")


def read_rows(path: Path, required) -> list[dict]:
    """Rows as dicts of trimmed texts, "" for an empty cell; raises WrongUsage naming file and line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_header(path, reader.fieldnames or (), required)
            return [_row(path, reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUsage(f"{path} cannot be read as UTF-8 CSV: {error}") from error


def units_of(path: Path) -> list[dict]:
    """The units of a unit file as POST /units wants them, parents before children."""
    rows = read_rows(path, ("id", "name", "kind", "tree", "valid_from"))
    fields = [name for name in UNIT_COLUMNS if name != "headcount"]
    return [{name: row[name] for name in fields if row.get(name)} for row in rows]


def headcounts_of(path: Path) -> dict[str, int]:
    """unit id -> headcount; from `unit_id` or `id`; units without a headcount are left out."""
    rows = read_rows(path, ("headcount",))
    key = "unit_id" if rows and "unit_id" in rows[0] else "id"
    return {row[key]: _whole(path, number, row["headcount"]) for number, row in enumerate(rows, 2) if row["headcount"]}


def _check_header(path: Path, found, required):
    missing = [name for name in required if name not in found]
    if missing:
        raise WrongUsage(f"{path}, line 1: the column {', '.join(missing)} is missing; found: {', '.join(found) or 'nothing'}")


def _row(path: Path, line: int, row: dict) -> dict:
    if None in row or None in row.values():
        raise WrongUsage(f"{path}, line {line}: the number of cells is not that of the header")
    return {name: value.strip() for name, value in row.items()}


def _whole(path: Path, line: int, text: str) -> int:
    if not text.isdecimal():
        raise WrongUsage(f"{path}, line {line}: headcount must be a whole number, found {text!r}")
    return int(text)
