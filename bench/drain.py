"""A backlog of submitted attempts: how fast scoring's workers take it into scores."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count, islice

from amqp import Message
from kombu import Connection

from bench.figures import Spread
from bench.measurements import Options
from bench.place import RANKED_EVERY_S, Place
from bench.ranking_round import MadeUp
from bench.result import Result, Table, Target
from hoithi_bus.topology import exchange_name
from hoithi_contracts.event import envelope
from hoithi_scoring.storage import Storage

EVENTS = {True: 20_000, False: 200_000}
"""Events in the backlog, short form or not; three for each person."""
UNITS = 500
RATE = 8_000
CONFIRMED_AT_ONCE = 1_000
WITHIN_S = 600
PARTS = ("scoring-worker", "rabbitmq", "mongodb")


@dataclass(frozen=True)
class Drained:
    """From the first event in the database to the last: events, seconds, CPU seconds by part; until all people are ranked."""

    events: int
    seconds: float
    cpu_s: dict[str, float]
    ranked_s: float

    @property
    def rate(self) -> float:
        return self.events / self.seconds


def measure(place: Place, options: Options) -> Result:
    """Each run has a round of its own."""
    events = EVENTS[options.short]
    rounds = [MadeUp(f"bench-drain-{int(time.time())}-{run}", events, events // 3, UNITS) for run in range(options.runs)]
    runs = [_drained(place, round_) for round_ in rounds]
    rate = Spread.of(run.rate for run in runs)
    workers = len(_workers(place))
    return Result(
        "drain",
        f"{events:,} submitted attempts wait in scoring.attempts and the worker starts: how fast are they scored?",
        [_table(runs, workers)],
        [Target("events a second into scores", f"at least {RATE:,}", rate, rate.median >= RATE)],
        NOTES,
    )


def _drained(place: Place, round_: MadeUp) -> Drained:
    storage = Storage(place.database("scoring"))
    round_.open(storage)
    place.wait(lambda: _is_at_rest(storage, round_), "the first empty ranking", 60)
    stored = storage.attempts.attempts.estimated_document_count()
    _stop(place)
    try:
        place.say(f"{round_.attempts:,} events are published")
        publish(place.instance.amqp_uri("exam"), round_.events())
    finally:
        place.instance.start_services(["scoring-worker"])
    return _watched(place, storage, round_, stored)


def _watched(place: Place, storage: Storage, round_: MadeUp, stored: int) -> Drained:
    """The count of documents is MongoDB's own, which costs nothing to ask."""

    def taken() -> int:
        return storage.attempts.attempts.estimated_document_count() - stored

    before, first, began = place.cpu(), taken(), time.monotonic()
    place.wait(lambda: taken() >= round_.attempts, "the end of the backlog", WITHIN_S)
    took, used = time.monotonic() - began, place.cpu().since(before)
    place.wait(lambda: _is_ranked(storage, round_), "the ranking of the backlog", WITHIN_S, RANKED_EVERY_S)
    return Drained(round_.attempts - first, took, used, time.monotonic() - began)


def _is_ranked(storage: Storage, round_: MadeUp) -> bool:
    """Nobody's later attempts are left to be looked at."""
    ranked = sum(level.attempts for level in storage.standings.levels(round_.round_id))
    return ranked == round_.attempts and storage.standings.oldest_owed() is None


def _is_at_rest(storage: Storage, round_: MadeUp) -> bool:
    return not storage.rounds.get(round_.round_id).is_stale


def _workers(place: Place) -> list[str]:
    return [process.name for process in place.instance.processes if process.matches("scoring-worker")]


def _stop(place: Place) -> None:
    for name in _workers(place):
        place.instance.supervise("stop", name)


def publish(uri: str, events: Iterator) -> None:
    """As exam's relay publishes, each confirmed by the broker."""
    with Connection(uri) as connection:
        channel, waiting, tags = connection.default_channel, set(), count(1)
        channel.confirm_select()
        channel.events["basic_ack"].add(partial(_confirmed, waiting))
        while some := list(islice(events, CONFIRMED_AT_ONCE)):
            for event in some:
                waiting.add(next(tags))
                _send(channel, envelope(event, datetime.now(UTC)))
            while waiting:
                connection.drain_events(timeout=30)


def _confirmed(waiting: set[int], tag: int, multiple: bool) -> None:
    waiting -= {each for each in waiting if each <= tag} if multiple else {tag}


def _send(channel, told: dict) -> None:
    message = Message(
        json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(),
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=2,
        message_id=told["id"],
    )
    channel._basic_publish(message, exchange=exchange_name(told["source"]), routing_key=told["type"], mandatory=True)


def _table(runs: list[Drained], workers: int) -> Table:
    costs = [Spread.of(run.cpu_s[part] * 1000 / run.events for run in runs) for part in PARTS]
    row = [
        workers,
        Spread.of(run.rate for run in runs),
        Spread.of(run.seconds for run in runs),
        Spread.of(run.ranked_s for run in runs),
        *costs,
    ]
    columns = ["workers", "events/s", "seconds", "all ranked after, s", *(f"CPU of {part}, ms an event" for part in PARTS)]
    return Table("From the first event in the database to the last", columns, [row])


NOTES = (
    "The events are published by the measurement under exam's name, with confirms; three attempts a person, 20 answers each.",
    "The workers start on the full queue; the seconds until their first event are not counted.",
    "In such a rush scores go first: people get their place in the running ranking when no more than one can rank as they "
    "come wait (column “all ranked after”; the CPU is that until the last score).",
)
