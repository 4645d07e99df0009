"""Paper: certificates of a round, posters of a contest."""

import time
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from hoithi_cli.commands.results import download
from hoithi_cli.front_door import Person
from hoithi_cli.rehearse.progress import progress
from hoithi_cli.running import Run
from hoithi_cli.trouble import Refused

LOOK_S = 1.0

Out = Annotated[Path, typer.Option("--out", dir_okay=False, help="The file to write.")]


def certificates(
    run: Run,
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="A round with official results.")],
    out: Out,
    everybody: Annotated[bool, typer.Option("--everybody", help="Of all who took part, not only of those who won.")] = False,
):
    """Have the certificates of a round printed and fetch them: a ZIP of PDFs, a hundred certificates in each.

    Stopped in between, the platform goes on; the same command picks up what is there.
    """
    organiser, which = run.person("organiser"), "everybody" if everybody else "winners"
    job = organiser.call("POST", "scoring", f"/rounds/{round_id}/certificates", json={"which": which}, idempotent=True)
    _wait(run, organiser, job)
    file = download(organiser, f"/rounds/{round_id}/certificates.zip", out, params={"which": which})
    run.show(f"{out}: {job['people']} certificates in {job['pieces']} PDFs, {file['bytes']} bytes")
    return {**job, "made": job["pieces"], "file": file}


def _wait(run: Run, organiser: Person, job: dict) -> None:
    """Until every piece is printed; a minute of certificates is some thousand."""
    path, params, made = f"/rounds/{job['round_id']}/certificates", {"which": job["which"]}, job["made"]
    with progress(run.err).stage("printing", job["pieces"]) as advance:
        advance(made)
        while made < job["pieces"]:
            time.sleep(LOOK_S)
            now = organiser.call("GET", "scoring", path, params=params)["made"]
            advance(now - made)
            made = now


def poster(
    run: Run,
    contest_id: Annotated[str, typer.Argument(metavar="CONTEST")],
    out: Out,
    size: Annotated[str, typer.Option(help="a4 or a3")] = "a4",
    unit: Annotated[str | None, typer.Option(help="Whose hall it hangs in: a unit's id, or any name.")] = None,
    source: Annotated[str | None, typer.Option(help="The way in that its code counts for, as in ?from=.")] = None,
):
    """Save a contest's poster as PDF: QR code, dates, how to join in three steps."""
    organiser = run.person("organiser")
    given = {"size": size, "unit": unit and _name(run, unit), "source": source}
    params = {name: value for name, value in given.items() if value}
    file = download(organiser, f"/contests/{contest_id}/poster.pdf", out, service="exam", params=params)
    run.show(f"{out}: {file['bytes']} bytes")
    return {"contest_id": contest_id, **params, "file": file}


def _name(run: Run, unit: str) -> str:
    """The name of the unit with this id; the text itself when there is none."""
    try:
        return run.door.call("GET", "registration", f"/units/{quote(unit, safe='')}")["name"]
    except Refused:
        return unit
