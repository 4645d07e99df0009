"""Which channel brought how many people."""

from typing import Annotated

import typer

from hoithi_cli.running import Run

COLUMNS = ["channel", "day", "visits#", "accounts#", "papers begun#"]
HIDDEN = "< 10"


def channels(
    run: Run,
    contest_id: Annotated[str, typer.Argument(metavar="CONTEST")],
    by_day: Annotated[bool, typer.Option("--days", help="Every day, not only the sums.")] = False,
):
    """Visits, new accounts and papers begun by channel (`?from=` of the links); numbers under 10 are hidden."""
    found = run.person("organiser").call("GET", "exam", f"/contests/{contest_id}/channels")
    lines = [line for channel in found["channels"] for line in _lines(channel, by_day)]
    run.table(f"Channels of {contest_id}", COLUMNS, lines)
    return found


def _lines(channel: dict, by_day: bool) -> list[list]:
    days = [_line(channel["code"], day["day"], day) for day in channel["days"]] if by_day else []
    return [_line(channel["code"], "all", channel["in_all"]), *days]


def _line(code: str, day: str, counts: dict) -> list:
    shown = [HIDDEN if counts[kind] is None else counts[kind] for kind in ("visits", "joins", "starts")]
    return [code, day, *shown]
