"""Rules of the bank's text format."""

import ast
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hoithi_exam.domain.bank as package
from hoithi_exam.domain.bank import check, text
from hoithi_exam.domain.bank.archive import DOCX, XLSX
from hoithi_exam.domain.bank.model import LETTERS, LEVELS, LONGEST, MOST_FINDINGS, Bank, Question
from hoithi_exam.domain.bank.sentences import SENTENCES
from hoithi_exam.domain.bank.spelling import fold, line, lines, same, slug

BANK = """\
# ghi chú
BANK: thu
TITLE: Ngân hàng thử
LANGUAGE: vi

TOPIC: dinh-danh | Định danh điện tử

ID: dd-001
LEVEL: easy
Ứng dụng VNeID
do ai xây dựng?
A. Bộ Công an
B. Bộ Y tế
C. Bộ Tài chính
ANSWER: A
WHY: Bộ Công an xây dựng
và vận hành.
SOURCE: vneid.gov.vn

ID: dd-002
LEVEL: khó
Những việc nào làm được trên VNeID?
A) Khai báo lưu trú
B) Xem giấy tờ
C) Đốn củi
ANSWER: A, b
"""


def codes(findings):
    return [(finding.where, finding.code) for finding in findings]


def broken(old, new):
    assert old in BANK
    bank, found = text.parse(BANK.replace(old, new, 1))
    assert bank is None
    return codes(found)


def test_a_bank_is_read_with_several_lines_and_several_right_options():
    bank, found = text.parse(BANK)
    assert found == []
    first, second = bank.questions
    assert (bank.id, bank.title, bank.language, bank.topics) == ("thu", "Ngân hàng thử", "vi", {"dinh-danh": "Định danh điện tử"})
    assert first.text == "Ứng dụng VNeID\ndo ai xây dựng?"
    assert first.why == "Bộ Công an xây dựng\nvà vận hành."
    assert first.source == "vneid.gov.vn"
    assert (second.level, second.right, second.options[2]) == ("hard", "ab", "Đốn củi")


def test_bytes_with_a_byte_order_mark_and_windows_line_ends_are_read():
    assert text.parse(b"\xef\xbb\xbf" + BANK.replace("\n", "\r\n").encode()) == text.parse(BANK)


def test_decomposed_vietnamese_is_kept_composed():
    bank, _ = text.parse(BANK.replace("Bộ Y tế", "Bo\u0323\u0302 Y te\u0302\u0301"))
    assert bank.questions[0].options[1] == "Bộ Y tế"


def test_a_true_false_question_has_two_options():
    bank, found = text.parse(BANK.replace("C. Bộ Tài chính\n", ""))
    assert found == [] and len(bank.questions[0].options) == 2


