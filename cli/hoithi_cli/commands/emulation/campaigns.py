"""Organisers: a campaign from template to opening, more time, what the platform counts."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.commands.emulation.shared import SERVICE, TABLES, CampaignId, Code, File, Reason, app, revision, type_of
from hoithi_cli.running import Run, command
from hoithi_cli.trouble import CheckFailed, WrongUsage

CHANGEABLE = ("revision", "title", "from_day", "to_day", "assess_until", "review_until", "rules")
LISTED = ("campaign_id", "title", "state", "assess_until", "review_until")


@command(app)
def templates(run: Run):
    """Campaigns to begin from."""
    found = run.person("organiser").call("GET", SERVICE, "/templates")
    run.table("Templates", ["id", "title", "days"], [[each["id"], each["title"], each["days"]] for each in found["templates"]])
    return found


@command(app, "list")
def list_campaigns(run: Run):
    """Campaigns that have opened, and own drafts."""
    found = run.person("organiser").call("GET", SERVICE, "/campaigns")
    rows = [
        [each[name] for name in ("campaign_id", "title", "state", "assess_until", "review_until")] for each in found["campaigns"]
    ]
    run.table("Campaigns", ["id", "title", "state", "assess until", "review until"], rows)
    return found


@command(app)
def create(
    run: Run,
    campaign_id: CampaignId,
    template: Annotated[str, typer.Option(help="See `templates`.")],
    from_day: Annotated[str, typer.Option(help="2026-01-01")],
    title: Annotated[str | None, typer.Option(help="The template's when none is given.")] = None,
):
    """A draft from a template."""
    body = {"campaign_id": campaign_id, "template": template, "from_day": _day(from_day), "title": title}
    made = run.person("organiser").call("POST", SERVICE, "/campaigns", json=body)
    run.show(f"{made['campaign_id']}: draft, assess until {made['assess_until']}")
    return made


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise WrongUsage(f"{text} is no day like 2026-01-01") from error


@command(app)
def show(
    run: Run, campaign_id: CampaignId, out: Annotated[Path | None, typer.Option(help="Write it as JSON, to change it.")] = None
):
    """A campaign with its rules."""
    found = run.person("organiser").call("GET", SERVICE, f"/campaigns/{campaign_id}")
    if out:
        out.write_text(json.dumps({name: found[name] for name in CHANGEABLE}, ensure_ascii=False, indent=2) + "\n", "utf-8")
    rows = [[each["code"], each["text"], each["how"], each["most"]] for each in found["rules"]["collective"]]
    run.table(f"{found['title']}: {found['state']}", ["code", "criterion", "how", "most"], rows)
    return found


@command(app)
def change(run: Run, campaign_id: CampaignId, file: File):
    """Change a draft: the JSON that `show --out` wrote."""
    try:
        body = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise WrongUsage(f"{file} is not JSON: {error}") from error
    made = run.person("organiser").call("PUT", SERVICE, f"/campaigns/{campaign_id}", json=body)
    run.show(f"{campaign_id}: revision {made['revision']}")
    return made


@command(app)
def check(run: Run, campaign_id: CampaignId):
    """What keeps a draft from opening."""
    found = run.person("organiser").call("POST", SERVICE, f"/campaigns/{campaign_id}/check")
    run.table("Findings", ["where", "message"], [[each["where"], each["message"]] for each in found["findings"]])
    if not found["ready"]:
        raise CheckFailed(f"{campaign_id} cannot open yet", found)
    return found


@command(app, "open")
def open_campaign(run: Run, campaign_id: CampaignId):
    """Open: the rules are locked from now on."""
    organiser = run.person("organiser")
    seen = {"revision": revision(organiser, f"/campaigns/{campaign_id}")}
    made = organiser.call("POST", SERVICE, f"/campaigns/{campaign_id}/open", json=seen)
    run.show(f"{campaign_id} is open until {made['assess_until']}")
    return made


@command(app)
def extend(
    run: Run,
    campaign_id: CampaignId,
    assess_until: Annotated[str, typer.Option(help="2026-12-01T17:00:00+07:00")],
    review_until: Annotated[str, typer.Option(help="2027-01-10T17:00:00+07:00")],
    reason: Reason,
):
    """Later deadlines for everybody."""
    organiser = run.person("organiser")
    body = {"assess_until": assess_until, "review_until": review_until, "reason": reason}
    seen = {"revision": revision(organiser, f"/campaigns/{campaign_id}")}
    return organiser.call("POST", SERVICE, f"/campaigns/{campaign_id}/deadlines", json=body | seen)


@command(app)
def index(
    run: Run,
    campaign_id: CampaignId,
    code: Code,
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what the file would do.")] = False,
    corrected: Annotated[
        Path | None, typer.Option("--corrected", dir_okay=False, help="Write what is wrong beside each row.")
    ] = None,
):
    """Values of an imported index from an Excel or CSV file: all rows or none."""
    organiser, path = run.person("organiser"), f"/campaigns/{campaign_id}/indices/{code}/sheet"
    request = {"content": file.read_bytes(), "headers": {"Content-Type": type_of(file, TABLES)}, "idempotent": True}
    found = organiser.call("POST", SERVICE, path, params={"dry_run": "true" if dry_run else "false"}, **request)
    run.table(code, ["unit", "name", "before", "value"], [list(each.values()) for each in found["values"]])
    run.table("Findings", ["row", "column", "message"], [[e["row"], e["column"], e["message"]] for e in found["findings"]])
    if corrected:
        corrected.write_bytes(organiser.send("POST", SERVICE, f"{path}/corrections", **request).content)
    if found["findings"]:
        raise CheckFailed(f"{file.name}: nothing was saved", found)
    return found


@command(app)
def counted(run: Run, campaign_id: CampaignId):
    """Which indices were imported, and which contest results are here."""
    found = run.person("organiser").call("GET", SERVICE, f"/campaigns/{campaign_id}/counted")
    run.table("Indices", ["code", "units with a value"], [[each["code"], each["values"]] for each in found["indices"]])
    rounds = [[each["round_id"], each["fetched_at"], each["trouble"]] for each in found["rounds"]]
    run.table("Official results", ["round", "fetched", "trouble"], rounds)
    return found
