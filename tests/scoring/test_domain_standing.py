"""How a unit stands, when reports are due, what participation is worth: rules without I/O."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.domain.reports import Evaluation, Step, Times, mean_rate, subject
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.standing import Standing, among_peers, empty_row, points_are_open, upwards
from hoithi_scoring.domain.units import Unit, newcomers

ZONE = "Asia/Ho_Chi_Minh"
MONDAY = datetime(2026, 9, 7, 4, 0, tzinfo=UTC)  # 11:00 in Việt Nam


@pytest.fixture
def units(making):
    return {each.id: Unit(each.id, each.name, each.kind, each.tree, each.parent_id, each.valid_from) for each in making.units}


def row(units, unit_id="x1", participants=0, roster=None, points=0):
    return replace(empty_row(units[unit_id], roster), participants=participants, points=points)


def test_who_is_missing_is_counted_from_the_roster_else_from_the_registered_and_never_below_none(units):
    assert Standing(row(units, participants=30, roster=40), 35, True).not_yet == 10
    assert Standing(row(units, participants=30), 35, True).not_yet == 5
    assert Standing(row(units, participants=50, roster=40), 60, True).not_yet == 0


def test_points_of_a_running_round_are_sealed_while_perfect_papers_are_predicted(making):
    running = Round("c-w1", rules=making.rules(), opened=True)
    assert not points_are_open(running)
    assert points_are_open(replace(running, expected=3))
    assert points_are_open(replace(running, rules=making.rules(prediction="none")))


def test_the_place_is_by_rate_among_units_of_the_kind_that_have_a_roster(units):
    siblings = [row(units, "x1", 20, 40), row(units, "x2", 15, 20), row(units, "x3", 10)]
    assert among_peers(siblings[0], siblings) == (2, 2)
    assert among_peers(siblings[1], siblings) == (1, 2)
    assert among_peers(siblings[2], siblings) == (None, 2)


def test_counts_go_up_to_the_root_of_their_tree(units):
    assert upwards({"x1": 3, "x2": 4, "p2": 5}, units) == {"x1": 3, "x2": 4, "t1": 7, "p2": 5, "p1": 5}


def test_a_person_is_new_on_one_day_in_one_unit_of_each_tree(making, units):
    attempts = [
        making.attempt("a", 1, 2, party_unit_id="p2"),
        making.attempt("a", 2, 4, start=2 * 1440, unit_id="x2", party_unit_id="p2"),
        making.attempt("b", 1, 3, start=1440),
    ]
    rows = rank(attempts, making.rules()).rows
    found = newcomers(rows, {"a": 0, "b": 1}, units)
    # "a" moved from x1 to x2 after the first attempt: counted where the counting one was made, on the day of the first one.
    assert [each for each in found if each[1] in ("x1", "x2")] == [("t1", "x1", 1, 1), ("t1", "x2", 0, 1)]
    assert [each[2:] for each in found if each[1] == "t1"] == [(0, 1), (1, 1)]
    assert [each for each in found if each[1] in ("p1", "p2")] == [(None, "p1", 0, 1), ("p1", "p2", 0, 1)]


# Reports


def test_reports_are_due_from_their_time_on_the_weekly_one_on_its_day():
    assert Times().due(MONDAY, ZONE) == [("daily", "2026-09-07"), ("weekly", "2026-09-07")]
    assert Times().due(MONDAY - timedelta(minutes=1), ZONE) == [("weekly", "2026-09-07")]
    assert Times().due(MONDAY + timedelta(days=1), ZONE) == [("daily", "2026-09-08")]
    assert Times(None, None).due(MONDAY, ZONE) == []
    assert Times(weekly_on=2, daily_at=None).due(MONDAY + timedelta(days=1), ZONE) == [("weekly", "2026-09-08")]


def test_a_report_is_about_the_last_round_that_opened_and_ends_soon_after_it(making):
    first = Round("c-w1", number=1, opened=True, expected=3, closes_at=making.closes)
    second = Round("c-w2", number=2)
    assert subject([first, second], "daily", making.closes + timedelta(hours=20)) == first
    assert subject([first, second], "daily", making.closes + timedelta(hours=30)) is None
    assert subject([first, second], "weekly", making.closes + timedelta(hours=30)) == first
    assert subject([second], "daily", making.closes) is None


# The yearly evaluation


def test_the_highest_step_that_is_reached_counts_whatever_their_order():
    chosen = Evaluation("Tham gia", (Step(50, 5), Step(90, 10), Step(70, 7)))
    rates = [Fraction(9, 10), Fraction(899, 1000), Fraction(1, 2), Fraction(49, 100), Fraction(3, 2)]
    assert [chosen.points(rate) for rate in rates] == [10, 7, 5, 0, 10]
    assert chosen.points(None) is None


def test_the_rate_of_the_year_is_the_mean_of_the_rounds_that_have_a_roster():
    assert mean_rate([Fraction(1, 2), None, Fraction(1)]) == Fraction(3, 4)
    assert mean_rate([None]) is None
