"""Listeners: at least once, apart, patient, and never silent."""

import json
import time
from datetime import UTC, datetime

import eventlet
import pytest

from hoithi_bus import dead_letters, listener, topology
from hoithi_bus.provide import Provided
from hoithi_bus.publisher import NotConfirmed, Publisher
from hoithi_bus.worker import Worker, every, listen, listen_batch
from hoithi_contracts.event import open_envelope
from hoithi_contracts.exam import AttemptSubmitted
from hoithi_contracts.scoring import ReminderRequested

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
QUEUE = "scoring.attempts"


class StoreIsAway(Exception):
    pass


class Log(list):
    """What the handlers saw; `trouble` is raised by the next calls."""

    def __init__(self):
        super().__init__()
        self.trouble = lambda ids: None
        self.calls = 0


LOG = Log()


class Batches(Worker):
    name = "scoring-worker"
    log = Provided(lambda config: LOG)

    @listen_batch(AttemptSubmitted, queue=QUEUE, most=50, within_ms=30, pause_on=(StoreIsAway,))
    def attempts(self, events, now):
        ids = [event.attempt_id for event in events]
        self.log.calls += 1
        self.log.trouble(ids)
        self.log.extend(ids)


@pytest.fixture(autouse=True)
def fresh_log():
    LOG.__init__()
    LOG.clear()


def attempt(number: int) -> AttemptSubmitted:
    return AttemptSubmitted(
        attempt_id=f"a{number}",
        contest_id="c",
        round_id="c-w1",
        user_id=f"u{number}",
        unit_id="x",
        division="citizens",
        number=1,
        started_at=NOW,
        submitted_at=NOW,
        duration_ms=1000,
        by="person",
        late=False,
        questions=["b/q1"],
        answers={"b/q1": "a"},
        answers_digest="d",
        registered_at=NOW,
    )


def test_events_come_in_batches_and_each_once(clean, serve, publish, eventually):
    for number in range(200):
        publish(attempt(number))
    serve(Batches)
    eventually(lambda: len(LOG) >= 200)
    assert sorted(LOG) == sorted(f"a{number}" for number in range(200))
    assert LOG.calls <= 100, "a slow machine makes small batches, but not of one"


def test_what_was_not_acknowledged_comes_again_after_a_stop(clean, serve, publish, eventually):
    served = serve(Batches)
    publish(attempt(1))
    eventually(lambda: LOG == ["a1"])
    served.container.stop()
    publish(attempt(2))
    serve(Batches)
    eventually(lambda: len(LOG) == 2)
    assert LOG == ["a1", "a2"]


def test_events_are_opened_while_the_worker_waits(clean, serve, publish, eventually, monkeypatch):
    opened = []
    monkeypatch.setattr(listener, "open_envelope", lambda told: opened.append(told["subject"]) or open_envelope(told))
    went_on = eventlet.event.Event()
    LOG.trouble = lambda ids: "a1" in ids and went_on.wait()
    publish(attempt(1))
    serve(Batches)
    eventually(lambda: LOG.calls == 1)
    publish(attempt(2))
    try:
        eventually(lambda: len(opened) == 2)
        assert LOG == []
    finally:
        went_on.send()
    eventually(lambda: LOG == ["a1", "a2"])


def test_one_bad_event_does_not_hold_up_its_neighbours(clean, serve, publish, eventually):
    def trouble(ids):
        if "a7" in ids:
            raise RuntimeError("seven is bad")

    LOG.trouble = trouble
    for number in range(20):
        publish(attempt(number))
    serve(Batches)
    eventually(lambda: len(set(LOG)) == 19)
    LOG.trouble = lambda ids: None
    eventually(lambda: "a7" in LOG)


def test_an_event_that_fails_for_the_last_time_is_parked_with_its_reason(clean, serve, publish, broker, instance, eventually):
    def trouble(ids):
        raise RuntimeError("never works")

    LOG.trouble = trouble
    publish(attempt(1))
    message = eventually(lambda: broker.default_channel.basic_get(QUEUE, no_ack=True))
    broker.Producer().publish(
        message.body,
        routing_key=QUEUE,
        delivery_mode=2,
        content_type="application/json",
        content_encoding="utf-8",
        headers={"x-tries": len(topology.RETRY_DELAYS_S)},
        message_id="attempt-submitted:a1",
    )
    serve(Batches)
    letter = eventually(lambda: dead_letters.peek(instance.amqp_uri("operator"), QUEUE))[0]
    assert (letter.id, letter.type, letter.tries) == (
        "attempt-submitted:a1",
        "attempt-submitted",
        len(topology.RETRY_DELAYS_S) + 1,
    )
    assert letter.reason == "RuntimeError: never works"
    assert "in trouble" in letter.headers["x-trace"]

    LOG.trouble = lambda ids: None
    # A letter that was looked at is back only when the broker has noticed that the looker went.
    assert len(eventually(lambda: dead_letters.replay(instance.amqp_uri("operator"), QUEUE))) == 1
    eventually(lambda: LOG == ["a1"])
    assert dead_letters.peek(instance.amqp_uri("operator"), QUEUE) == []


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"[]", b'{"type": "attempt-submitted", "data": {}}', b'{"type": "unheard-of"}', b"[" * 100_000]
)
def test_what_is_no_event_is_parked_at_once(clean, serve, publish, broker, instance, eventually, body):
    topology.declare(broker.default_channel, QUEUE)
    broker.Producer().publish(
        body, routing_key=QUEUE, delivery_mode=2, content_type="application/octet-stream", content_encoding="binary"
    )
    publish(attempt(1))
    serve(Batches)
    letter = eventually(lambda: dead_letters.peek(instance.amqp_uri("operator"), QUEUE))[0]
    assert letter.reason.startswith("NotAnEvent")
    eventually(lambda: LOG == ["a1"])
    assert len(eventually(lambda: dead_letters.drop(instance.amqp_uri("operator"), QUEUE))) == 1


