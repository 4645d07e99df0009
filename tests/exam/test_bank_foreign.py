"""Rules of Aiken, GIFT and Moodle XML files, and of telling formats apart."""

import pytest

from hoithi_exam.domain.bank import aiken, formats, gift, moodle
from hoithi_exam.domain.bank.draft import Given

GIVEN = Given("bank", topic="Chung", level="easy")


def bank_of(form, text):
    bank, found = form.parse(text.encode(), GIVEN)
    assert bank is not None, [finding.sentence("en") for finding in found]
    return bank


def faults(form, text):
    bank, found = form.parse(text if isinstance(text, bytes) else text.encode(), GIVEN)
    assert bank is None and all(finding.sentence("vi") and finding.sentence("en") for finding in found)
    return [(finding.where, finding.code) for finding in found if finding.severity == "error"]


# Aiken


def test_aiken_questions_are_read_with_points_or_brackets():
    bank = bank_of(aiken, "Một?\nA. x\nB. y\nANSWER: B\n\nHai?\na) x\nb) z\nANSWER: a\n")
    assert [(one.text, one.options, one.right) for one in bank.questions] == [
        ("Một?", ("x", "y"), "b"),
        ("Hai?", ("x", "z"), "a"),
    ]


def test_aiken_faults_name_their_line():
    assert ("line 4", "aiken-line") in faults(aiken, "Một?\nA. x\nB. y\nD. z\nANSWER: B")
    assert ("line 4", "answer-unknown") in faults(aiken, "Một?\nA. x\nB. y\nANSWER: E")
    assert ("line 1", "missing") in faults(aiken, "Một?\nA. x\nB. y")


# GIFT

GIFT = r"""
// [id:at-1] [tag:khó]
$CATEGORY: $course$/top/An toàn

// [id:at-2] [tag:khó]
::Tên::[html]<p>Mật khẩu <b>mạnh</b> &amp; dài?</p>{
  ~123456#ngắn
  =T\=9\{x\}\: dài#đúng
####Vì dài.<br>Nguồn\: Luật
}

Số chẵn? { ~%50%hai ~%-100%ba ~%50%bốn }

Nước sôi ở {=100 ~90} độ C.

Trái đất tròn.{T}
"""


def test_gift_is_read_with_ids_tags_categories_escapes_weights_and_missing_words():
    bank = bank_of(gift, GIFT)
    first, several, gap, truth = bank.questions
    assert (first.id, first.topic, first.level, first.text) == ("at-2", "an-toan", "hard", "Mật khẩu mạnh & dài?")
    assert (first.options, first.right, first.why, first.source) == (("123456", "T=9{x}: dài"), "b", "Vì dài.", "Luật")
    assert (several.options, several.right) == (("hai", "ba", "bốn"), "ac")
    assert (gap.text, gap.right) == ("Nước sôi ở ____ độ C.", "a")
    assert (truth.options, truth.right) == (("Đúng", "Sai"), "a")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Viết về quê em. {}", "kind-unsupported"),
        ("Năm nào? {#1945}", "kind-unsupported"),
        ("Ai? {=An =Bình}", "kind-unsupported"),
        ("Ai? {=An ~Bình", "gift-no-braces"),
        ("Ai?", "gift-no-braces"),
    ],
)
def test_what_gift_can_but_a_paper_cannot_is_named_with_its_line(text, code):
    assert ("line 3", code) in faults(gift, f"\n\n{text}\n")


# Moodle XML


def quiz(*questions):
    return f'<?xml version="1.0" encoding="UTF-8"?><quiz>{"".join(questions)}</quiz>'


MOODLE = """
<question type="multichoice"><name><text>Câu 1</text></name>
<questiontext format="html"><text><![CDATA[<p>Đọc:</p><p>2 &lt; 3?<math><mi>x</mi></math></p>]]></text>
</questiontext><single>true</single>
<answer fraction="100" format="html"><text>có</text><feedback><text>Vì 2 nhỏ hơn.</text></feedback></answer>
<answer fraction="50" format="html"><text>gần đúng</text></answer><tags><tag><text>Dễ</text></tag></tags></question>"""


def test_moodle_questions_are_read_as_plain_text_and_a_formula_left_out_is_told():
    bank, found = moodle.parse(quiz(MOODLE).encode(), GIVEN)
    question = bank.questions[0]
    assert (question.text, question.options, question.right) == ("Đọc:\n2 < 3?x", ("có", "gần đúng"), "a")
    assert (question.level, question.why) == ("easy", "Vì 2 nhỏ hơn.")
    assert "picture-left-out" in {finding.code for finding in found}


def test_moodle_true_false_and_categories_are_read():
    category = '<question type="category"><category><text>$course$/top/Y tế//giáo dục</text></category></question>'
    truth = (
        '<question type="truefalse"><questiontext><text>Tròn?</text></questiontext>'
        '<answer fraction="0"><text>false</text></answer><answer fraction="100"><text>true</text></answer></question>'
    )
    bank = bank_of(moodle, quiz(category, truth))
    assert (bank.topics, bank.questions[0].options, bank.questions[0].right) == (
        {"y-te-giao-duc": "Y tế/giáo dục"}, ("Sai", "Đúng"), "b",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (quiz('<question type="essay"/>'), "kind-unsupported"),
        (quiz(), "no-questions"),
        ("<quiz><question>", "not-moodle"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><quiz/>', "dangerous-file"),
        ('<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "dangerous-file"),
        (quiz("<question>" + "<a>" * 80 + "</a>" * 80 + "</question>"), "too-complex"),
        (quiz("<question>" + "<a/>" * 60_000 + "</question>"), "too-complex"),
        (b"<quiz>" + bytes(10 * 2**20) + b"</quiz>", "file-too-big"),
    ],
)
def test_a_hostile_or_broken_moodle_file_is_refused(text, code):
    assert faults(moodle, text)[0][1] == code


# Telling formats apart


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"BANK: x\n", "text"), (b"Q?\nA. x\nB. y\nANSWER: A", "aiken"), (b"Q? {=a ~b}", "gift"), (b"::t:: Q {T}", "gift"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><quiz/>", "moodle"), (b"PK\x03\x04", "xlsx"), (b"", None), (b"hello", None),
    ],
)  # fmt: skip
def test_a_format_is_recognised_by_its_content(data, name):
    assert formats.recognise(data) == name


def test_a_file_of_no_known_format_is_refused_with_what_is_possible():
    bank, found = formats.parse(b"hello", "auto", GIVEN)
    assert bank is None and "GIFT" in found[0].sentence("vi")


@pytest.mark.parametrize("name", ["aiken", "gift", "moodle", "docx"])
def test_junk_never_raises(name):
    for junk in (b"", b"\xff\xfe\x00", b"{}" * 50, b"A. \nANSWER:", b"<", b"PK\x03\x04" + b"x" * 80, b"{=\\", b"::::{~", b"[id:"):
        bank, found = formats.parse(junk, name, GIVEN)
        assert bank is None and found
