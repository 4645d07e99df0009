"""Charts of a round, of a season and of a contest: counted by the worker with the table or after it, read by requests."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hoithi_scoring.domain import charts, units
from hoithi_scoring.domain.charts import EVERYBODY, Chart, Sketch
from hoithi_scoring.domain.refusals import Outpaced
from hoithi_scoring.domain.rounds import Round, published
from hoithi_scoring.domain.standing import points_are_open, upwards
from hoithi_scoring.domain.units import Unit
from hoithi_scoring.handlers import rights
from hoithi_scoring.handlers.beating import beating
from hoithi_scoring.handlers.season_prizes import contest_of_season, season_scope, sources

WINDOW = ("round_id", "contest_id", "number", "title", "state", "opens_at", "closes_at")
NOTHING = {"days": [], "scores": None, "steps": None}


# In the worker


def sketch(round: Round, invalid: frozenset[tuple[str, int]]) -> Sketch:
    """Day 0 is that of the opening in the contest's zone, from its midnight on."""
    opened = round.opens_at.astimezone(ZoneInfo(round.rules.time_zone))
    midnight = opened.replace(hour=0, minute=0, second=0, microsecond=0)
    return Sketch(int(midnight.timestamp() * 1000), invalid)


def keep_round(storage, round: Round, build: str, rows: list, noted: Sketch, now: datetime) -> None:
    """Write days and charts beside the table of `rows`, and what the season's are counted from."""
    firsts = ((noted.firsts[row.person], row.person in noted.handed_in) for row in rows)
    storage.rankings.write_firsts(round.round_id, build, firsts, now)
    _keep(storage, round.round_id, build, _first_day(round), rows, noted, now)


def _keep(storage, scope: str, build: str, first: date, rows: list, noted: Sketch, now: datetime) -> None:
    """`first`: the day that the sketch calls 0."""
    known, width = storage.units.all(), charts.bar_width(rows)
    found = units.newcomers(rows, noted.firsts, known)
    of_units = [(parent_id, unit_id, _on(first, day), people) for parent_id, unit_id, day, people in found]
    storage.rankings.write_days(scope, build, of_units, now)
    drawn = charts.charts(rows, noted.handed_in, _registered(storage, known), known, width)
    newcomers = Counter(noted.firsts.values())
    days = [(day, newcomers[day], attempts) for day, attempts in sorted(noted.days.items())]
    storage.rankings.write_charts(scope, build, drawn, {"first": first.isoformat(), "days": days, "width": width}, now)


def _registered(storage, known: dict[str, Unit]) -> dict[str, int]:
    """How many people have an account now: all, and by unit with everything below it."""
    found = {EVERYBODY: storage.people.count()}
    for tree in units.TREES:
        of_tree = [unit.id for unit in known.values() if unit.tree == tree]
        found |= upwards(storage.people.counts(tree, of_tree), known)
    return found


def due(storage, contests: list[dict], rounds: list[Round]) -> list[str]:
    """Scopes whose charts are to be counted: rounds with a table from before there were any, and seasons of counted rounds."""
    tables = {round.round_id: round.snapshot.build for round in rounds if round.snapshot and not round.is_stale}
    seasons = {season_scope(contest["_id"]): contest["season"] for contest in contests if _is_whole(contest, rounds)}
    counted = storage.rankings.counted(tables | {scope: season["build"] for scope, season in seasons.items()})
    ready = [scope for scope, season in seasons.items() if counted.issuperset(round_id for round_id, *_ in season["sources"])]
    return [scope for scope in (*tables, *ready) if scope not in counted]


def _is_whole(contest: dict, rounds: list[Round]) -> bool:
    """The season has a table, made from the rounds as they are now."""
    public = published(rounds, contest["_id"])
    return bool(public) and contest.get("season", {}).get("sources") == sources(public)


def count(storage, scope: str, beat: Callable[[], bool], now: datetime) -> None:
    """Count the charts of a finished table."""
    contest_id = contest_of_season(scope)
    if contest_id is None:
        _count_round(storage, storage.rounds.get(scope), beat, now)
    else:
        _count_season(storage, storage.contests.get(contest_id), beat, now)


def _count_round(storage, round: Round, beat: Callable[[], bool], now: datetime) -> None:
    """Once more over all attempts, as when the table was built."""
    noted = sketch(round, storage.decisions.invalidated(round.round_id))
    kept = beating(storage.attempts.to_rank(round.round_id), round.round_id, beat)
    for _ in noted.passing((by, attempt) for version, _, by, attempt in kept if version == round.keys_version):
        pass
    keep_round(storage, round, round.snapshot.build, _rows(storage, round.round_id, round.snapshot.build), noted, now)


def _count_season(storage, contest: dict, beat: Callable[[], bool], now: datetime) -> None:
    """Every person once, from what was noted of each round; raises Outpaced when a round has changed since."""
    scope, build, all_rounds = season_scope(contest["_id"]), contest["season"]["build"], storage.rounds.all()
    if not _is_whole(contest, all_rounds):
        raise Outpaced(scope)
    rounds = published(all_rounds, contest["_id"])
    first, noted = min(map(_first_day, rounds)), Sketch()
    for round in rounds:
        whole = storage.rankings.whole(round.round_id, round.snapshot.build)
        people = beating(storage.rankings.firsts(round.round_id, round.snapshot.build), scope, beat)
        noted.join((_first_day(round) - first).days, {day: attempts for day, _, attempts in whole["days"]}, people)
    _keep(storage, scope, build, first, _rows(storage, scope, build), noted, now)


