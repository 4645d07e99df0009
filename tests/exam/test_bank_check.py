"""Rules of what makes a bank wrong or doubtful."""

import random
import time
from dataclasses import replace

import pytest

from hoithi_exam.domain.bank import check
from hoithi_exam.domain.bank.model import Bank, Question

OPTIONS = ("Dài và khó đoán", "Ngày sinh", "Tên con")
SOUND = Question("q-1", "an-toan", "easy", "Mật khẩu mạnh là gì?", OPTIONS, "a", "Vì khó đoán.")
SYLLABLES = """dữ liệu công dân số tỉnh xã bản làng mạng internet điện thoại ngân hàng dịch vụ trực tuyến hồ sơ chữ ký định danh
bảo mật an toàn mã nguồn mở học trường y tế thuốc bệnh viện chợ nông sản thương mại bưu chính viễn thông sóng trạm phát
luật nghị quyết"""
WORDS = SYLLABLES.split()


def bank_of(*questions, topics=("an-toan",)):
    return Bank("thu", "Thử", "vi", {topic: topic.title() for topic in topics}, questions)


def found_in(*questions, **other):
    return [(finding.severity, finding.where, finding.code) for finding in check.check(bank_of(*questions, **other))]


def changed(**fields):
    return found_in(replace(SOUND, **fields))


def numbered(count, make):
    return [replace(SOUND, id=f"q-{n}", text=f"{n} {random.Random(n).sample(WORDS, 12)}", **make(n)) for n in range(count)]


def test_a_sound_bank_has_no_findings():
    assert found_in(SOUND) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"id": ""}, "missing"),
        ({"id": "Q 1"}, "slug-wrong"),
        ({"id": "a.b"}, "slug-wrong"),
        ({"topic": "khac"}, "topic-unknown"),
        ({"level": "dễ"}, "level-unknown"),
        ({"text": ""}, "missing"),
        ({"text": "x" * 1001}, "too-long"),
        ({"text": "a\x07b"}, "control-character"),
        ({"text": "a\u202eb"}, "control-character"),
        ({"text": "Mâ\u0323t khâ\u0309u?"}, "not-normal"),
        ({"text": "hai  dấu cách"}, "not-normal"),
        ({"text": "<script>alert(1)</script>"}, "markup"),
        ({"why": "x<br/>y"}, "markup"),
        ({"why": "x" * 2001}, "too-long"),
        ({"source": "hai\ndòng"}, "control-character"),
        ({"options": ("một",)}, "options-count"),
        ({"options": tuple("abcdefghijk")}, "options-count"),
        ({"options": ("Có", "có.", "Không")}, "option-twice"),
        ({"options": ("Có", "", "Không")}, "missing"),
        ({"options": ("Có\nKhông", "b", "c")}, "control-character"),
        ({"right": ""}, "right-wrong"),
        ({"right": "d"}, "right-wrong"),
        ({"right": "ba"}, "right-wrong"),
        ({"right": "aa"}, "right-wrong"),
        ({"right": "A"}, "right-wrong"),
    ],
)
def test_a_broken_rule_is_an_error(fields, code):
    assert ("error", f"question {fields.get('id', 'q-1')}", code) in changed(**fields)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"why": ""}, "why-missing"),
        ({"right": "abc"}, "all-right"),
        ({"why": "A &amp; B"}, "entity"),
        ({"options": ("Có", "B")}, "option-is-letter"),
        ({"options": ("Có", "Không", "Tất cả các phương án trên")}, "above-option"),
        ({"options": ("Có", "Không", "Cả A và B đều đúng.")}, "above-option"),
        ({"options": ("Có", "Không", "Không phương án nào ở trên")}, "above-option"),
        ({"options": ("Có", "Không", "Cả ba phương án trên đều đúng")}, "above-option"),
        ({"options": ("Yes", "No", "None of the above")}, "above-option"),
    ],
)
def test_a_doubt_is_a_warning(fields, code):
    assert ("warning", "question q-1", code) in changed(**fields)


@pytest.mark.parametrize("option", ["Tất cả mọi người dân", "Cả nước", "5 < 7", "Bộ Y tế và Bộ Công an", "Năm 2030"])
def test_an_ordinary_option_is_no_finding(option):
    assert changed(options=("Có", "Không", option)) == []


def test_an_id_has_at_most_sixty_characters():
    assert changed(id="q" * 60) == []
    assert [code for _, _, code in changed(id="q" * 61)] == ["slug-wrong"]


def test_the_bank_itself_is_checked():
    bank = Bank("Thử 1", "", "tiếng Việt", {"A b": "x", "c": "Tên", "d": "ten!"}, ())
    found = {(finding.where, finding.code) for finding in check.check(bank)}
    assert found >= {("bank", "slug-wrong"), ("bank", "missing"), ("bank", "language-wrong"), ("topic A b", "slug-wrong")}
    assert ("topic d", "topic-name-twice") in found


def test_a_topic_without_questions_is_a_warning():
    assert ("warning", "topic du-lieu", "topic-empty") in found_in(SOUND, topics=("an-toan", "du-lieu"))


def test_an_id_is_used_once():
    assert ("error", "question q-1", "id-twice") in found_in(SOUND, replace(SOUND, text="Khác hẳn?"))


