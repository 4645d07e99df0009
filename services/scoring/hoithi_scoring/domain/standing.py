"""How a unit stands: what its officer may know of it and of the units below, and where it is among its peers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hoithi_scoring.domain.export import hundredths
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import Unit, UnitRow, line


@dataclass(frozen=True)
class Standing:
    """One line of an officer's table. `registered`: people of the unit and below now; `roster`: the frozen headcount.

    `not_yet`: of the roster where there is one, else of the registered; never below zero.
    """

    row: UnitRow
    registered: int
    shows_points: bool

    @property
    def not_yet(self) -> int:
        expected = self.registered if self.row.roster is None else self.row.roster
        return max(expected - self.row.participants, 0)

    def shown(self) -> dict:
        row = self.row
        return {
            "unit_id": row.unit_id, "name": row.name, "kind": row.kind, "participants": row.participants, "roster": row.roster,
            "registered": self.registered, "not_yet": self.not_yet, "rate_percent": hundredths(row.rate and row.rate * 100),
            "mean_points": hundredths(row.mean) if self.shows_points and row.participants else None, "attempts": row.attempts,
        }  # fmt: skip


def empty_row(unit: Unit, roster: int | None = None) -> UnitRow:
    """Of a unit nobody of which took part, or before the first table."""
    return UnitRow(unit.id, unit.name, unit.kind, unit.tree, unit.parent_id, 0, roster, 0, 0, 0)


def points_are_open(round: Round) -> bool:
    """While people predict how many papers will be perfect, points of running rounds are nobody's."""
    return round.state != "running" or round.rules is None or round.rules.prediction != "perfect"


def among_peers(row: UnitRow, siblings: Iterable[UnitRow]) -> tuple[int | None, int]:
    """(place, of how many): by rate among the units of the same kind below the same parent that have a roster.

    Equal rates share a place. Only the own place is told: what the others reached is theirs.
    """
    rates = [each.rate for each in siblings if each.kind == row.kind and each.rate is not None]
    return (None if row.rate is None else 1 + sum(rate > row.rate for rate in rates)), len(rates)


def upwards(counts: Mapping[str, int], units: dict[str, Unit]) -> dict[str, int]:
    """Counts of units themselves as counts of units with everything below."""
    total = defaultdict(int)
    for unit_id, count in counts.items():
        for above in line(unit_id, units):
            total[above] += count
    return total
