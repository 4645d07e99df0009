"""The model's arithmetic: nobody is lost, waits follow from what is missing."""

import pytest

from bench.scale import ACCEPTABLE_WAIT_S, USED_SHARE, Costs, cores_for, costs_of, play

COSTS = Costs(attempt_ms=2.0, save_ms=0.25, sign_in_ms=50.0)


def test_with_enough_cores_nobody_waits():
    launch = play(20_000, 60, 8, COSTS)
    assert (launch.longest_wait_s, launch.mean_wait_s, launch.last_start_s) == (0, 0, 60)
    assert launch.peak_starts == pytest.approx(20_000 / 60)


def test_the_wait_is_what_is_missing_divided_by_what_goes_through():
    """Before anybody saves: a start costs 1 ms, half a core at 70 % starts 350 a second."""
    launch = play(35_000, 50, 0.5, COSTS)
    assert 0.5 * USED_SHARE * 1000 / COSTS.start_ms == 350
    assert launch.longest_wait_s == pytest.approx(35_000 / 350 - 50, abs=2)
    assert launch.peak_starts == pytest.approx(350)
    assert launch.last_start_s == pytest.approx(100, abs=2)


def test_later_steps_take_cores_from_the_starts():
    free = Costs(attempt_ms=2.0, save_ms=0.0, sign_in_ms=0)
    dear = Costs(attempt_ms=2.0, save_ms=2.0, sign_in_ms=0)
    assert play(200_000, 300, 1, dear).last_start_s > play(200_000, 300, 1, free).last_start_s


def test_what_is_owed_in_a_second_is_not_forgotten_in_the_next():
    """Half a core has 350 ms a second. Whoever began owes 8 ms of saves within eight minutes and 1 ms at the end."""
    heavy = Costs(attempt_ms=2.0, save_ms=2.0, sign_in_ms=0)
    launch = play(70_000, 200, 0.5, heavy)
    due_ms = 42_000 * (1 + 8)  # of those who began in the first two minutes, before anybody saved
    assert play(70_000, 200, 0.5, Costs(2.0, 0.0, 0)).longest_wait_s == 0
    assert launch.last_start_s * 350 >= due_ms + 28_000 * 1


def test_signing_in_at_the_opening_is_what_costs():
    few, _ = cores_for(200_000, 300, COSTS)
    many, launch = cores_for(200_000, 300, COSTS, sign_in_share=0.3)
    assert many > few and launch.longest_wait_s <= ACCEPTABLE_WAIT_S


def test_too_many_people_are_not_promised():
    assert cores_for(100_000_000, 60, COSTS) == (None, None)


def test_costs_are_measured_or_there_are_none():
    with pytest.raises(LookupError, match="journey, sign_in"):
        costs_of([])
    parts = ["raw", "of a sign-in in registration", "of a sign-in in nginx"]
    row = [1, 50.0, {"median": 0.5, "least": 0, "most": 1}]
    targets = [{"measured": {"median": 1.9, "least": 1, "most": 2}}, {"measured": 0.3}]
    tables = [{"title": "Sign-ins", "columns": parts, "rows": [row]}]
    assert costs_of([{"name": "journey", "targets": targets}, {"name": "sign_in", "tables": tables}]) == Costs(1.9, 0.3, 50.5)
