"""The practice paper, and that its questions are nowhere else."""

from dataclasses import replace

import pytest

from exam.making import NOON, bank, contest, question, round_, rules
from hoithi_exam.domain.bank import Bank, excel, text
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.findings import check_banks
from hoithi_exam.domain.paper import press
from hoithi_exam.domain.practice import PAPERS, SIZE, UnknownPractice, papers, practice

LEVELS = ("easy", "medium", "hard")


def with_practice(count: int = 12) -> Bank:
    found = bank()
    more = tuple(
        replace(question(900 + n, level=LEVELS[n % 3], right="abcd"[n % 4]), id=f"lt-{n:02}", practice=True) for n in range(count)
    )
    return replace(found, questions=found.questions + more)


def published(**more) -> Contest:
    return contest(state="published", **more)


def test_practice_questions_are_on_no_paper_that_counts():
    laid_out = press(with_practice(), rules().divisions[0], rules())
    drawn = {name for n in range(200) for name in laid_out.paper(f"seed {n}").question_ids}
    assert drawn and not any(name.startswith("lt-") for name in drawn)


def test_a_paper_is_the_same_with_and_without_practice_questions_in_its_bank():
    without, beside = (press(found, rules().divisions[0], rules()) for found in (bank(), with_practice()))
    assert all(without.paper(seed).rendered == beside.paper(seed).rendered for seed in ("a", "b", "c"))


def test_practice_questions_fill_no_blueprint():
    only = replace(bank(), questions=tuple(replace(each, practice=True) for each in bank().questions))
    assert {each.code for each in check_banks(rules(), {"bank": only})} == {"blueprint-short"}


def test_keys_of_practice_questions_are_not_told_with_the_opening():
    _, event = round_("planned").open({"citizens": ("bank:1", with_practice())}, NOON)
    assert set(event.keys) == {each.id for each in bank().questions}


def test_a_practice_paper_has_every_level_and_is_always_the_same():
    found = practice(published(), [with_practice(30)], 1)
    assert found == practice(published(), [with_practice(30)], 1)
    levels = [item.question.level for item in found.paper.items]
    assert {level: levels.count(level) for level in LEVELS} == {"easy": 5, "medium": 3, "hard": 2}
    assert all(item.question.practice for item in found.paper.items)


def test_what_a_level_lacks_is_taken_from_the_others():
    easy = replace(bank(), questions=tuple(replace(question(n), practice=True) for n in range(30)))
    assert len(practice(published(), [easy], 2).paper.items) == SIZE


def test_few_practice_questions_make_a_short_paper_with_as_much_time_for_each():
    found = practice(published(rules=rules(paper_size=4, paper_seconds=600)), [with_practice(2)], 1)
    assert (len(found.paper.items), found.seconds) == (2, 300)


def test_papers_of_other_numbers_are_other_papers():
    made = {tuple(practice(published(), [with_practice(30)], n).paper.question_ids) for n in range(1, PAPERS + 1)}
    assert len(made) == PAPERS


@pytest.mark.parametrize("number", [0, PAPERS + 1])
def test_there_are_no_other_numbers(number):
    with pytest.raises(UnknownPractice):
        practice(published(), [with_practice()], number)


def test_without_practice_questions_there_is_no_practice_paper():
    assert papers([bank()], rules()) == 0
    with pytest.raises(UnknownPractice):
        practice(published(), [bank()], 1)


def test_questions_that_the_rules_do_not_allow_are_not_practised():
    odd = replace(question(1, right="ab"), practice=True)
    assert papers([replace(bank(), questions=(odd,))], rules()) == 0


def test_both_formats_carry_the_mark():
    marked = with_practice(3)
    assert text.parse(text.write(marked))[0] == marked
    assert excel.parse(excel.write(marked))[0] == marked


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("Có", True), ("x", True), ("không", False), ("", False)])
def test_the_mark_is_read_in_both_languages(written, meant):
    parsed, found = text.parse(text.write(with_practice(1)).replace("PRACTICE: yes", f"PRACTICE: {written}"))
    assert found == [] and parsed.questions[-1].practice is meant


def test_a_mark_that_is_neither_yes_nor_no_is_named_with_its_line():
    parsed, found = text.parse(text.write(with_practice(1)).replace("PRACTICE: yes", "PRACTICE: có lẽ"))
    assert parsed is None and [each.code for each in found] == ["practice-unknown"]
    assert found[0].where.startswith("line ") and "có lẽ" in found[0].sentence("vi")
