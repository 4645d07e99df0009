"""Where a contest stands, and for how long that is right."""

from datetime import timedelta

from exam.making import MINUTE, NOON, round_
from hoithi_exam.domain.standing import standing

WEEK = timedelta(days=7)


def rounds(number=2):
    """Two weeks with a day between."""
    return [
        round_("planned", round_id=f"hg-w{n}", number=n, title=f"Tuần {n}", opens_at=NOON + (n - 1) * WEEK,
               closes_at=NOON + n * WEEK - timedelta(days=1))
        for n in range(1, number + 1)
    ]  # fmt: skip


def test_before_the_first_round_it_opens_in_so_much():
    found = standing(rounds(), {}, NOON - MINUTE)
    assert (found.kind, found.round.round_id, found.until, found.results) == ("before", "hg-w1", NOON, None)


def test_an_open_round_is_told_with_its_end_and_on_the_last_day_it_closes_in_so_much():
    assert standing(rounds(), {}, NOON).kind == "open"
    closing = standing(rounds(), {}, NOON + timedelta(days=5, minutes=1))
    assert (closing.kind, closing.until) == ("closing", NOON + timedelta(days=6))


def test_between_rounds_the_next_one_is_told_and_earlier_results_too():
    found = standing(rounds(), {"hg-w1": "provisional"}, NOON + timedelta(days=6, hours=1))
    assert (found.kind, found.round.round_id, found.results.round_id) == ("before", "hg-w2", "hg-w1")


def test_after_the_last_round_results_are_awaited_and_then_there():
    over = NOON + 3 * WEEK
    assert standing(rounds(), {}, over).kind == "over"
    assert standing(rounds(), {"hg-w2": "official", "hg-w1": "official"}, over).round.round_id == "hg-w2"


def test_an_extended_round_is_open_until_its_new_end():
    longer = [round_(closes_at=NOON + timedelta(days=3))]
    assert standing(longer, {}, NOON + timedelta(days=2, hours=1)).until == NOON + timedelta(days=3)


def test_it_is_looked_at_again_when_the_state_changes_and_more_often_when_minutes_are_shown():
    at = [timedelta(days=3), timedelta(hours=5), timedelta(minutes=30), timedelta(seconds=20), timedelta(seconds=0.2)]
    assert [standing(rounds(), {}, NOON - left).fresh_s(NOON - left) for left in at] == [900, 300, 60, 22, 5]
    over = standing(rounds(), {}, NOON + 3 * WEEK)
    assert over.fresh_s(NOON + 3 * WEEK) == 900
