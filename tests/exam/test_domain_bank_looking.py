"""Looking for questions and for what is different: rules without any I/O."""

from dataclasses import replace

import pytest

from exam.making import bank, question
from hoithi_exam.domain.bank import check
from hoithi_exam.domain.bank.difference import changes, counts, renamed
from hoithi_exam.domain.bank.search import Catalogue, Wish, page_of


def ids(found):
    return [each.id for each in found]


def with_questions(*changed):
    known = {each.id: each for each in changed}
    made = bank()
    return replace(made, questions=tuple(known.get(each.id, each) for each in made.questions))


SAID = replace(question(3), text="Định danh điện tử mức độ 2 là gì?", options=("Đúng", "Sai"))


@pytest.mark.parametrize("words", ["dinh danh", "ĐỊNH DANH", "dien dinh tu", "q003", "muc do 2", "dung"])
def test_a_question_is_found_without_diacritics_by_the_beginnings_of_its_words(words):
    assert "q003" in ids(Catalogue(with_questions(SAID)).found(Wish(words)))


def test_a_word_is_not_found_in_the_middle_of_another():
    assert Catalogue(with_questions(SAID)).found(Wish("inh danh")) == []


def test_topic_level_use_and_ids_narrow_what_is_found():
    catalogue = Catalogue(with_questions(replace(question(1), practice=True)))
    assert len(catalogue.found(Wish(topic="an-toan", level="easy"))) == 4
    assert ids(catalogue.found(Wish(use="practice"))) == ["q001"]
    assert "q001" not in ids(catalogue.found(Wish(use="real")))
    assert ids(catalogue.found(Wish(ids={"q002", "gone"}))) == ["q002"]


def test_pages_follow_each_other_without_a_gap():
    found = Catalogue(bank()).found(Wish())
    first, onward = page_of(found, "", 20)
    rest, end = page_of(found, onward, 20)
    assert (ids(first + rest), end) == (ids(found), None)


def test_changed_keys_come_before_other_changes_and_all_before_what_is_new_or_gone():
    before = bank()
    rekeyed, reworded = replace(before.questions[19], right="c"), replace(before.questions[1], text="Khác?")
    kept = tuple({"q020": rekeyed, "q002": reworded}.get(each.id, each) for each in before.questions if each.id != "q003")
    found = changes(before, replace(before, questions=(*kept, question(99))))
    assert [(each.question_id, each.kind) for each in found] == [
        ("q020", "key"), ("q002", "changed"), ("q099", "added"), ("q003", "dropped"),
    ]  # fmt: skip
    assert counts(found) == {"key": 1, "changed": 1, "added": 1, "dropped": 1}
    assert "text" in found[1].fields and found[2].fields == []


def test_without_a_version_before_every_question_is_new():
    assert counts(changes(None, bank()))["added"] == 24


def test_another_title_and_other_names_of_topics_are_named():
    before, after = bank(), replace(bank(), title="Tên mới", topics={"an-toan": "An toàn số", "dich-vu": "Dịch vụ công"})
    assert renamed(before, after) == {"title": ("Ngân hàng", "Tên mới"), "topic an-toan": ("An toàn", "An toàn số")}
    assert renamed(None, after) == {}


def test_the_matrix_counts_practice_apart():
    [topic, _] = check.matrix(with_questions(replace(question(1), practice=True)))
    assert (topic["name"], sum(topic["levels"].values()), topic["practice"]) == ("An toàn", 11, 1)


def test_the_two_questions_of_a_double_are_in_its_finding():
    twin = replace(question(1), id="q050")
    made = replace(bank(), questions=(*bank().questions, twin))
    [found] = [each for each in check.errors(made, lambda index, _: f"row {index}") if each.code == "double"]
    assert [each.id for each in found.detail["pair"]] == ["q001", "q050"]