def test_a_backslash_makes_a_line_prose():
    bank, _ = text.parse(BANK.replace("Ứng dụng VNeID\n", "\\# A\n\\\n\\ANSWER: không\n\\A. Einstein\n"))
    assert bank.questions[0].text == "# A\n\nANSWER: không\nA. Einstein\ndo ai xây dựng?"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("LEVEL: easy", "LEVEL: dễ ợt", ("line 9", "level-unknown")),
        ("LEVEL: easy\n", "", ("line 8", "missing")),
        ("ANSWER: A\n", "", ("line 8", "missing")),
        ("ANSWER: A\n", "ANSWER: D\n", ("line 15", "answer-unknown")),
        ("ANSWER: A\n", "ANSWER: 1\n", ("line 15", "answer-unknown")),
        ("ANSWER: A\n", "ANSWER: A\nANSWER: B\n", ("line 16", "field-twice")),
        ("ANSWER: A\n", "Answer: A\n", ("line 15", "line-not-understood")),
        ("B. Bộ Y tế", "D. Bộ Y tế", ("line 13", "option-order")),
        ("B. Bộ Y tế", "B.", ("line 13", "missing")),
        ("B. Bộ Y tế", "B. bộ công an.", ("line 13", "option-twice")),
        ("B. Bộ Y tế", "B. <b>Bộ</b> Y tế", ("line 13", "markup")),
        ("B. Bộ Y tế", "B. Bộ\x00 Y tế", ("line 13", "control-character")),
        ("B. Bộ Y tế", "B. Bộ\u200b Y tế", ("line 13", "control-character")),
        ("B. Bộ Y tế", "B. " + "x" * 401, ("line 13", "too-long")),
        ("dd-002", "dd-001", ("line 20", "id-twice")),
        ("dd-002", "DD 002", ("line 20", "slug-wrong")),
        ("BANK: thu\n", "", ("bank", "missing")),
        ("BANK: thu\n", "BANK: thu\nBANK: khac\n", ("line 3", "field-twice")),
        ("LANGUAGE: vi", "LANGUAGE: tiếng Việt", ("bank", "language-wrong")),
        ("TOPIC: dinh-danh | Định danh điện tử\n", "", ("line 7", "missing")),
        ("ID: dd-002", "TOPIC: dinh-danh | Khác\nID: dd-002", ("line 20", "topic-renamed")),
        ("SOURCE: vneid.gov.vn\n", "\nlạc\n", ("line 19", "line-not-understood")),
    ],
)
def test_what_is_wrong_is_found_with_its_line_and_nothing_is_read(old, new, expected):
    assert expected in broken(old, new)


def test_all_faults_are_reported_at_once():
    _, found = text.parse(BANK.replace("LEVEL: easy", "LEVEL: x").replace("ANSWER: A, b", "ANSWER: Z").replace("Bộ Y tế", "<i>"))
    assert {finding.code for finding in found} >= {"level-unknown", "answer-unknown"}


def test_an_empty_text_is_not_a_bank():
    bank, found = text.parse("")
    assert bank is None and ("file", "no-questions") in codes(found)


def test_text_in_another_encoding_is_refused_with_the_line():
    bank, found = text.parse(BANK.encode("utf-8").replace("Bộ Công an".encode(), b"B\xf4", 1))
    assert bank is None and codes(found) == [("line 12", "not-utf8")]


def test_an_oversized_text_is_refused():
    assert codes(text.parse(b"#" * (10 * 2**20 + 1))[1]) == [("file", "file-too-big")]


def test_findings_are_limited_in_number():
    bank, found = text.parse("nonsense\n" * 5000)
    assert bank is None and len(found) == MOST_FINDINGS + 1 and found[-1].code == "more-findings"


def test_messages_say_where_and_what_in_both_languages():
    _, found = text.parse(BANK.replace("LEVEL: easy", "LEVEL: dễ ợt"))
    assert found[0].sentence("vi") == "Dòng 9: mức độ «dễ ợt» không có; hãy dùng dễ, trung bình hoặc khó."
    assert found[0].sentence("en") == "Line 9: the level “dễ ợt” is not known; use easy, medium or hard."


def test_a_finding_becomes_json_for_the_wire():
    _, found = text.parse(BANK.replace("LEVEL: easy", "LEVEL: dễ ợt"))
    said = "Line 9: the level “dễ ợt” is not known; use easy, medium or hard."
    assert found[0].described("en") == {"severity": "error", "where": "line 9", "code": "level-unknown", "message": said}


def _made_findings():
    for path in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in MAKING and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, {keyword.arg for keyword in node.keywords}


MAKING = {"error", "warning", "refuse", "doubt", "NotTaken"}
CHOSEN = {code for kind in (XLSX, DOCX) for code in (kind.not_this, kind.old, kind.broken)}
CHOSEN |= {"more-findings", "too-complex", "not-moodle"}
CHOSEN |= {"picture-left-out", "picture-changed", "picture-in-option", "picture-misplaced"}
"""Codes that no call names as a word of its own."""


