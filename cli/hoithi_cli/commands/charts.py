"""Charts in figures: of a round, or of all published rounds of a contest together."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.commands.results import is_round
from hoithi_cli.front_door import Person
from hoithi_cli.running import Run

COLUMNS = ("chart", "name", "unit_id", "least", "most", "people", "attempts", "roster", "rate_percent")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


def charts(
    run: Run,
    which: Annotated[str, typer.Argument(metavar="CONTEST|ROUND", help="A round, or all published rounds of a contest.")],
    unit: Annotated[str | None, typer.Option(help="Only this unit with everything below it.")] = None,
    tree: Annotated[str, typer.Option(help="Which units are shown: administrative or party.")] = "administrative",
    file: Annotated[Path | None, typer.Option("--csv", dir_okay=False, help="Save the figures for a spreadsheet.")] = None,
):
    """Days, scores, the way from registered to everything right, and units. In a contest every person counts once."""
    organiser, base = run.person("organiser"), _base(which)
    found = organiser.call("GET", "scoring", f"{base}/charts", params={"unit_id": unit} if unit else {})
    document = {**found, "units": _units(organiser, base, unit, tree) if found["built_at"] else []}
    _show(run, document)
    if file:
        _save(document, file)
    return document


def _base(which: str) -> str:
    return f"/rounds/{which}" if is_round(which) else f"/contests/{which}/season"


def _units(organiser: Person, base: str, unit: str | None, tree: str) -> list[dict]:
    """Those right below the unit; at the top of a tree with one root those below it, as the desk shows them."""
    rows = _family(organiser, base, {"unit_id": unit} if unit else {"tree": tree})
    return _family(organiser, base, {"unit_id": rows[0]["unit_id"]}) if unit is None and len(rows) == 1 else rows


def _family(organiser: Person, base: str, params: dict) -> list[dict]:
    return organiser.call("GET", "scoring", f"{base}/participation", params=params)["rows"]


def _show(run: Run, found: dict) -> None:
    name = " - ".join(filter(None, (found["unit"], found["title"])))
    run.table(name, ["step", "people#"], [[each["step"], each["people"]] for each in found["steps"] or ()])
    days = [[each["day"], each["newcomers"], each["attempts"]] for each in found["days"]]
    run.table("Days", ["day", "newcomers#", "attempts#"], days)
    run.table("Scores", ["points", "people#"], [[_points(bar), bar["people"]] for bar in found["scores"] or ()])
    units = [[each["name"], each["participants"], each["roster"], each["rate_percent"]] for each in found["units"]]
    run.table("Units", ["unit", "people#", "roster#", "rate#"], units)


def _points(bar: dict) -> str:
    return str(bar["least"]) if bar["least"] == bar["most"] else f"{bar['least']}-{bar['most']}"


def _save(found: dict, file: Path) -> None:
    """RFC 4180 with a byte order mark, for Excel; what has no value is empty."""
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        lines = csv.writer(target)
        lines.writerow(COLUMNS)
        lines.writerows([_harmless(line.get(name)) for name in COLUMNS] for line in _lines(found))


def _lines(found: dict) -> Iterator[dict]:
    for step in found["steps"] or ():
        yield {"chart": "steps", "name": step["step"], "people": step["people"]}
    for day in found["days"]:
        yield {"chart": "days", "name": day["day"], "people": day["newcomers"], "attempts": day["attempts"]}
    for bar in found["scores"] or ():
        yield {"chart": "scores", "name": "points", **bar}
    for unit in found["units"]:
        figures = {name: unit[name] for name in ("unit_id", "name", "roster", "rate_percent", "attempts")}
        yield {"chart": "units", **figures, "people": unit["participants"]}


def _harmless(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
