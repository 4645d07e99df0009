"""The season: the rounds of a contest together."""

from collections.abc import Iterable
from typing import NamedTuple

from hoithi_scoring.domain.ranking import NO_PREDICTION, Row, places


class SeasonRow(NamedTuple):
    """One person's season. `error` is the sum over rounds; None: in some round no prediction was made."""

    place: int
    division_place: int
    person: str
    division: str
    unit_id: str
    party_unit_id: str | None
    points: int
    rounds: int
    perfect: int
    duration_ms: int
    submitted_ms: int
    registered_ms: int
    attempts: int
    error: int | None


# As in `ranking`, over the sums. More rounds is not a criterion: it shows in the points.
_TIE_BREAKS = {
    "A": lambda row: (-row.points, _error(row), row.duration_ms, row.submitted_ms),
    "B": lambda row: (-row.points, row.duration_ms, _error(row)),
    "C": lambda row: (-row.points, _error(row), row.submitted_ms),
    "D": lambda row: (-row.points, row.duration_ms, row.attempts, row.registered_ms),
}


def _error(row):
    return NO_PREDICTION if row.error is None else row.error


def season(rounds: Iterable[tuple[int, Iterable[Row]]], tie_break: str) -> list[SeasonRow]:
    """The season's rows from (number of the round, its rows); division and units are those of the last round taken."""
    sums = {}
    for _, rows in sorted(rounds, key=lambda pair: pair[0]):
        for row in rows:
            sums[row.person] = _add(sums.get(row.person), row)
    key = _TIE_BREAKS[tie_break]
    ordered = sorted(sums.values(), key=lambda row: (key(row), row.submitted_ms, row.person))
    return _placed(ordered, key)


def _add(total, row):
    if total is None:
        return SeasonRow(0, 0, row.person, row.division, row.unit_id, row.party_unit_id, row.points, 1, int(row.perfect),
                         row.duration_ms, row.submitted_ms, row.registered_ms, row.attempts, row.error)  # fmt: skip
    error = None if row.error is None or total.error is None else total.error + row.error
    return SeasonRow(0, 0, row.person, row.division, row.unit_id, row.party_unit_id, total.points + row.points,
                     total.rounds + 1, total.perfect + row.perfect, total.duration_ms + row.duration_ms,
                     max(total.submitted_ms, row.submitted_ms), row.registered_ms,
                     total.attempts + row.attempts, error)  # fmt: skip


def _placed(ordered, key):
    overall = places(key(row) for row in ordered)
    own = {}
    for division in {row.division for row in ordered}:
        members = [row for row in ordered if row.division == division]
        own.update(zip((row.person for row in members), places(key(row) for row in members), strict=True))
    return [SeasonRow(place, own[row.person], *row[2:]) for place, row in zip(overall, ordered, strict=True)]
