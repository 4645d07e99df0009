"""Many people in one round trip, and what a process remembers of their attempts."""

from dataclasses import replace

import pytest
from eventlet import GreenPool
from pymongo.errors import AutoReconnect, ClientBulkWriteException

from exam.making import MINUTE, NOON, Someone
from hoithi_exam.domain.attempt import AlreadySubmitted
from hoithi_exam.handlers import clock
from hoithi_exam.handlers.attempts import save_answers, start_attempt, submit_attempt
from hoithi_exam.storage import Storage

CROWD = 40


@pytest.fixture
def crowd(database, opened):
    """`crowd(n)`: so many started attempts of one round; and a storage whose groups are large."""
    opened()
    storage = Storage(database, round_memory_s=60.0, pace_s=0.05)

    def make(number=CROWD):
        people = [Someone(user_id=f"u{n}") for n in range(number)]
        return storage, list(GreenPool(number).imap(lambda person: start_attempt(storage, person, "hg-w1", NOON)[0], people))

    return make


def in_parallel(call, items):
    return list(GreenPool(CROWD).imap(call, items))


def test_a_crowd_shares_its_writes_and_everybody_gets_the_own_outcome(crowd, database):
    storage, started = crowd()
    assert {attempt.user_id for attempt in started} == {f"u{n}" for n in range(CROWD)}
    groups = counted(storage.attempts.writes.together), counted(storage.attempts.reads.together)
    in_parallel(lambda attempt: save_answers(storage, attempt.user_id, attempt.attempt_id, {"1": "A"}, NOON), started)
    done = in_parallel(lambda each: submit_attempt(storage, each.user_id, each.attempt_id, {"2": "B"}, None, NOON), started)
    assert all(first and attempt.answers == {"1": "A", "2": "B"} for attempt, first in done)
    assert database["attempts"].count_documents({"state": "submitted", "answers": {"1": "A", "2": "B"}}) == CROWD
    written, read = groups
    assert sum(written) == 2 * CROWD and len(written) <= 8, "far fewer writes than people"
    assert not read, "nothing is read that this process remembers"


def counted(together) -> list[int]:
    """Fills with the sizes of the groups from now on."""
    sizes, run = [], together.run
    together.run = lambda items: sizes.append(len(items)) or run(items)
    return sizes


def test_two_processes_agree_on_one_attempt_of_a_person(crowd, database):
    storage, _ = crowd(1)
    other = Storage(database, round_memory_s=60.0, pace_s=0.05)
    people = [Someone(user_id=f"v{n}") for n in range(CROWD)]
    calls = [(each, person) for person in people for each in (storage, other)]
    started = in_parallel(lambda call: start_attempt(call[0], call[1], "hg-w1", NOON)[0].seed, calls)
    assert len(set(started)) == CROWD
    assert database["attempts"].count_documents({"user_id": {"$regex": "^v"}}) == CROWD


def test_what_another_process_saved_is_in_the_submission(crowd, database):
    storage, (mine, *_) = crowd(1)
    other = Storage(database, pace_s=0.0)
    save_answers(other, mine.user_id, mine.attempt_id, {"1": "A"}, NOON)
    done, _ = submit_attempt(storage, mine.user_id, mine.attempt_id, {"2": "B"}, None, NOON)
    assert done.answers == {"1": "A", "2": "B"}


def test_what_another_process_submitted_is_not_changed(crowd, database):
    storage, (mine, *_) = crowd(1)
    other = Storage(database, pace_s=0.0)
    submitted, _ = submit_attempt(other, mine.user_id, mine.attempt_id, {"1": "A"}, None, NOON)
    with pytest.raises(AlreadySubmitted):
        save_answers(storage, mine.user_id, mine.attempt_id, {"1": "B"}, NOON)
    again, first = submit_attempt(storage, mine.user_id, mine.attempt_id, {"1": "C"}, None, NOON)
    assert (again, first) == (submitted, False)


def test_who_submits_after_the_server_did_gets_what_the_server_counted(crowd):
    storage, (mine, *_) = crowd(1)
    save_answers(storage, mine.user_id, mine.attempt_id, {"1": "A"}, NOON)
    late = mine.deadline_at + MINUTE
    clock.settle_attempts(storage, "hg-w1", [storage.attempts.get(mine.attempt_id)], late)
    storage.attempts.memory.keep(mine.attempt_id, replace(mine, saves=1, answers={"1": "A"}))
    counted, first = submit_attempt(storage, mine.user_id, mine.attempt_id, {"1": "B"}, None, late)
    assert (counted.by, counted.answers, first) == ("server", {"1": "A"}, False)


def test_a_party_unit_that_was_forgotten_meanwhile_is_in_no_event(database, opened, told):
    opened()
    storage = Storage(database, pace_s=0.0)
    mine, *_ = start_attempt(storage, Someone(party_unit_id="p1"), "hg-w1", NOON)
    storage.attempts.forget(mine.user_id, ["hg-w1"])
    submit_attempt(storage, mine.user_id, mine.attempt_id, {}, None, NOON)
    assert [data["party_unit_id"] for data in told("attempt-submitted")] == [None]


def test_nobody_is_told_done_when_the_database_cannot_confirm(crowd, monkeypatch):
    storage, (mine, other) = crowd(2)

    def unconfirmed(*args, **kwargs):
        trouble = ClientBulkWriteException({"error": None, "writeErrors": [], "writeConcernErrors": [{"code": 64}]}, True)
        raise trouble

    monkeypatch.setattr(storage.database.client, "bulk_write", unconfirmed)
    for attempt in (mine, other):
        with pytest.raises(AutoReconnect):
            save_answers(storage, attempt.user_id, attempt.attempt_id, {"1": "A"}, NOON)
