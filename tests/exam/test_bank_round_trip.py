"""What is exported comes back the same, as far as the format can carry it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from exam.test_bank_text import SOUND
from hoithi_exam.domain.bank import check, formats, text
from hoithi_exam.domain.bank.draft import Given
from hoithi_exam.domain.bank.spelling import line

CONTENT = Path(__file__).parents[2] / "content" / "banks" / "chuyen-doi-so.txt"
WHOLE = sorted(set(formats.FORMATS) - {"aiken"})
GIVEN = Given("other")


def written(bank, name):
    return b"".join(formats.FORMATS[name].pieces(bank))


def through(bank, name):
    again, found = formats.parse(written(bank, name), name, GIVEN)
    assert again is not None, [finding.sentence("en") for finding in found]
    return again


@pytest.mark.parametrize("name", WHOLE)
def test_the_bank_of_the_repository_survives_every_format_and_is_recognised(name):
    bank = text.parse(CONTENT.read_bytes())[0]
    assert through(bank, name) == bank
    assert formats.recognise(written(bank, name)) == name


@pytest.mark.parametrize("name", ["docx", "gift", "moodle"])  # text and xlsx: test_bank_text, test_bank_excel
@settings(max_examples=60)
@given(bank=SOUND)
def test_any_sound_bank_survives_every_format(name, bank):
    assert through(bank, name) == bank


def _first_carried(bank):
    """Most banks have nothing that Aiken can hold, so that hypothesis would look for one for long."""
    first, *more = bank.questions
    return replace(bank, questions=(replace(first, right="a", practice=False), *more))


@settings(max_examples=60)
@given(bank=SOUND.map(_first_carried))
def test_aiken_carries_words_and_key_of_real_questions_with_one_right_option(bank):
    carried = [question for question in bank.questions if len(question.right) == 1 and not question.practice]
    assume(check.is_sound(_flat(replace(bank, questions=tuple(carried)))))
    again = through(bank, "aiken")
    assert [(one.text, one.options, one.right) for one in again.questions] == [
        (one.text.replace("\n", " "), one.options, one.right) for one in _flat(replace(bank, questions=tuple(carried))).questions
    ]
    assert formats.FORMATS["aiken"].left_out(bank) == len(bank.questions) - len(carried)


def _flat(bank):
    """As Aiken has it: one line, nothing but the words."""
    return replace(bank, questions=tuple(replace(one, text=line(one.text), why="", source="") for one in bank.questions))


@pytest.mark.parametrize("name", sorted(formats.FORMATS))
def test_no_export_turns_a_practice_question_into_a_real_one(name):
    bank = text.parse(CONTENT.read_bytes())[0]
    practice = {question.text for question in bank.questions if question.practice}
    real = {question.text for question in through(bank, name).questions if not question.practice}
    assert practice and real and not practice & real


def test_an_export_is_the_same_bytes_every_time():
    bank = text.parse(CONTENT.read_bytes())[0]
    assert all(written(bank, name) == written(bank, name) for name in formats.FORMATS)
