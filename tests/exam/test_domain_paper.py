"""The paper: reproducible, fair, and silent about keys."""

from collections import Counter
from hashlib import sha256

import pytest

from exam.making import bank, question, rules
from hoithi_exam.domain.bank import Bank
from hoithi_exam.domain.paper import Item, NotOnPaper, Numbers, press, shortages
from hoithi_exam.domain.rules import Division, Draw

CITIZENS = rules().divisions[0]


def paper(seed: str = "seed", found: Bank | None = None, division: Division = CITIZENS, **more):
    return press(found or bank(), division, rules(**more)).paper(seed)


def chi_square(counts: Counter, kinds: int) -> float:
    expected = counts.total() / kinds
    return sum((counts[kind] - expected) ** 2 / expected for kind in list(counts) + [None] * (kinds - len(counts)))


def test_the_generator_gives_the_frozen_numbers():
    numbers = Numbers("hoithi")
    assert [numbers.draw(range(1000), 1)[0] for _ in range(10)] == [935, 505, 372, 295, 319, 795, 823, 453, 259, 494]


def test_the_generator_is_what_the_documentation_says():
    block = sha256(b"hoithi-paper-1" + b"\0" + b"hoithi" + b"\0" + bytes(8)).digest()
    words = [int.from_bytes(block[start : start + 4], "big") for start in range(0, 32, 4)]
    numbers = Numbers("hoithi")
    assert [numbers.draw(range(1000), 1)[0] for _ in words] == [word % 1000 for word in words]


def test_a_paper_of_an_old_seed_is_the_same_for_ever():
    drawn = paper("0123456789abcdef")
    assert [(item.question.id, item.order) for item in drawn.items] == [
        ("q010", (0, 1, 2, 3)),
        ("q019", (2, 3, 0, 1)),
        ("q016", (0, 3, 1, 2)),
        ("q003", (2, 3, 1, 0)),
    ]


def test_the_order_of_the_bank_file_does_not_matter():
    found = bank()
    turned = Bank(found.id, found.title, found.language, found.topics, found.questions[::-1])
    assert paper(found=turned) == paper(found=found)


def test_a_paper_fills_its_blueprint():
    for seed in range(200):
        items = paper(str(seed)).items
        assert len({item.question.id for item in items}) == 4
        exact = [item for item in items if (item.question.topic, item.question.level) == ("an-toan", "easy")]
        assert exact and any(item.question.level == "medium" for item in items)


def test_every_question_is_drawn_as_often_as_every_other():
    division = Division("citizens", "bank", (Draw(count=4),))
    counts = Counter(item.question.id for seed in range(3000) for item in paper(f"s{seed}", division=division).items)
    assert chi_square(counts, 24) < 49.7  # 23 degrees of freedom, 0.1 %


def test_every_order_of_options_is_as_likely():
    counts = Counter(paper(f"s{seed}").items[0].order for seed in range(6000))
    assert len(counts) == 24
    assert chi_square(counts, 24) < 49.7


def test_the_right_option_is_at_every_letter_as_often():
    counts = Counter(item.shown(item.question.right) for seed in range(2000) for item in paper(f"s{seed}").items)
    assert chi_square(counts, 4) < 16.3  # 3 degrees of freedom, 0.1 %


def test_numbers_below_a_limit_are_as_likely_each():
    numbers = Numbers("fair")
    assert chi_square(Counter(numbers.draw(range(7), 1)[0] for _ in range(14000)), 7) < 22.5  # 6 degrees, 0.1 %


def test_without_shuffling_the_blueprint_and_the_bank_give_the_order():
    division = Division("citizens", "bank", (Draw("an-toan", "easy", 1), Draw("dich-vu", "hard", 1)))
    items = paper(division=division, shuffle_questions=False, shuffle_options=False).items
    assert [item.question.topic for item in items] == ["an-toan", "dich-vu"]
    assert {item.order for item in items} == {(0, 1, 2, 3)}


def test_two_division_lines_never_draw_a_question_twice():
    division = Division("citizens", "bank", (Draw("*", "*", 20), Draw("an-toan", "easy", 4)))
    assert len({item.question.id for item in paper(division=division).items}) == 24


def test_letters_as_shown_and_letters_of_the_bank_translate_both_ways():
    item = Item(question(1, right="bd"), (3, 0, 2, 1))
    assert item.kept("A") == "d" and item.kept("BD") == "ab"
    assert item.shown("bd") == "AD"
    assert item.shown(item.kept("AC")) == "AC"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"5": "A"}, {"answers.5": "not-on-paper"}),
        ({"0": "A"}, {"answers.0": "not-on-paper"}),
        ({"01": "A"}, {"answers.01": "not-on-paper"}),
        ({"$set": "A"}, {"answers.$set": "not-on-paper"}),
        ({"1": "E"}, {"answers.1": "no-such-option:D"}),
        ({"1": "a"}, {"answers.1": "no-such-option:D"}),
        ({"1": "AB"}, {"answers.1": "one-option"}),
        ({"\ud800": "A"}, {"answers.\\ud800": "not-on-paper"}),
    ],
)
def test_an_answer_that_does_not_fit_its_question_is_refused(answers, reason):
    with pytest.raises(NotOnPaper) as caught:
        paper().accept(answers)
    assert caught.value.fields == reason


def test_clearing_and_answering_are_both_accepted():
    paper().accept({"1": "", "4": "D"})


def test_several_options_may_be_chosen_where_several_are_right():
    found = Bank("bank", "B", "vi", {"an-toan": "x"}, tuple(question(n, right="ac") for n in range(4)))
    division = Division("citizens", "bank", (Draw(count=4),))
    paper(found=found, division=division, several=True).accept({"1": "ABC"})


def test_questions_that_the_rules_do_not_allow_are_not_drawn():
    odd = (question(900, right="ab"), question(901, options=5))
    found = Bank("bank", "B", "vi", {"an-toan": "x"}, odd + tuple(question(n) for n in range(4)))
    division = Division("citizens", "bank", (Draw(count=4),))
    assert not {"q900", "q901"} & set(paper(found=found, division=division).question_ids)
    assert shortages(found, Division("citizens", "bank", (Draw(count=5),)), rules()) == [(Draw(count=5), 4)]


def test_a_bank_that_is_short_says_what_was_asked_and_what_there_is():
    division = Division("citizens", "bank", (Draw("an-toan", "hard", 5), Draw("*", "*", 19)))
    assert shortages(bank(), division, rules()) == [(Draw("an-toan", "hard", 5), 4)]


def test_a_line_for_any_question_counts_what_exact_lines_may_take():
    division = Division("citizens", "bank", (Draw("*", "*", 21), Draw("an-toan", "easy", 4)))
    assert shortages(bank(), division, rules()) == [(Draw("*", "*", 21), 20)]
