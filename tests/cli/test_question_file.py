from pathlib import Path

import pytest

from hoithi_cli.rehearse import question_file
from hoithi_cli.trouble import WrongUsage

BANK = Path(__file__).parents[2] / "content" / "banks" / "chuyen-doi-so.txt"
TEXT = """# a comment
BANK: b
TITLE: Ngân hàng

TOPIC: t | Chủ đề: một

ID: t-001
LEVEL: easy
Câu hỏi thứ nhất,
trên hai dòng?
A. sai
B. đúng
ANSWER: B
WHY: vì thế

ID: t-002
Chọn hai?
A. một
B) hai
C. ba
ANSWER: A, B
"""


def test_questions_and_their_right_options_are_read():
    found = question_file.questions_of(TEXT)
    assert found == {"Câu hỏi thứ nhất, trên hai dòng?": ["đúng"], "Chọn hai?": ["một", "hai"]}


def test_windows_line_ends_make_no_difference():
    assert question_file.questions_of(TEXT.replace("\n", "\r\n")) == question_file.questions_of(TEXT)


def test_every_question_of_the_shipped_bank_is_known():
    known = question_file.knowledge_of(BANK)
    assert len(known) == sum(line.startswith("ID:") for line in BANK.read_text("utf-8").splitlines())


def test_a_file_without_questions_is_refused(tmp_path):
    (tmp_path / "empty.txt").write_text("nothing")
    with pytest.raises(WrongUsage, match="no question"):
        question_file.knowledge_of(tmp_path / "empty.txt")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(WrongUsage, match=r"gone\.txt"):
        question_file.knowledge_of(tmp_path / "gone.txt")
