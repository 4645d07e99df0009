"""The workbook given back with what to mend."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from exam.test_bank_excel import HEADER, OTHER, ROW, file_of, saved, with_cell
from hoithi_exam.domain.bank import excel, mended
from hoithi_exam.handlers.banks import mend_file


def sheet_of(data):
    return load_workbook(BytesIO(data)).active


def test_the_wrong_cell_is_coloured_and_its_row_says_what_to_mend():
    sheet = sheet_of(mend_file(file_of(HEADER, OTHER, with_cell("Mức độ", "dễ ợt")), "bank", "vi"))
    assert sheet.cell(1, 12).value == "Lỗi cần sửa"
    assert sheet.cell(3, 12).value.startswith("Dòng 3, cột Mức độ: mức độ «dễ ợt» không có")
    assert sheet["C3"].fill.fgColor.rgb == mended.COLOURS["error"]
    assert sheet["C2"].fill.fill_type is None and sheet.cell(2, 12).value is None


def test_a_corrected_copy_is_read_without_a_word_about_its_remarks():
    book = load_workbook(BytesIO(mend_file(file_of(HEADER, OTHER, with_cell("Mức độ", "x")), "bank", "en")))
    assert book.active.cell(1, 12).value == "To mend"
    book.active["C3"] = "khó"
    bank, found = excel.parse(saved(book))
    assert bank.questions[1].level == "hard" and found == []


def test_mending_a_copy_again_forgets_the_old_remarks():
    book = load_workbook(BytesIO(mend_file(file_of(HEADER, OTHER, with_cell("Mức độ", "x")), "bank", "vi")))
    book.active["C3"], book.active["C2"] = "khó", "y"
    sheet = sheet_of(mend_file(saved(book), "bank", "vi"))
    assert sheet.max_column == 12 and sheet.cell(3, 12).value is None
    assert sheet["C3"].fill.fill_type is None and sheet["C2"].fill.fill_type == "solid"


def test_what_is_wrong_with_the_header_stands_at_the_header():
    sheet = sheet_of(mend_file(file_of([title for title in HEADER if title != "Mức độ"], [1]), "bank", "vi"))
    assert "thiếu cột Mức độ" in sheet.cell(1, 11).comment.text


def test_a_remark_is_never_a_formula():
    sheet = sheet_of(mend_file(file_of(HEADER, with_cell("Mức độ", "=1+1")), "bank", "vi"))
    assert sheet.cell(2, 12).data_type == "s"


@pytest.mark.parametrize("data", [b"", b"PK", file_of(["Xin", "chào"])])
def test_without_a_table_of_questions_there_is_nothing_to_mend(data):
    with pytest.raises(mended.NothingToMend):
        mend_file(data, "bank", "vi")


def test_a_workbook_too_big_to_open_for_writing_is_refused(monkeypatch):
    monkeypatch.setattr(mended, "MOST_MB", 0)
    with pytest.raises(mended.TooBigToMend):
        mend_file(file_of(HEADER, ROW), "bank", "vi")


def test_a_topic_merged_over_rows_is_the_topic_of_each():
    book = Workbook()
    for row in (HEADER, ROW, [OTHER[0], None, None, *OTHER[3:]]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("C2:C3")
    bank, _ = excel.parse(saved(book))
    assert [(question.topic, question.level) for question in bank.questions] == [("an-toan-thong-tin", "easy")] * 2


def test_practice_merged_over_rows_is_the_use_of_each():
    book = Workbook()
    for row in ([*HEADER, "Luyện tập"], [*ROW, "có"], [*OTHER, None]):
        book.active.append(row)
    book.active.merge_cells(start_row=2, end_row=3, start_column=len(ROW) + 1, end_column=len(ROW) + 1)
    bank, _ = excel.parse(saved(book))
    assert [question.practice for question in bank.questions] == [True, True]


def test_a_topic_and_level_for_the_whole_file_stand_in_for_missing_columns():
    header = ["Câu hỏi", "A", "B", "Đáp án"]
    bank, _ = excel.parse(file_of(header, ["Hai cộng hai?", "ba", "bốn", "B"]), topic="Toán", level="hard")
    assert (bank.topics, bank.questions[0].topic, bank.questions[0].level) == ({"toan": "Toán"}, "toan", "hard")