def _rows(storage, scope: str, build: str) -> list:
    return [row for page in storage.rankings.everybody(scope, build) for row, _ in page]


# In the doors


@dataclass(frozen=True)
class Table:
    """A finished table whose charts are read. `first`: the day on which it begins."""

    scope: str
    build: str
    first: date


def of_round(storage, claims, round_id: str, unit_id: str | None) -> dict:
    """Of everybody, or of a unit with everything below it. Raises RoundUnknown, UnitUnknown."""
    round = storage.rounds.get(round_id)
    unit = storage.units.get(unit_id) if unit_id is not None else None
    return _shown(storage, claims, round, unit, _sees_small(storage, claims, round.contest_id, unit_id))


def _sees_small(storage, claims, contest_id: str, unit_id: str | None) -> bool:
    return rights.sees_all(claims, contest_id) or rights.is_officer_of(storage, claims, unit_id)


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


def of_season(storage, claims, contest_id: str, unit_id: str | None) -> dict:
    """All published rounds together, a person once: of everybody, or of a unit. Raises ContestUnknown, UnitUnknown."""
    contest = storage.contests.get(contest_id)
    unit, full = storage.units.get(unit_id) if unit_id is not None else None, _sees_small(storage, claims, contest_id, unit_id)
    season = contest.get("season") or {"rounds": 0, "built_at": None, "build": ""}
    about = {"contest_id": contest_id, "title": contest["title"], "rounds": season["rounds"], "built_at": season["built_at"],
             "suppressed": False, **_whose(unit, full)}  # fmt: skip
    whole = storage.rankings.whole(season_scope(contest_id), season["build"])
    if whole is None:
        return {**about, **NOTHING}
    table = Table(season_scope(contest_id), season["build"], date.fromisoformat(whole["first"]))
    return {**about, **_told(storage, table, unit, full, True)}


def _whose(unit: Unit | None, full: bool) -> dict:
    return {"unit_id": unit and unit.id, "unit": unit and unit.name, "full": full}


def _shown(storage, claims, round: Round, unit: Unit | None, full: bool) -> dict:
    """`sealed`: how many take part is what people are asked to predict. `suppressed`: the unit is too small to be shown."""
    shot = round.snapshot
    about = {**{name: getattr(round, name) for name in WINDOW}, "built_at": shot and shot.built_at, **_whose(unit, full)}
    about |= {"sealed": False, "suppressed": False}
    if not full and not rights.counts_are_open(round):
        return {**about, **NOTHING, "sealed": True}
    if shot is None:
        return {**about, **NOTHING}
    table = Table(round.round_id, shot.build, _first_day(round))
    return {**about, **_told(storage, table, unit, full, _points_are_open(claims, round, full))}


def _told(storage, table: Table, unit: Unit | None, full: bool, points: bool) -> dict:
    if unit and not full and _is_hidden(storage, table, unit):
        return {**NOTHING, "suppressed": True}
    return _drawn(storage, table, unit, full, points)


def _is_hidden(storage, table: Table, unit: Unit) -> bool:
    siblings = units.public(storage.rankings.units(table.scope, table.build, unit.tree, unit.parent_id))
    return next((row.suppressed for row in siblings if row.unit_id == unit.id), False)


def _drawn(storage, table: Table, unit: Unit | None, full: bool, points: bool) -> dict:
    whole = storage.rankings.whole(table.scope, table.build)
    found = storage.rankings.chart(table.scope, table.build, unit.parent_id if unit else None, unit.id if unit else EVERYBODY)
    if whole is None or found is None:
        return {**NOTHING, "days": _days_of_unit(storage, table, unit, full) if unit else []}
    return {
        "days": _days_of_unit(storage, table, unit, full) if unit else _days(table.first, whole["days"], full),
        "scores": _scores(found, whole["width"], full) if points else None,
        "steps": _steps(found, full, points),
    }


def _points_are_open(claims, round: Round, full: bool) -> bool:
    """Organisers see points at any time, officers as in their tables, everybody once results are out."""
    return rights.sees_all(claims, round.contest_id) or round.is_public or (full and points_are_open(round))


def _days(first: date, found: list, full: bool) -> list[dict]:
    """`found`: (number of the day, newcomers, attempts), by day."""
    return _shaded([(_on(first, day), newcomers, attempts) for day, newcomers, attempts in found], full)


def _first_day(round: Round) -> date:
    return round.opens_at.astimezone(ZoneInfo(round.rules.time_zone)).date()


def _on(first: date, day: int) -> str:
    return (first + timedelta(days=day)).isoformat()


def _days_of_unit(storage, table: Table, unit: Unit, full: bool) -> list[dict]:
    found = storage.rankings.days(table.scope, table.build, unit.parent_id, unit.id)
    return _shaded([(day, newcomers, None) for day, newcomers in found], full)


def _shaded(days: list[tuple], full: bool) -> list[dict]:
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
