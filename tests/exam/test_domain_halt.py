"""A round brought to a halt: time stands still, for the round and for every paper."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exam.making import MINUTE, NOON, Someone, bank, round_, rules
from hoithi_exam.domain.attempt import begin
from hoithi_exam.domain.halt import Halt, HaltStands, NotHalted, RoundHalted
from hoithi_exam.domain.paper import press
from hoithi_exam.domain.round import RoundClosed

HALT = Halt(NOON, "lộ đề", "Tạm dừng")


def halted():
    return round_().halted(HALT, NOON)


def resumed(after=10 * MINUTE):
    found = halted()
    longer = replace(found, closes_at=found.closes_after(NOON + after, None))
    return longer.resumed(NOON + after)


def attempt(started_at):
    return begin(Someone(), round_(), [], "seed", started_at)


def paper():
    return press(bank(), rules().divisions[0], rules()).paper("seed")


def test_nothing_is_started_saved_or_submitted_while_a_round_is_halted():
    with pytest.raises(RoundHalted):
        halted().require_open(NOON + MINUTE)
    with pytest.raises(RoundHalted):
        attempt(NOON - MINUTE).save({"1": "A"}, paper(), halted(), NOON + MINUTE)


def test_a_halted_round_neither_ends_nor_runs_papers_out():
    late = NOON + timedelta(days=1)
    assert halted().phase(late) == "open" and not halted().is_over(late)
    assert attempt(NOON - MINUTE).verdict(halted(), late) == "wait"


def test_a_paper_gets_back_what_the_halt_took_from_it():
    assert attempt(NOON - 4 * MINUTE).deadline(resumed()) == NOON + 16 * MINUTE


def test_a_paper_stored_in_the_moment_of_the_halt_gets_back_the_rest_of_it():
    just_in = replace(attempt(NOON - MINUTE), started_at=NOON + MINUTE, limit_at=NOON + 11 * MINUTE)
    assert just_in.deadline(resumed()) == NOON + 20 * MINUTE


def test_a_paper_that_had_run_out_or_began_later_gets_nothing():
    over = replace(attempt(NOON - 20 * MINUTE), limit_at=NOON - 10 * MINUTE)
    assert over.deadline(resumed()) == NOON - 10 * MINUTE
    assert attempt(NOON + 11 * MINUTE).deadline(resumed()) == NOON + 21 * MINUTE


def test_the_round_is_longer_by_the_halt_but_does_not_reach_into_the_next():
    assert resumed().closes_at == NOON + 70 * MINUTE
    assert halted().closes_after(NOON + 10 * MINUTE, NOON + 65 * MINUTE) == NOON + 65 * MINUTE
    assert halted().closes_after(NOON + 10 * MINUTE, NOON + 60 * MINUTE) == NOON + 60 * MINUTE


def test_the_time_taken_does_not_count_the_halt():
    done, event = attempt(NOON - 4 * MINUTE).submit({}, None, paper(), resumed(), NOON + 13 * MINUTE)
    assert event.duration_ms == done.duration_ms == 7 * 60_000


def test_two_halts_add_up():
    again = resumed().halted(replace(HALT, halted_at=NOON + 12 * MINUTE), NOON + 12 * MINUTE).resumed(NOON + 17 * MINUTE)
    assert attempt(NOON - 4 * MINUTE).deadline(again) == NOON + 21 * MINUTE


def test_only_a_running_round_is_halted_and_only_a_halted_one_resumed():
    with pytest.raises(RoundClosed):
        round_().halted(HALT, NOON + 61 * MINUTE)
    with pytest.raises(HaltStands):
        halted().halted(HALT, NOON + MINUTE)
    with pytest.raises(NotHalted):
        resumed().resumed(NOON + 20 * MINUTE)