def test_a_double_is_found_whatever_its_case_diacritics_and_punctuation():
    assert ("error", "question q-2", "double") in found_in(SOUND, replace(SOUND, id="q-2", text="MAT KHAU  mạnh; là gì"))


def test_a_double_with_another_wrong_option_is_still_a_double():
    other = replace(SOUND, id="q-2", options=("Số 1", "Dài và khó đoán"), right="b")
    assert ("error", "question q-2", "double") in found_in(SOUND, other)


def test_the_same_words_about_other_options_are_only_doubtful():
    other = replace(SOUND, id="q-2", options=("Mười hai ký tự trở lên", "123456"))
    assert ("warning", "question q-2", "same-text") in found_in(SOUND, other)


def test_a_near_double_is_a_warning_with_its_likeness():
    first = replace(SOUND, text="Theo Luật Giao dịch điện tử, chữ ký số có giá trị thế nào?")
    second = replace(first, id="q-2", text="Theo Luật Giao dịch điện tử thì chữ ký số có giá trị thế nào?")
    near = [finding for finding in check.check(bank_of(first, second)) if finding.code == "near-double"]
    assert [(finding.where, finding.detail["other"]) for finding in near] == [("question q-2", "question q-1")]
    assert 85 <= near[0].detail["percent"] < 100
    assert near[0].sentence("vi").startswith("Câu q-2: giống Câu q-1 đến")


def test_different_questions_are_not_near_doubles():
    other = replace(SOUND, id="q-2", text="Mật khẩu yếu dẫn đến điều gì khi dùng mạng công cộng?")
    assert found_in(SOUND, other) == []


def test_near_doubles_agree_with_comparing_every_pair():
    from difflib import SequenceMatcher

    from hoithi_exam.domain.bank.spelling import fold

    dice = random.Random(5)
    texts = [" ".join(dice.sample(WORDS, 10)) for _ in range(60)]
    texts += [" ".join((words := text.split())[:k] + words[k + 1 :]) for text in texts[:30] for k in [dice.randrange(10)]]
    bank = bank_of(*(replace(SOUND, id=f"q-{n}", text=text) for n, text in enumerate(texts)))
    slow = {
        (f"question q-{a}", f"question q-{b}")
        for b in range(len(texts))
        for a in range(b)
        if SequenceMatcher(None, fold(texts[a]), fold(texts[b]), autojunk=False).ratio() >= 0.85
    }
    quick = {(f.detail["other"], f.where) for f in check.check(bank) if f.code == "near-double"}
    assert quick == slow and len(slow) >= 25


def test_two_thousand_questions_are_checked_in_seconds():
    questions = numbered(2000, lambda n: {"options": (f"{n} a", f"{n} b", f"{n} c", f"{n} d"), "right": "abcd"[n % 4]})
    start = time.perf_counter()
    assert check.check(bank_of(*questions)) is not None
    assert time.perf_counter() - start < 20


def test_many_alike_questions_do_not_hang_the_check():
    alike = f"Câu hỏi giống nhau {'rất ' * 50}nhiều"
    questions = [replace(SOUND, id=f"q-{n}", text=f"{alike} {n}", options=(f"{n}", "x")) for n in range(1500)]
    start = time.perf_counter()
    found = check.check(bank_of(*questions))
    assert time.perf_counter() - start < 60 and len(found) <= 301


def test_a_right_answer_that_is_the_longest_too_often_is_a_warning_with_the_share():
    questions = numbered(40, lambda n: {"options": ("dài nhất" if n < 20 else "ng", f"b{n}x", "cxx"), "right": "a"})
    found = [finding for finding in check.check(bank_of(*questions)) if finding.code == "longest-too-often"]
    assert found[0].detail == {"count": 20, "of": 40, "percent": 50, "most": 40}
    assert check.longest_share(bank_of(*questions)) == (20, 40)


def test_true_false_and_several_right_do_not_count_for_the_longest():
    assert check.longest_share(bank_of(replace(SOUND, options=("Đúng", "Sai")), replace(SOUND, right="ab"))) == (0, 0)


def test_equally_long_options_are_not_the_longest():
    assert check.longest_share(bank_of(replace(SOUND, options=("abc", "abd", "x")))) == (0, 1)


def test_a_letter_that_is_right_too_often_is_a_warning():
    questions = numbered(60, lambda n: {"options": (f"a{n}", f"b{n}", f"c{n}", f"d{n}"), "right": "aaab"[n % 4]})
    letters = {f.detail["letter"] for f in check.check(bank_of(*questions)) if f.code == "letters-unbalanced"}
    assert letters == {"A", "C", "D"}


def test_summary_counts_by_topic_and_level_with_zeros():
    bank = bank_of(SOUND, replace(SOUND, level="hard"), topics=("an-toan", "du-lieu"))
    none = {"easy": 0, "medium": 0, "hard": 0}
    assert check.summary(bank) == {"an-toan": none | {"easy": 1, "hard": 1}, "du-lieu": none}


def test_errors_come_before_warnings_when_there_are_too_many():
    questions = [replace(SOUND, id=f"q-{n}", text=f"{n}", why="", right="z") for n in range(400)]
    found = check.check(bank_of(*questions))
    assert {finding.severity for finding in found} == {"error"} and found[-1].code == "more-findings"
