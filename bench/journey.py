"""The road of an attempt: what it costs, how fast it is, in which part."""

import time
from dataclasses import dataclass

from bench import attempts
from bench.attempts import STEPS, Share
from bench.cpu import PARTS
from bench.figures import Spread
from bench.generators import Outcome, generate
from bench.measurements import Options
from bench.place import Place, Round
from bench.result import Result, Table, Target

CONNECTIONS = (20, 100, 500)
SAVES = (0, 4, 20)
WARM_UP = 300
ATTEMPTS = {True: 1_200, False: 6_000}
"""Attempts of a cell, short form or not; with 20 saves a third of them."""
START_AND_SUBMIT_MS, SAVE_MS = 2.0, 0.35


@dataclass(frozen=True)
class Cell:
    """One load. `added_ms`: part -> CPU milliseconds per attempt beyond what the idle platform uses.

    `idle_ms`: the idle CPU of the load's own time, per attempt. `tail_s`: from the last receipt to the last rank.
    """

    connections: int
    saves: int
    added_ms: dict[str, float]
    idle_ms: float
    rate: float
    tail_s: float
    outcome: Outcome

    @property
    def work_ms(self) -> float:
        """Without what the idle platform uses."""
        return sum(self.added_ms.values())

    @property
    def total_ms(self) -> float:
        """All CPU used while the load lasted, idle included, and what was added after it."""
        return self.work_ms + self.idle_ms

    @property
    def errors(self) -> int:
        return sum(self.outcome.errors.values())


def measure(place: Place, options: Options) -> Result:
    """CPU per finished attempt by part, with 0, 4 and 20 saves; rate and latencies at 20, 100, 500 connections."""
    idle = place.idle
    warm_up(place)
    runs = [[cell(place, options, *load) for load in loads(options)] for _ in range(options.runs)]
    cells = list(zip(*runs, strict=True))
    return Result(
        "journey",
        "What does a finished attempt cost the server - start, saves, submit, event, score, rank - and how fast is it?",
        [_costs(cells), _speeds(cells), _idle(idle)],
        _cost_targets(cells),
        [*NOTES, *_troubles(cells)],
    )


def loads(options: Options) -> list[tuple[int, int]]:
    """(connections, saves) of every cell: all saves at 100 connections, all connections with 4 saves."""
    if options.short:
        return [(100, saves) for saves in SAVES] + [(20, 4), (500, 4)]
    return [(connections, saves) for connections in CONNECTIONS for saves in SAVES]


def warm_up(place: Place) -> None:
    """Pages, banks and connections are there when the clock starts."""
    round_ = place.open_contest(600)
    outcome, _ = generate(attempts.prepare, [share(place, round_, WARM_UP, 20, 4)])
    place.wait_ranked(round_.round_id, outcome.counts["submitted"])


def share(place: Place, round_: Round, people: int, connections: int, saves: int, crowd: str = "", **more) -> Share:
    """So many new people in a round, through nginx."""
    who = crowd or round_.round_id
    return Share(place.host, place.port, round_.round_id, place.signature, who, people, connections, saves, **more)


def cell(place: Place, options: Options, connections: int, saves: int) -> Cell:
    """One load in a round of its own, until the last of its attempts is in the ranking."""
    people = ATTEMPTS[options.short] // (3 if saves == max(SAVES) else 1)
    place.say(f"{people} attempts with {saves} saves over {connections} connections")
    return loaded(place, share(place, place.open_contest(3600), people, connections, saves))


def loaded(place: Place, load: Share, ranked_before: int = 0) -> Cell:
    """What one generator's load cost and how it went; so many attempts of the round were there before."""
    outcome, (before, began) = generate(attempts.prepare, [load], lambda: (place.cpu(), time.monotonic()))
    took, done = time.monotonic() - began, outcome.counts["submitted"]
    tail_s = place.wait_ranked(load.round_id, ranked_before + done) if done else 0.0
    used = place.cpu().since(before)
    each = 1000 / max(1, done)
    added_ms = {part: (seconds - place.idle[part] * (took + tail_s)) * each for part, seconds in used.items()}
    return Cell(load.connections, load.saves, added_ms, sum(place.idle.values()) * took * each, done / took, tail_s, outcome)


