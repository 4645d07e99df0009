"""What does an attempt cost, and how many are finished, with more processes of every kind on the same machine?"""

from collections.abc import Sequence

from bench.cpu import PARTS
from bench.figures import Spread
from bench.journey import Cell, cell, warm_up
from bench.measurements import SETTINGS, Options
from bench.place import open_place
from bench.result import Result, Table

PLACE = None
"""Every number of processes is a platform of its own, opened here."""
REPLICAS = {True: (1, 2), False: (1, 2, 4, 8)}
LOADS = ((100, 4), (500, 4))
"""(connections, saves)"""
STEPS = ("start", "submit")


def measure(_, options: Options) -> Result:
    """The same closed loops on each platform; the load generator shares the cores with it."""
    found = [(replicas, _measured(replicas, options)) for replicas in REPLICAS[options.short]]
    return Result(
        "processes",
        "What do more processes of every service on the same cores change in the cost of an attempt and in how many are done?",
        [_table(found), _by_part(found)],
        (),
        NOTES,
    )


def _measured(replicas: int, options: Options) -> list[list[Cell]]:
    """Per load, its runs."""
    with open_place(options.say, replicas, SETTINGS) as place:
        assert place.idle  # known before anybody comes
        warm_up(place)
        return [[cell(place, options, *load) for _ in range(options.runs)] for load in LOADS]


def _table(found: Sequence[tuple[int, list[list[Cell]]]]) -> Table:
    rows = [
        [
            replicas,
            runs[0].connections,
            Spread.of(run.rate for run in runs),
            Spread.of(run.work_ms for run in runs),
            Spread.of(run.idle_ms * run.rate for run in runs),
            *(Spread.of(run.outcome.percentiles(step)["p99"] for run in runs) for step in STEPS),
            sum(run.errors for run in runs),
        ]
        for replicas, loads in found
        for runs in loads
    ]
    costs = ["CPU ms an attempt, idle taken off", "idle CPU, ms a second"]
    columns = ["processes of each door", "connections", "attempts/s", *costs]
    return Table("Start, 4 saves, submit", [*columns, *(f"{step} p99, ms" for step in STEPS), "errors"], rows)


def _by_part(found: Sequence[tuple[int, list[list[Cell]]]]) -> Table:
    rows = [
        [replicas, runs[0].connections, *(Spread.of(run.added_ms[part] for run in runs) for part in PARTS)]
        for replicas, loads in found
        for runs in loads
    ]
    return Table("CPU by part, ms an attempt", ["processes of each door", "connections", *PARTS], rows)


NOTES = (
    "Doors of every service run so many times, workers at most twice; nginx, RabbitMQ and MongoDB once, on the same cores.",
    "On so few cores more processes cannot finish more; the table shows what they cost: smaller groups of writes, more timers.",
)