def test_an_event_that_cannot_be_parked_yet_is_not_acknowledged_with_the_next(clean, serve, publish, eventually, monkeypatch):
    """The acknowledgement of a batch covers all before it: a broker in alarm must not turn a failure into a loss."""
    away, send = Away(tries=3), Publisher.send_raw
    monkeypatch.setattr(Publisher, "send_raw", lambda *args, **kwargs: away.check() or send(*args, **kwargs))

    def trouble(ids):
        if "a1" in ids and not away.was:
            raise RuntimeError("fails once")

    LOG.trouble = trouble
    serve(Batches)
    publish(attempt(1))
    eventually(lambda: away.left < 3)
    publish(attempt(2))
    eventually(lambda: set(LOG) == {"a1", "a2"})


class Away:
    """A broker that takes nothing for so many tries."""

    def __init__(self, tries: int):
        self.left = tries

    @property
    def was(self):
        return self.left <= 0

    def check(self):
        self.left -= 1
        if self.left >= 0:
            raise NotConfirmed("memory or disk alarm")


def test_while_the_database_is_away_the_batch_waits_and_nothing_is_parked(clean, serve, publish, instance, eventually):
    def trouble(ids):
        raise StoreIsAway

    LOG.trouble = trouble
    for number in range(10):
        publish(attempt(number))
    serve(Batches)
    eventually(lambda: LOG.calls >= 3)
    assert LOG == []
    LOG.trouble = lambda ids: None
    eventually(lambda: len(set(LOG)) == 10)
    assert dead_letters.queues(instance.amqp_uri("operator"))[QUEUE] == 0


def test_a_listener_comes_back_when_its_connection_was_cut(clean, serve, publish, eventually):
    served = serve(Batches)
    publish(attempt(1))
    eventually(lambda: LOG == ["a1"])
    listener = next(each for each in served.container.entrypoints if getattr(each, "queue", "") == QUEUE)
    listener.connection.connection.transport.sock.close()
    publish(attempt(2))
    eventually(lambda: "a2" in LOG)


class Ticks(Worker):
    name = "scoring-worker"

    @every(seconds=0.2)
    def tick(self, now):
        LOG.calls += 1
        raise RuntimeError("the timer's own trouble")


def test_a_timer_that_fails_is_logged_and_tries_again(clean, serve, eventually, caplog):
    serve(Ticks)
    eventually(lambda: LOG.calls >= 2)
    assert "the timer's own trouble" in caplog.text


def test_a_worker_without_a_broker_says_so_and_still_stops_at_once(clean, serve):
    served = serve(Batches, AMQP_URI="amqp://nobody:x@127.0.0.1:1/hoithi")
    health = served.client.get("/health")
    assert health.status_code == 503 and "no broker" in health.json()["checks"][QUEUE]["detail"]
    began = time.monotonic()
    served.container.stop()
    assert time.monotonic() - began < 30, "an idle process sees the end of a heartbeat only after a minute"


def test_a_listener_must_agree_with_the_contract():
    with pytest.raises(ValueError, match="no event names the queue"):
        listen(AttemptSubmitted, queue="scoring.nowhere")(lambda self, event, now: None)
    with pytest.raises(ValueError, match="differ"):
        listen(ReminderRequested, queue=QUEUE)(lambda self, event, now: None)


def test_queues_use_nothing_that_rabbitmq_4_deprecates():
    for queue in topology.queue_names():
        for member in topology.queue_family(queue):
            assert member.durable and not member.auto_delete and not member.exclusive
            assert member.queue_arguments["x-queue-type"] == "quorum"
            assert not any("ha-" in key for key in json.loads(json.dumps(member.queue_arguments)))


def test_looking_at_dead_letters_however_often_keeps_them(clean, broker, instance, eventually):
    topology.declare(broker.default_channel, QUEUE)
    broker.Producer().publish(b"{}", routing_key=topology.dead_letters(QUEUE), delivery_mode=2, content_type="application/json")
    for _ in range(30):
        assert len(eventually(lambda: dead_letters.peek(instance.amqp_uri("operator"), QUEUE))) == 1
    assert next(iter(topology.queue_family(QUEUE))).queue_arguments["x-delivery-limit"] > 10**6


def test_messages_in_hand_survive_a_slow_handler(clean, serve, publish, eventually):
    LOG.trouble = lambda ids: eventlet.sleep(1.5)
    publish(attempt(1))
    served = serve(Batches)
    eventually(lambda: LOG.calls == 1)
    served.container.stop()
    assert LOG == ["a1"]
    again = serve(Batches)
    eventlet.sleep(1)
    assert LOG == ["a1"], "it was acknowledged before the connection closed"
    eventually(lambda: again.client.get("/health").status_code == 200)
