"""The line before the start: who goes in, who waits how long, and what a ticket is worth."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.making import MINUTE, NOON, round_, with_rules
from hoithi_exam.domain.queue import BURST_S, CALM_S, FULL_S, Line, Tickets, is_due, is_good, longest_wait_s

RATE = 100
TICKETS = Tickets(b"k" * 32)
SECOND = timedelta(seconds=1)


def crowd(line: Line, people: int, now=0.0, running=0, longest_s=float("inf")) -> list[float]:
    """The waits of people who come in the same instant, in the order of coming."""
    waits = []
    for _ in range(people):
        line, wait_s = line.turn(now, running, longest_s)
        waits.append(wait_s)
    return waits


def test_nobody_waits_while_fewer_come_than_may_start():
    line = Line(RATE)
    for n in range(1000):
        line, wait_s = line.turn(n / RATE, 0)
        assert wait_s == 0


def test_a_second_of_capacity_may_come_in_the_same_moment():
    waits = crowd(Line(RATE), 3 * RATE)
    assert waits.count(0) in (RATE, RATE + 1) and min(wait for wait in waits if wait) > BURST_S


def test_a_thousand_who_come_together_are_spread_at_the_rate():
    waits = crowd(Line(RATE), 1000)
    assert waits[-1] == pytest.approx(999 / RATE)
    assert [later - before for before, later in pairwise(waits[-500:])] == pytest.approx([1 / RATE] * 499)


def test_a_line_that_was_worked_off_is_forgotten():
    line = Line(RATE)
    for _ in range(1000):
        line, _ = line.turn(0.0, 0)
    assert crowd(line, 1, now=10.0) == [0.0]


def test_rate_0_lets_everybody_in():
    assert set(crowd(Line(0), 1000, running=10**6)) == {0.0}
    assert Line(0).recess_s(10**6) == 0


@given(
    comings=st.lists(st.tuples(st.floats(0, 3), st.integers(0, 300)), min_size=2, max_size=60),
    remaining_s=st.floats(60, 10_000),
)
def test_who_comes_first_has_the_earlier_turn_whatever_the_trouble_and_however_near_the_close(comings, remaining_s):
    line, now, turns = Line(20.0), 0.0, []
    for gap, running in comings:
        now += gap / 20
        line, wait_s = line.turn(now, running, (remaining_s - now) / 20)
        turns.append(line.end)
        assert wait_s == 0 or line.end == pytest.approx(now + wait_s)
    assert turns == sorted(turns)


def test_while_starts_take_long_fewer_are_let_in():
    calm, slow = int(CALM_S * RATE), int(2 * CALM_S * RATE)
    assert Line(RATE).pace(calm) == RATE and Line(RATE).pace(slow) == RATE / 2
    assert crowd(Line(RATE), 1000, running=slow)[-1] == pytest.approx(2 * 999 / RATE)


def test_an_overwhelmed_process_lets_nobody_in_until_some_came_out():
    full = int(FULL_S * RATE)
    assert Line(RATE).recess_s(full) == 0
    assert Line(RATE).recess_s(full + RATE) == pytest.approx(FULL_S + 1 - CALM_S)
    assert crowd(Line(RATE), 1, running=full + RATE)[0] >= FULL_S + 1 - CALM_S


def test_nobody_is_told_to_come_later_than_it_is_worth():
    assert max(crowd(Line(RATE), 1000, longest_s=3.0)) == pytest.approx(3.0)
    assert set(crowd(Line(RATE), 1000, longest_s=0.0)) == {0.0}


def test_a_position_counts_those_before():
    assert Line(RATE).position(2.0, running=0) == 200
    assert Line(RATE).position(0.001, running=0) == 1


# What a wait may cost


def test_a_wait_is_a_small_part_of_what_remains_to_the_close():
    found = with_rules(round_(), attempts_per_day=None)
    assert longest_wait_s(found, NOON) == 3600 / 20
    assert longest_wait_s(found, NOON + 59 * MINUTE) == 60 / 20
    assert longest_wait_s(found, NOON + 61 * MINUTE) == 0


def test_no_wait_crosses_midnight_where_attempts_are_counted_by_the_day():
    evening = NOON + timedelta(hours=11)  # 23:00 in Hà Giang
    found = round_(closes_at=NOON + timedelta(days=6))
    assert longest_wait_s(found, evening) == 3600 / 20
    assert longest_wait_s(with_rules(found, attempts_per_day=None), evening) > 3600 / 20


# Tickets


def test_a_ticket_is_read_by_every_process_with_the_key():
    ticket = TICKETS.give("an", "hg-w1", NOON)
    assert Tickets(b"k" * 32).read(ticket, "an", "hg-w1") == NOON
    assert ticket.isascii() and len(ticket) <= 100


@pytest.mark.parametrize(("user_id", "round_id", "key"), [("binh", "hg-w1", "k"), ("an", "hg-w2", "k"), ("an", "hg-w1", "x")])
def test_a_ticket_is_worth_nothing_to_another_person_round_or_key(user_id, round_id, key):
    assert Tickets(key.encode() * 32).read(TICKETS.give("an", "hg-w1", NOON), user_id, round_id) is None


def test_an_earlier_turn_cannot_be_written_into_a_ticket():
    moment, _, seal = TICKETS.give("an", "hg-w1", NOON).partition(".")
    assert TICKETS.read(f"{int(moment) - 60_000}.{seal}", "an", "hg-w1") is None


@given(st.text())
def test_no_text_that_is_no_ticket_breaks_anything(text):
    assert TICKETS.read(text, "an", "hg-w1") is None


def test_no_ticket_is_no_ticket():
    assert TICKETS.read(None, "an", "hg-w1") is None


def test_a_turn_is_never_rounded_to_an_earlier_instant():
    turn_at = datetime(2026, 11, 23, 5, 0, 0, 1, tzinfo=UTC)
    assert TICKETS.read(TICKETS.give("an", "hg-w1", turn_at), "an", "hg-w1") >= turn_at


def test_a_turn_is_due_a_moment_before_it_and_holds_for_ten_minutes():
    assert not is_due(NOON, NOON - SECOND) and is_due(NOON, NOON - SECOND / 2)
    assert is_good(NOON, NOON + 10 * MINUTE) and not is_good(NOON, NOON + 10 * MINUTE + SECOND)
