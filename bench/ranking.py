"""Building the results of a whole province, and whether the worker goes on listening meanwhile."""

import http.client
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from bench import cpu
from bench.figures import Spread
from bench.measurements import Options
from bench.place import Place
from bench.ranking_round import MadeUp
from bench.result import Result, Table, Target
from hoithi_scoring.storage import Storage
from hoithi_store import Entry

PLACE = "fresh platform"
SIZES = {True: (100_000, 25_000), False: (1_000_000, 250_000)}
"""Attempts and people, short form or not."""
UNITS = 2_000
SECONDS, GIGABYTES, STALL_S = 30, 1.5, 0.5
LOOK_EVERY_S, QUIET_S, REST_S = 0.1, 5, 3
WITHIN_S = 900


@dataclass(frozen=True)
class Build:
    """One build: seconds from the moment it became due until results show it, CPU by part, and what the watch saw.

    `stall_s`: the longest that the worker's event loop was held up; `quiet_stall_s`: the same in some seconds before.
    """

    seconds: float
    cpu_s: dict[str, float]
    gigabytes: float
    stall_s: float
    quiet_stall_s: float


def measure(place: Place, options: Options) -> Result:
    """The first build follows the close of the round, each further one an attempt that was declared invalid."""
    round_, storage = MadeUp("bench-ranking", *SIZES[options.short], UNITS), Storage(place.database("scoring"))
    round_.open(storage)
    place.say(f"{round_.attempts:,} attempts of {round_.people:,} people are stored")
    round_.store(storage)
    builds = [_built(place, storage, round_, lambda: round_.close(storage))]
    builds += [_built(place, storage, round_, lambda: _invalidate(storage, round_)) for _ in range(options.runs - 1)]
    return Result(
        "ranking",
        f"How long do the results of {round_.attempts:,} attempts of {round_.people:,} people in {UNITS:,} units take?",
        [_table(builds)],
        _targets(builds, options),
        NOTES,
    )


def _built(place: Place, storage: Storage, round_: MadeUp, cause: Callable[[], None]) -> Build:
    known = _revision(storage, round_)
    _comes_to_rest(place)
    with _Watch(place) as quiet:
        time.sleep(QUIET_S)
    place.say("the results are built")
    with _Watch(place) as watch:
        before, began = place.cpu(), time.monotonic()
        cause()
        place.wait(lambda: _revision(storage, round_) > known, "the results", WITHIN_S)
        seconds = time.monotonic() - began
        place.say(f"they were there after {seconds:.1f} s")
        # The builder's process counts to the worker once it has ended; other tasks may have begun meanwhile.
        builders = set(watch.tree()[1:])
        place.wait(lambda: not builders & set(watch.tree()), "the end of the builder", 30)
    return Build(seconds, place.cpu().since(before), watch.most_bytes / 1e9, max(watch.answers_s), max(quiet.answers_s))


def _comes_to_rest(place: Place) -> None:
    """Items and flags follow a build, each in a process of its own; there are gaps between them."""
    watch, busy_at = _Watch(place), time.monotonic()

    def is_at_rest() -> bool:
        nonlocal busy_at
        if len(watch.tree()) > 1:
            busy_at = time.monotonic()
        return time.monotonic() - busy_at > REST_S

    place.wait(is_at_rest, "the end of what follows a build", WITHIN_S)


def _revision(storage: Storage, round_: MadeUp) -> int:
    """Of the present complete table; 0 while there is none."""
    found = storage.rounds.rounds.find_one({"_id": round_.round_id, "stage": "provisional"}, {"snapshot.revision": 1})
    return found["snapshot"]["revision"] if found else 0


def _invalidate(storage: Storage, round_: MadeUp) -> None:
    """What an organiser does with one attempt, the next one each time."""
    count = len(storage.decisions.of_round(round_.round_id))
    [attempt] = storage.attempts.attempts.find({"round_id": round_.round_id}).sort("_id", 1).skip(count).limit(1)
    about = {name: attempt[name] for name in ("_id", "round_id", "contest_id", "person", "number")}
    now = datetime.now(UTC)
    entry = Entry("attempt-invalidated", "bench", now, attempt["contest_id"], attempt["_id"], "đo")
    storage.decisions.add({**about, "kind": "invalidated", "reason": "đo", "by": "bench", "at": now}, entry)
    storage.rounds.change(round_.round_id, lambda found: (found.invalidated("đo"), []), datetime.now(UTC))


class _Watch:
    """Watches the memory of scoring's worker and of what it starts, and asks it small questions all the time.

    The question is for a page that does not exist: answering it costs the worker's event loop nothing but a turn, so an
    answer takes as long as a listener would have waited for its turn.
    """

    def __init__(self, place: Place):
        self.port = next(process.port for process in place.instance.processes if process.matches("scoring-worker"))
        self.pid = place.instance.pids()["scoring-worker-0"]
        self.most_bytes, self.answers_s, self.over = 0, [], Event()
        self.threads = [Thread(target=self._repeat, args=(step,), daemon=True) for step in (self._weigh, self._ask)]

    def __enter__(self) -> "_Watch":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *trouble) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _repeat(self, step: Callable[[], None]) -> None:
        while not self.over.wait(LOOK_EVERY_S):
            step()

    def tree(self) -> list[int]:
        """The worker and its children."""
        return [self.pid, *(process.pid for process in cpu.processes() if process.parent == self.pid)]

    def _weigh(self) -> None:
        for pid in self.tree():
            with suppress(OSError, LookupError):
                self.most_bytes = max(self.most_bytes, _peak_bytes(pid))

    def _ask(self) -> None:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/nothing")
        connection.getresponse().read()
        connection.close()
        self.answers_s.append(time.monotonic() - began)


def _peak_bytes(pid: int) -> int:
    """The most memory a process has had (VmHWM of proc(5)); LookupError when it is ending."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024


def _table(builds: list[Build]) -> Table:
    row = [
        Spread.of(build.seconds for build in builds),
        Spread.of(build.cpu_s["scoring-worker"] for build in builds),
        Spread.of(build.cpu_s["mongodb"] for build in builds),
        Spread.of(build.gigabytes for build in builds),
        Spread.of(build.stall_s * 1000 for build in builds),
        Spread.of(build.quiet_stall_s * 1000 for build in builds),
    ]
    columns = ["seconds", "CPU of scoring, s", "CPU of MongoDB, s", "most memory of a process, GB"]
    return Table("One build", [*columns, "longest wait of the worker, ms", "the same without a build, ms"], [row])


def _targets(builds: list[Build], options: Options) -> list[Target]:
    seconds = Spread.of(build.seconds for build in builds)
    gigabytes = Spread.of(build.gigabytes for build in builds)
    stall = Spread.of(build.stall_s for build in builds)
    whole = not options.short
    return [
        Target("results of 1,000,000 attempts", f"at most {SECONDS} s", seconds, seconds.median <= SECONDS if whole else None),
        Target("memory", f"at most {GIGABYTES} GB", gigabytes, gigabytes.median <= GIGABYTES if whole else None),
        Target("the worker goes on listening", f"waits at most {STALL_S} s", stall, stall.median <= STALL_S if whole else None),
    ]


NOTES = (
    "The attempts are written into scoring's database directly, as scoring stores them; the round is known to scoring only.",
    "Reading, ranking, the digest of the results file, units, writing the tables and flipping to them are all in the time, "
    "and up to a second until the worker looks what is due.",
    "Further runs rebuild everything after one attempt was declared invalid, once items and flags of the run before are found.",
)