def _name(called) -> str:
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def test_every_finding_has_a_sentence_with_the_words_it_needs():
    made = dict(_made_findings())
    assert set(made) | CHOSEN == set(SENTENCES)
    for code, keys in made.items():
        for sentence in SENTENCES[code]:
            wanted = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert None in keys or wanted <= keys, code
            assert sentence.endswith("."), code


def test_spelling_forms():
    assert fold("Đáp  ÁN (đúng)!") == "dap an dung"
    assert slug("Định danh – điện tử") == "dinh-danh-dien-tu"
    assert same("Có. ") == same("có") != same("cò")
    assert line("\u00a0a \t b\n") == "a b"
    assert line("a\x1fb\x85") == "a\x1fb\x85"
    assert lines("\n a \r\n\r\n b \n") == "a\n\nb"


ALPHABET = st.one_of(
    st.sampled_from("AaBbĐđảế .,:;#\\|=+-@_x0D'\"&<>%1\u0301\u0338"),
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"]),
)


def _short(most=30):
    return st.text(ALPHABET, min_size=1, max_size=most).map(line).filter(bool)


def _long():
    special = st.sampled_from(["#", "A. x", "WHY: y", "\\", "\\\\", "", "ID:", "B.", "=1+1", "_x000D_"])
    return st.lists(st.one_of(_short(), special), min_size=1, max_size=4).map("\n".join).map(lines).filter(bool)


SLUGS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)


@st.composite
def banks(draw):
    """Any bank that has no errors."""
    topics = draw(st.dictionaries(SLUGS, _short(), min_size=1, max_size=3))
    questions = draw(st.lists(questions_about(sorted(topics)), min_size=1, max_size=4, unique_by=lambda one: one.id))
    language = draw(st.sampled_from(["vi", "en", "hmn"]))
    return Bank(draw(SLUGS), draw(_short()), language, topics, tuple(questions))


@st.composite
def questions_about(draw, topics):
    options = draw(st.lists(_short(), min_size=2, max_size=10, unique_by=same))
    right = draw(st.sets(st.sampled_from(LETTERS[: len(options)]), min_size=1))
    optional = st.one_of(st.just(""), _long())
    source = draw(st.one_of(st.just(""), _short()))
    topic, level = draw(st.sampled_from(topics)), draw(st.sampled_from(LEVELS))
    key, why, practice = "".join(sorted(right)), draw(optional), draw(st.booleans())
    return Question(draw(SLUGS), topic, level, draw(_long()), tuple(options), key, why, source, practice)


SOUND = banks().filter(check.is_sound)


@settings(max_examples=150, deadline=None)
@given(SOUND)
def test_what_is_written_is_read_as_the_same_bank(bank):
    again, found = text.parse(text.write(bank))
    assert again == bank, [finding.sentence("en") for finding in found]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.binary()))
def test_no_input_raises(junk):
    bank, found = text.parse(junk)
    assert bank is None and [finding.sentence(language) for finding in found for language in ("vi", "en")]


PIECES = ["BANK: ", "TITLE: ", "TOPIC: ", "ID: ", "LEVEL: ", "ANSWER: ", "WHY: ", "SOURCE: "]
PIECES += ["A. ", "B. ", "\n", "#", "\\", "|", "easy"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join))
def test_no_scrambled_bank_raises(junk):
    _, found = text.parse(junk)
    assert all(finding.sentence("vi") and finding.sentence("en").encode() for finding in found)


@settings(max_examples=100, deadline=None)
@given(SOUND, st.data())
def test_a_damaged_bank_never_raises_and_is_never_half_read(bank, data):
    whole = text.write(bank)
    at = data.draw(st.integers(0, len(whole)))
    damaged = whole[:at] + data.draw(st.text(max_size=5)) + whole[at + data.draw(st.integers(0, 30)) :]
    again, found = text.parse(damaged)
    assert (again is None) == any(finding.severity == "error" for finding in found)


def test_limits_hold_to_the_character():
    fits = BANK.replace("Bộ Y tế", "x" * LONGEST["option"])
    assert text.parse(fits)[0] is not None
