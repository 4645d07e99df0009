"""Complaints about results: list, read, ask, decide; the holidays that do not count for their deadlines."""

from typing import Annotated

import typer

from hoithi_cli.running import Run, command
from hoithi_cli.trouble import WrongUsage

app = typer.Typer(no_args_is_help=True, help="Complaints of people about an own result, with their deadlines.")

PAGE = 200
OUTCOMES = ("upheld", "rejected")
ContestId = Annotated[str, typer.Argument(metavar="CONTEST")]
ComplaintId = Annotated[str, typer.Argument(metavar="COMPLAINT", help="As `list` shows it.")]


@command(app, "list")
def list_complaints(
    run: Run,
    contest_id: ContestId,
    state: Annotated[str | None, typer.Option(help="received, questioned, answered, upheld, rejected or withdrawn.")] = None,
    round_id: Annotated[str | None, typer.Option("--round", help="Only those about this round.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those that should have been decided.")] = False,
):
    """All complaints of a contest, the most urgent first."""
    wanted = {"state": state, "round_id": round_id, "overdue": "true" if overdue else None, "limit": PAGE}
    found = list(_pages(run, contest_id, {name: value for name, value in wanted.items() if value}))
    columns = ["complaint", "kind", "state", "name", "decide by", "overdue"]
    rows = [[*_pick(each, "complaint_id", "kind", "state", "name", "decide_by"), "!" * each["overdue"]] for each in found]
    run.table(contest_id, columns, rows)
    return {"contest_id": contest_id, "complaints": found}


@command(app)
def show(run: Run, complaint_id: ComplaintId):
    """One complaint: what was written, what was asked and answered, and who did what when."""
    found = run.person("organiser").call("GET", "scoring", f"/complaints/{complaint_id}")
    run.show("{round_id}, {kind}, {state}, to be decided by {decide_by}\n\n{text}\n".format(**found))
    run.table("Said", ["at", "by", "text"], [_pick(each, "at", "by", "text") for each in found["said"]])
    run.table("Log", ["at", "by", "what", "reason"], [_pick(each, "at", "by", "what", "reason") for each in found["log"]])
    return found


@command(app)
def ask(run: Run, complaint_id: ComplaintId, text: Annotated[str, typer.Argument(help="The question.")]):
    """Ask the person for more; a letter tells them to look."""
    answer = run.person("organiser").call("POST", "scoring", f"/complaints/{complaint_id}/question", json={"text": text})
    run.show(f"{complaint_id} is {answer['state']}")
    return answer


@command(app)
def decide(
    run: Run,
    complaint_id: ComplaintId,
    outcome: Annotated[str, typer.Argument(help="upheld or rejected")],
    reason: Annotated[str, typer.Option(help="Read by the person who complained.")],
):
    """Decide a complaint. Results do not change by themselves: correct the key or the invalidation as well."""
    if outcome not in OUTCOMES:
        raise WrongUsage(f"the outcome is {' or '.join(OUTCOMES)}, not {outcome!r}")
    body = {"outcome": outcome, "reason": reason}
    answer = run.person("organiser").call("POST", "scoring", f"/complaints/{complaint_id}/decision", json=body, idempotent=True)
    run.show(f"{complaint_id} is {answer['state']}")
    return answer


@command(app)
def holidays(
    run: Run,
    contest_id: ContestId,
    days: Annotated[list[str] | None, typer.Option("--day", help="A holiday, 2027-02-08; name all, those left out end.")] = None,
    reason: Annotated[str, typer.Option(help="Kept in the log.")] = "",
):
    """Show a contest's holidays, or name them: they do not count for deadlines."""
    if days:
        body = {"days": days, "reason": reason}
        found = run.person("organiser").call("PUT", "scoring", f"/contests/{contest_id}/holidays", json=body)
    else:
        found = run.door.call("GET", "scoring", f"/contests/{contest_id}/holidays")
    run.table(contest_id, ["holiday"], [[day] for day in found["days"]])
    return found


def _pages(run: Run, contest_id: str, params: dict):
    after = ""
    while after is not None:
        page = run.person("organiser").call(
            "GET", "scoring", f"/contests/{contest_id}/complaints", params={**params, "after": after}
        )
        yield from page["complaints"]
        after = page["next"]


def _pick(each: dict, *names) -> list:
    return [each.get(name) for name in names]
