"""A closed round that lacks attempts asks exam for them, and asks again until all is there."""

from datetime import timedelta

import pytest

from hoithi_contracts.scoring import BUCKETS, AttemptsMissing, bucket
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.handlers import listening
from hoithi_scoring.handlers.asking import ask_for_missing
from hoithi_scoring.service import Worker

SECRET = b"pseudonym secret of tests"
PATIENCE = timedelta(seconds=30)


@pytest.fixture
def closed(making):
    """A round that was told of five attempts."""
    return Round("c-w1").open(making.opened()).close(making.closed(5))


def buckets(*attempt_ids) -> list[int]:
    counts = [0] * BUCKETS
    for attempt_id in attempt_ids:
        counts[bucket(attempt_id)] += 1
    return counts


def test_nothing_is_asked_before_patience_is_over(closed, making):
    assert closed.ask(buckets("a"), PATIENCE, making.closes + PATIENCE / 2) == (closed, [])


def test_the_question_tells_how_many_there_are_per_bucket(closed, making):
    now = making.closes + PATIENCE
    asking, [question] = closed.ask(buckets("a", "b"), PATIENCE, now)
    assert (question.expected, question.received, question.revision) == (5, 2, 1)
    assert question.buckets == buckets("a", "b")
    assert asking.ask(buckets("a", "b"), PATIENCE, now + PATIENCE / 2) == (asking, [])
    _, [again] = asking.ask(buckets("a", "b"), PATIENCE, now + PATIENCE)
    assert again.revision == 2 and again.event_id != question.event_id


def test_a_complete_round_asks_nothing(closed, making):
    assert closed.ask(buckets("a", "b", "c", "d", "e"), PATIENCE, making.closes + PATIENCE) == (closed, [])


def test_a_running_round_asks_nothing(making):
    running = Round("c-w1").open(making.opened())
    assert not running.may_lack(PATIENCE, making.closes + PATIENCE)


def test_two_replicas_put_one_question(storage, making):
    listening.open_week(storage, making.opened(), making.closes)
    listening.keep_attempts(storage, Pseudonyms(SECRET), [making.submitted("u1"), making.submitted("u2")], making.opens)
    listening.close_week(storage, making.closed(3), making.closes)
    later = making.closes + PATIENCE
    assert [ask_for_missing(storage, PATIENCE, later) for _ in range(2)] == [1, 0]
    found = storage.database["rounds"].find_one({"_id": "c-w1"})["outbox"]
    asked = [envelope["data"] for envelope in found if envelope["type"] == "attempts-missing"]
    assert [(each["expected"], each["received"], sum(each["buckets"])) for each in asked] == [(3, 2, 2)]


def test_a_week_never_becomes_provisional_while_one_attempt_is_missing(
    clean, storage, serve, publish, heard, settled, eventually, making
):
    questions = heard(AttemptsMissing)
    serve(Worker, RANKING_COOLDOWN_S=0.2, ASK_AFTER_S=0.5)
    for event in (making.opened(), making.submitted("u1"), making.submitted("u2"), making.closed(3)):
        publish(event)
    # Attempts and the close travel in two queues: a first question may come before the attempts do.
    eventually(lambda: any(question.received == 2 for question in questions))
    assert storage.rounds.get("c-w1").state == "closed"
    publish(making.submitted("u3"))
    eventually(lambda: storage.rounds.get("c-w1").state == "provisional")
    asked = storage.rounds.get("c-w1").asked
    publish(making.submitted("u3"))
    publish(making.closed(3))
    settled()
    done = storage.rounds.get("c-w1")
    assert (done.state, done.snapshot.attempts, done.asked) == ("provisional", 3, asked)
