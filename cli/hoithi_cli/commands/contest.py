"""Contests: from a template to official results."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
import yaml

from hoithi_cli.commands import proposals
from hoithi_cli.running import Run, command
from hoithi_cli.trouble import CheckFailed, WrongUsage

app = typer.Typer(no_args_is_help=True, help="Contests: templates, drafts, publication, corrections, official results.")

ContestId = Annotated[str, typer.Argument(help="The contest's id.")]
RoundId = Annotated[str, typer.Argument(help="The round's id: <contest>-w<number>.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept and shown.")]


@command(app)
def templates(run: Run, template_id: Annotated[str | None, typer.Argument(help="One template in full.")] = None):
    """The shipped templates of real contests, or one of them in full."""
    if template_id:
        found = run.door.call("GET", "exam", f"/templates/{template_id}")
        run.show(_yaml(found))
        return found
    found = run.door.call("GET", "exam", "/templates")
    run.table("Templates", ["id", "title", "about"], [_pick(each, "id", "title", "about") for each in found["templates"]])
    return found


@command(app, "list")
def list_contests(run: Run):
    """Every contest one may see."""
    found = _organiser_or_anyone(run).call("GET", "exam", "/contests")
    rows = [_pick(each, "contest_id", "state", "title") for each in found["contests"]]
    run.table("Contests", ["id", "state", "title"], rows)
    return found


@command(app)
def show(run: Run, contest_id: ContestId):
    """A contest with its rules and rounds."""
    found = _organiser_or_anyone(run).call("GET", "exam", f"/contests/{contest_id}")
    run.show(_yaml({name: value for name, value in found.items() if name != "rounds"}))
    rows = [_pick(each, "round_id", "title", "opens_at", "closes_at") for each in found.get("rounds", ())]
    run.table("Rounds", ["round", "title", "opens at", "closes at"], rows)
    return found


@command(app)
def create(
    run: Run,
    contest_id: ContestId,
    title: Annotated[str | None, typer.Option(help="Title people see.")] = None,
    template: Annotated[str | None, typer.Option(help="Id of a template (`hoithi contest templates`).")] = None,
    start: Annotated[str | None, typer.Option(help="First day (2026-09-08), or for --compressed an instant; now.")] = None,
    compressed: Annotated[int | None, typer.Option(min=5, help="Rounds of so many seconds (template compressed).")] = None,
    bank: Annotated[str | None, typer.Option(help="Question bank of every division.")] = None,
    copy_of: Annotated[str | None, typer.Option("--copy-of", help="An earlier contest; its calendar begins on --start.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", exists=True, dir_okay=False, help="YAML: the body of POST /contests.")
    ] = None,
):
    """Draft a contest from a template, or from a YAML file whose values the options replace."""
    body = {"contest_id": contest_id, **_from_file(file)}
    body |= {name: value for name, value in {"title": title, "template": template, "copy_of": copy_of}.items() if value}
    body |= _calendar(start, compressed)
    if compressed:
        body.setdefault("template", "compressed")
    if bank:
        body["banks"] = dict.fromkeys(("officials", "citizens", "pupils"), bank)
    answer = run.person("organiser").call("POST", "exam", "/contests", json=body)
    run.show(f"{contest_id} is drafted: `hoithi contest check {contest_id}`, then `hoithi contest publish {contest_id}`")
    return answer


@command(app)
def check(run: Run, contest_id: ContestId):
    """What stands in the way of a publication. Exit code 4 when something does."""
    found = run.person("organiser").call("POST", "exam", f"/contests/{contest_id}/check", idempotent=True)
    findings = found.get("findings", [])
    run.table(f"Findings in {contest_id}", ["severity", "where", "what"], [_finding(each) for each in findings])
    if any(each.get("severity") == "error" for each in findings):
        raise CheckFailed(f"{contest_id} cannot be published yet", found)
    return found


@command(app)
def publish(run: Run, contest_id: ContestId):
    """Announce a contest: its rules and rounds bind from now on."""
    answer = run.person("organiser").call("POST", "exam", f"/contests/{contest_id}/publish", idempotent=True)
    run.show(f"{contest_id} is published")
    return answer


@command(app)
def extend(
    run: Run,
    round_id: RoundId,
    reason: Reason,
    notice: Annotated[str, typer.Option(help="What people are told.")],
    to: Annotated[str | None, typer.Option(help="New end, an instant with zone: 2026-10-05T22:30:00+07:00.")] = None,
    minutes: Annotated[int | None, typer.Option("--by", min=1, help="Minutes longer than now.")] = None,
):
    """Give everybody more time in an open round, with a signed public notice."""
    if (to is None) == (minutes is None):
        raise WrongUsage("say either --to INSTANT or --by MINUTES")
    closes_at = instant(to) if to else _later(run, round_id, minutes)
    body = {"closes_at": closes_at.isoformat(), "reason": reason, "notice": notice}
    answer = run.person("organiser").call("POST", "exam", f"/rounds/{round_id}/extend", json=body)
    run.show(f"{round_id} now closes at {closes_at.isoformat()}")
    return answer


@command(app)
def amend(
    run: Run,
    contest_id: ContestId,
    reason: Reason,
    notice: Annotated[str, typer.Option(help="What people are told.")],
    title: Annotated[str | None, typer.Option(help="Another title.")] = None,
    move: Annotated[
        list[str] | None, typer.Option("--move", help="NUMBER=OPENS/CLOSES of a coming round, instants with zone.")
    ] = None,
):
    """Change the title or coming rounds of a published contest: later, never earlier or shorter."""
    body = {"reason": reason, "notice": notice, "rounds": dict(map(_moved, move or ())), **({"title": title} if title else {})}
    answer = run.person("organiser").call("POST", "exam", f"/contests/{contest_id}/amend", json=body)
    run.show(f"{contest_id} is amended: version {answer['revision']}")
    return answer


def _moved(text: str) -> tuple[str, dict]:
    number, _, window = text.partition("=")
    opens, _, closes = window.partition("/")
    return number, {"opens_at": instant(opens).isoformat(), "closes_at": instant(closes).isoformat()}


@command(app, "key-correct")
def correct_key(
    run: Run,
    round_id: RoundId,
    question_id: Annotated[str, typer.Argument(help="The bank's id of the question.")],
    right: Annotated[str, typer.Argument(help="Right options as letters in the bank's order: b, or ac.")],
    reason: Reason,
):
    """Correct the key of a question; every attempt of the round is scored again."""
    body = {"question_id": question_id, "right": right, "reason": reason}
    answer = run.person("organiser").call("POST", "exam", f"/rounds/{round_id}/keys", json=body)
    return proposals.told(run, answer, f"{round_id}: the key of {question_id} is {right}")


@command(app, "results-official")
def make_official(
    run: Run,
    round_id: RoundId,
    note: Annotated[str, typer.Option(help="Kept with the results.")],
    despite: Annotated[
        str | None,
        typer.Option("--despite-complaints", help="Why open complaints are not waited for; only after the day for it."),
    ] = None,
):
    """Make a round's provisional results official: prizes are awarded, messages go out. Complaints must be decided."""
    body = {"note": note} | ({"despite_complaints": despite} if despite else {})
    answer = run.person("organiser").call("POST", "scoring", f"/rounds/{round_id}/official", json=body, idempotent=True)
    return proposals.told(run, answer, f"the results of {round_id} are official")


