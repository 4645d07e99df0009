"""`hoithi rehearse`: a whole contest in minutes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from hoithi_cli import content, demo, setting_up
from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.rehearse import plan, report
from hoithi_cli.rehearse.play import Rehearsal
from hoithi_cli.rehearse.progress import progress
from hoithi_cli.rehearse.question_file import knowledge_of
from hoithi_cli.running import Run
from hoithi_cli.trouble import CheckFailed, Refused, WrongUsage

People = Annotated[int, typer.Option("--people", "-n", min=1, max=100_000, help="How many take part.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same people with the same plans.")]
Weeks = Annotated[int, typer.Option(min=1, max=20, help="Number of rounds.")]
WeekSeconds = Annotated[str, typer.Option(help="Length of a round in seconds, or auto.")]
Concurrency = Annotated[int, typer.Option(min=1, max=256, help="How many people act at the same moment.")]
ContestId = Annotated[str, typer.Option(help="Id of the contest that is made, or auto.")]
Content = Annotated[Path | None, typer.Option("--content", help="The repository's folder content/ (default: found).")]
Yes = Annotated[bool, typer.Option("--yes", help="Also on a platform that is not on this machine.")]


def rehearse(
    run: Run,
    people: People = 200,
    seed: Seed = 1,
    weeks: Weeks = 4,
    week_seconds: WeekSeconds = "auto",
    concurrency: Concurrency = 16,
    contest_id: ContestId = "auto",
    content_folder: Content = None,
    yes: Yes = False,
):
    """Play a whole contest: people join, answer over compressed weeks, results are made official and checked.

    Makes a contest and people of its own (addresses below .example) on the platform it is pointed at.
    """
    length = _seconds(week_seconds)
    folder = content.folder(content_folder, run.platform.home)
    _refuse_by_mistake(run, yes)
    organiser = _organiser(run)
    _prepare(run, organiser, folder)
    rehearsal = Rehearsal(
        door=FrontDoor(run.platform.url, run.language, connections=concurrency, timeout_s=60.0),
        organiser=organiser,
        plan=plan.plan(people, _contest_id(contest_id, seed), weeks, length),
        seed=seed,
        bank_id=content.BANK_ID,
        knowledge=knowledge_of(folder / content.BANK_FILE),
        progress=progress(run.err),
        concurrency=concurrency,
        on_week=lambda week: run.show(report.week_page(week)),
        second=run.person("operator") if "operator" in run.platform.accounts else None,
    )
    return _played(run, rehearsal)


def _played(run: Run, rehearsal: Rehearsal) -> dict:
    """Play, print, judge."""
    where = where_to_look(run, rehearsal.plan.contest_id)
    try:
        rehearsal.play()
    except CheckFailed as failed:
        raise CheckFailed(str(failed), {**report.document(rehearsal, where), "error": str(failed)}) from failed
    run.show(report.summary_page(rehearsal, where))
    found = report.document(rehearsal, where)
    if not found["ok"]:
        raise CheckFailed("the rehearsal found something wrong: see the checks and what was not expected", found)
    return found


def where_to_look(run: Run, contest_id: str) -> dict[str, str]:
    """Addresses a person can open."""
    url = run.platform.url
    where = {
        "site": f"{url}/",
        "results": f"{url}/api/scoring/rounds/{contest_id}-w1/results",
        "export": f"hoithi results export {contest_id}-w1 --to DIR",
        "API": f"{url}/docs/",
        "mail": run.platform.mail_url,
        "Prometheus": run.platform.prometheus_url,
    }
    return {name: address for name, address in where.items() if address}


def _refuse_by_mistake(run: Run, yes: bool):
    """People of a rehearsal and their public contest do not belong on a platform in use."""
    if not yes and urlsplit(run.platform.url).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise WrongUsage(f"a rehearsal makes people and a public contest on {run.platform.url}: say --yes if that is meant")


def _organiser(run: Run) -> Person:
    """Whoever may make contests: the organiser, or on a platform without a demonstration the first operator."""
    try:
        run.person("organiser").sign_in()
    except Refused as refused:
        if refused.status != 401 or "operator" not in run.platform.accounts:
            raise
        run.person("operator").sign_in()
        return run.person("operator")
    return run.person("organiser")


def _prepare(run: Run, organiser: Person, folder: Path):
    """Units and the bank are there; without an operator account the units must be there already."""
    if "operator" in run.platform.accounts:
        setting_up.import_units(run.person("operator"), [folder / name for name in content.UNIT_FILES])
    setting_up.ensure_approved(setting_up.ensure_bank(organiser, folder), lambda: demo.second_person(run))


def _contest_id(given: str, seed: int) -> str:
    return plan.default_contest_id(seed, datetime.now(UTC)) if given == "auto" else given


def _seconds(given: str) -> int | None:
    if given == "auto":
        return None
    if not given.isdecimal() or not 10 <= int(given) <= 86_400:
        raise WrongUsage("--week-seconds: auto, or a whole number from 10 to 86400")
    return int(given)
