"""Organisers: ranking, nomination, the decided list, files."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.commands.emulation.shared import (
    SERVICE,
    TABLES,
    AssessmentId,
    CampaignId,
    Kind,
    Out,
    Reason,
    app,
    revision,
    type_of,
)
from hoithi_cli.running import Run, command

PAPERS = (".pdf", ".docx")


@command(app)
def ranking(run: Run, campaign_id: CampaignId):
    """Who stands where, by kind and league."""
    found = run.person("organiser").call("GET", SERVICE, f"/campaigns/{campaign_id}/ranking")
    rows = [[each["league"] or each["kind"], each["place"], each["name"], each["total"]] for each in found["rows"]]
    run.table(campaign_id, ["league", "place", "name", "points"], rows)
    return found


@command(app)
def nominations(run: Run, campaign_id: CampaignId):
    """Who is nominated for which award, and who is passed over."""
    found = run.person("organiser").call("GET", SERVICE, f"/campaigns/{campaign_id}/nominations")
    return _listed(run, found)


@command(app)
def nominate(
    run: Run, campaign_id: CampaignId, assessment_id: AssessmentId, award: Annotated[str, typer.Option()], reason: Reason,
    act: Annotated[str, typer.Option(help="add, leave-out or undo.")] = "add",
):  # fmt: skip
    """Add somebody to an award, leave somebody out, or undo that."""
    body = {"assessment_id": assessment_id, "award": award, "act": act, "reason": reason}
    return _listed(run, run.person("organiser").call("POST", SERVICE, f"/campaigns/{campaign_id}/nominations", json=body))


def _listed(run: Run, found: dict) -> dict:
    shown = [[each["award"], each["row"]["name"], each["row"]["total"], each["how"]] for each in found["nominees"]]
    run.table("Nominated", ["award", "name", "points", "how"], shown)
    passed = [[each["award"], each["row"]["name"], each["row"]["total"], each["why"]] for each in found["passed_over"]]
    run.table("Passed over", ["award", "name", "points", "why"], passed)
    return found


@command(app)
def decide(run: Run, campaign_id: CampaignId):
    """Decide the list of nominations as it is now: it stands from then on."""
    organiser = run.person("organiser")
    seen = {"revision": revision(organiser, f"/campaigns/{campaign_id}")}
    found = organiser.call("POST", SERVICE, f"/campaigns/{campaign_id}/decision", json=seen)
    run.show(f"decided; SHA-256 {found['campaign']['digest']}")
    return _listed(run, found)


@command(app)
def export(run: Run, campaign_id: CampaignId, out: Out, kind: Kind = "collective"):
    """Points of everybody for the yearly evaluation, as .xlsx or .csv by the name of the file."""
    type_of(out, TABLES)
    answer = run.person("organiser").send(
        "GET", SERVICE, f"/campaigns/{campaign_id}/evaluation{out.suffix}", params={"kind": kind}
    )
    return _written(run, out, answer.content)


@command(app)
def paper(
    run: Run, campaign_id: CampaignId, out: Out, number: Annotated[str | None, typer.Option(help="Number and sign.")] = None,
    signer: Annotated[str, typer.Option(help="Who signs.")] = "",
):  # fmt: skip
    """The list of nominations in administrative form, as .pdf or .docx by the name of the file."""
    type_of(out, PAPERS)
    body = {"format": out.suffix[1:], "signer": signer} | ({"number": number} if number else {})
    answer = run.person("organiser").send("POST", SERVICE, f"/campaigns/{campaign_id}/list", json=body, idempotent=True)
    return _written(run, out, answer.content)


def _written(run: Run, out: Path, content: bytes) -> dict:
    out.write_bytes(content)
    run.show(f"{out}: {len(content)} bytes")
    return {"file": str(out), "bytes": len(content)}
