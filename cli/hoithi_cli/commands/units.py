"""Units and rosters."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli import tables
from hoithi_cli.running import Run, command

app = typer.Typer(no_args_is_help=True, help="The unit trees: administrative and party.")
rosters = typer.Typer(no_args_is_help=True, help="Headcounts per unit, frozen for a contest.")

Csv = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="UTF-8 CSV; content/units/ shows the columns.")]
SHOWN = ("id", "name", "kind", "tree", "parent_id", "valid_from", "valid_to")


@command(app, "import")
def import_units(run: Run, file: Csv):
    """Import units: all rows or none."""
    units = tables.units_of(file)
    answer = run.person("operator").call("POST", "registration", "/units", json={"units": units}, idempotent=True)
    run.show(f"{len(units)} units of {file} are known to the platform")
    return {"units": len(units), "answer": answer}


@command(app)
def find(
    run: Run,
    text: Annotated[str, typer.Argument(help="Part of a unit's name.")],
    tree: Annotated[str | None, typer.Option(help="administrative or party")] = None,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, max=200)] = 20,
):
    """Units by name."""
    params = {"q": text, "limit": limit} | ({"tree": tree} if tree else {})
    found = run.door.call("GET", "registration", "/units", params=params)
    run.table(f"Units like {text}", SHOWN, [[unit.get(name) for name in SHOWN] for unit in found["units"]])
    return found


@command(rosters, "import")
def import_roster(
    run: Run,
    contest_id: str,
    file: Csv,
    freeze: Annotated[bool, typer.Option("--freeze", help="Make it official: it cannot change afterwards.")] = False,
):
    """Import the headcounts of a contest, and freeze them when asked."""
    rows = [{"unit_id": unit, "headcount": count} for unit, count in tables.headcounts_of(file).items()]
    organiser = run.person("organiser")
    answer = organiser.call("PUT", "registration", f"/rosters/{contest_id}", json={"rows": rows})
    if freeze:
        answer = organiser.call("POST", "registration", f"/rosters/{contest_id}/freeze", idempotent=True)
    total = sum(row["headcount"] for row in rows)
    run.show(f"{contest_id}: {len(rows)} units, {total} people{', frozen' if freeze else ''}")
    return {"contest_id": contest_id, "units": len(rows), "people": total, "frozen": freeze, "answer": answer}
