"""Prizes of collectives: units compete in blocks by tree, kind and size, in the order of the unit tables.

A unit is excluded by a person, with a reason; the next in order moves up. The table itself stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hoithi_contracts.exam import Prize, ResultRules
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.units import UnitRow, competing
from hoithi_scoring.domain.winners import RESERVES


@dataclass(frozen=True)
class Block:
    """Units of `kinds` of one tree; `least_roster` and `most_roster` bound their frozen headcount (None: any, or none known)."""

    title: str
    tree: str
    kinds: tuple[str, ...]
    prizes: tuple[Prize, ...]
    least_roster: int | None = None
    most_roster: int | None = None

    def has(self, row: UnitRow) -> bool:
        return row.tree == self.tree and row.kind in self.kinds and self._fits(row.roster)

    def _fits(self, roster: int | None) -> bool:
        if self.least_roster is None and self.most_roster is None:
            return True
        return roster is not None and (self.least_roster or 0) <= roster <= (self.most_roster or roster)


@dataclass(frozen=True)
class CollectivePrizes:
    """What units of a contest can win in each of `rounds` and, with `season`, over all rounds. `revision` counts changes."""

    blocks: tuple[Block, ...] = ()
    rounds: tuple[str, ...] = ()
    season: bool = False
    revision: int = 0

    def is_for(self, round_id: str | None) -> bool:
        """Whether units win something in the round, or (None) over all rounds."""
        return self.season if round_id is None else round_id in self.rounds


def unit_awards(
    scope: str, table: Iterable[UnitRow], blocks: Iterable[Block], rules: ResultRules, excluded: frozenset[str] = frozenset()
) -> tuple[list[Award], list[Award]]:
    """(awards, those who would move up) of all blocks, in the order of places. The "person" of an award is the unit.

    A unit that two blocks fit is in the first of them only: one prize for a unit.
    """
    table, made, reserves = list(table), [], []
    taken: set[str] = set()
    for number, block in enumerate(blocks, 1):
        own = [row for row in table if block.has(row) and row.unit_id not in taken]
        taken.update(row.unit_id for row in own)
        placed = [pair for pair in competing(own, rules) if pair[1].unit_id not in excluded]
        prizes = [(prize.name, count) for prize in block.prizes for count in range(1, prize.count + 1)]
        for (prize, count), (place, row) in zip(prizes, placed, strict=False):
            made.append(_award(f"{scope}:units:{number}:{prize}:{count}", block, prize, place, row))
        reserves += [_award("", block, "", place, row) for place, row in placed[len(prizes) :][:RESERVES]]
    return made, reserves


def _award(award_id: str, block: Block, prize: str, place: int, row: UnitRow) -> Award:
    return Award(award_id, block.title, prize, place, row.unit_id, row.unit_id)
