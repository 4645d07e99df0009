"""What a rehearsal prints: the week's results as tables, the whole as JSON."""

from dataclasses import asdict

from rich.console import Group
from rich.text import Text

from hoithi_cli.rehearse.play import Rehearsal, Week
from hoithi_cli.running import table

UNITS_SHOWN = 8


def week_page(week: Week) -> Group:
    """Results of one week for people."""
    tables = [_division_table(division, rows) for division, rows in week.top.items() if rows]
    return _spaced(_headline(week), *tables, _units_table(week), _checks_table(week.checks))


def summary_page(rehearsal: Rehearsal, where: dict) -> Group:
    """Counts of what happened, how long it took, where to look."""
    counts = table("What happened", ["what", "times#"], sorted(rehearsal.journal.counts.items()))
    seconds = table("How long it took", ["part", "seconds#"], rehearsal.seconds.items())
    surprises = [
        table("Not expected", ["week", "person", "behaviour", "step", "answer"], map(_surprise, rehearsal.journal.surprises))
    ]
    links = table("Where to look", ["what", "address"], where.items())
    return _spaced(counts, seconds, *(surprises if rehearsal.journal.surprises else ()), links)


def _spaced(*parts) -> Group:
    """One empty line after each part."""
    return Group(*(each for part in parts for each in (part, Text())))


def document(rehearsal: Rehearsal, where: dict) -> dict:
    """The whole rehearsal as one JSON document, every receipt included."""
    return {
        "contest_id": rehearsal.plan.contest_id,
        "seed": rehearsal.seed,
        "ok": is_ok(rehearsal),
        "plan": asdict(rehearsal.plan),
        "seconds": rehearsal.seconds,
        "people": [_person(guest) for guest in rehearsal.guests],
        "weeks": [_week(week) for week in rehearsal.weeks],
        **rehearsal.journal.document(),
        "where": where,
    }


def is_ok(rehearsal: Rehearsal) -> bool:
    """Every check of every week passed and nothing unexpected happened."""
    return bool(rehearsal.weeks) and all(week.checks and week.ok for week in rehearsal.weeks) and not rehearsal.journal.surprises


def _week(week: Week) -> dict:
    return {
        "number": week.number,
        "round_id": week.round_id,
        "opens_at": week.opens_at.isoformat(),
        "closes_at": week.closes_at.isoformat(),
        "waited_s": week.waited_s,
        "round": week.round,
        "official": week.official,
        "checks": [check.document() for check in week.checks],
        "top": week.top,
        "units": week.units,
        "attempts": [asdict(sitting) for sitting in week.sittings],
    }


def _person(guest) -> dict:
    somebody = guest.somebody
    return {
        "index": somebody.index,
        "user_id": guest.person.user.get("user_id"),
        "identifier": somebody.email,
        "behaviour": somebody.behaviour,
        "division": somebody.division,
        "unit_id": somebody.unit_id,
        "skill": somebody.skill,
    }


def _headline(week: Week) -> Text:
    found = week.round.get("counts", {})
    counts = f"{found.get('attempts')} attempts of {found.get('participants')} people"
    return Text(f"\nWeek {week.number} ({week.round_id}): {counts}, provisional {week.waited_s} s after the close", style="bold")


def _division_table(division: str, rows: list[dict]):
    columns = ["place#", "name", "unit", "right#", "seconds#", "prediction#", "prize"]
    return table(f"Best of {division}", columns, [_result(row) for row in rows])


def _result(row: dict) -> list:
    seconds = row.get("duration_ms")
    return [
        row.get("division_place", row.get("place")),
        row.get("name"),
        row.get("unit"),
        row.get("right"),
        None if seconds is None else f"{seconds / 1000:.2f}",
        row.get("prediction"),
        row.get("prize"),
    ]


def _units_table(week: Week):
    """Best first; groups under ten people are not shown."""
    shown = [row for row in week.units if row.get("participants")]
    names = ("place", "name", "participants", "roster", "rate_percent", "mean_points")
    rows = [[row.get(name) for name in names] for row in sorted(shown, key=_place)]
    title = "Units" if rows else "Units (groups under ten people are not shown)"
    return table(title, ["place#", "unit", "took part#", "roster#", "per cent#", "mean#"], rows[:UNITS_SHOWN])


def _place(row: dict) -> tuple:
    return row.get("place") is None, row.get("place") or 0, row.get("name") or ""


def _checks_table(checks):
    return table(
        "Checks", ["", "check", "found"], [["ok" if check.ok else "FAILED", check.name, check.found] for check in checks]
    )


def _surprise(surprise) -> list:
    return [surprise.week, surprise.person, surprise.behaviour, surprise.step, surprise.answer[:300]]
