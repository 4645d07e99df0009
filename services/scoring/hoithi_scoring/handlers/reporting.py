"""Reports of units: made at the times the organiser chose, once per unit and day, told to its officers; the yearly evaluation."""

from collections.abc import Callable
from datetime import datetime

from hoithi_contracts.scoring import UnitReportReady
from hoithi_scoring.domain import reports
from hoithi_scoring.domain.export import hundredths
from hoithi_scoring.domain.refusals import NothingOfficial, NotYet
from hoithi_scoring.domain.reports import Evaluation, Step, Times
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import Unit, below, line
from hoithi_scoring.handlers.officers import check_unit, report_of
from hoithi_store import Entry

SHOWN = 60
EVALUATION_COLUMNS = ("unit_id", "name", "kind", "rounds", "roster", "rate_percent", "points")


# What the organiser chooses


def times(storage, contest_id: str) -> Times:
    """Raises ContestUnknown."""
    return Times(**storage.contests.setting(contest_id, "report_times") or {})


def evaluation(storage, contest_id: str) -> Evaluation:
    """Raises ContestUnknown."""
    kept = storage.contests.setting(contest_id, "evaluation")
    return Evaluation(kept["criterion"], tuple(Step(**step) for step in kept["steps"])) if kept else Evaluation()


def choose(storage, claims, contest_id: str, name: str, value: dict, now: datetime) -> dict:
    """Keep a setting, with an entry in the log in the same step."""
    claims.require("organiser", "contest", contest_id)
    sides = storage.contests.setting(contest_id, name) or {}, value
    entry = Entry(f"{name.replace('_', '-')}-chosen", claims.user_id, now, contest_id, contest_id, "", *sides)
    storage.audit.with_change(lambda session: storage.contests.choose(contest_id, name, value, session), entry)
    return value


# Made by themselves


def make_due(storage, beat: Callable[[], bool], now: datetime) -> int:
    """Make the reports whose time has come; how many. One worker at a time; another one goes on where it stopped."""
    made = 0
    for contest in storage.contests.all():
        rounds = [round for round in storage.rounds.all() if round.contest_id == contest["_id"]]
        for kind, day, round in _due(storage, contest["_id"], rounds, now):
            made += _make(storage, round, kind, day, beat, now)
    return made


def _due(storage, contest_id: str, rounds: list[Round], now: datetime) -> list[tuple[str, str, Round]]:
    last = max((round for round in rounds if round.rules), key=lambda round: round.number, default=None)
    if last is None:
        return []
    due = times(storage, contest_id).due(now, last.rules.time_zone)
    found = [(kind, day, reports.subject(rounds, kind, now)) for kind, day in due]
    return [(kind, day, round) for kind, day, round in found if round is not None]


def _make(storage, round: Round, kind: str, day: str, beat: Callable[[], bool], now: datetime) -> int:
    officers, units, made = storage.officers.by_unit(), storage.units.all(), 0
    there = storage.reports.made(round.contest_id, kind, day) if officers else set()
    for unit_id in sorted(officers.keys() - there):
        if unit_id not in units:
            continue
        if not beat():
            break
        event = _ready(round, units[unit_id], kind, day, officers[unit_id], now)
        storage.reports.keep(event, report_of(storage, round, units, unit_id), now)
        made += 1
    return made


def _ready(round: Round, unit: Unit, kind: str, day: str, user_ids: list[str], now: datetime) -> UnitReportReady:
    about = {"contest_id": round.contest_id, "round_id": round.round_id, "unit_id": unit.id, "unit_name": unit.name}
    return UnitReportReady(
        report_id=_id(round.contest_id, unit.id, kind, day), **about, kind=kind, day=day, user_ids=user_ids, made_at=now
    )


def _id(contest_id: str, unit_id: str, kind: str, day: str) -> str:
    return f"{contest_id}:{unit_id}:{kind}:{day}"


# Read and handed out; every file is noted in the log


def list_reports(storage, claims, contest_id: str, unit_id: str) -> list[dict]:
    check_unit(storage, claims, contest_id, unit_id)
    names = ("kind", "day", "round_id", "made_at")
    return [{name: found[name] for name in names} for found in storage.reports.of_unit(contest_id, unit_id, SHOWN)]


def kept_report(storage, claims, contest_id: str, unit_id: str, kind: str, day: str, now: datetime) -> dict:
    """The figures of the moment it was made. Raises ReportUnknown."""
    check_unit(storage, claims, contest_id, unit_id)
    found = storage.reports.get(_id(contest_id, unit_id, kind, day))
    _note(storage, claims, "report-exported", contest_id, unit_id, {"kind": kind, "day": day}, now)
    return {"contest": _title(storage, contest_id), "kind": kind, "made_at": found["made_at"], **found["figures"]}


def present_report(storage, claims, contest_id: str, unit_id: str, now: datetime) -> dict:
    """The figures of now. Raises NotYet before the first round opened."""
    check_unit(storage, claims, contest_id, unit_id)
    units = storage.units.all()
    rounds = [round for round in storage.rounds.all() if round.contest_id == contest_id and round.opened]
    if not rounds:
        raise NotYet("planned")
    round = max(rounds, key=lambda round: round.number)
    _note(storage, claims, "report-exported", contest_id, unit_id, {"kind": "present"}, now)
    about = {"contest": _title(storage, contest_id), "kind": "present", "made_at": now}
    return {**about, **report_of(storage, round, units, unit_id)}


def _note(storage, claims, what: str, contest_id: str, unit_id: str, told: dict, now: datetime) -> None:
    """Before the file is handed out."""
    entry = Entry(what, claims.user_id, now, contest_id, unit_id, after=told)
    storage.audit.with_change(lambda session: True, entry)


def _title(storage, contest_id: str) -> str:
    return storage.contests.get(contest_id)["title"]


# The yearly evaluation


def evaluate(storage, claims, contest_id: str, unit_id: str, now: datetime) -> dict:
    """Rate and points of the unit and of those below it, from official results only. Raises NothingOfficial."""
    chosen = evaluation(storage, contest_id)
    check_unit(storage, claims, contest_id, unit_id)
    units = storage.units.all()
    official = [round for round in storage.rounds.all() if round.contest_id == contest_id and round.state == "official"]
    if not official:
        raise NothingOfficial()
    tree, wanted = units[unit_id].tree, below(unit_id, units)
    tables = [_table(storage, round, tree) for round in official]
    rows = [_evaluated(units[each], tables, chosen) for each in sorted(wanted, key=lambda each: _place(each, units))]
    _note(storage, claims, "evaluation-exported", contest_id, unit_id, {"rows": len(rows)}, now)
    return {"contest": _title(storage, contest_id), "criterion": chosen.criterion, "made_at": now, "rows": rows}


def _table(storage, round: Round, tree: str) -> dict:
    families = storage.rankings.families(round.round_id, round.snapshot.build, tree)
    return {row.unit_id: row for family in families for row in family}


def _evaluated(unit: Unit, tables: list[dict], chosen: Evaluation) -> tuple:
    """Cells in the order of EVALUATION_COLUMNS."""
    rows = [table[unit.id] for table in tables if unit.id in table]
    rate = reports.mean_rate(row.rate for row in rows)
    percent = hundredths(rate and rate * 100)
    return (unit.id, unit.name, unit.kind, len(rows), rows[-1].roster if rows else None, percent, chosen.points(rate))


def _place(unit_id: str, units: dict[str, Unit]) -> list[str]:
    """From the root downwards, by name: a unit stands below the one above it."""
    return [f"{units[each].name} {each}" for each in reversed(line(unit_id, units)) if each in units]
