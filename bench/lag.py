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

CONNECTIONS, SAVES = 100, 4
SECONDS = {True: 20, False: 120}
LOOK_EVERY_S, PAGE_EVERY_S = 0.02, 1
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
    """Attempts a second, two lists of seconds from each receipt on, and one of pages of the ranking; in rising order."""

    rate: float
    scored: list[float]
    ranked: list[float]
    pages: list[float]
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
    with _watched(place, round_) as (scored, ranked, organiser):
        outcome, began = generate(attempts.prepare, [load], time.monotonic)
        took, done = time.monotonic() - began, outcome.counts["submitted"]
        place.wait(lambda: bool(ranked.counts) and ranked.counts[-1] >= done, f"{done} attempts in the ranking", 300)
    receipts, errors = sorted(outcome.moments), sum(outcome.errors.values())
    return Run(done / took, lags(receipts, scored), lags(receipts, ranked), sorted(organiser.took), errors)


def lags(receipts: Sequence[float], curve: Curve) -> list[float]:
    """The n-th receipt is taken to be the n-th that arrives: what is first told is first published. In rising order."""
    return sorted(max(0.0, curve.reached(place) - moment) for place, moment in enumerate(receipts, 1))


@contextmanager
def _watched(place: Place, round_: Round):
    """The two curves of a round, filled from the side by small reads of scoring's database, and an organiser."""
    watchers = [_Watcher(_added(place, name)) for name in ("attempts", "standings")]
    organiser = _Organiser(place, round_)
    try:
        yield *(watcher.curve for watcher in watchers), organiser
    finally:
        for each in (*watchers, organiser):
            each.stop()


def _added(place: Place, name: str) -> Callable[[], int]:
    """How many documents more there are in one of scoring's collections: one for each attempt, one for each person."""
    collection = place.database("scoring")[name]
    before = collection.estimated_document_count()
    return lambda: collection.estimated_document_count() - before


class _Repeated(threading.Thread):
    """Does something every so many seconds until it is stopped."""

    def __init__(self, every_s: float):
        super().__init__(daemon=True)
        self.every_s, self.stopping = every_s, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.stopping.wait(self.every_s):
            self.once()

    def stop(self) -> None:
        self.stopping.set()
        self.join()


class _Watcher(_Repeated):
    def __init__(self, look: Callable[[], int]):
        self.look, self.curve = look, Curve()
        super().__init__(LOOK_EVERY_S)

    def once(self) -> None:
        count = self.look()
        self.curve.note(time.monotonic(), count)


class _Organiser(_Repeated):
    """Looks at the first page of the ranking."""

    def __init__(self, place: Place, round_: Round):
        self.place, self.round_id, self.took = place, round_.round_id, []
        place.organiser.call("GET", "scoring", f"/rounds/{self.round_id}")  # signed in now, not under load
        super().__init__(PAGE_EVERY_S)

    def once(self) -> None:
        if self.place.database("scoring")["rounds"].find_one({"_id": self.round_id, "snapshot": {"$exists": True}}, {"_id": 1}):
            began = time.monotonic()
            self.place.organiser.call("GET", "scoring", f"/rounds/{self.round_id}/results", params={"limit": 50})
            self.took.append(time.monotonic() - began)


SHARES = {"p50": 0.5, "p99": 0.99, "max": 1.0}
COLUMNS = ("load", "attempts/s", *(f"{kind} {name}" for kind in ("scored", "ranked", "page") for name in SHARES), "errors")


def _rows(load: str, runs: list[Run]) -> list[list]:
    lists = [[getattr(run, kind) for run in runs] for kind in ("scored", "ranked", "pages")]
    figures = [_spread(some, share) for some in lists for share in SHARES.values()]
    return [[load, Spread.of(run.rate for run in runs), *figures, sum(run.errors for run in runs)]]


def _spread(runs: list[list[float]], share: float) -> Spread:
    return Spread.of(percentile(run, share) for run in runs)


def _target(what: str, runs: list[list[float]]) -> Target:
    p99 = _spread(runs, 0.99)
    return Target(f"{what}: p99 after the receipt, full load", f"below {P99_S:g} s", p99, p99.median < P99_S)


NOTES = (
    "The platform's own curves are compared: the n-th receipt with the n-th document among scoring's attempts, and among its "
    "standings, from which a page of the ranking is put in order when it is asked for.",
    f"The curves are looked at every {LOOK_EVERY_S * 1000:.0f} ms, so a lag is at most that much too long.",
    f"Page: an organiser asks for the first 50 people of the ranking every {PAGE_EVERY_S} s meanwhile.",
)