def _costs(cells) -> Table:
    parts = [part for part in PARTS if any(abs(run.added_ms[part]) >= 0.001 for runs in cells for run in runs)]
    rows = [
        [
            runs[0].connections,
            runs[0].saves,
            Spread.of(run.total_ms for run in runs),
            Spread.of(run.idle_ms for run in runs).median,
            *(Spread.of(run.added_ms[part] for run in runs).median for part in parts),
            Spread.of(run.outcome.cpu_s * 1000 / max(1, run.outcome.counts["submitted"]) for run in runs).median,
        ]
        for runs in cells
    ]
    return Table(
        "CPU per finished attempt, ms", ["connections", "saves", "all parts", "of it idle", *parts, "(load generator)"], rows
    )


def _speeds(cells) -> Table:
    rows = []
    for runs in cells:
        row = [runs[0].connections, runs[0].saves, Spread.of(run.rate for run in runs)]
        for step in STEPS:
            for name in ("p50", "p95", "p99"):
                row.append(Spread.of(run.outcome.percentiles(step)[name] for run in runs).median)
        rows.append([*row, sum(run.errors for run in runs)])
    steps = [f"{step} {name}" for step in STEPS for name in ("p50", "p95", "p99")]
    return Table(
        "Attempts a second in a closed loop; latencies, ms", ["connections", "saves", "attempts/s", *steps, "errors"], rows
    )


def _idle(idle: dict[str, float]) -> Table:
    parts = [part for part in PARTS if idle[part] > 0]
    return Table(
        "CPU of the idle platform, ms a second",
        ["all parts", *parts],
        [[sum(idle.values()) * 1000, *(idle[part] * 1000 for part in parts)]],
    )


def per_save_ms(runs: list[Cell]) -> float:
    """The slope of the cost over the number of saves, by least squares."""
    mean_x = sum(cell.saves for cell in runs) / len(runs)
    mean_y = sum(cell.work_ms for cell in runs) / len(runs)
    spread = sum((cell.saves - mean_x) ** 2 for cell in runs)
    return sum((cell.saves - mean_x) * (cell.work_ms - mean_y) for cell in runs) / spread


def _cost_targets(cells) -> list[Target]:
    """At 100 connections."""
    at_100 = [runs for runs in cells if runs[0].connections == 100]
    bare = Spread.of(run.total_ms for runs in at_100 for run in runs if run.saves == 0)
    slope = Spread.of(per_save_ms(list(run)) for run in zip(*at_100, strict=True))
    return [
        Target(
            "CPU of start + submit, idle included (stretch 1.2)",
            f"at most {START_AND_SUBMIT_MS} ms",
            bare,
            bare.median <= START_AND_SUBMIT_MS,
        ),
        Target("CPU of every save in between", f"at most {SAVE_MS} ms", slope, slope.median <= SAVE_MS),
    ]


NOTES = (
    "Everything through nginx, keep-alive connections, the headers of a phone's browser, gzip as phones ask for it.",
    "Every attempt is another person's, so every token is verified once by each process that meets it.",
    "The CPU is counted until the last attempt is scored and in the ranking, rebuilding the ranking included. What the "
    "idle platform uses anyway (last table) stands in a column of its own and is taken off the parts; it counts for the "
    "time of the load, not for the seconds after the last receipt.",
    "The load generator runs on the same machine and is not in the sums.",
)


def _troubles(cells) -> list[str]:
    found = [cell for runs in cells for cell in runs]
    return [
        f"errors with {cell.connections} connections, {cell.saves} saves: {what}: {count}"
        for cell in found
        for what, count in cell.outcome.errors.most_common(5)
    ]
