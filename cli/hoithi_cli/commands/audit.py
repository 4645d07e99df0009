"""The log of what organisers did."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.front_door import refusal
from hoithi_cli.running import Run, command
from hoithi_cli.trouble import WrongUsage

app = typer.Typer(no_args_is_help=True, help="The log: who did what to contests, rounds, banks, results and roles, and why.")

SERVICES = ("exam", "scoring", "registration", "emulation")
Service = Annotated[
    str,
    typer.Option(
        "--of", help="exam: contests, rounds, banks; scoring: results, complaints; registration: roles; emulation: campaigns."
    ),
]
Contest = Annotated[str | None, typer.Option(help="Only of this contest or bank.")]


@command(app, "list")
def list_audit(
    run: Run, contest: Contest = None, of: Service = "exam", most: Annotated[int, typer.Option("-n", min=1, max=200)] = 50
):
    """The newest entries."""
    params = {"limit": most, **({"contest": contest} if contest else {})}
    found = run.person("organiser").call("GET", _known(of), "/audit", params=params)
    rows = [[each["at"], each["what"], each["subject"], each["reason"], each["by"]] for each in found["entries"]]
    run.table("Log", ["at", "what", "about", "reason", "by"], rows)
    return found


@command(app)
def export(
    run: Run,
    to: Annotated[Path, typer.Option("--to", dir_okay=False, help="File to write.")],
    contest: Contest = None,
    of: Service = "exam",
):
    """The whole log as CSV."""
    path = f"/audit.csv?contest={contest}" if contest else "/audit.csv"
    with run.person("organiser").stream(_known(of), path) as answer:
        if not answer.is_success:
            answer.read()
            raise refusal(answer)
        with to.open("wb") as file:
            size = sum(file.write(piece) for piece in answer.iter_bytes())
    run.show(f"{to}: {size} bytes")
    return {"file": str(to), "bytes": size}


def _known(service: str) -> str:
    if service not in SERVICES:
        raise WrongUsage(f"--of: one of {', '.join(SERVICES)}")
    return service
