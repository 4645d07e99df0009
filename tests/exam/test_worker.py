"""The worker on the real broker: clock, relay and listener together."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import eventlet
import pytest

from exam.making import MINUTE, Someone
from hoithi_contracts.exam import AttemptSubmitted, ContestPublished, WeekClosed, WeekOpened
from hoithi_contracts.fields import whole_ms
from hoithi_contracts.registration import UserErased
from hoithi_exam.domain.attempt import AlreadySubmitted, TimeOver
from hoithi_exam.domain.round import RoundClosed, RoundNotOpen, RoundOpening
from hoithi_exam.handlers import attempts
from hoithi_exam.service import Worker
from hoithi_exam.storage import Storage

SECOND = timedelta(seconds=1)


@pytest.fixture
def real(database) -> Storage:
    return Storage(database)


def now() -> datetime:
    return whole_ms(datetime.now(UTC))


def test_a_round_opens_takes_answers_and_closes_by_itself(clean, published, serve, heard, real, eventually):
    events = heard(ContestPublished, WeekOpened, AttemptSubmitted, WeekClosed)
    rules = {"paper_seconds": 2, "grace_seconds": 0, "attempts_per_day": None}
    published(now() + SECOND, length=3 * SECOND, rounds=30, **rules)
    serve(Worker)
    attempt = eventually(lambda: first_save(real))
    # A close may be published before the last attempt: each collection has an outbox of its own.
    told = {"week-opened", "attempt-submitted", "week-closed"}
    by_type = eventually(lambda: (found := about(attempt, events)).keys() == told and found)
    submitted = by_type["attempt-submitted"]
    assert (submitted.by, submitted.late, len(submitted.answers)) == ("server", False, 1)
    assert by_type["week-closed"].attempts == attempt.number


def first_save(storage):
    """An attempt with one answer, in the first round that leaves time for it: a slow machine may miss some."""
    for round_ in [each for each in storage.rounds.of("hg") if each.state == "open"]:
        with suppress(RoundNotOpen, RoundOpening, RoundClosed, TimeOver, AlreadySubmitted):
            attempt, *_ = attempts.start_attempt(storage, Someone(), round_.round_id, now())
            attempts.save_answers(storage, "u1", attempt.attempt_id, {"1": "A"}, now())
            return attempt
    return None


def about(attempt, events) -> dict:
    """Type -> event of this attempt or its round."""
    of_round = [event for event in events if getattr(event, "round_id", "") == attempt.round_id]
    return {event.type: event for event in of_round if getattr(event, "attempt_id", attempt.attempt_id) == attempt.attempt_id}


def test_two_workers_open_and_close_every_round_and_lose_no_event(clean, published, serve, heard, real, eventually):
    events = heard(ContestPublished, WeekOpened, AttemptSubmitted, WeekClosed)
    published(now(), length=2 * SECOND, rounds=2, paper_seconds=1, grace_seconds=0)
    serve(Worker), serve(Worker)
    rounds = {f"{kind}:hg-w{number}" for kind in ("week-opened", "week-closed") for number in (1, 2)}
    eventually(lambda: {event.event_id for event in events} == {"contest-published:hg:1", *rounds})
    assert [real.rounds.get(f"hg-w{number}").state for number in (1, 2)] == ["closed", "closed"]


def test_a_worker_whose_clock_is_a_day_ahead_closes_nothing_early(clean, published, serve, real, eventually, monkeypatch):
    published(now(), length=60 * MINUTE)
    worker = serve(Worker)
    eventually(lambda: real.rounds.get("hg-w1").state == "open")
    monkeypatch.setattr("hoithi_bus.clock.now", lambda: now() + timedelta(days=1))
    assert worker.client.get("/health").json()["checks"]["clock"]["ok"] is False
    eventlet.sleep(3)
    assert real.rounds.get("hg-w1").state == "open"
    monkeypatch.undo()
    eventually(lambda: worker.client.get("/health").json()["status"] == "ok")


def test_a_worker_that_starts_after_the_opening_opens_the_round(clean, published, serve, real, eventually):
    published(now() - 5 * MINUTE, length=60 * MINUTE)
    assert real.rounds.get("hg-w1").state == "planned"
    serve(Worker)
    eventually(lambda: real.rounds.get("hg-w1").state == "open")


def test_a_person_who_is_erased_twice_is_forgotten_once(clean, just_opened, storage, serve, publish, eventually):
    just_opened()
    attempt, *_ = attempts.start_attempt(storage, Someone(party_unit_id="p1"), "hg-w1", now())
    attempts.submit_attempt(storage, "u1", attempt.attempt_id, {"1": "A"}, 7, now())
    serve(Worker)
    erased = UserErased(user_id="u1", erased_at=now())
    for _ in range(2):
        publish(erased)
    eventually(lambda: storage.attempts.get(attempt.attempt_id).party_unit_id is None)
    kept = storage.attempts.get(attempt.attempt_id)
    assert (kept.state, kept.answers, kept.prediction) == ("submitted", {"1": "A"}, 7)


def test_the_worker_says_how_it_is(clean, serve, eventually):
    client = serve(Worker).client
    eventually(lambda: client.get("/health").status_code == 200)
    assert set(client.get("/health").json()["checks"]) >= {"mongodb", "relay", "exam.people"}
    eventually(lambda: "hoithi_exam_sweep_attempts_count" in client.get("/metrics").text)
