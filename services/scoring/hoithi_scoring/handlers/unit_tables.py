"""Tables by units: of any rows, and of a running round as it stands, between two of its whole tables."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from hoithi_scoring.domain import units
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.snapshot import LIVE, LiveUnits
from hoithi_scoring.domain.units import Group, UnitRow


def roll_up(storage, round: Round, groups: Iterable[Group]) -> list[UnitRow]:
    """Units of a round; of a season by the rules of its last round and as of that one's close."""
    day = round.closes_at.astimezone(ZoneInfo(round.rules.time_zone)).date().isoformat()
    return units.roll_up(groups, storage.units.all(), storage.units.headcounts(round.contest_id), round.rules, day)


def are_due(round: Round, large: int, rest: float, cooldown_s: float, now: datetime) -> bool:
    """Only where the whole tables take long (`large` attempts): something came, and the last ones have rested."""
    if not (round.has_standings and round.snapshot and round.snapshot.attempts > large):
        return False
    last = round.live_units
    if last is None:
        return round.is_stale
    return round.changes > last.seen and now - last.built_at >= timedelta(seconds=max(cooldown_s, rest * last.seconds))


def make_live(storage, round_id: str, beat: Callable[[], bool], now: datetime) -> None:
    """From the sums that the database makes of the standings."""
    started, found = perf_counter(), storage.rounds.get(round_id)
    if found.has_standings:
        groups = storage.standings.groups(round_id)
        storage.rankings.replace_units(round_id, LIVE, roll_up(storage, found, groups), now)
        sums = (sum(getattr(group, name) for group in groups) for name in ("attempts", "participants", "perfect"))
        storage.rounds.show_units(round_id, LiveUnits(now, round(perf_counter() - started, 3), found.changes, *sums))
