"""The relay: what was saved is published, at least once, by one replica at a time."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import eventlet
import pytest

from hoithi_bus import relay, topology
from hoithi_bus.provide import Provided
from hoithi_bus.publisher import Publisher
from hoithi_bus.worker import Relay, Worker
from hoithi_contracts.event import envelope
from hoithi_contracts.scoring import ReminderRequested, WeekScored
from hoithi_store import Outbox, connect
from hoithi_store.outbox import Entry, packed, unpacked

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)


def open_outbox(config) -> Outbox:
    outbox = Outbox(connect(config["MONGO_URI"]), ["rounds"])
    outbox.ensure_indexes()
    return outbox


class Publishes(Worker):
    name = "scoring-worker"
    outbox = Provided(open_outbox)
    relay = Relay("scoring", open_outbox)


def scored(number: int) -> WeekScored:
    return WeekScored(
        round_id=f"c-w{number}",
        revision=1,
        contest_id="c",
        number=number,
        attempts=5,
        participants=5,
        digest="d",
        scored_at=NOW,
    )


def save(database, number: int):
    database["rounds"].insert_one({"_id": f"c-w{number}", "state": "provisional", "outbox": [envelope(scored(number), NOW)]})


@pytest.fixture
def bound(broker):
    """The queues that WeekScored's contract names, as their listeners would have declared them."""
    for queue in WeekScored.queues:
        topology.declare(broker.default_channel, queue)
    yield
    delete(broker, *WeekScored.queues)


def delete(broker, *queues):
    """Nobody listens there any more."""
    for member in (member for queue in queues for member in topology.queue_family(queue)):
        broker.default_channel.queue_delete(member.name)


def test_what_is_saved_is_published_and_leaves_the_outbox(clean, database, serve, bound, heard, eventually):
    events = heard(WeekScored)
    for number in range(1, 21):
        save(database, number)
    serve(Publishes)
    eventually(lambda: len(events) == 20)
    assert sorted(event.number for event in events) == list(range(1, 21))
    eventually(lambda: database["rounds"].count_documents({"outbox": []}) == 20)
    assert {document["state"] for document in database["rounds"].find()} == {"provisional"}


def test_two_replicas_publish_everything_and_one_at_a_time(clean, database, serve, bound, heard, eventually):
    events = heard(WeekScored)
    replicas = [serve(Publishes), serve(Publishes)]
    for number in range(1, 51):
        save(database, number)
    eventually(lambda: len(events) == 50)
    eventually(lambda: database["rounds"].count_documents({"outbox": []}) == 50)
    eventually(lambda: sorted(map(relay_state, replicas)) == ["publishing", "standing by"])


def relay_state(served) -> str:
    return served.client.get("/health").json()["checks"]["relay"]["detail"]


def test_another_replica_goes_on_when_one_stops(clean, database, serve, bound, heard, eventually):
    events = heard(WeekScored)
    first = serve(Publishes)
    save(database, 1)
    eventually(lambda: len(events) == 1)
    serve(Publishes)
    first.container.stop()
    save(database, 2)
    eventually(lambda: len(events) == 2)


def test_an_event_that_no_queue_would_receive_stays_in_the_outbox(clean, database, serve, broker, heard, eventually, monkeypatch):
    delete(broker, *WeekScored.queues)
    topology.exchange("scoring")(broker.default_channel).declare()
    monkeypatch.setattr(relay, "UNHEARD_S", 2)
    save(database, 1)
    served = serve(Publishes)
    replica = next(each for each in served.container.extensions if isinstance(each, Relay))
    eventually(lambda: replica.unheard)
    assert database["rounds"].find_one()["outbox"], "unroutable: kept"
    events = heard(WeekScored)
    eventually(lambda: len(events) == 1)


def test_events_that_nobody_hears_do_not_hold_up_the_others(clean, database, serve, broker, heard, eventually, monkeypatch):
    monkeypatch.setattr(relay, "BATCH", 5)
    delete(broker, *WeekScored.queues, *ReminderRequested.queues)
    events = heard(ReminderRequested)
    for number in range(1, 21):
        save(database, number)
    reminder = ReminderRequested(
        reminder_id="r1", contest_id="c", round_id="c-w1", unit_id="x", user_ids=["u1"], requested_by="u2", requested_at=NOW
    )
    database["rounds"].insert_one({"_id": "later", "outbox": [envelope(reminder, NOW + timedelta(hours=1))]})
    serve(Publishes)
    eventually(lambda: len(events) == 1)
    assert database["rounds"].count_documents({"outbox.type": "week-scored"}) == 20


