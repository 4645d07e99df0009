"""Results as bytes: canonical JSON with its digest, and CSV for people.

The canonical file holds no name and no time of making: whoever has attempts.csv and rules.json gets
the same bytes (`python -m hoithi_scoring.recompute`).
"""

import csv
import dataclasses
import hashlib
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fractions import Fraction

import orjson

from hoithi_contracts.exam import Prize, ResultRules
from hoithi_contracts.fields import wire_instant
from hoithi_scoring.domain.ranking import Figures, Row
from hoithi_scoring.domain.units import UnitRow

FORMAT = "hoithi-results/1"
BOM = "\ufeff".encode()
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

ATTEMPT_COLUMNS = (
    "person", "number", "division", "unit_id", "party_unit_id", "right", "points", "perfect", "duration_ms", "started_at",
    "submitted_at", "registered_at", "prediction", "by", "late", "invalidated",
)  # fmt: skip
RESULT_COLUMNS = (
    "place", "division", "division_place", "person", "name", "phone", "unit_id", "unit", "points", "right", "perfect",
    "duration_ms", "submitted_at", "attempts", "prediction", "prediction_error", "prize",
)  # fmt: skip
UNIT_COLUMNS = (
    "tree", "unit_id", "name", "kind", "parent_id", "place", "eligible", "participants", "roster", "rate_percent", "mean_points",
    "perfect", "attempts", "points", "suppressed",
)  # fmt: skip
SEASON_COLUMNS = (
    "place", "division", "division_place", "person", "name", "phone", "unit_id", "unit", "points", "rounds", "perfect",
    "duration_ms", "submitted_at", "attempts", "prediction_error",
)  # fmt: skip


def instant(ms: int) -> str:
    """Milliseconds since 1970 as RFC 3339 text, exact to the millisecond."""
    seconds, rest = divmod(ms, 1000)
    return wire_instant(datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000))


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, by whole-number arithmetic."""
    return int(moment.replace(microsecond=0).timestamp()) * 1000 + moment.microsecond // 1000


def rules_file(round_id: str, contest_id: str, number: int, rules: ResultRules) -> dict:
    """What, beside the attempts, decides a ranking."""
    return {"contest_id": contest_id, "number": number, "round_id": round_id, "rules": dataclasses.asdict(rules)}


def rules_from(document: dict) -> ResultRules:
    return ResultRules(**{**document, "prizes": [Prize(**prize) for prize in document["prizes"]]})


def canonical(value) -> str:
    """One way to write a value: keys sorted, no blanks, UTF-8 as it is."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def results(head: dict, figures: Figures, actual: int | None, rows: Iterable[Row]) -> Iterator[bytes]:
    """The canonical results file in pieces: one JSON object, one row per line."""
    start = canonical({**head, "actual": actual, "figures": figures._asdict(), "format": FORMAT})
    yield (start[:-1] + ',"rows":[').encode()
    before = "\n"
    for row in rows:
        yield (before + canonical(result(row))).encode()
        before = ",\n"
    yield b"\n]}\n"


def result(row: Row) -> dict:
    """A row as the canonical file has it."""
    found = row._asdict()
    found["submitted_at"], found["registered_at"] = instant(found.pop("submitted_ms")), instant(found.pop("registered_ms"))
    return found


def digest(pieces: Iterable[bytes]) -> str:
    """SHA-256 in hexadecimal digits over the pieces one after the other."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def table(columns: Iterable[str], rows: Iterable[Iterable], bom: bool = False) -> Iterator[bytes]:
    """CSV in pieces (RFC 4180, UTF-8, CRLF); no cell can start a formula in a spreadsheet."""
    if bom:
        yield BOM
    yield _line(columns)
    for row in rows:
        yield _line(row)


def _line(cells) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([cell(value) for value in cells])
    return text.getvalue().encode()


def cell(value) -> str:
    """The text of one cell: true/false, empty for nothing, an apostrophe before what a spreadsheet would run."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return "'" + value if value.startswith(DANGEROUS) else value


def unit_cells(row: UnitRow) -> list:
    """A unit's row in the order of UNIT_COLUMNS; what is suppressed is empty."""
    head = [row.tree, row.unit_id, row.name, row.kind, row.parent_id]
    if row.suppressed:
        return [*head, None, None, None, None, None, None, None, None, None, True]
    return [*head, row.place, row.eligible, row.participants, row.roster, hundredths(row.rate and row.rate * 100),
            hundredths(row.mean), row.perfect, row.attempts, row.points, False]  # fmt: skip


def hundredths(value: Fraction | None) -> str | None:
    """Two decimals, rounded half up; text, so that every program shows the same."""
    if value is None:
        return None
    whole, rest = divmod((2 * value.numerator * 100 + value.denominator) // (2 * value.denominator), 100)
    return f"{whole}.{rest:02d}"
