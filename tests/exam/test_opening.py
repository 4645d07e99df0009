"""The opening by the doors, on a real MongoDB: at once, once, by whoever comes first."""

from datetime import UTC, datetime, timedelta

import eventlet
import pytest

from exam.making import MINUTE, NOON, Someone
from hoithi_exam.domain.round import RoundClosed, RoundNotOpen, RoundOpening
from hoithi_exam.handlers import clock, opening
from hoithi_exam.handlers.attempts import start_attempt
from hoithi_exam.storage import Storage


@pytest.fixture(autouse=True)
def right_clock(monkeypatch):
    """These tests play at noon of a day of their own: it has come."""
    monkeypatch.setattr(Storage, "require_come", lambda self, instant: None)
    return monkeypatch


@pytest.fixture
def opens(monkeypatch):
    """How often somebody tried to open."""
    tries = []

    def open_round(storage, round_, now):
        tries.append(round_.round_id)
        eventlet.sleep(0.05)  # loading banks takes a while: the others arrive meanwhile
        return clock.open_round(storage, round_, now)

    monkeypatch.setattr(opening, "open_round", open_round)
    return tries


def start(storage, user_id="u1", now=NOON):
    return start_attempt(storage, Someone(user_id), "hg-w1", now)[0]


def start_together(storage, people=50):
    starting = [eventlet.spawn(start, storage, f"u{n}") for n in range(people)]
    return [each.wait() for each in starting]


def test_the_first_start_opens_the_round(storage, published, told):
    published()
    assert start(storage).started_at == NOON
    assert storage.rounds.get("hg-w1").state == "open" and len(told("week-opened")) == 1


def test_nothing_opens_before_its_instant(storage, published, told):
    published()
    with pytest.raises(RoundNotOpen):
        start(storage, now=NOON - timedelta(milliseconds=1))
    assert told("week-opened") == []


def test_of_many_who_come_together_one_opens_and_all_start(database, storage, published, told, opens):
    published()
    process = Storage(database)
    process.rounds.remembered("hg-w1")  # remembered as planned, like in a process that showed the countdown
    assert len(start_together(process)) == 50
    assert len(opens) == 1 and len(told("week-opened")) == 1


def test_two_processes_and_the_clock_open_together_once(database, storage, published, told, opens):
    published()
    processes = [Storage(database), Storage(database)]
    starting = [eventlet.spawn(start, process, f"u{n}") for n, process in enumerate(processes)]
    clock.tick(storage, NOON)
    assert [each.wait().state for each in starting] == ["open", "open"]
    assert len(told("week-opened")) == 1


def test_a_round_that_cannot_be_opened_says_so_and_is_not_tried_by_everybody(database, storage, published, opens, monkeypatch):
    published()
    process = Storage(database)
    monkeypatch.setattr(process.banks, "newest", lambda bank_id: 1 / 0)
    refused = [eventlet.spawn(start, process, f"u{n}") for n in range(20)]
    for each in refused:
        with pytest.raises(RoundOpening):
            each.wait()
    assert len(opens) == 1


def test_after_a_failure_the_next_second_tries_again(storage, published, monkeypatch):
    published()
    with monkeypatch.context() as broken:
        broken.setattr(storage.banks, "newest", lambda bank_id: 1 / 0)
        with pytest.raises(RoundOpening):
            start(storage)
    assert start(storage).state == "open"


@pytest.mark.parametrize("ahead", [timedelta(seconds=8), timedelta(days=1)])
def test_a_door_whose_clock_is_fast_opens_nothing(storage, published, told, right_clock, ahead):
    right_clock.undo()
    opens_at = datetime.now(UTC) + ahead
    published(opens_at)
    with pytest.raises(RoundOpening):
        start(storage, now=opens_at)
    assert told("week-opened") == []


def test_a_request_that_waited_long_for_its_turn_still_opens(storage, published, right_clock):
    right_clock.undo()
    opens_at = datetime.now(UTC) - timedelta(seconds=30)
    published(opens_at, now=opens_at - MINUTE)
    assert start(storage, now=opens_at).state == "open"


def test_a_window_that_passed_is_left_to_the_clock(storage, published, told):
    published()
    with pytest.raises(RoundClosed):
        start(storage, now=NOON + 60 * MINUTE)
    assert told("week-opened") == []
