"""What a measurement says: tables, targets and notes, printed for people and kept as JSON."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, is_dataclass
from typing import Any

from bench.figures import Spread, short

VERDICTS = {True: "met", False: "missed", None: "not judged"}


@dataclass(frozen=True)
class Table:
    """`rows` hold texts, numbers, Spread or None, one for every column."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def __post_init__(self):
        uneven = [row for row in self.rows if len(row) != len(self.columns)]
        if uneven:
            raise ValueError(f"{self.title}: {len(self.columns)} columns, but a row {uneven[0]}")


@dataclass(frozen=True)
class Target:
    """`met` is None where this run could not judge, e.g. because it was too short."""

    text: str
    wanted: str
    measured: Any
    met: bool | None


@dataclass(frozen=True)
class Result:
    """The answer of one measurement to its `question`."""

    name: str
    question: str
    tables: Sequence[Table]
    targets: Sequence[Target] = ()
    notes: Sequence[str] = field(default_factory=tuple)


def written(result: Result | dict, level: int = 2) -> str:
    """Markdown that is as readable in a terminal. Takes a result, or one that was kept as JSON."""
    kept = plain(result)
    parts = [f"{'#' * level} {kept['name']}", kept["question"]]
    parts += [f"**{table['title']}**\n\n{grid(Table(**table))}" for table in kept["tables"]]
    if kept["targets"]:
        rows = [(each["text"], each["wanted"], each["measured"], VERDICTS[each["met"]]) for each in kept["targets"]]
        parts.append(grid(Table("", ("target", "wanted", "measured", "verdict"), rows)))
    if kept["notes"]:
        parts.append("\n".join(f"- {note}" for note in kept["notes"]))
    return "\n\n".join(parts)


def plain(value: Any) -> Any:
    """Dataclasses and tuples as dictionaries and lists, as JSON has them; what is no number (nan) as None."""
    if is_dataclass(value):
        return {name: plain(part) for name, part in vars(value).items()}
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def grid(table: Table) -> str:
    """The rows of a plain table (see `plain`) in Markdown, aligned for a terminal; figures stand to the right."""
    columns, rows = table.columns, table.rows
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(line[place]) for line in [list(columns), *cells]) for place in range(len(columns))]
    right = [all(_is_figure(row[place]) for row in rows) for place in range(len(columns))]
    rule = ["-" * (width - 1) + ":" if to_right else "-" * width for width, to_right in zip(widths, right, strict=True)]
    return "\n".join(_line(line, widths, right) for line in [list(columns), rule, *cells])


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        cell.rjust(width) if to_right else cell.ljust(width) for cell, width, to_right in zip(cells, widths, right, strict=True)
    )
    return f"| {' | '.join(padded)} |"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(Spread(**value))
    if isinstance(value, float):
        return short(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _is_figure(value: Any) -> bool:
    return value is None or isinstance(value, dict | int | float)
