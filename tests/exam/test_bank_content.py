"""Rules that the bank in the repository keeps, as text and as Excel file."""

from collections import Counter
from pathlib import Path

import pytest

from hoithi_exam.domain.bank import check, excel, text

FOLDER = Path(__file__).parents[2] / "content" / "banks"
MADE = "content/banks/chuyen-doi-so.xlsx is not made from the text: write it anew with excel.write(text.parse(...)[0])"


@pytest.fixture(scope="module")
def bank():
    bank, found = text.parse((FOLDER / "chuyen-doi-so.txt").read_bytes())
    assert found == []
    return bank


def test_there_are_at_least_300_questions_about_at_least_8_topics(bank):
    assert len(bank.questions) >= 300 and len(bank.topics) >= 8


def test_every_topic_has_questions_of_every_level(bank):
    assert all(min(levels.values()) > 0 for levels in check.summary(bank).values())


def test_the_bank_has_no_error(bank):
    assert [finding.sentence("en") for finding in check.check(bank) if finding.severity == "error"] == []


def test_no_two_questions_are_nearly_the_same(bank):
    alike = {"double", "same-text", "near-double", "near-doubles-incomplete"}
    assert [finding.sentence("en") for finding in check.check(bank) if finding.code in alike] == []


def test_every_question_has_four_options_one_right_and_an_explanation(bank):
    assert {(len(question.options), len(question.right), bool(question.why)) for question in bank.questions} == {(4, 1, True)}


def test_the_right_answer_is_seldom_the_longest(bank):
    longest, counted = check.longest_share(bank)
    assert counted == len(bank.questions) and longest / counted <= 0.35


def test_each_letter_is_right_about_as_often_as_the_others(bank):
    assert all(0.18 <= share <= 0.32 for share in check.letter_shares(bank).values())
    assert set(Counter(question.right for question in bank.questions)) == set("abcd")


def test_text_and_excel_file_hold_the_same_questions(bank):
    again, found = excel.parse((FOLDER / "chuyen-doi-so.xlsx").read_bytes())
    assert again == bank, MADE
    assert found == []


def test_writing_and_reading_the_bank_as_text_changes_nothing(bank):
    assert text.parse(text.write(bank)) == (bank, [])
