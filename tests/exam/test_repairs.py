"""What scoring lacks is published again: exactly the attempts that differ, however often it asks."""

from datetime import timedelta

import pytest

from exam.making import MINUTE, NOON, Someone
from hoithi_contracts.event import open_envelope
from hoithi_contracts.exam import AttemptSubmitted
from hoithi_contracts.scoring import BUCKETS, AttemptsMissing, bucket
from hoithi_exam.handlers import attempts, clock
from hoithi_exam.handlers.repairs import tell_missing
from hoithi_exam.service import Worker
from hoithi_store.outbox import unpacked

LATER = NOON + 90 * MINUTE


@pytest.fixture
def accepted(storage, opened, database):
    """Forty accepted attempts of a closed round, all published; gives their events by id."""
    opened()
    for number in range(40):
        person = Someone(f"u{number}")
        attempt, *_ = attempts.start_attempt(storage, person, "hg-w1", NOON + timedelta(seconds=number))
        attempts.submit_attempt(storage, person.user_id, attempt.attempt_id, {"1": "A"}, number, NOON + MINUTE)
    for _ in range(3):
        clock.tick(storage, LATER)
    published = {}
    for document in database["attempts"].find():
        published[document["_id"]] = open_envelope(unpacked(document["outbox"][0]))
        database["attempts"].update_one({"_id": document["_id"]}, {"$set": {"outbox": []}})
    assert storage.rounds.get("hg-w1").attempts == len(published) == 40
    return published


def asking(known, revision: int = 1) -> AttemptsMissing:
    """What scoring would ask when it has the attempts `known`."""
    buckets = [0] * BUCKETS
    for attempt_id in known:
        buckets[bucket(attempt_id)] += 1
    return AttemptsMissing(
        round_id="hg-w1", revision=revision, contest_id="hg", expected=40, received=len(known), buckets=buckets, asked_at=LATER
    )


def waiting(database) -> list[AttemptSubmitted]:
    found = database["attempts"].find({"outbox.id": {"$exists": True}})
    return [open_envelope(unpacked(stored)) for document in found for stored in document["outbox"]]


def test_the_missing_attempt_is_told_again_as_it_was(storage, database, accepted):
    lost = sorted(accepted)[17]
    told = tell_missing(storage, asking(set(accepted) - {lost}), LATER)
    again = waiting(database)
    assert told == len(again) < 5
    assert accepted[lost] in again
    assert all(accepted[event.attempt_id] == event for event in again)


def test_all_are_told_again_to_who_has_none(storage, database, accepted):
    assert tell_missing(storage, asking(()), LATER) == 40
    assert {event.attempt_id for event in waiting(database)} == set(accepted)


def test_nothing_is_told_to_who_has_all(storage, database, accepted):
    assert tell_missing(storage, asking(accepted), LATER) == 0
    assert waiting(database) == []


def test_asking_twice_puts_nothing_twice_into_the_outbox(storage, database, accepted):
    tell_missing(storage, asking(()), LATER)
    assert tell_missing(storage, asking((), revision=2), LATER) == 0
    assert len(waiting(database)) == 40


def test_the_worker_answers_twice_the_same_question_with_the_same_attempt(
    clean, storage, database, accepted, serve, publish, heard, eventually
):
    events = heard(AttemptSubmitted)
    lost = sorted(accepted)[3]
    serve(Worker)
    for _ in range(2):
        publish(asking(set(accepted) - {lost}))
    eventually(lambda: lost in {event.attempt_id for event in events})
    assert all(accepted[event.attempt_id] == event for event in events)