def instant(text: str) -> datetime:
    """An instant with its zone; raises WrongUsage."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(f"{text!r} is no instant: write 2026-10-05T22:30:00+07:00") from error
    if moment.tzinfo is None:
        raise WrongUsage(f"{text!r} has no zone: write {text}+07:00")
    return moment


def _later(run: Run, round_id: str, minutes: int) -> datetime:
    closes_at = run.door.call("GET", "exam", f"/rounds/{round_id}")["closes_at"]
    return instant(closes_at) + timedelta(minutes=minutes)


def _calendar(start: str | None, compressed: int | None) -> dict:
    if compressed:
        begins = datetime.now(UTC) + timedelta(seconds=5) if start in (None, "now") else instant(start)
        return {"starts_at": begins.isoformat(), "round_seconds": compressed}
    if start:
        return {"first_day": f"{datetime.now().astimezone():%Y-%m-%d}" if start == "now" else start}
    return {}


def _from_file(file: Path | None) -> dict:
    if file is None:
        return {}
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{file} is no YAML: {error}") from error
    if not isinstance(content, dict):
        raise WrongUsage(f"{file} must hold names and values, as in docs/how-to")
    return content


def _organiser_or_anyone(run: Run):
    """Drafts are for organisers; without an account the public contests are shown."""
    return run.person("organiser") if "organiser" in run.platform.accounts else run.door


def _finding(finding: dict) -> list:
    return [finding.get("severity"), finding.get("where"), finding.get("message", finding.get("code"))]


def _pick(each: dict, *names) -> list:
    return [each.get(name) for name in names]


def _yaml(value) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
