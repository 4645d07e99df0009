"""Rules of reading Word files the way people write them."""

import pytest

from exam.docx import BOLD, NOT_BOLD, RED, SHADED, UNDERLINE, YELLOW, W, docx, listed, p, table
from hoithi_exam.domain.bank import word
from hoithi_exam.domain.bank.draft import Given

GIVEN = Given("bank", topic="Chung", level="easy")


def bank_of(*blocks, **more):
    bank, found = word.parse(docx(*blocks, **more), GIVEN)
    assert bank is not None, [finding.sentence("en") for finding in found]
    return bank


def faults(*blocks, **more):
    bank, found = word.parse(docx(*blocks, **more), GIVEN)
    assert bank is None and all(finding.sentence("vi") for finding in found)
    return [(finding.where, finding.code) for finding in found if finding.severity == "error"]


def asked(right_marks, *, label="", others=""):
    """One question whose option B is marked."""
    return [
        p("Câu 1: Thủ đô ở đâu?"), p(("A. ", label), ("Huế", others)), p(("B. ", label), ("Hà Nội", right_marks)),
        p(("C. ", label), ("Đà Nẵng", others)), p(("D. ", label), ("Cần Thơ", others)),
    ]  # fmt: skip


@pytest.mark.parametrize("marks", [BOLD, UNDERLINE, RED, YELLOW, SHADED])
def test_the_marked_option_is_the_right_one(marks):
    question = bank_of(*asked(marks)).questions[0]
    assert (question.text, question.options) == ("Thủ đô ở đâu?", ("Huế", "Hà Nội", "Đà Nẵng", "Cần Thơ"))
    assert question.right == "b"


def test_letters_in_bold_everywhere_say_nothing():
    assert bank_of(*asked(BOLD, label=BOLD)).questions[0].right == "b"


def test_a_mark_on_the_letter_alone_counts():
    rows = [p("1. Hai cộng hai?"), p("A. ba"), p(("B", UNDERLINE), ". bốn"), p("C. năm")]
    assert faults(*rows)[0][1] == "missing"
    rows[2] = p(("B.", UNDERLINE), " bốn")
    assert bank_of(*rows).questions[0].right == "b"


def test_bold_that_is_switched_off_is_no_mark():
    assert faults(*asked(NOT_BOLD)) == [("paragraph 1", "missing")]


def test_everything_bold_leaves_the_answer_open():
    assert faults(*asked(BOLD, others=BOLD)) == [("paragraph 1", "missing")]


def test_a_star_marks_the_right_options_and_is_taken_away():
    rows = [p("Câu 1. Số chẵn?"), p("*A. hai"), p("B. ba"), p("C. bốn*"), p("D. năm")]
    question = bank_of(*rows).questions[0]
    assert (question.options, question.right) == (("hai", "ba", "bốn", "năm"), "ac")


def test_a_written_answer_goes_before_marks_and_a_difference_is_told():
    bank, found = word.parse(docx(*asked(YELLOW), p("Đáp án: C")), GIVEN)
    assert bank.questions[0].right == "c"
    assert ("paragraph 6", "marks-differ") in [(finding.where, finding.code) for finding in found]


def test_options_beside_each_other_and_labels_are_read():
    rows = [
        p("Câu 1 (NB): Dòng một", "\nDòng hai"), p("A. một\tB. hai   C. ba\nD. bốn"), p("ĐÁP ÁN: a, d"),
        p("Mức độ: khó"), p("Mã: AT 01"), p("Giải thích: Vì thế."), p("Và thế."), p("Nguồn: Luật"),
    ]  # fmt: skip
    question = bank_of(*rows).questions[0]
    assert (question.text, question.options, question.right) == ("Dòng một\nDòng hai", ("một", "hai", "ba", "bốn"), "ad")
    assert (question.level, question.id, question.why, question.source) == ("hard", "at-01", "Vì thế.\nVà thế.", "Luật")


def test_topics_stand_before_their_questions():
    heading = p("An toàn thông tin", properties='<w:pStyle w:val="Heading1"/>')
    bank = bank_of(p("Chủ đề 1: Dữ liệu"), *asked(BOLD), heading, p("Câu 2: Khác?"), p("A. x"), p(("B. y", BOLD)))
    assert [question.topic for question in bank.questions] == ["du-lieu", "an-toan-thong-tin"]


