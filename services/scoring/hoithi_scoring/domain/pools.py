"""Prize pools of committees: a unit honours the best of its own people, from the ranking that everybody is in.

A pool is fixed when the first round it is for opens. Who belongs to a unit is what the unit tables say: the unit of the counting
attempt, and everything below the pool's unit.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.prizes import Award, Giving
from hoithi_scoring.domain.ranking import Row
from hoithi_scoring.domain.refusals import DivisionUnknown, PoolMisnamed, PrizesBegun, RoundUnknown
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.season import SeasonRow
from hoithi_scoring.domain.units import Unit, below, line
from hoithi_scoring.domain.winners import RESERVES

POOL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Pool:
    """Each of `divisions` has all of `prizes`, in each of `rounds` and, with `season`, over all rounds.

    `also_main`: whoever wins a prize of the contest in the same round (or season) may win here too. `revision` counts changes.
    """

    pool_id: str
    contest_id: str
    unit_id: str
    title: str
    prizes: tuple[Prize, ...]
    divisions: tuple[str, ...]
    rounds: tuple[str, ...] = ()
    season: bool = False
    also_main: bool = True
    sponsor: str = ""
    notice: str = ""
    revision: int = 1

    def is_for(self, round_id: str | None) -> bool:
        """Whether it has prizes in the round, or (None) over all rounds."""
        return self.season if round_id is None else round_id in self.rounds


def has_begun(round: Round, now: datetime) -> bool:
    """Also when the opening has not been told yet."""
    return round.opened or (round.opens_at is not None and round.opens_at <= now)


def check_not_begun(round_ids: Iterable[str], season: bool, rounds: Mapping[str, Round], now: datetime) -> None:
    """People know what they play for before they play; a season begins with its first round. Raises RoundUnknown, PrizesBegun."""
    for round_id in rounds if season else round_ids:
        if round_id not in rounds:
            raise RoundUnknown(round_id)
        if has_begun(rounds[round_id], now):
            raise PrizesBegun(rounds[round_id].title)


def define(earlier: Pool | None, wanted: Pool, divisions: Iterable[str], rounds: Mapping[str, Round], now: datetime) -> Pool:
    """The pool as it is from now on; the same again is quiet. `divisions`, `rounds`: those of the contest.

    Raises PoolMisnamed, DivisionUnknown, RoundUnknown, PrizesBegun.
    """
    if not POOL_ID.fullmatch(wanted.pool_id):
        raise PoolMisnamed()
    if earlier and replace(wanted, revision=earlier.revision) == earlier:
        return earlier
    for known in filter(None, (earlier, wanted)):
        check_not_begun(known.rounds, known.season, rounds, now)
    for division in wanted.divisions:
        if division not in divisions:
            raise DivisionUnknown(division)
    return replace(wanted, revision=earlier.revision + 1 if earlier else 1)


def above(units: dict[str, Unit], *unit_ids: str | None) -> set[str]:
    """The units and all above them: the places whose pools somebody there takes part in."""
    return {found for unit_id in unit_ids if unit_id for found in line(unit_id, units)}


class Sharing:
    """Offers the rows of one table, best first, to all pools at once: there may be a hundred pools and half a million rows.

    `kept_out`: pool id -> who cannot win there.
    """

    def __init__(self, scope: str, pools: Iterable[Pool], units: dict[str, Unit], kept_out: Mapping[str, frozenset[str]]):
        self.givings: dict[str, Giving] = {}
        self.of_unit: dict[str, list[Giving]] = defaultdict(list)
        for pool in pools:
            name, out = f"{scope}:pool:{pool.pool_id}", kept_out.get(pool.pool_id, frozenset())
            giving = self.givings[pool.pool_id] = Giving(name, pool.divisions, pool.prizes, out, RESERVES)
            for unit_id in below(pool.unit_id, units):
                self.of_unit[unit_id].append(giving)

    def offer(self, row: Row | SeasonRow, user_id: str) -> None:
        for unit_id in (row.unit_id, row.party_unit_id):
            for giving in self.of_unit.get(unit_id, ()):
                giving.offer(row, user_id)

    def awards(self, pool_id: str) -> list[Award]:
        return self.givings[pool_id].made

    def reserves(self, pool_id: str) -> list[Award]:
        return self.givings[pool_id].reserves
