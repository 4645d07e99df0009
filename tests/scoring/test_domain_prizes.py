"""Prizes and the season."""

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.prizes import awards, changed
from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.domain.season import season


class Users(dict):
    def __missing__(self, person):
        return f"user {person}"


def won(rows, rules, **kwargs):
    return [(award.person, award.prize) for award in awards("c-w1", rows, rules, Users(), **kwargs)]


def crowd(making, size, **changes):
    """p00 is best."""
    return [making.attempt(f"p{number:02d}", points=100 - number, **changes) for number in range(size)]


def test_each_division_has_one_two_three_five_prizes(making):
    attempts = crowd(making, 20) + [making.attempt(f"q{number:02d}", points=number, division="pupils") for number in range(3)]
    rules = making.rules()
    found = won(rank(attempts, rules).rows, rules)
    citizens = [prize for person, prize in found if person.startswith("p")]
    assert citizens == ["first"] + ["second"] * 2 + ["third"] * 3 + ["consolation"] * 5
    assert [prize for person, prize in found if person.startswith("q")] == ["first", "second", "second"]


def test_division_that_the_rules_do_not_name_wins_nothing(making):
    rules = making.rules(divisions=["officials"])
    assert won(rank(crowd(making, 3), rules).rows, rules) == []


def test_reserve_moves_up_when_a_winner_is_invalidated(making):
    rules = making.rules(prizes=[Prize("first", 1), Prize("second", 1)])
    attempts = crowd(making, 3)
    assert won(rank(attempts, rules).rows, rules) == [("p00", "first"), ("p01", "second")]
    assert won(rank(attempts, rules, frozenset({("p00", 1)})).rows, rules) == [("p01", "first"), ("p02", "second")]


def test_person_who_holds_a_prize_already_leaves_it_to_the_next(making):
    rules = making.rules(prizes=[Prize("first", 1)])
    assert won(rank(crowd(making, 2), rules).rows, rules, already=frozenset({"p00"})) == [("p01", "first")]


def test_people_who_share_a_place_take_the_prizes_in_their_order(making):
    rules = making.rules(tie_break="B", prizes=[Prize("first", 1), Prize("second", 1)])
    attempts = [making.attempt("b", points=5, start=1), making.attempt("a", points=5, start=2)]
    found = awards("c-w1", rank(attempts, rules).rows, rules, Users())
    assert [(award.person, award.prize, award.place) for award in found] == [("b", "first", 1), ("a", "second", 1)]


def test_award_names_the_prize_and_the_winner(making):
    rules = making.rules()
    award = awards("c-w1", rank(crowd(making, 3), rules).rows, rules, Users())[2]
    assert (award.award_id, award.user_id) == ("c-w1:citizens:second:2", "user p02")


def test_only_awards_with_another_winner_have_changed(making):
    rules = making.rules(prizes=[Prize("first", 1), Prize("second", 1), Prize("third", 1)])
    attempts = crowd(making, 4)
    before = awards("c-w1", rank(attempts, rules).rows, rules, Users())
    after = awards("c-w1", rank(attempts, rules, frozenset({("p01", 1)})).rows, rules, Users())
    assert [award.person for award in changed(before, after)] == ["p02", "p03"]


# The season


def table(making, attempts, **rules):
    return rank(attempts, making.rules(**rules)).rows


def test_season_adds_points_of_all_rounds(making):
    first = table(making, [making.attempt("a", points=9), making.attempt("b", points=6)])
    second = table(making, [making.attempt("b", points=7, unit_id="x2"), making.attempt("c", points=8)])
    rows = season([(2, second), (1, first)], "A")
    assert [(row.person, row.points, row.rounds, row.place) for row in rows] == [("b", 13, 2, 1), ("a", 9, 1, 2), ("c", 8, 1, 3)]
    assert rows[0].unit_id == "x2"


def test_season_is_the_same_whatever_the_order_of_rounds(making):
    first, second = (
        table(making, [making.attempt("a", points=9)]),
        table(making, [making.attempt("a", points=1, division="pupils")]),
    )
    assert season([(1, first), (2, second)], "A") == season([(2, second), (1, first)], "A")


def test_season_tie_is_broken_by_the_sum_of_errors_and_a_missing_prediction_is_worst(making):
    rounds = []
    for number, said in ((1, {"a": 0, "b": 3, "c": 0}), (2, {"a": 4, "b": 0, "c": None})):
        rounds.append((number, table(making, [making.attempt(who, points=5, prediction=what) for who, what in said.items()])))
    rows = season(rounds, "A")
    assert [(row.person, row.error) for row in rows] == [("b", 3), ("a", 4), ("c", None)]


def test_season_counts_places_in_each_division(making):
    rows = season([(1, table(making, [making.attempt("a", points=9, division="pupils"), making.attempt("b", points=8)]))], "A")
    assert [(row.place, row.division_place) for row in rows] == [(1, 1), (2, 1)]
