"""Charts of a round and of a contest: read from what the worker counted with the table."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hoithi_scoring.domain import charts, units
from hoithi_scoring.domain.charts import EVERYBODY, Chart, Sketch
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.standing import points_are_open, upwards
from hoithi_scoring.domain.units import Unit
from hoithi_scoring.handlers import rights

WINDOW = ("round_id", "contest_id", "number", "title", "state", "opens_at", "closes_at")
NOTHING = {"days": [], "scores": None, "steps": None}


# In the worker, with the table


def sketch(round: Round, invalid: frozenset[tuple[str, int]]) -> Sketch:
    """Day 0 is that of the opening in the contest's zone, from its midnight on."""
    opened = round.opens_at.astimezone(ZoneInfo(round.rules.time_zone))
    midnight = opened.replace(hour=0, minute=0, second=0, microsecond=0)
    return Sketch(int(midnight.timestamp() * 1000), invalid)


def keep(storage, round: Round, build: str, rows: list, noted: Sketch, now: datetime) -> None:
    """Write days and charts beside the table of `rows`."""
    known, width, first = storage.units.all(), charts.bar_width(rows), _first_day(round)
    found = units.newcomers(rows, noted.firsts, known)
    of_units = [(parent_id, unit_id, _on(first, day), people) for parent_id, unit_id, day, people in found]
    storage.rankings.write_days(round.round_id, build, of_units, now)
    drawn = charts.charts(rows, noted.handed_in, _registered(storage, known), known, width)
    newcomers = Counter(noted.firsts.values())
    days = [(day, newcomers[day], attempts) for day, attempts in sorted(noted.days.items())]
    storage.rankings.write_charts(round.round_id, build, drawn, days, width, now)


def _registered(storage, known: dict[str, Unit]) -> dict[str, int]:
    """How many people have an account now: all, and by unit with everything below it."""
    found = {EVERYBODY: storage.people.count()}
    for tree in units.TREES:
        of_tree = [unit.id for unit in known.values() if unit.tree == tree]
        found |= upwards(storage.people.counts(tree, of_tree), known)
    return found


# In the doors


def of_round(storage, claims, round_id: str, unit_id: str | None) -> dict:
    """Of everybody, or of a unit with everything below it. Raises RoundUnknown, UnitUnknown."""
    round = storage.rounds.get(round_id)
    unit = storage.units.get(unit_id) if unit_id is not None else None
    full = rights.sees_all(claims, round.contest_id) or rights.is_officer_of(storage, claims, unit_id)
    return _shown(storage, claims, round, unit, full)


def of_contest(storage, claims, contest_id: str) -> dict:
    """Everybody in each round that has opened; how many took part in the rounds that are published. Raises ContestUnknown."""
    contest = storage.contests.get(contest_id)
    opened = [round for round in storage.rounds.all() if round.contest_id == contest_id and round.opened]
    full, season = rights.sees_all(claims, contest_id), contest.get("season") or {"participants": 0, "rounds": 0}
    return {
        "contest_id": contest_id,
        "title": contest["title"],
        "season": {"participants": charts.counted(season["participants"], full), "rounds": season["rounds"]},
        "rounds": [_shown(storage, claims, round, None, full) for round in sorted(opened, key=lambda round: round.number)],
    }


def _shown(storage, claims, round: Round, unit: Unit | None, full: bool) -> dict:
    """`sealed`: how many take part is what people are asked to predict. `suppressed`: the unit is too small to be shown."""
    shot = round.snapshot
    whose = {"unit_id": unit and unit.id, "unit": unit and unit.name, "full": full, "sealed": False, "suppressed": False}
    about = {**{name: getattr(round, name) for name in WINDOW}, "built_at": shot and shot.built_at, **whose}
    if not full and not rights.counts_are_open(round):
        return {**about, **NOTHING, "sealed": True}
    if shot is None:
        return {**about, **NOTHING}
    if unit and not full and _is_hidden(storage, round, unit):
        return {**about, **NOTHING, "suppressed": True}
    return {**about, **_drawn(storage, claims, round, unit, full)}


def _is_hidden(storage, round: Round, unit: Unit) -> bool:
    siblings = units.public(storage.rankings.units(round.round_id, round.snapshot.build, unit.tree, unit.parent_id))
    return next((row.suppressed for row in siblings if row.unit_id == unit.id), False)


def _drawn(storage, claims, round: Round, unit: Unit | None, full: bool) -> dict:
    build, points = round.snapshot.build, _points_are_open(claims, round, full)
    whole = storage.rankings.whole(round.round_id, build)
    found = storage.rankings.chart(round.round_id, build, unit.parent_id if unit else None, unit.id if unit else EVERYBODY)
    if whole is None or found is None:
        return {**NOTHING, "days": _days_of_unit(storage, round, unit, full) if unit else []}
    return {
        "days": _days_of_unit(storage, round, unit, full) if unit else _days(round, whole["days"], full),
        "scores": _scores(found, whole["width"], full) if points else None,
        "steps": _steps(found, full, points),
    }


def _points_are_open(claims, round: Round, full: bool) -> bool:
    """Organisers see points at any time, officers as in their tables, everybody once results are out."""
    return rights.sees_all(claims, round.contest_id) or round.is_public or (full and points_are_open(round))


def _days(round: Round, found: list, full: bool) -> list[dict]:
    """`found`: (number of the day, newcomers, attempts), by day."""
    first = _first_day(round)
    return _told([(_on(first, day), newcomers, attempts) for day, newcomers, attempts in found], full)


def _first_day(round: Round) -> date:
    return round.opens_at.astimezone(ZoneInfo(round.rules.time_zone)).date()


def _on(first: date, day: int) -> str:
    return (first + timedelta(days=day)).isoformat()


def _days_of_unit(storage, round: Round, unit: Unit, full: bool) -> list[dict]:
    found = storage.rankings.days(round.round_id, round.snapshot.build, unit.parent_id, unit.id)
    return _told([(day, newcomers, None) for day, newcomers in found], full)


def _told(days: list[tuple], full: bool) -> list[dict]:
    """A day on which few came has no figures for outsiders; its attempts are theirs as well."""
    few = set() if full else charts.hidden([newcomers for _, newcomers, _ in days])
    return [
        {"day": day, "newcomers": None if place in few else newcomers, "attempts": None if place in few else attempts}
        for place, (day, newcomers, attempts) in enumerate(days)
    ]


def _scores(found: Chart, width: int, full: bool) -> list[dict]:
    """Each bar up to the next one."""
    bars = list(found.scores) if full else charts.merged(found.scores)
    if not bars:
        return []
    last = found.scores[-1][0] + width - 1
    ends = [least + width - 1 for least, _ in bars] if full else [*(least - 1 for least, _ in bars[1:]), last]
    return [{"least": least, "most": end, "people": people} for (least, people), end in zip(bars, ends, strict=True)]


def _steps(found: Chart, full: bool, points: bool) -> list[dict]:
    return [
        {"step": name, "people": charts.counted(count(found), full)}
        for name, count in charts.STEPS.items()
        if points or name != "perfect"
    ]
