"""Unit tables: rolled up over both trees, ranked by the rules, suppressed for the public."""

from fractions import Fraction

import pytest

from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.domain.units import Unit, UnitRow, below, grouped, line, public, ranked, roll_up

DAY = "2026-09-13"


@pytest.fixture
def tree(making):
    return {unit.id: Unit(**vars(unit)) for unit in making.units}


@pytest.fixture
def table(making, tree):
    """`table(attempts, rosters, **rules)` -> {unit id: row}"""

    def make(attempts, rosters=None, **rules):
        rows = rank(attempts, making.rules(**rules)).rows
        return {row.unit_id: row for row in roll_up(grouped(rows), tree, rosters or {}, making.rules(**rules), DAY)}

    return make


def row(unit_id, participants=0, roster=None, attempts=0, points=0, perfect=0, kind="commune"):
    return UnitRow(unit_id, unit_id, kind, "administrative", "t1", participants, roster, attempts, points, perfect)


def test_person_counts_once_in_the_unit_and_in_all_above(making, table):
    found = table([making.attempt("a", 1, 5), making.attempt("a", 2, 7), making.attempt("b", 1, 1, unit_id="x2")])
    assert [found[unit].participants for unit in ("x1", "x2", "t1")] == [1, 1, 2]
    assert (found["x1"].attempts, found["x1"].points, found["t1"].points) == (2, 7, 8)


def test_person_counts_once_in_each_tree(making, table):
    found = table([making.attempt("a", 1, 5, party_unit_id="p2")])
    assert [found[unit].participants for unit in ("x1", "t1", "p2", "p1")] == [1, 1, 1, 1]


def test_person_without_party_unit_counts_in_the_administrative_tree_only(making, table):
    found = table([making.attempt("a", 1, 5)])
    assert (found["t1"].participants, found["p1"].participants) == (1, 0)


def test_roster_of_a_unit_adds_those_below(making, table):
    found = table([making.attempt("a")], {"x1": 10, "x2": 20, "t1": 5})
    assert (found["x1"].roster, found["t1"].roster, found["t1"].rate) == (10, 35, Fraction(1, 35))


def test_unit_without_roster_has_no_rate(making, table):
    assert table([making.attempt("a")])["x1"].rate is None


def test_mean_and_perfect_people_are_those_of_counting_attempts(making, table):
    found = table([making.attempt("a", 1, 8, perfect=True), making.attempt("a", 2, 2), making.attempt("b", 1, 5)])
    assert (found["x1"].mean, found["x1"].perfect) == (Fraction(13, 2), 1)


def test_unit_that_nobody_announced_is_kept_but_never_wins(making, table):
    found = table([making.attempt("a", unit_id="x99")], collective_least_rate=0)
    assert (found["x99"].participants, found["x99"].kind, found["x99"].place) == (1, "unknown", None)


def test_unit_that_no_longer_exists_appears_only_with_people(making, tree, table):
    tree["old"] = Unit("old", "Xã cũ", "commune", "administrative", "t1", "2020-01-01", "2026-09-13")
    assert "old" not in table([making.attempt("a")])
    assert "old" in table([making.attempt("a", unit_id="old")])


def test_circle_of_units_ends_where_it_closes():
    circle = {"a": Unit("a", "", "", "administrative", "b"), "b": Unit("b", "", "", "administrative", "a")}
    assert line("a", circle) == ["a", "b"]
    assert below("a", circle) == {"a", "b"}


def test_below_is_the_unit_and_all_under_it(tree):
    assert below("t1", tree) == {"t1", "x1", "x2", "x3"}


# Collectives


def placed(making, rows, **rules):
    return {found.unit_id: found.place for found in ranked(rows, making.rules(**rules))}


def test_collective_below_the_least_rate_has_no_place(making):
    rows = [row("x1", 50, 100), row("x2", 49, 100), row("x3", 5)]
    assert placed(making, rows) == {"x1": 1, "x2": None, "x3": None}


def test_participation_goes_by_rate_then_mean_then_perfect_people(making):
    rows = [
        row("x1", 60, 100, points=300, perfect=1),
        row("x2", 6, 10, points=30, perfect=2),
        row("x3", 6, 10, points=36),
        row("x4", 7, 10),
    ]
    assert placed(making, rows) == {"x4": 1, "x3": 2, "x2": 3, "x1": 4}


@pytest.mark.parametrize(("rule", "first"), [("participation", "x1"), ("attempts", "x2"), ("headcount", "x3"), ("points", "x4")])
def test_collective_rule_decides_what_counts_first(making, rule, first):
    rows = [
        row("x1", 10, 10, attempts=10, points=10),
        row("x2", 50, 100, attempts=900, points=10),
        row("x3", 60, 100, attempts=60, points=10),
        row("x4", 50, 100, attempts=60, points=500),
    ]
    assert placed(making, rows, collective=rule)[first] == 1


def test_equal_collectives_share_the_place(making):
    assert placed(making, [row("x1", 5, 10), row("x2", 5, 10), row("x3", 5, 10, points=1)]) == {"x1": 2, "x2": 2, "x3": 1}


def test_units_compete_with_their_own_kind(making):
    rows = [row("x1", 5, 10), row("w1", 9, 10, kind="ward")]
    assert placed(making, rows) == {"x1": 1, "w1": 1}


def test_without_least_rate_no_roster_is_needed(making):
    assert placed(making, [row("x1", 5)], collective="headcount", collective_least_rate=0) == {"x1": 1}


# What the public sees


def hidden(rows):
    return {found.unit_id for found in public(rows) if found.suppressed}


def test_group_under_ten_people_is_hidden_from_the_public():
    assert hidden([row("x1", 9), row("x2", 8), row("x3", 10), row("x4", 0)]) == {"x1", "x2"}


def test_unit_with_a_roster_under_ten_is_hidden_from_the_public():
    assert hidden([row("x1", 0, 9), row("x2", 0, 9), row("x3", 30, 60)]) == {"x1", "x2"}


def test_single_hidden_unit_takes_the_next_smallest_along_so_that_subtraction_fails():
    assert hidden([row("x1", 9), row("x2", 30), row("x3", 12)]) == {"x1", "x3"}
