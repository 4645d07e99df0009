"""Does an attempt cost more when millions are stored?"""

import time
from collections.abc import Iterator

from pymongo import WriteConcern
from pymongo.collection import Collection

from bench.cpu import PARTS
from bench.figures import Spread
from bench.journey import Cell, loaded, share, warm_up
from bench.measurements import Options
from bench.people import user_id_of
from bench.place import Place, Round
from bench.result import Result, Table, Target

PLACE = "fresh platform"
STORED = {True: (10_000, 100_000), False: (10_000, 300_000, 2_000_000)}
SECONDS = {True: 20, False: 60}
CALM_S = {True: 5, False: 70}
"""How long the database may write down what was filled in; it does so once a minute."""
RATE, CONNECTIONS, SAVES, WEEKS = 100, 500, 4, 4
SAMPLES, BATCH = 200, 2_000
STORED_IN = (("exam", "attempts"), ("scoring", "attempts"), ("scoring", "standings"))
MOST_RATIO = 1.15


def measure(place: Place, options: Options) -> Result:
    """The same load each time; in between the databases are filled up."""
    assert place.idle  # known before anything is stored
    warm_up(place)
    round_ = place.open_contest(4 * 3600)
    filling = Filling(place, round_)
    rows = []
    for number in STORED[options.short]:
        filling.fill(number)
        time.sleep(CALM_S[options.short])
        rows.append((number, [_load(filling, options) for _ in range(options.runs)]))
    return Result(
        "growth",
        "What does a finished attempt cost when many are stored?",
        [_table(rows)],
        [_target(rows)],
        NOTES,
    )


class Filling:
    """Documents as exam and scoring store them: copies of real ones with other ids, put straight into the databases."""

    def __init__(self, place: Place, round_: Round):
        self.place, self.round = place, round_
        self.rounds = [*(f"{round_.contest_id}-before-{number}" for number in range(1, WEEKS)), round_.round_id]
        self.stored = self.in_round = self.loads = 0
        self.load(SAMPLES)
        self.samples = {where: list(self._kept(where).find({"round_id": round_.round_id})) for where in STORED_IN}

    def load(self, people: int, **more) -> Cell:
        """People take papers in the running round; these are stored then, too."""
        self.loads += 1
        crowd = f"{self.round.round_id}-{self.loads}"
        made = loaded(self.place, share(self.place, self.round, people, CONNECTIONS, SAVES, crowd, **more), self.in_round)
        self.stored += made.outcome.counts["submitted"]
        self.in_round += made.outcome.counts["submitted"]
        return made

    def fill(self, number: int) -> None:
        """Until so many are stored, a quarter of them in the running round."""
        missing = max(0, number - self.stored)
        self.place.say(f"{missing} attempts are put into the databases of exam and scoring")
        places = range(self.stored, self.stored + missing)
        for where, samples in self.samples.items():
            # Only a running round has standings.
            here = (place for place in places if "standings" not in where or self._round_of(place) == self.round.round_id)
            _insert(self._kept(where), (self._copy(samples, place) for place in here))
        self.in_round += sum(1 for place in places if self._round_of(place) == self.round.round_id)
        self.stored += missing

    def _kept(self, where: tuple[str, str]) -> Collection:
        service, name = where
        return self.place.database(service)[name].with_options(write_concern=WriteConcern(w=1))

    def _round_of(self, place: int) -> str:
        return self.rounds[place % WEEKS]

    def _copy(self, samples: list[dict], place: int) -> dict:
        round_id, user_id = self._round_of(place), user_id_of("stored", place)
        copy = {**samples[place % len(samples)], "_id": f"{round_id}:{user_id}:1", "round_id": round_id, "user_id": user_id}
        person = user_id[:16]  # scoring knows a person by 16 hexadecimal digits
        if "seen" in copy:
            copy["_id"] = f"{round_id}|{person}"
        return {**copy, "person": person} if "person" in copy else copy


def _insert(collection: Collection, documents: Iterator[dict]) -> None:
    batch: list[dict] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH:
            collection.insert_many(batch, ordered=False)
            batch = []
    if batch:
        collection.insert_many(batch, ordered=False)


def _load(filling: Filling, options: Options) -> Cell:
    seconds = SECONDS[options.short]
    filling.place.say(f"{filling.stored} are stored; {RATE} people a second for {seconds} s")
    return filling.load(RATE * seconds, rate=RATE, seconds=5 * seconds)


def _table(rows: list[tuple[int, list[Cell]]]) -> Table:
    parts = [part for part in PARTS if part not in ("registration", "notify", "emulation", "others")]
    base = rows[0][1]
    lines = []
    for stored, cells in rows:
        each = [Spread.of(cell.added_ms[part] for cell in cells).median for part in parts]
        errors = sum(cell.errors for cell in cells)
        rate = Spread.of(cell.rate for cell in cells)
        ratios = (ratio(cells, base), ratio(cells, base, without="scoring-worker"))
        lines.append([stored, Spread.of(cell.work_ms for cell in cells), *ratios, *each, rate, errors])
    columns = ["stored", "CPU ms per attempt", "ratio", "without scoring-worker", *parts, "attempts/s", "errors"]
    return Table(f"{RATE} people a second, {SAVES} saves, idle CPU taken off", columns, lines)


def ratio(cells: list[Cell], base: list[Cell], without: str = "") -> float:
    """Of the medians of the cost per attempt, all parts or all but one."""
    costs, before = ([cell.work_ms - cell.added_ms.get(without, 0.0) for cell in these] for these in (cells, base))
    return Spread.of(costs).median / Spread.of(before).median


def _target(rows: list[tuple[int, list[Cell]]]) -> Target:
    (least, base), (most, cells) = rows[0], rows[-1]
    found = ratio(cells, base)
    return Target(
        f"CPU per attempt with {most:,} stored over that with {least:,}", f"at most {MOST_RATIO}", found, found <= MOST_RATIO
    )


NOTES = (
    "The stored attempts are copies of real documents with other ids, put directly into the two databases; a quarter lies "
    "in the round that is measured, the rest in three rounds before it.",
    "Keeping the running round's ranking is part of the cost, and so are its tables by units and charts, made anew now and then: "
    "large ones rest 49 times as long as they take.",
)
