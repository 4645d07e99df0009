"""Officers: a self-assessment with its evidence, reviews of those below."""

from typing import Annotated

import typer

from hoithi_cli.commands.emulation.shared import (
    SERVICE,
    AssessmentId,
    CampaignId,
    Code,
    File,
    Kind,
    Reason,
    app,
    number,
    pair,
    revision,
    type_of,
)
from hoithi_cli.front_door import Person
from hoithi_cli.running import Run, command

EVIDENCE = (".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx")


@command(app)
def progress(
    run: Run, campaign_id: CampaignId, unit: Annotated[str, typer.Option(help="With everything below it; organisers: all.")] = "",
    kind: Kind = "collective",
):  # fmt: skip
    """How far everybody is."""
    who = run.person("officer" if unit else "organiser")
    found = who.call("GET", SERVICE, f"/campaigns/{campaign_id}/assessments", params={"unit_id": unit, "kind": kind})
    rows = [[e["assessment_id"] or "", e["unit_id"], e["name"], e["state"], e["total"]] for e in found["assessments"]]
    run.table(campaign_id, ["assessment", "unit", "name", "state", "points"], rows)
    return found


@command(app)
def begin(
    run: Run, campaign_id: CampaignId, unit: Annotated[str, typer.Option(help="The own unit.")],
    name: Annotated[str | None, typer.Option(help="Of an individual of the unit; without it: the unit itself.")] = None,
    position: Annotated[str, typer.Option(help="The individual's.")] = "",
):  # fmt: skip
    """Begin a self-assessment, or find the one that is there (officer)."""
    body = {"kind": "individual" if name else "collective", "unit_id": unit, "name": name or "", "position": position}
    made = run.person("officer").call("POST", SERVICE, f"/campaigns/{campaign_id}/assessments", json=body)
    run.show(made["assessment_id"])
    return made


@command(app)
def claim(
    run: Run,
    assessment_id: AssessmentId,
    given: Annotated[list[str], typer.Option("--claim", help="A2=12.5 (points), B1=85 (per cent), A1=1 (yes). Again for each.")],
    note: Annotated[list[str] | None, typer.Option("--note", help="A2=Why. Again for each.")] = None,
):
    """Write what is claimed; criteria that are not named stay as they are (officer)."""
    officer = run.person("officer")
    seen = officer.call("GET", SERVICE, f"/assessments/{assessment_id}")
    claims = _claims(officer, seen)
    for code, text in map(pair, given):
        claims.setdefault(code, {"code": code})["value"] = number(text)
    for code, text in map(pair, note or ()):
        claims.setdefault(code, {"code": code})["note"] = text
    body = {"revision": seen["revision"], "claims": list(claims.values())}
    made = officer.call("PUT", SERVICE, f"/assessments/{assessment_id}/claims", json=body)
    run.show(f"{assessment_id}: {made['total']} points")
    return made


def _claims(officer: Person, seen: dict) -> dict[str, dict]:
    """Criterion -> what is claimed so far; not those that the platform counts."""
    rules = officer.call("GET", SERVICE, f"/campaigns/{seen['campaign_id']}")["rules"]
    counted = {each["code"] for each in rules[seen["kind"]] if each["how"] in ("index", "contest")}
    kept = (each for each in seen["criteria"] if each["code"] not in counted and (each["value"] is not None or each["note"]))
    return {each["code"]: {name: each[name] for name in ("code", "value", "note")} for each in kept}


@command(app)
def attach(run: Run, assessment_id: AssessmentId, code: Code, file: File):
    """Add an evidence file to a criterion (officer)."""
    officer = run.person("officer")
    query = {"revision": revision(officer, f"/assessments/{assessment_id}"), "code": code, "name": file.name}
    request = {"content": file.read_bytes(), "headers": {"Content-Type": type_of(file, EVIDENCE)}}
    made = officer.call("POST", SERVICE, f"/assessments/{assessment_id}/files", params=query, **request)
    run.show(f"{file.name}: kept, {len(made['files'])} files")
    return made


@command(app)
def hand_in(run: Run, assessment_id: AssessmentId):
    """Hand in for review (officer)."""
    return _act(run, "officer", assessment_id, "hand-in", {})


@command(app)
def confirm(
    run: Run, assessment_id: AssessmentId,
    points: Annotated[list[str] | None, typer.Option("--points", help="A2=10. Again for each that differs.")] = None,
    reason: Annotated[list[str] | None, typer.Option("--reason", help="A2=Why. Again for each that differs.")] = None,
):  # fmt: skip
    """Confirm as the level above; what is not named is accepted as claimed."""
    reasons = dict(map(pair, reason or ()))
    judged = [{"code": code, "points": number(text), "reason": reasons.get(code, "")} for code, text in map(pair, points or ())]
    return _act(run, "officer", assessment_id, "confirmation", {"judgements": judged})


@command(app)
def give_back(run: Run, assessment_id: AssessmentId, reason: Reason):
    """Give back for supplement as the level above."""
    return _act(run, "officer", assessment_id, "return", {"reason": reason})


def _act(run: Run, role: str, assessment_id: str, act: str, body: dict) -> dict:
    person = run.person(role)
    seen = {"revision": revision(person, f"/assessments/{assessment_id}")}
    made = person.call("POST", SERVICE, f"/assessments/{assessment_id}/{act}", json=body | seen)
    run.show(f"{assessment_id}: {made['state']}, {made['total']} points")
    return made
