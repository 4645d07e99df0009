"""Counting attempt, tie-breaks, prediction, places."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoithi_scoring.domain import export
from hoithi_scoring.domain.ranking import rank


def order(ranking):
    return [row.person for row in ranking.rows]


def places(ranking):
    return {row.person: row.place for row in ranking.rows}


# The counting attempt


@pytest.fixture
def three(making):
    """Numbers 1, 2, 3: 5 points slowly, 8 points, 6 points."""
    return [making.attempt("a", 1, 5, start=0), making.attempt("a", 2, 8, start=60), making.attempt("a", 3, 6, start=120)]


@pytest.mark.parametrize(("counting", "number", "points"), [("best", 2, 8), ("first", 1, 5), ("last", 3, 6)])
def test_counting_attempt_is_chosen_by_the_rule(making, three, counting, number, points):
    row = rank(three, making.rules(counting=counting)).rows[0]
    assert (row.number, row.points, row.days, row.attempts) == (number, points, 1, 3)


def test_best_of_equal_scores_is_the_shortest(making):
    attempts = [making.attempt("a", 1, 8, duration_ms=9000), making.attempt("a", 2, 8, duration_ms=7000)]
    assert rank(attempts, making.rules()).rows[0].number == 2


def test_best_of_equal_scores_and_times_is_the_earliest(making):
    attempts = [making.attempt("a", 2, 8, start=10), making.attempt("a", 1, 8, start=0)]
    assert rank(attempts, making.rules()).rows[0].number == 1


def test_sum_of_days_adds_the_best_of_each_day(making, three):
    attempts = [*three, making.attempt("a", 4, 7, start=24 * 60, duration_ms=1000)]
    row = rank(attempts, making.rules(counting="sum-of-days")).rows[0]
    assert (row.points, row.days, row.number, row.attempts) == (15, 2, 4, 4)
    assert row.duration_ms == 5 * making.minute_ms + 1000
    assert row.submitted_ms == making.start_ms + making.day_ms + 1000


@pytest.mark.parametrize(("minutes", "points"), [(15 * 60 + 59, 9), (16 * 60, 13)])
def test_day_ends_at_midnight_in_the_zone_of_the_contest(making, minutes, points):
    """The round opens at 08:00 in Việt Nam: 16 hours later it is midnight there, and 17:00 in Greenwich."""
    attempts = [making.attempt("a", 1, 4), making.attempt("a", 2, 9, start=minutes)]
    assert rank(attempts, making.rules(counting="sum-of-days")).rows[0].points == points


def test_attempt_begun_before_midnight_belongs_to_the_day_it_was_begun(making):
    attempts = [making.attempt("a", 1, 4), making.attempt("a", 2, 9, start=15 * 60 + 59, duration_ms=10 * making.minute_ms)]
    assert rank(attempts, making.rules(counting="sum-of-days")).rows[0].days == 1


def test_division_and_unit_are_those_of_the_counting_attempt(making):
    attempts = [making.attempt("a", 1, 9, division="pupils", unit_id="x2"), making.attempt("a", 2, 3, division="citizens")]
    row = rank(attempts, making.rules()).rows[0]
    assert (row.division, row.unit_id) == ("pupils", "x2")


# Tie-breaks: each pair differs in one criterion only, the first of the pair wins

WINS = {
    "more points": ({"points": 8, "right": 8}, {"points": 7, "right": 7}),
    "nearer prediction": ({"prediction": 1}, {"prediction": 5}),
    "shorter time": ({"duration_ms": 1000, "submitted_ms": 9_000_000}, {"duration_ms": 2000, "submitted_ms": 9_000_000}),
    "earlier submission": ({"submitted_ms": 1_000_000}, {"submitted_ms": 2_000_000}),
    "earlier registration": ({"registered_ms": 1000}, {"registered_ms": 2000}),
}
CRITERIA = {
    "A": ["more points", "nearer prediction", "shorter time", "earlier submission"],
    "B": ["more points", "shorter time", "nearer prediction"],
    "C": ["more points", "nearer prediction", "earlier submission"],
    "D": ["more points", "shorter time", "earlier registration"],
}
SAME = {"points": 5, "submitted_ms": 5_000_000, "prediction": 3}
CASES = [(rule, criterion) for rule, criteria in CRITERIA.items() for criterion in criteria]


def pair(making, criterion, winner="z", loser="a", **more):
    """The winner has the pseudonym that would lose, so that only the criterion can explain the order."""
    better, worse = WINS[criterion]
    return [making.attempt(winner, **{**SAME, **more, **better}), making.attempt(loser, **{**SAME, **more, **worse})]


@pytest.mark.parametrize(("rule", "criterion"), CASES)
def test_each_criterion_of_a_rule_decides_between_otherwise_equal_people(making, rule, criterion):
    ranking = rank(pair(making, criterion), making.rules(tie_break=rule))
    assert places(ranking) == {"z": 1, "a": 2}


@pytest.mark.parametrize("rule", "ABCD")
def test_earlier_criterion_outweighs_all_later_ones(making, rule):
    for position, criterion in enumerate(CRITERIA[rule]):
        winner, loser = WINS[criterion]
        for later in CRITERIA[rule][position + 1 :]:
            better, worse = WINS[later]
            attempts = [making.attempt("z", **{**SAME, **worse, **winner}), making.attempt("a", **{**SAME, **better, **loser})]
            assert order(rank(attempts, making.rules(tie_break=rule)))[0] == "z", (criterion, later)


def test_rule_d_prefers_fewer_attempts_over_earlier_registration(making):
    once = [making.attempt("z", 1, 5, registered_ms=2000)]
    twice = [making.attempt("a", 1, 5, registered_ms=1000), making.attempt("a", 2, 4, registered_ms=1000)]
    assert order(rank(once + twice, making.rules(tie_break="D"))) == ["z", "a"]


def test_rule_d_does_not_look_at_the_prediction(making):
    attempts = [making.attempt("a", points=5, prediction=99), making.attempt("z", points=5, prediction=0)]
    assert places(rank(attempts, making.rules(tie_break="D"))) == {"a": 1, "z": 1}


def test_people_equal_in_all_criteria_share_the_place_and_the_next_is_skipped(making):
    attempts = [making.attempt(person, points=points) for person, points in (("a", 9), ("b", 5), ("c", 5), ("d", 1))]
    assert places(rank(attempts, making.rules(tie_break="B"))) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_equal_people_stand_by_submission_and_then_by_pseudonym(making):
    attempts = [making.attempt("c", points=5, start=9), making.attempt("b", points=5), making.attempt("a", points=5)]
    assert order(rank(attempts, making.rules(tie_break="B"))) == ["a", "b", "c"]


def test_places_are_counted_in_each_division(making):
    attempts = [
        making.attempt("a", points=9, division="pupils"),
        making.attempt("b", points=8),
        making.attempt("c", points=7, division="pupils"),
    ]
    rows = rank(attempts, making.rules()).rows
    assert [(row.person, row.place, row.division_place) for row in rows] == [("a", 1, 1), ("b", 2, 1), ("c", 3, 2)]


# The prediction


@pytest.fixture
def crowd(making):
    """Four people, five attempts, one of four with everything right in the counting attempt."""
    return [
        making.attempt("a", 1, 4, perfect=True, prediction=1),
        making.attempt("b", 1, 3, prediction=4),
        making.attempt("b", 2, 2, prediction=4),
        making.attempt("c", 1, 2, prediction=25),
        making.attempt("d", 1, 1),
    ]


@pytest.mark.parametrize(
    ("kind", "actual", "errors"),
    [
        ("perfect", 1, [0, 3, 24, None]),
        ("participants", 4, [3, 0, 21, None]),
        ("attempts", 5, [4, 1, 20, None]),
        ("percentage", 2500, [2400, 2100, 0, None]),
        ("none", None, [None, None, None, None]),
    ],
)
def test_error_is_the_distance_to_what_was_to_be_predicted(making, crowd, kind, actual, errors):
    ranking = rank(crowd, making.rules(prediction=kind))
    assert ranking.actual == actual
    assert [row.error for row in ranking.rows] == errors


def test_percentage_is_rounded_half_up_to_hundredths(making):
    attempts = [making.attempt(f"{number}", perfect=number < 2) for number in range(3)]
    assert rank(attempts, making.rules(prediction="percentage")).actual == 6667


def test_who_made_no_prediction_is_worse_than_any_error(making):
    attempts = [making.attempt("a", points=5), making.attempt("z", points=5, prediction=2**31)]
    assert order(rank(attempts, making.rules())) == ["z", "a"]


def test_person_counts_once_as_perfect_however_many_papers_are(making):
    attempts = [making.attempt("a", number, 4, perfect=True) for number in range(1, 6)]
    assert rank(attempts, making.rules()).actual == 1


def test_only_the_counting_attempt_makes_a_person_perfect(making):
    attempts = [making.attempt("a", 1, 2), making.attempt("a", 2, 4, perfect=True)]
    assert rank(attempts, making.rules(counting="first")).actual == 0


def test_prediction_is_the_one_of_the_first_attempt_that_has_one(making):
    attempts = [making.attempt("a", 3, prediction=9), making.attempt("a", 1), making.attempt("a", 2, prediction=5)]
    assert rank(attempts, making.rules()).rows[0].prediction == 5


# Decisions


def test_invalid_attempt_counts_for_nothing(making):
    attempts = [making.attempt("a", 1, 9, perfect=True), making.attempt("a", 2, 3), making.attempt("b", 1, 5)]
    ranking = rank(attempts, making.rules(), frozenset({("a", 1)}))
    assert [(row.person, row.points, row.attempts) for row in ranking.rows] == [("b", 5, 1), ("a", 3, 1)]
    assert ranking.figures == (2, 2, 0)


def test_person_with_only_invalid_attempts_is_not_ranked(making):
    assert rank([making.attempt("a")], making.rules(), frozenset({("a", 1)})).rows == []


def test_round_without_attempts_has_an_empty_ranking(making):
    ranking = rank([], making.rules(prediction="percentage"))
    assert (ranking.rows, ranking.actual) == ([], 0)


# Whoever computes, in whatever order: the same bytes

ATTEMPTS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"), st.integers(1, 7), st.integers(0, 3), st.integers(1, 3), st.integers(0, 4),
        st.sampled_from([None, 0, 2]), st.sampled_from(["citizens", "pupils"]),
    ),
    unique_by=lambda drawn: drawn[:2],
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    drawn=ATTEMPTS, seed=st.integers(0, 9), counting=st.sampled_from(["best", "first", "last", "sum-of-days"]),
    rule=st.sampled_from("ABCD"), kind=st.sampled_from(["perfect", "participants", "attempts", "percentage", "none"]),
)  # fmt: skip
def test_recomputation_gives_the_same_bytes_whatever_the_order_of_attempts(making, drawn, seed, counting, rule, kind):
    rules = making.rules(counting=counting, tie_break=rule, prediction=kind)
    attempts = [
        making.attempt(
            person,
            number,
            points,
            perfect=points == 3,
            duration_ms=1000 * minutes,
            start=600 * start,
            prediction=said,
            division=own,
        )
        for person, number, points, minutes, start, said, own in drawn
    ]
    shuffled = random.Random(seed).sample(attempts, len(attempts))
    assert written(rank(attempts, rules), rules) == written(rank(shuffled, rules), rules)


def written(ranking, rules):
    return b"".join(export.results(export.rules_file("c-w1", "c", 1, rules), ranking.figures, ranking.actual, ranking.rows))


@settings(max_examples=100, deadline=None)
@given(drawn=ATTEMPTS, rule=st.sampled_from("ABCD"))
def test_everybody_with_a_valid_attempt_has_exactly_one_row(making, drawn, rule):
    attempts = [making.attempt(person, number, points) for person, number, points, *_ in drawn]
    people = [row.person for row in rank(attempts, making.rules(tie_break=rule)).rows]
    assert sorted(people) == sorted({attempt.person for attempt in attempts})