LISTS = (
    '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="Câu %1:"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
    '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num>'
)


def test_automatic_numbers_and_letters_are_counted():
    rows = [listed("Một?", 3), listed("a1", 3, 1), listed("b1", 3, 1, UNDERLINE), listed("Hai?", 3)]
    rows += [listed("a2", 3, 1, UNDERLINE), listed("b2", 3, 1)]
    assert [question.right for question in bank_of(*rows, numbering=LISTS).questions] == ["b", "a"]


def test_answers_at_the_end_are_found_by_number():
    plain = [p("Câu 1: Một?"), p("A. x"), p("B. y"), p("Câu 2: Hai?"), p("A. x"), p("B. z"), p("BẢNG ĐÁP ÁN")]
    for listed_answers in (p("1.B 2-A"), table(["1", "2"], ["B", "A"]), table(["1B", "2A"]), p("Câu 1: B; Câu 2: A")):
        assert [question.right for question in bank_of(*plain, listed_answers).questions] == ["b", "a"]


def test_a_number_given_twice_gets_no_answer_from_the_list():
    twice = [p("Câu 1: Một?"), p("A. x"), p("B. y"), p("Câu 1: Hai?"), p("A. x"), p("B. z"), p("ĐÁP ÁN"), p("1.B")]
    assert [code for _, code in faults(*twice)] == ["missing", "missing"]


def test_a_table_with_a_header_is_read_as_in_excel():
    header = ["STT", "Câu hỏi", "A", "B", "Đáp án", "Chủ đề", "Mức độ"]
    question = bank_of(table(header, ["1", "Hai cộng hai?", "ba", "bốn", "B", "Toán", "khó"])).questions[0]
    assert (question.text, question.right, question.topic, question.level) == ("Hai cộng hai?", "b", "toan", "hard")
    assert ("table 1, row 2, column Đáp án", "answer-unknown") in faults(table(header, ["1", "x?", "a", "b", "E", "T", "dễ"]))


def test_options_laid_out_in_a_table_are_read():
    rows = [p("Câu 1: Thủ đô?"), table(["A. Huế", p(("B. Hà Nội", BOLD))], ["C. Vinh", "D. Lào Cai"])]
    assert bank_of(*rows).questions[0].right == "b"


def test_a_picture_left_out_is_told():
    bank, found = word.parse(docx(p("Câu 1: Hình nào?"), "<w:p><w:r><w:drawing/></w:r></w:p>", *asked(BOLD)[1:]), GIVEN)
    assert bank and ("paragraph 2", "picture-left-out") in [(finding.where, finding.code) for finding in found]


def test_deleted_text_is_not_there_and_inserted_text_is():
    changed = "<w:p><w:ins><w:r><w:t>Câu 1: Mới?</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>"
    assert bank_of(changed, *asked(BOLD)[1:]).questions[0].text == "Mới?"


def test_a_topic_and_level_that_nobody_gave_are_assumed_with_a_warning():
    bank, found = word.parse(docx(*asked(BOLD)), Given("bank"))
    assert (bank.topics, bank.questions[0].level) == ({"chung": "Chung"}, "medium")
    assert {"topic-assumed", "level-assumed"} <= {finding.code for finding in found}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (f'<!DOCTYPE a [<!ENTITY b "{"c" * 99}">]><w:document {W}><w:body>&b;</w:body></w:document>', "dangerous-file"),
        (f"<w:document {W}>" + "<w:p>" * 70 + "</w:p>" * 70 + "</w:document>", "too-complex"),
        (f"<w:document {W}><w:p>" + "<w:r/>" * 60_000 + "</w:p></w:document>", "too-complex"),
        (f"<w:document {W}><w:p>", "unreadable-word"),
        (f"<w:document {W}/>", "no-questions"),
    ],
)
def test_a_hostile_or_broken_document_is_refused(document, code):
    assert [found for _, found in faults(document=document)] == [code]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "not-docx"), (b"\xd0\xcf\x11\xe0x", "old-word"), (b"PK" + bytes(10 * 2**20), "file-too-big")],
)
def test_what_is_no_word_file_is_refused(data, code):
    bank, found = word.parse(data, GIVEN)
    assert bank is None and [finding.code for finding in found] == [code]


def test_a_packed_bomb_is_refused_before_it_is_unpacked():
    assert faults(document=" " * (61 * 2**20)) == [("file", "unpacked-too-big")]
