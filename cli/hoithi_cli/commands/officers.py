"""What officers of units do: how the unit stands, who is missing, reminders, headcounts, reports."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.commands.results import download
from hoithi_cli.front_door import Person
from hoithi_cli.running import Run, command
from hoithi_cli.trouble import CheckFailed, WrongUsage

app = typer.Typer(no_args_is_help=True, help="Units of an officer: standing, who is missing, headcounts, reports.")

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 500
SHOWN = ("unit_id", "name", "participants", "roster", "rate_percent", "not_yet", "mean_points")
SUFFIXES = (".xlsx", ".pdf")
WHAT = ("report", "points")

ContestId = Annotated[str, typer.Argument(metavar="CONTEST")]
RoundId = Annotated[str, typer.Argument(metavar="ROUND")]
UnitId = Annotated[str, typer.Argument(metavar="UNIT")]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help="The file to write.")]


@command(app)
def show(run: Run, round_id: RoundId, unit_id: UnitId):
    """The unit and those right below it."""
    found = run.person("officer").call("GET", "scoring", f"/rounds/{round_id}/units/{unit_id}/standing")
    run.table(
        f"{found['title']}: place {found['place']} of {found['peers']}", SHOWN, map(_cells, [found["unit"], *found["below"]])
    )
    return found


def _cells(unit: dict) -> list:
    return [unit[name] for name in SHOWN]


@command(app)
def missing(run: Run, round_id: RoundId, unit_id: UnitId):
    """People of exactly this unit who have not taken part."""
    people = list(_missing(run.person("officer"), round_id, unit_id))
    run.table(
        f"{len(people)} people", ["user_id", "name", "division"], [[p["user_id"], p["name"], p["division"]] for p in people]
    )
    return {"people": people}


def _missing(officer: Person, round_id: str, unit_id: str):
    after = ""
    while after is not None:
        params = {"limit": PAGE} | ({"after": after} if after else {})
        page = officer.call("GET", "scoring", f"/rounds/{round_id}/units/{unit_id}/not-yet", params=params)
        yield from page["people"]
        after = page["next"]


@command(app)
def remind(
    run: Run, round_id: RoundId, unit_id: UnitId, note: Annotated[str | None, typer.Option(help="Said in the letter.")] = None
):
    """Remind those of the unit and below who have not taken part, by e-mail; once a day."""
    body = {"unit_id": unit_id, "note": note}
    found = run.person("officer").call("POST", "scoring", f"/rounds/{round_id}/reminders", json=body, idempotent=True)
    run.show(f"{found['people']} people are reminded")
    return found


@command(app)
def phones(run: Run, round_id: RoundId, unit_id: UnitId, out: Out, reason: Annotated[str, typer.Option(help="Kept in the log.")]):
    """A list to call through (.xlsx): people of exactly this unit who have not taken part and gave a number."""
    officer = run.person("officer")
    ids = [each["user_id"] for each in _missing(officer, round_id, unit_id)]
    if not ids:
        raise CheckFailed("nobody is missing", {"people": 0})
    body = {"user_ids": ids, "reason": reason}
    out.write_bytes(officer.send("POST", "registration", f"/units/{unit_id}/phone-list", json=body).content)
    run.show(f"{out}: of {len(ids)} people; delete it after the calls")
    return {"people": len(ids), "file": str(out)}


@command(app)
def roster(
    run: Run,
    contest_id: ContestId,
    unit_id: UnitId,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=".xlsx")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what the file would do.")] = False,
    corrected: Annotated[
        Path | None, typer.Option("--corrected", dir_okay=False, help="Write what is wrong beside each row.")
    ] = None,
):
    """Headcounts of the unit and those below it from an Excel file: all rows or none."""
    officer, path = run.person("officer"), f"/rosters/{contest_id}/sheet"
    request = {"content": file.read_bytes(), "headers": {"Content-Type": EXCEL}}
    query = {"unit_id": unit_id, "dry_run": "true" if dry_run else "false"}
    found = officer.call("POST", "registration", path, params=query, idempotent=True, **request)
    run.table(
        f"{file.name}: headcounts", ["unit_id", "name", "before", "headcount"], [_headcount(unit) for unit in found["units"]]
    )
    run.table("Findings", ["severity", "row", "column", "message"], [_finding(each) for each in found["findings"]])
    if corrected:
        sent = officer.send(
            "POST", "registration", f"{path}/corrections", params={"unit_id": unit_id}, idempotent=True, **request
        )
        corrected.write_bytes(sent.content)
    if any(each["severity"] == "error" for each in found["findings"]):
        raise CheckFailed(f"{file.name}: nothing was saved", found)
    return found


def _headcount(unit: dict) -> list:
    return [unit["unit_id"], unit["name"], unit["before"], unit["headcount"]]


def _finding(each: dict) -> list:
    return [each["severity"], each["row"], each["column"], each["message"]]


@command(app)
def report(
    run: Run,
    contest_id: ContestId,
    unit_id: UnitId,
    out: Out,
    what: Annotated[str, typer.Option(help="report, or points: those of the yearly evaluation.")] = "report",
    kind: Annotated[str, typer.Option(help="With --day: daily or weekly.")] = "daily",
    day: Annotated[str | None, typer.Option(help="A report as it was made that day, 2026-09-08; else one of now.")] = None,
):
    """A report of the unit, as .xlsx or .pdf by the name of the file; the points as .xlsx."""
    path = f"/contests/{contest_id}/units/{unit_id}{_file_of(what, out.suffix, kind, day)}"
    file = download(run.person("officer"), path, out)
    run.show(f"{out}: {file['bytes']} bytes")
    return file


def _file_of(what: str, suffix: str, kind: str, day: str | None) -> str:
    if what not in WHAT or suffix not in SUFFIXES[: 2 if what == "report" else 1]:
        raise WrongUsage("a report is .xlsx or .pdf, the points are .xlsx")
    if what == "points":
        return "/evaluation.xlsx"
    if day is None:
        return f"/report{suffix}"
    return f"/reports/{kind}/{_day(day)}" + ("/report.pdf" if suffix == ".pdf" else "")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise WrongUsage(f"{text} is no day like 2026-09-08") from error


@command(app)
def times(
    run: Run,
    contest_id: ContestId,
    daily_at: Annotated[str, typer.Option(help='"11:00", or "" for none.')] = "11:00",
    weekly_at: Annotated[str, typer.Option(help='"08:00", or "" for none.')] = "08:00",
    weekly_on: Annotated[int, typer.Option(min=1, max=7, help="1 is Monday.")] = 1,
):
    """When reports of units are made by themselves (organiser)."""
    body = {"daily_at": daily_at or None, "weekly_at": weekly_at or None, "weekly_on": weekly_on}
    answer = run.person("organiser").call("PUT", "scoring", f"/contests/{contest_id}/report-times", json=body)
    run.show(f"daily at {answer['daily_at']}, weekly at {answer['weekly_at']} on day {answer['weekly_on']}")
    return answer


@command(app)
def points(
    run: Run,
    contest_id: ContestId,
    step: Annotated[list[str], typer.Option("--step", help="90=10: from 90 % on 10 points. Again for each step.")],
    criterion: Annotated[str, typer.Option(help="As the yearly evaluation names it.")],
):
    """How many points participation is worth in the yearly evaluation (organiser)."""
    body = {"criterion": criterion, "steps": [_step(each) for each in step]}
    answer = run.person("organiser").call("PUT", "scoring", f"/contests/{contest_id}/evaluation", json=body)
    run.table(criterion, ["from %", "points"], [[each["least_rate"], each["points"]] for each in answer["steps"]])
    return answer


def _step(text: str) -> dict:
    rate, _, worth = text.partition("=")
    try:
        return {"least_rate": int(rate), "points": float(worth)}
    except ValueError as error:
        raise WrongUsage(f"{text} is no step like 90=10") from error
