"""From the receipt to the score and to the ranking, while the load goes on."""

import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench import attempts
from bench.attempts import Share
from bench.figures import Spread, percentile
from bench.generators import generate
from bench.measurements import Options
from bench.place import Place, Round
from bench.result import Result, Table, Target

# The ranking of a running round is rebuilt when attempts came, but not before this much time has passed.
SETTINGS = {"HOITHI_RANKING_COOLDOWN_S": "1"}
CONNECTIONS, SAVES = 100, 4
SECONDS = {True: 20, False: 120}
LOOK_EVERY_S = 0.02
P99_S = 2.0


@dataclass
class Curve:
    """How many there were when: (seconds of time.monotonic(), count), both rising."""

    moments: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def note(self, moment: float, count: int) -> None:
        """Only what is more than before matters."""
        if not self.counts or count > self.counts[-1]:
            self.moments.append(moment)
            self.counts.append(count)

    def reached(self, count: int) -> float:
        """When there were first so many; raises IndexError when there never were."""
        return self.moments[bisect_left(self.counts, count)]


@dataclass(frozen=True)
class Run:
    """Attempts a second, and two lists of seconds from each receipt on, in rising order."""

    rate: float
    scored: list[float]
    ranked: list[float]
    errors: int


def measure(place: Place, options: Options) -> Result:
    """Full load: as fast as the server answers. Half load: half as many people a second."""
    full = [_run(place, options, 0.0) for _ in range(options.runs)]
    rate = Spread.of(run.rate for run in full).median / 2
    half = [_run(place, options, rate) for _ in range(options.runs)]
    return Result(
        "lag",
        "How long after its receipt is an attempt scored, and when does the ranking hold it?",
        [Table("Seconds from the receipt on", COLUMNS, [*_rows("half", half), *_rows("full", full)])],
        [_target("scored", [run.scored for run in full]), _target("in the ranking", [run.ranked for run in full])],
        NOTES,
    )


def _run(place: Place, options: Options, rate: float) -> Run:
    """A round of its own under load for a while, watched until everything is ranked."""
    seconds, round_ = SECONDS[options.short], place.open_contest(3600)
    place.say(f"{rate:.0f} people a second" if rate else f"as many attempts as {CONNECTIONS} connections can make")
    load = Share(
        place.host, place.port, round_.round_id, place.signature, round_.round_id, people=int((rate or 400) * seconds),
        connections=10 * CONNECTIONS if rate else CONNECTIONS, saves=SAVES, seconds=seconds, rate=rate,
    )  # fmt: skip
    with _watched(place, round_) as (scored, ranked):
        outcome, began = generate(attempts.prepare, [load], time.monotonic)
        took, done = time.monotonic() - began, outcome.counts["submitted"]
        place.wait(lambda: bool(ranked.counts) and ranked.counts[-1] >= done, f"{done} attempts in the ranking", 300)
    receipts = sorted(outcome.moments)
    return Run(done / took, lags(receipts, scored), lags(receipts, ranked), sum(outcome.errors.values()))


def lags(receipts: Sequence[float], curve: Curve) -> list[float]:
    """The n-th receipt is taken to be the n-th that arrives: what is first told is first published. In rising order."""
    return sorted(max(0.0, curve.reached(place) - moment) for place, moment in enumerate(receipts, 1))


@contextmanager
def _watched(place: Place, round_: Round):
    """The two curves of a round, filled from the side by small reads of scoring's database."""
    before = place.database("scoring")["attempts"].estimated_document_count()
    watchers = [
        _Watcher(lambda: place.database("scoring")["attempts"].estimated_document_count() - before),
        _Watcher(lambda: place.ranked(round_.round_id)),
    ]
    try:
        yield tuple(watcher.curve for watcher in watchers)
    finally:
        for watcher in watchers:
            watcher.stop()


class _Watcher(threading.Thread):
    """Looks every LOOK_EVERY_S."""

    def __init__(self, look: Callable[[], int]):
        super().__init__(daemon=True)
        self.look, self.curve, self.stopping = look, Curve(), threading.Event()
        self.start()

    def run(self) -> None:
        while not self.stopping.wait(LOOK_EVERY_S):
            count = self.look()
            self.curve.note(time.monotonic(), count)

    def stop(self) -> None:
        self.stopping.set()
        self.join()


COLUMNS = ("load", "attempts/s", "scored p50", "scored p99", "scored max", "ranked p50", "ranked p99", "ranked max", "errors")


def _rows(load: str, runs: list[Run]) -> list[list]:
    figures = [
        _spread([getattr(run, kind) for run in runs], share) for kind in ("scored", "ranked") for share in (0.5, 0.99, 1.0)
    ]
    return [[load, Spread.of(run.rate for run in runs), *figures, sum(run.errors for run in runs)]]


def _spread(runs: list[list[float]], share: float) -> Spread:
    return Spread.of(percentile(run, share) for run in runs)


def _target(what: str, runs: list[list[float]]) -> Target:
    p99 = _spread(runs, 0.99)
    return Target(f"{what}: p99 after the receipt, full load", f"below {P99_S:g} s", p99, p99.median < P99_S)


NOTES = (
    "The platform's own curves are compared: the n-th receipt with the n-th document in scoring's database, and with the "
    "first ranking that holds n attempts.",
    f"The curves are looked at every {LOOK_EVERY_S * 1000:.0f} ms, so a lag is at most that much too long.",
    "The cool-down between two rankings of a running round is 1 s here (HOITHI_RANKING_COOLDOWN_S). A round that takes long "
    "to rank rests nineteen times as long.",
)
