"""How the questions of a closed round worked."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.running import Run
from hoithi_cli.saving import save

PAGE = 500
COLUMNS = ["question", "key", "answers#", "p#", "D#", "r#", "no answer#", "chosen", "flags"]


def items(
    run: Run,
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    most: Annotated[int, typer.Option("-n", min=1, help="How many questions.")] = 40,
    csv: Annotated[Path | None, typer.Option("--csv", dir_okay=False, help="Save all of them for a spreadsheet.")] = None,
):
    """Facility (p), discrimination (D: upper and lower 27 %, r: point-biserial) and choices, suspicious keys first."""
    organiser = run.person("organiser")
    if csv:
        save(organiser, "scoring", f"/rounds/{round_id}/items.csv", csv, bom="true")
    found = _pages(organiser, f"/rounds/{round_id}/items", most)
    run.table(f"{round_id}: {found['attempts']} first attempts", COLUMNS, [_row(item) for item in found["items"]])
    return found


def _pages(organiser, path: str, most: int) -> dict:
    """One document with at most that many questions."""
    found = organiser.call("GET", "scoring", path, params={"limit": min(most, PAGE)})
    while found["next"] and len(found["items"]) < most:
        more = organiser.call("GET", "scoring", path, params={"limit": PAGE, "after": found["next"]})
        found = {**more, "items": found["items"] + more["items"]}
    return {**found, "items": found["items"][:most]}


def _row(item: dict) -> list:
    chosen = " ".join(f"{choice['letters'] or '-'}:{choice['count']}" for choice in item["choices"])
    names = ("question_id", "right", "answers", "facility", "discrimination", "point_biserial", "omitted")
    return [*(item[name] for name in names), chosen, " ".join(item["flags"])]
