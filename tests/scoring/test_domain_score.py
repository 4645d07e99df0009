"""Points of a paper."""

from hoithi_scoring.domain.score import Score, score

KEYS = {"q1": ("b", 1), "q2": ("ac", 1), "q3": ("d", 3)}
PAPER = ["q1", "q2", "q3"]


def test_question_counts_when_exactly_the_right_options_are_chosen():
    assert score(PAPER, {"q1": "b", "q2": "ac", "q3": "a"}, KEYS) == Score(right=2, points=2, perfect=False)


def test_part_of_the_right_options_earns_nothing():
    assert score(["q2"], {"q2": "a"}, KEYS) == Score(0, 0, False)


def test_more_than_the_right_options_earns_nothing():
    assert score(["q2"], {"q2": "abc"}, KEYS) == Score(0, 0, False)


def test_order_of_chosen_options_does_not_matter():
    assert score(["q2"], {"q2": "ca"}, KEYS).right == 1


def test_question_left_out_earns_nothing():
    assert score(PAPER, {}, KEYS) == Score(0, 0, False)


def test_cleared_question_earns_nothing_even_when_no_option_is_right():
    assert score(["q1"], {"q1": ""}, {"q1": ("", 1)}).right == 0


def test_answer_to_a_question_that_is_not_on_the_paper_earns_nothing():
    assert score(["q1"], {"q3": "d"}, KEYS) == Score(0, 0, False)


def test_paper_with_everything_right_is_perfect():
    assert score(PAPER, {"q1": "b", "q2": "ac", "q3": "d"}, KEYS) == Score(right=3, points=5, perfect=True)


def test_empty_paper_is_not_perfect():
    assert score([], {}, KEYS) == Score(0, 0, False)


def test_paper_waits_while_one_of_its_keys_is_unknown():
    assert score(["q1", "q9"], {"q1": "b"}, KEYS) is None
