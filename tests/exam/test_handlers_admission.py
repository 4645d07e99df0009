"""Starts in turn, against a stand-in of the storage."""

from datetime import timedelta

import pytest

from exam.making import MINUTE, NOON, Someone, round_, rules
from exam.test_handlers import FakeStorage
from hoithi_exam.domain.attempt import NoAttemptsLeftToday, NotInDivision
from hoithi_exam.domain.queue import Tickets, Waiting
from hoithi_exam.domain.round import RoundClosed
from hoithi_exam.handlers.admission import Admission, start_in_turn
from hoithi_exam.handlers.attempts import submit_attempt
from hoithi_exam.service.signing import open_admission

SECOND = timedelta(seconds=1)
RATE = 10
ROOM = RATE + 1  # how many one second of capacity lets in at once


class Process:
    """One process: its line, the shared storage, and a clock that both its clocks follow."""

    def __init__(self, storage, rate=RATE, begins=NOON, tickets=None):
        self.storage, self.begins = storage, begins
        self.admission = Admission(rate, tickets or Tickets(b"k" * 32), clock=lambda: (self.now - begins).total_seconds())
        self.now = begins

    def start(self, user_id="an", ticket=None, now=None, **who):
        self.now = now or self.now
        return start_in_turn(self.storage, self.admission, Someone(user_id, **who), "hg-w1", ticket, self.now)

    def fill(self, people=ROOM):
        """Others take the room there is."""
        for n in range(people):
            self.start(f"other{n}")

    def waits(self, user_id="an", **more) -> Waiting:
        found = self.start(user_id, **more)
        assert isinstance(found, Waiting)
        return found

    def goes_in(self, user_id="an", **more):
        found = self.start(user_id, **more)
        assert not isinstance(found, Waiting)
        return found


@pytest.fixture
def storage():
    return FakeStorage(round_(rules=rules(attempts_per_day=None)))


@pytest.fixture
def process(storage):
    return Process(storage)


@pytest.fixture
def full(process):
    process.fill()
    return process


def test_while_there_is_room_everybody_starts_at_once(process):
    for n in range(ROOM):
        process.goes_in(f"u{n}")


def test_who_comes_over_capacity_gets_a_turn_and_no_attempt_yet(full, storage):
    waiting = full.waits()
    assert waiting.turn_at > NOON + SECOND and waiting.position >= RATE
    assert not any("an" in attempt_id.split(":") for attempt_id in storage.attempts.kept)


def test_turns_are_given_in_the_order_of_coming(full):
    turns = [full.waits(f"u{n}").turn_at for n in range(50)]
    assert turns == sorted(turns) and len(set(turns)) == 50


def test_with_the_ticket_there_is_no_second_wait_and_the_paper_begins_with_the_start(full):
    waiting = full.waits()
    full.waits("later")
    attempt, *_ = full.goes_in(ticket=waiting.ticket, now=waiting.turn_at)
    assert attempt.started_at == waiting.turn_at


def test_coming_too_early_gives_the_same_ticket_and_what_remains(full):
    first = full.waits()
    again = full.waits(ticket=first.ticket, now=NOON + SECOND / 2)
    assert (again.ticket, again.turn_at) == (first.ticket, first.turn_at)
    assert again.wait_s == pytest.approx(first.wait_s - 0.5) and again.position < first.position


def test_asking_again_without_the_ticket_keeps_the_place_and_lengthens_no_line(full):
    first = full.waits()
    assert {full.waits().ticket for _ in range(100)} == {first.ticket}
    assert full.waits("next").turn_at - first.turn_at < SECOND


def test_another_process_takes_the_ticket_also_after_a_restart(full, storage):
    waiting = full.waits()
    other = Process(storage)
    other.fill()
    other.goes_in(ticket=waiting.ticket, now=waiting.turn_at)


def test_a_ticket_of_somebody_else_gives_a_turn_of_the_own(full):
    theirs = full.waits("binh")
    mine = full.waits("an", ticket=theirs.ticket)
    assert mine.turn_at > theirs.turn_at


def test_who_comes_ten_minutes_after_the_turn_is_somebody_new(full):
    waiting = full.waits()
    late = waiting.turn_at + 11 * MINUTE
    full.now = late
    full.fill()
    assert full.waits(ticket=waiting.ticket, now=late).turn_at > late


def test_resuming_an_open_attempt_never_waits(process):
    first, *_ = process.goes_in()
    process.fill(3 * ROOM)
    again, _, _, resumed = process.goes_in()
    assert (again.attempt_id, resumed) == (first.attempt_id, True)


def test_who_may_not_start_is_told_so_at_once(storage):
    process = Process(FakeStorage(round_(rules=rules(attempts_per_day=1))))
    process.goes_in()
    submit_attempt(process.storage, "an", "hg-w1:an:1", {}, None, NOON)
    process.fill(3 * ROOM)
    with pytest.raises(NoAttemptsLeftToday):
        process.start()
    with pytest.raises(NotInDivision):
        process.start("em", division="pupils")
    with pytest.raises(RoundClosed):
        process.start("muon", now=NOON + 60 * MINUTE)


def test_refusals_take_no_turns(full):
    before = full.waits("u1").turn_at
    for n in range(100):
        with pytest.raises(NotInDivision):
            full.start(f"em{n}", division="pupils")
    assert full.waits("u2").turn_at - before < SECOND


def test_near_the_close_nobody_is_sent_behind_it(storage):
    process = Process(storage, begins=NOON + 60 * MINUTE - 30 * SECOND)
    process.fill()
    turns = [process.start(f"u{n}") for n in range(500)]
    told = [found.turn_at for found in turns if isinstance(found, Waiting)]
    assert len(told) > 400 and max(told) <= process.now + 1.5 * SECOND
    process.now += 15 * SECOND
    assert not any(isinstance(process.start(f"v{n}"), Waiting) for n in range(500))


def test_rate_0_knows_no_waiting_not_even_for_tickets(storage, full):
    ticket = full.waits().ticket
    free = Process(storage, rate=0)
    free.fill(10 * ROOM)
    free.goes_in(ticket=ticket)


def test_an_overwhelmed_process_asks_also_those_with_a_ticket_for_a_few_seconds_more(full):
    waiting = full.waits()
    full.admission.running = 6 * RATE
    again = full.waits(ticket=waiting.ticket, now=waiting.turn_at)
    assert 3 * SECOND < again.turn_at - waiting.turn_at < 5 * SECOND
    full.admission.running = 0
    full.goes_in(ticket=again.ticket, now=again.turn_at)


def test_the_wait_told_to_operators_is_that_of_the_next_one(full):
    assert full.admission.wait_s == pytest.approx((full.waits().turn_at - NOON).total_seconds())


def test_what_is_under_way_is_counted_also_when_it_fails(process):
    with pytest.raises(NotInDivision):
        process.start(division="pupils")
    assert process.admission.running == 0


def test_a_rate_that_is_no_number_stops_the_start_with_a_sentence():
    for rate in ("viele", -1, True, None, float("nan")):
        with pytest.raises(SystemExit, match="HOITHI_STARTS_PER_SECOND"):
            open_admission({"STARTS_PER_SECOND": rate})
