"""Item analysis by hand, and what holds for any attempts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoithi_scoring.domain.items import LEAST, Items

KEYS = {"q1": "a", "q2": "b", "q3": "ac", "q4": "d"}


def analysed(attempts, keys=KEYS):
    """Questions by id; an attempt is {question: chosen}."""
    items = Items(keys)
    for answers in attempts:
        items.add(list(answers), list(answers.values()))
    return {item.question_id: item for item in items.items()}


def test_facility_is_the_share_of_exactly_right_answers_and_none_is_wrong():
    attempts = [{"q1": "a", "q3": "ac"}, {"q1": "a", "q3": "a"}, {"q1": "", "q3": "CA"}, {"q1": "b", "q3": ""}]
    items = analysed(attempts)
    assert (items["q1"].facility, items["q1"].omitted) == (0.5, 1)
    assert (items["q3"].facility, items["q3"].omitted) == (0.5, 1)
    assert [(one.letters, one.count) for one in items["q3"].choices] == [("", 1), ("a", 1), ("ac", 2)]


def ten(right_first):
    """Ten attempts with rest scores 0 to 3 (twice 0, thrice 1 and 2, twice 3); who has q1 right as told."""
    rests = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3]
    others = {0: ("a", "a", "a"), 1: ("b", "a", "a"), 2: ("b", "ac", "a"), 3: ("b", "ac", "d")}
    return [
        {"q1": "a" if right else "b", **dict(zip(("q2", "q3", "q4"), others[rest], strict=True))}
        for rest, right in zip(rests, right_first, strict=True)
    ]


def test_discrimination_compares_upper_and_lower_27_per_cent_by_hand():
    # 27 % of ten are 2.7: both with rest 3 and 0.7 of the three with rest 2; below likewise rest 0 and 0.7 of rest 1.
    items = analysed(ten([0, 0, 1, 0, 0, 1, 0, 1, 1, 1]))
    upper = 2 + 0.7 * 2 / 3
    lower = 0 + 0.7 * 1 / 3
    assert items["q1"].discrimination == pytest.approx((upper - lower) / 2.7, abs=5e-5)
    chosen = {choice.letters: choice for choice in items["q1"].choices}
    assert (chosen["a"].upper, chosen["a"].lower) == (pytest.approx(upper, abs=5e-5), pytest.approx(lower, abs=5e-5))


def test_point_biserial_is_the_correlation_with_the_rest_of_the_paper_by_hand():
    # Right: rests 1 2 2 3 3, mean 2.2; wrong: 0 0 1 1 2, mean 0.8; all: mean 1.5, variance 1.05; p = 0.5.
    item = analysed(ten([0, 0, 1, 0, 0, 1, 0, 1, 1, 1]))["q1"]
    assert item.point_biserial == pytest.approx((2.2 - 0.8) / 1.05**0.5 * 0.5, abs=5e-5)


def test_without_differences_there_is_no_correlation():
    assert analysed([{"q1": "a", "q2": "b"}] * 40)["q1"].point_biserial is None
    assert analysed([{"q1": "a", "q2": "b"}, {"q1": "b", "q2": "b"}] * 20)["q1"].point_biserial is None


def test_a_wrong_key_is_suspicious_and_comes_first():
    """The key of q1 says "a"; everybody who knows the rest answers "b"."""
    attempts = ten([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]) * 4
    items = Items(KEYS)
    for answers in attempts:
        items.add(list(answers), list(answers.values()))
    first = items.items()[0]
    assert first.question_id == "q1"
    assert {"negative-discrimination", "distractor-beats-key"} <= set(first.flags)


def test_few_answers_are_never_called_suspicious():
    items = analysed(ten([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]) * 2)
    assert all(item.flags == ("few-answers",) for item in items.values()) and LEAST > 20


def test_easy_hard_and_often_omitted_questions_are_flagged():
    attempts = [{"q1": "a", "q2": "a", "q4": "" if number % 2 else "d"} for number in range(40)]
    items = analysed(attempts)
    assert "too-easy" in items["q1"].flags and "too-hard" in items["q2"].flags and "often-omitted" in items["q4"].flags


def test_an_attempt_with_an_unknown_question_is_left_out():
    assert analysed([{"q1": "a", "new": "b"}, {"q1": "b"}])["q1"].answers == 1


ANSWER = st.sampled_from(["", "a", "b", "ac", "d", "ca"])
ATTEMPTS = st.lists(
    st.lists(st.sampled_from(sorted(KEYS)), min_size=1, unique=True).flatmap(
        lambda questions: st.fixed_dictionaries(dict.fromkeys(questions, ANSWER))
    ),
    min_size=1,
    max_size=80,
)


@given(ATTEMPTS, st.integers())
def test_the_order_of_attempts_changes_nothing(attempts, seed):
    shuffled = list(attempts)
    random.Random(seed).shuffle(shuffled)
    assert analysed(attempts) == analysed(shuffled)


@given(ATTEMPTS)
def test_figures_stay_in_their_bounds_and_add_up(attempts):
    for item in analysed(attempts).values():
        assert 0 <= item.facility <= 1 and -1 <= item.discrimination <= 1
        assert item.point_biserial is None or -1 <= item.point_biserial <= 1
        assert sum(choice.count for choice in item.choices) == item.answers == sum(item.question_id in one for one in attempts)
        for group in ("upper", "lower"):
            weight = sum(getattr(choice, group) for choice in item.choices)
            assert weight == pytest.approx(0.27 * item.answers, abs=0.01)


@given(ATTEMPTS)
def test_twice_the_same_attempts_give_the_same_indices(attempts):
    once, twice = analysed(attempts), analysed(attempts * 2)
    for question, item in once.items():
        other = twice[question]
        assert (item.facility, item.discrimination, item.point_biserial) == (
            other.facility, other.discrimination, other.point_biserial,
        )  # fmt: skip
