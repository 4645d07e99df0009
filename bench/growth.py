"""Does an attempt cost more when millions are stored?"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pymongo import WriteConcern
from pymongo.collection import Collection

from bench.cpu import PARTS
from bench.figures import Spread
from bench.journey import Cell, loaded, share, warm_up
from bench.measurements import Options
from bench.people import user_id_of
from bench.place import Place, Round
from bench.result import Result, Table, Target
from hoithi_scoring.handlers import building

PLACE = "fresh platform"
STORED = {True: (10_000, 100_000), False: (10_000, 300_000, 2_000_000)}
SECONDS = {True: 20, False: 60}
CALM_S = {True: 5, False: 70}
"""How long the database may write down what was filled in; it does so once a minute."""
RATE, CONNECTIONS, SAVES, WEEKS = 100, 500, 4, 4
SAMPLES, BATCH = 200, 2_000
STORED_IN = (("exam", "attempts"), ("scoring", "attempts"), ("scoring", "standings"))
MOST_RATIO = 1.15
TABLES_WITHIN_S, TABLES_REST_S = 300, 3
LONG_AGO = timedelta(days=1)
"""Longer than any tables rest."""


def measure(place: Place, options: Options) -> Result:
    """The same load each time; in between the databases are filled up, and the round's tables made from what is there."""
    assert place.idle  # known before anything is stored
    warm_up(place)
    round_ = place.open_contest(4 * 3600)
    filling, stages, load_s = Filling(place, round_), [], SECONDS[options.short]
    for number in STORED[options.short]:
        filling.fill(number)
        tables = filling.tables()
        time.sleep(CALM_S[options.short])
        cells = [_load(filling, load_s) for _ in range(options.runs)]
        stages.append(Stage(number, cells, tables, load_s))
    return Result(
        "growth",
        "What does a finished attempt cost when many are stored?",
        [_table(stages)],
        [_target(stages)],
        NOTES,
    )


class Tables(NamedTuple):
    """CPU seconds of making all tables of the running round once, and how often that happens: every so many seconds."""

    cpu_s: float
    every_s: float

    def share_ms(self, load_s: float) -> float:
        """CPU ms an attempt at RATE that a load of that length does not meet; 0 when the tables are made during the load."""
        return 1000 * self.cpu_s / self.every_s / RATE if self.every_s > load_s else 0.0


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

    def tables(self) -> "Tables":
        """Wait until the tables of the running round are made from all that is stored."""
        self.place.say(f"the tables of {self.in_round} attempts are made")
        before, began = self.place.cpu(), time.monotonic()
        self.load(1)  # tells scoring that there is something new
        self.place.wait(self._has_tables, f"tables of {self.in_round} attempts", TABLES_WITHIN_S)
        time.sleep(TABLES_REST_S)  # charts and prizes come after them
        idle = {part: used * (time.monotonic() - began) for part, used in self.place.idle.items()}
        used = {part: max(0.0, seconds - idle[part]) for part, seconds in self.place.cpu().since(before).items()}
        found = self.place.database("scoring")["rounds"].find_one({"_id": self.round.round_id})["snapshot"]
        rest = building.REST if found["attempts"] <= building.LARGE else building.LARGE_REST
        return Tables(sum(used.values()), (1 + rest) * found["seconds"])

    def _has_tables(self) -> bool:
        """Asks for them at the same time: nobody waits until scoring has rested from tables it made while all was filled."""
        self.rest(since=LONG_AGO)
        found = self.place.database("scoring")["rounds"].find_one({"_id": self.round.round_id}, {"snapshot.attempts": 1})
        return found["snapshot"]["attempts"] >= self.in_round

    def rest(self, since: timedelta) -> None:
        """Let scoring's rest from making the round's tables have begun so long ago."""
        began = datetime.now(UTC) - since
        self.place.database("scoring")["rounds"].update_one({"_id": self.round.round_id}, {"$set": {"built_at": began}})

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


def _load(filling: Filling, seconds: int) -> Cell:
    filling.place.say(f"{filling.stored} are stored; {RATE} people a second for {seconds} s")
    filling.rest(since=timedelta())  # a stage has several loads; their tables were made before the first
    return filling.load(RATE * seconds, rate=RATE, seconds=5 * seconds)


@dataclass(frozen=True)
class Stage:
    """What was measured with so many attempts stored."""

    stored: int
    cells: list[Cell]
    tables: Tables
    load_s: float

    def cost_ms(self, without: str = "") -> Spread:
        """CPU an attempt, the share of tables included, all parts or all but one."""
        share_ms = 0.0 if without else self.tables.share_ms(self.load_s)
        return Spread.of(cell.work_ms - cell.added_ms.get(without, 0.0) + share_ms for cell in self.cells)

    def over(self, base: "Stage", without: str = "") -> Spread:
        """Its costs over the median cost of another stage."""
        cost, against = self.cost_ms(without), base.cost_ms(without).median
        return Spread(cost.median / against, cost.least / against, cost.most / against)


def _table(stages: list[Stage]) -> Table:
    parts = [part for part in PARTS if part not in ("registration", "notify", "emulation", "others")]
    base, lines = stages[0], []
    for stage in stages:
        each = [Spread.of(cell.added_ms[part] for cell in stage.cells).median for part in parts]
        ratios = [stage.over(base, without) for without in ("", "scoring-worker")]
        tables = [stage.tables.cpu_s, stage.tables.every_s, stage.tables.share_ms(stage.load_s)]
        rate, errors = Spread.of(cell.rate for cell in stage.cells), sum(cell.errors for cell in stage.cells)
        lines.append([stage.stored, stage.cost_ms(), *ratios, *each, *tables, rate, errors])
    tables_of = ["CPU of all tables, s", "made every s", "their share, ms"]
    columns = ["stored", "CPU ms per attempt", "ratio", "without scoring-worker", *parts, *tables_of, "attempts/s", "errors"]
    return Table(f"{RATE} people a second, {SAVES} saves, idle CPU taken off", columns, lines)


def _target(stages: list[Stage]) -> Target:
    found = stages[-1].over(stages[0])
    what = f"CPU per attempt with {stages[-1].stored:,} stored over that with {stages[0].stored:,}"
    return Target(what, f"at most {MOST_RATIO}", found, found.median <= MOST_RATIO)


NOTES = (
    "The stored attempts are copies of real documents with other ids, put directly into the two databases; a quarter lies "
    "in the round that is measured, the rest in three rounds before it.",
    "Keeping the running round's ranking is part of the cost. Its tables by units and charts are made anew now and then, large "
    "ones after a rest of 49 times as long as they take: where that is longer than the load, they are made before it, and "
    "what they cost is shared among the attempts of such a stretch of time at this rate.",
    "Each load of a stage is held against the median of the first stage's, so the first row shows what the machine varies by.",
)
