"""Five minutes of people who come by chance, on two cores that also carry the load: does anybody wait?"""

from bench.attempts import STEPS
from bench.cpu import PARTS
from bench.figures import Spread
from bench.journey import Cell, loaded, share, warm_up
from bench.measurements import Options
from bench.place import Place
from bench.result import Result, Table, Target

RATE, P99_MS = 300, 500
CONNECTIONS, SAVES = 2_000, 4
SECONDS = {True: 20, False: 300}
NAMES = ("p50", "p95", "p99", "max")


def measure(place: Place, options: Options) -> Result:
    """Rounds of their own, one after the other."""
    assert place.idle  # known before there is a large round, whose tables are made while nobody comes
    warm_up(place)
    runs = [_run(place, SECONDS[options.short], options) for _ in range(options.runs)]
    return Result(
        "sustained",
        f"How long do people wait when {RATE} a second start, save {SAVES} times and submit, for minutes?",
        [_latencies(runs), _costs(runs)],
        [_target(runs, SECONDS[options.short])],
        [*NOTES, *(f"errors: {what}: {count}" for run in runs for what, count in run.outcome.errors.most_common(5))],
    )


def _run(place: Place, seconds: int, options: Options) -> Cell:
    place.say(f"{RATE} people a second for {seconds} s")
    load = {"rate": RATE, "seconds": seconds * 2}
    return loaded(place, share(place, place.open_contest(3600), RATE * seconds, CONNECTIONS, SAVES, **load))


def _latencies(runs: list[Cell]) -> Table:
    rows = [[step, *(Spread.of(run.outcome.percentiles(step)[name] for run in runs) for name in NAMES)] for step in STEPS]
    return Table("From the moment a person came, ms", ["step", *NAMES], rows)


def _costs(runs: list[Cell]) -> Table:
    parts = [part for part in PARTS if any(abs(run.added_ms[part]) >= 0.001 for run in runs)]
    row = [
        Spread.of(run.rate for run in runs),
        Spread.of(run.total_ms for run in runs),
        *(Spread.of(run.added_ms[part] for run in runs) for part in parts),
        sum(run.errors for run in runs),
    ]
    return Table("CPU per finished attempt, ms; parts without idle", ["attempts/s", "all parts", *parts, "errors"], [row])


def _target(runs: list[Cell], seconds: int) -> Target:
    worst = Spread.of(max(run.outcome.percentiles(step)["p99"] for step in ("start", "submit")) for run in runs)
    rate, errors = Spread.of(run.rate for run in runs), sum(run.errors for run in runs)
    # Arrivals by chance: of 300 a second a few less have finished when the last one comes.
    met = rate.median >= 0.97 * RATE and not errors and worst.median < P99_MS
    wanted = f"{RATE}/s for {seconds} s, no error, p99 below {P99_MS} ms"
    return Target("people arriving by chance, start, 4 saves, submit", wanted, f"{rate}/s, {errors} errors, p99 {worst} ms", met)


NOTES = (
    "The load generator, 0.5 ms an attempt, and the platform share the two cores: three quarters of them are in use.",
    "The running round's tables are made meanwhile, from 20,000 attempts on by a process of the lowest priority.",
)
