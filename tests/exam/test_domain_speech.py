"""Questions in other languages and aloud: what fits, what is shown, and that nothing tells the bank's order."""

import json
from dataclasses import replace

import pytest

from exam.making import bank, rules
from hoithi_exam.domain.paper import press
from hoithi_exam.domain.speech import (
    Language,
    SpeechNotFitting,
    Spoken,
    UnknownLanguage,
    described,
    fitting,
    in_language,
    joined,
    script,
    words_of,
)

ALOUD = Spoken(sound="q" * 16, option_sounds=("a" * 16, "b" * 16, "c" * 16, "d" * 16))


def translated(number: str) -> Spoken:
    return Spoken(f"Tày {number}?", tuple(f"tày {number}.{place}" for place in range(1, 5)))


def tay(**questions) -> Language:
    return Language("bank", "tyz", "Tày", 1, fitting(bank(), "tyz", questions))


def refused(code="tyz", **said) -> dict:
    with pytest.raises(SpeechNotFitting) as error:
        fitting(bank(), code, said)
    return error.value.fields


def test_a_translation_holds_in_every_version_that_asks_the_same():
    language = tay(q001=translated("1"), q002=translated("2"))
    other = replace(
        bank(), questions=(replace(bank().questions[0], level="hard"), replace(bank().questions[1], text="Câu khác?"))
    )
    assert set(script(other, language).questions) == {"q001"}


def test_another_word_in_an_option_is_another_question():
    asked = bank().questions[0]
    assert words_of(asked) != words_of(replace(asked, options=(*asked.options[:3], "khác")))


def test_a_question_is_translated_as_a_whole_or_not_at_all():
    assert refused(q001=Spoken("Tày?")) == {"questions.q001": "half-translated"}
    assert refused(q001=Spoken("", ("a", "b", "c", "d"))) == {"questions.q001": "half-translated"}
    assert refused(q001=Spoken("Tày?", ("a", "b"))) == {"questions.q001": "options-differ:4"}
    assert refused(q001=Spoken(option_sounds=("a",))) == {"questions.q001": "options-differ:4"}


def test_other_questions_and_languages_are_refused():
    assert refused(q999=ALOUD) == {"questions.q999": "unknown-question"}
    assert refused(code="Tày nhé", q001=ALOUD) == {"language": "not-a-language"}


def test_the_banks_own_language_can_only_be_heard():
    assert fitting(bank(), "vi", {"q001": ALOUD})
    assert refused(code="vi", q001=translated("1")) == {"language": "own-language"}


def test_a_paper_is_said_in_the_order_in_which_it_is_shown():
    said = {each.id: translated(each.id) for each in bank().questions}
    paper = press(bank(), rules().divisions[0], rules()).paper("seed")
    shown = json.loads(script(bank(), tay(**said)).rendered(paper))
    assert [each["n"] for each in shown] == [1, 2, 3, 4]
    for item, each in zip(paper.items, shown, strict=True):
        assert each["text"] == f"Tày {item.question.id}?"
        assert [option["text"] for option in each["options"]] == [f"tày {item.question.id}.{place + 1}" for place in item.order]


def test_what_is_said_tells_neither_ids_nor_the_banks_order():
    said = {each.id: replace(ALOUD, sound=f"q-{n:014}") for n, each in enumerate(bank().questions)}
    paper = press(bank(), rules().divisions[0], rules()).paper("seed")
    shown = json.loads(script(bank(), tay(**said)).rendered(paper))
    for item, each in zip(paper.items, shown, strict=True):
        assert set(each) == {"n", "sound", "options"} and item.question.id not in json.dumps(each)
        assert [set(option) for option in each["options"]] == [{"letter", "sound"}] * 4
        assert [option["letter"] for option in each["options"]] == list("ABCD")


def test_questions_that_are_not_there_are_left_out():
    paper = press(bank(), rules().divisions[0], rules()).paper("seed")
    first = paper.items[0].question.id
    assert [each["n"] for each in json.loads(script(bank(), tay(**{first: ALOUD})).rendered(paper))] == [1]


def test_a_paper_tells_what_there_is_in_a_language():
    scripts = [script(bank(), tay(q001=ALOUD, q002=translated("2"))), script(bank(), Language("bank", "hmn", "Mông"))]
    assert described(scripts) == [{"code": "tyz", "name": "Tày", "texts": True, "sounds": True}]
    with pytest.raises(UnknownLanguage):
        in_language(scripts, "hmn")


def test_the_languages_of_several_banks_are_joined():
    other = bank(2, "other", first=500)
    more = Language("other", "tyz", "Tày", 1, {words_of(each): ALOUD for each in other.questions})
    (both,) = joined([script(bank(), tay(q001=ALOUD)), script(other, more)])
    assert set(both.questions) == {"q001", "q500", "q501"}