@pytest.fixture
def alarm(instance):
    """`alarm()`: the broker has no disk left and takes nothing; `alarm(False)` ends that."""

    def disk(full=True):
        instance.rabbitmq.control("set_disk_free_limit", "100000GB" if full else "50MB")

    yield disk
    disk(False)


def test_a_broker_in_alarm_is_waited_out_and_not_flooded(clean, database, serve, bound, heard, eventually, alarm):
    events = heard(WeekScored)
    served = serve(Publishes)
    alarm()
    for number in range(1, 21):
        save(database, number)
    eventually(lambda: "takes nothing" in served.client.get("/health").text)
    eventlet.sleep(relay.AWAY_S * 3)
    assert events == [] and database["rounds"].count_documents({"outbox.type": "week-scored"}) == 20
    alarm(False)
    eventually(lambda: database["rounds"].count_documents({"outbox": []}) == 20)
    eventually(lambda: {event.number for event in events} == set(range(1, 21)))
    assert events.repeats <= 20, "once before the alarm was known, once after it"
    eventually(lambda: served.client.get("/health").status_code == 200)


def test_an_event_longer_than_a_frame_travels_whole(clean, database, serve, bound, heard, eventually):
    events, long = heard(WeekScored), replace(scored(1), digest="é" * 200_000)
    database["rounds"].insert_one({"_id": "c-w1", "outbox": [envelope(long, NOW)]})
    save(database, 2)
    serve(Publishes)
    eventually(lambda: {event.number for event in events} == {1, 2})
    assert long in events


def test_encoded_envelopes_are_published_like_plain_ones(clean, database, serve, bound, heard, eventually):
    events, plain = heard(WeekScored), envelope(scored(1), NOW)
    assert unpacked(packed(plain)) == plain == unpacked(plain)
    database["rounds"].insert_one({"_id": "c", "outbox": [plain, packed(envelope(scored(2), NOW))]})
    serve(Publishes)
    eventually(lambda: {event.number for event in events} == {1, 2})
    eventually(lambda: database["rounds"].find_one({"_id": "c"})["outbox"] == [])


class SilentBroker:
    """A channel whose broker takes everything and confirms nothing."""

    channel_id, frame_max, bytes_sent = 1, 131072, 0

    def __init__(self):
        self.connection = self.transport = self
        self.taken = b""

    def write(self, frames: bytes):
        self.taken += frames


def test_a_silent_broker_is_waited_for_once_and_not_for_every_event():
    patient = relay.Relay("scoring", open_outbox)
    patient.publisher = Publisher("amqp://nowhere", timeout=0.2)
    patient.publisher.channel, patient.publisher.next_tag = SilentBroker(), 1
    entries = [Entry("rounds", number, envelope(scored(number), NOW)) for number in range(1, 30)]
    began = time.monotonic()
    assert patient._publish(entries) == []
    assert time.monotonic() - began < 3, "29 times 0.2 s would be 5.8 s"
    assert patient.publisher.channel.taken.count(b'"id":"week-scored:c-w') == 29
    assert patient.publisher.waiting == {}


def test_only_documents_with_something_unpublished_are_in_the_index(clean, database):
    Outbox(database, ["rounds"]).ensure_indexes()
    database["rounds"].insert_many({"_id": f"done{number}", "outbox": []} for number in range(100))
    save(database, 1)
    plan = database["rounds"].find({"outbox.time": {"$gt": ""}}).sort("outbox.time", 1).explain()["executionStats"]
    assert plan["totalKeysExamined"] <= 2 and plan["totalDocsExamined"] == 1


def test_a_lease_has_one_holder_until_it_is_given_back_or_over(clean, database, eventually):
    lease = Outbox(database, []).lease
    assert lease.hold("tick", "one", 600)
    assert not lease.hold("tick", "two", 600)
    assert lease.hold("tick", "one", 600)
    lease.release("tick", "one")
    assert lease.hold("tick", "two", 0.2)
    assert eventually(lambda: lease.hold("tick", "one", 600))
