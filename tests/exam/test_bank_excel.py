"""Rules of the bank's Excel format."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hoithi_exam.domain.bank import check, excel, text
from hoithi_exam.domain.bank.model import Bank, Question
from hoithi_exam.domain.bank.spelling import same

HEADER = ["Mã", "Chủ đề", "Mức độ", "Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D"]
HEADER += ["Đáp án đúng", "Giải thích", "Nguồn"]
ROW = ["AT-001", "An toàn thông tin", "Dễ", "Mật khẩu mạnh là gì?", "Dài, khó đoán", "Ngày sinh", "Tên con", "Số xe"]
ROW += ["A", "Vì vậy.", "Luật"]
OTHER = ["AT-002", "Dữ liệu", "Khó", "Dữ liệu mở là gì?", "Ai cũng dùng được", "Bí mật", "Bị mất", "Đã xóa"]
OTHER += ["a", "Vì vậy.", ""]


def file_of(*rows, **sheets):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title, extra in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in extra:
            sheet.append(row)
    return saved(book)


def saved(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def bank_from(*rows, **sheets):
    bank, found = excel.parse(file_of(*rows, **sheets))
    assert bank is not None, [finding.sentence("en") for finding in found]
    return bank


def faults(*rows, **sheets):
    bank, found = excel.parse(file_of(*rows, **sheets))
    assert bank is None
    assert all(finding.sentence("vi") and finding.sentence("en") for finding in found)
    return [(finding.where, finding.code) for finding in found if finding.severity == "error"]


def with_cell(title, value):
    return [value if head == title else cell for head, cell in zip(HEADER, ROW, strict=True)]


def test_the_usual_vietnamese_columns_are_read():
    bank = bank_from(HEADER, ROW, OTHER)
    assert bank.topics == {"an-toan-thong-tin": "An toàn thông tin", "du-lieu": "Dữ liệu"}
    first = bank.questions[0]
    assert (first.id, first.topic, first.level, first.right) == ("at-001", "an-toan-thong-tin", "easy", "a")
    assert first.options == ("Dài, khó đoán", "Ngày sinh", "Tên con", "Số xe")
    assert (first.why, first.source, bank.questions[1].source) == ("Vì vậy.", "Luật", "")


def test_the_header_is_found_below_a_title_whatever_order_case_and_diacritics():
    header = ["STT", "dap an", "CÂU HỎI (nội dung)", "a", "b", "Muc do: de, trung binh, kho", "Lĩnh vực", "GHI CHÚ"]
    rows = [["NGÂN HÀNG CÂU HỎI"], [], header, [1, "B", "Hai cộng hai?", "Ba", "Bốn", "TB", "Toán", "x"]]
    bank, found = excel.parse(file_of(*rows))
    question = bank.questions[0]
    assert (question.text, question.options, question.right, question.level) == ("Hai cộng hai?", ("Ba", "Bốn"), "b", "medium")
    assert ("row 3, column GHI CHÚ", "column-unknown") in [(finding.where, finding.code) for finding in found]


def test_english_columns_are_read():
    header = ["Code", "Topic", "Difficulty", "Question", "Option 1", "Option 2", "Correct answer", "Explanation"]
    assert bank_from(header, ["q1", "Maths", "hard", "2+2?", "four", "five", 1, "so"]).questions[0].right == "a"


def test_a_header_of_two_rows_under_a_merged_title_is_read():
    upper = ["Mã", "Chủ đề", "Mức độ", "Câu hỏi", "Phương án", None, None, None, "Đáp án", "Giải thích", "Nguồn"]
    lower = [None] * 4 + ["A", "B", "C", "D"]
    assert bank_from(upper, lower, ROW).questions == bank_from(HEADER, ROW).questions


@pytest.mark.parametrize(
    ("value", "level"), [("Dễ", "easy"), ("trung bình", "medium"), ("KHÓ", "hard"), (1, "easy"), ("2", "medium")]
)
def test_levels_are_words_or_numbers(value, level):
    assert bank_from(HEADER, with_cell("Mức độ", value)).questions[0].level == level


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("A", "a"),
        ("a,c", "ac"),
        ("A C", "ac"),
        ("C; a", "ac"),
        ("A và D", "ad"),
        ("AC", "ac"),
        (2, "b"),
        ("1, 3", "ac"),
        ("Số xe", "d"),
    ],
)
def test_answers_are_letters_numbers_or_the_wording(value, right):
    assert bank_from(HEADER, with_cell("Đáp án đúng", value)).questions[0].right == right


@pytest.mark.parametrize("value", ["E", "5", "0", "A, E", "CA", "đúng", "A?B", "-"])
def test_an_answer_that_is_no_option_is_refused(value):
    assert ("row 2, column Đáp án đúng", "answer-unknown") in faults(HEADER, with_cell("Đáp án đúng", value))


def test_a_number_that_is_also_an_options_text_is_refused_as_ambiguous():
    row = with_cell("Đáp án đúng", 3)
    row[4:8] = [2, 3, 4, 5]
    assert ("row 2, column Đáp án đúng", "answer-ambiguous") in faults(HEADER, row)
    row[8] = "B"
    assert bank_from(HEADER, row).questions[0].right == "b"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Chủ đề", None, "missing"),
        ("Mức độ", "dễ ợt", "level-unknown"),
        ("Mức độ", None, "missing"),
        ("Câu hỏi", None, "missing"),
        ("Câu hỏi", "x" * 1001, "too-long"),
        ("Câu hỏi", "#REF!", "cell-error"),
        ("Câu hỏi", "a_x0007_b", "control-character"),
        ("Phương án B", None, "option-gap"),
        ("Phương án B", "<img src=x>", "markup"),
        ("Phương án C", "Ngày sinh", "option-twice"),
        ("Phương án D", "a\u200bb", "control-character"),
        ("Đáp án đúng", None, "missing"),
        ("Nguồn", "x" * 501, "too-long"),
    ],
)
def test_a_broken_row_is_named_with_row_and_column_and_nothing_is_imported(column, value, code):
    assert (f"row 3, column {column}", code) in faults(HEADER, OTHER, with_cell(column, value))


def test_rows_are_counted_as_excel_counts_them():
    assert ("row 7, column Mức độ", "level-unknown") in faults([], [], HEADER, OTHER, [], [], with_cell("Mức độ", "x"))


def test_sentences_name_row_and_column_in_the_persons_language():
    _, found = excel.parse(file_of(HEADER, with_cell("Mức độ", "x")))
    assert found[0].sentence("vi").startswith("Dòng 2, cột Mức độ: mức độ «x» không có")
    assert found[0].sentence("en").startswith("Row 2, column Mức độ: the level “x” is not known")


def test_an_id_used_twice_and_a_double_name_both_rows():
    found = faults(HEADER, ROW, ROW)
    assert ("row 3, column Mã", "id-twice") in found and ("row 3, column Câu hỏi", "double") in found


def test_a_missing_id_is_made_from_the_question_and_stays_the_same():
    first = bank_from(HEADER, with_cell("Mã", None)).questions[0].id
    second = bank_from(HEADER, OTHER, with_cell("Mã", None)).questions[1].id
    other = bank_from(HEADER, [None, *OTHER[1:]]).questions[0].id
    assert first == second != other and first.startswith("q-")


def test_a_bare_number_as_id_carries_the_banks_id():
    bank, _ = excel.parse(file_of(HEADER, with_cell("Mã", 7)), bank_id="cds")
    assert (bank.id, bank.title, bank.questions[0].id) == ("cds", "cds", "cds-7")


def test_missing_columns_are_named():
    found = excel.parse(file_of([cell for cell in HEADER if cell not in ("Mức độ", "Phương án C")], [1]))[1]
    assert {finding.detail["column"] for finding in found} == {"Mức độ", "Phương án C"}


def test_a_column_given_twice_is_refused():
    assert ("row 1", "column-twice") in faults([*HEADER, "Lĩnh vực"], [*ROW, "x"])


def test_a_file_without_header_is_refused():
    assert faults(["Xin", "chào"]) == [("file", "header-not-found")]


def test_a_header_without_rows_is_refused():
    assert faults(HEADER) == [("file", "no-questions")]


def test_questions_on_two_sheets_are_refused():
    assert faults(HEADER, ROW, Tiếp=[HEADER, OTHER]) == [("sheet Tiếp", "second-sheet")]


def test_topics_come_from_their_sheet_by_slug_or_name():
    sheet = [["Mã", "Tên"], ["at", "An toàn thông tin"], ["dl", "Dữ liệu"]]
    bank = bank_from(HEADER, with_cell("Chủ đề", "an toan THÔNG TIN"), ["x1", "dl", *OTHER[2:]], Chủ_đề=sheet)
    assert [question.topic for question in bank.questions] == ["at", "dl"]
    assert ("row 2, column Chủ đề", "topic-unknown") in faults(HEADER, with_cell("Chủ đề", "Lạ"), Chủ_đề=sheet)


def test_numbers_dates_and_per_cents_are_read_as_shown_with_a_warning():
    book = load_workbook(BytesIO(file_of(HEADER, ROW)))
    sheet = book.active
    sheet["E2"], sheet["F2"], sheet["G2"], sheet["H2"] = 0.5, date(2022, 10, 10), 2030, True
    sheet["E2"].number_format = "0%"
    bank, found = excel.parse(saved(book))
    assert bank.questions[0].options == ("50%", "10/10/2022", "2030", "TRUE")
    doubtful = [finding.where for finding in found if finding.code == "cell-converted"]
    assert doubtful == [f"row 2, column Phương án {letter}" for letter in "ABD"]


def test_a_formula_that_was_never_computed_is_an_empty_cell():
    assert ("row 2, column Câu hỏi", "missing") in faults(HEADER, with_cell("Câu hỏi", "=1+1"))


SAMPLE = Bank(
    "thu",
    "Thử nghiệm",
    "vi",
    {"an-toan": "An toàn", "du-lieu": "Dữ liệu", "trong": "Trống"},
    (
        Question("at-1", "an-toan", "easy", "=HYPERLINK(1)", ("+84", "-1", "@a", "=1"), "a", "_x000D_ và _x005F_", "n"),
        Question("007", "du-lieu", "hard", "Dòng một\n\nDòng ba", ("1", "2"), "ab"),
        Question("dl-2", "du-lieu", "medium", "Bao nhiêu?", tuple(f"số {n}" for n in range(10)), "bj", "Vì\nvậy"),
    ),
)


def test_a_written_bank_is_read_as_the_same_bank():
    bank, found = excel.parse(excel.write(SAMPLE))
    assert bank == SAMPLE and found == []


def test_the_same_bank_is_the_same_file():
    assert excel.write(SAMPLE) == excel.write(SAMPLE)


def test_an_english_bank_has_english_titles():
    bank = Bank("b", "B", "en", SAMPLE.topics, SAMPLE.questions)
    data = excel.write(bank)
    assert excel.parse(data)[0] == bank
    assert load_workbook(BytesIO(data)).sheetnames == ["Questions", "Topics", "Bank"]


def test_a_written_file_holds_no_formula():
    for row in load_workbook(BytesIO(excel.write(SAMPLE)))["Câu hỏi"].iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "-", "@")) or cell.quotePrefix


def test_a_written_file_is_pleasant_to_work_in():
    book = load_workbook(BytesIO(excel.write(SAMPLE)))
    sheet = book["Câu hỏi"]
    assert book.sheetnames == ["Câu hỏi", "Chủ đề", "Ngân hàng"]
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == "A1:R4"
    assert sheet["A1"].font.bold and sheet["A1"].fill.fgColor.rgb.endswith("1F4E79")
    assert sheet["D2"].alignment.wrap_text and sheet.column_dimensions["D"].width >= 40
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {'"dễ,trung bình,khó"', "'Chủ đề'!$B$2:$B$4"}


def test_an_oversized_file_is_refused():
    bank, found = excel.parse(b"PK" + bytes(10 * 2**20))
    assert bank is None and [finding.code for finding in found] == ["file-too-big"]


def _zip(**parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def replaced(data, name, content):
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part))
    return file.getvalue()


def codes(data):
    bank, found = excel.parse(data)
    assert bank is None
    return [finding.code for finding in found]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    assert codes(_zip(xl__worksheets__sheet1=bytes(61 * 2**20))) == ["unpacked-too-big"]
    assert codes(_zip(styles=bytes(3 * 2**20))) == ["unpacked-too-big"]


def test_an_entity_bomb_is_refused_in_any_encoding():
    bomb = '<?xml version="1.0" encoding="{}"?>' + " " * 5000 + '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    for encoding in ("utf-8", "utf-16"):
        data = replaced(file_of(HEADER, ROW), "xl/worksheets/sheet1.xml", bomb.format(encoding).encode(encoding))
        assert codes(data) == ["dangerous-file"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-xlsx"),
        (b"a,b,c", "not-xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-excel"),
        (_zip(a="b"), "unreadable-file"),
    ],
)
def test_what_is_not_excel_is_refused(data, code):
    assert codes(data) == [code]


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


@pytest.mark.parametrize(
    "row",
    [
        '<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="1"><c r="ZZZZZZZ1" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" s="999"><v>nan</v></c></row>',
        "<row>" * 3000 + "</row>" * 3000,
    ],
)
def test_a_malicious_sheet_is_refused_quickly(row):
    assert codes(replaced(file_of(HEADER, ROW), "xl/worksheets/sheet1.xml", SHEET.format(row)))[0] in {
        "unreadable-file",
        "header-not-found",
    }


def test_too_many_rows_are_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(20_001):
        sheet.append(["x"])
    assert codes(saved(book)) == ["too-many-rows"]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 2**40),
    st.floats(),
    st.dates(min_value=date(1900, 3, 1), max_value=date(2200, 1, 1)),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8),
    st.sampled_from(HEADER + ROW),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=12), max_size=6), st.booleans())
def test_no_table_raises(rows, headed):
    bank, found = excel.parse(file_of(*([HEADER] if headed else []), *rows))
    assert (bank is None) == any(finding.severity == "error" for finding in found)
    assert all(finding.sentence("vi") and finding.sentence("en").encode() for finding in found)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise(junk):
    assert excel.parse(junk)[0] is None
    assert excel.parse(b"PK\x03\x04" + junk)[0] is None


GOOD = file_of(HEADER, ROW)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=20))
def test_a_damaged_file_never_raises(at, junk):
    bank, found = excel.parse(GOOD[:at] + junk + GOOD[at + len(junk) :])
    assert (bank is None) == any(finding.severity == "error" for finding in found)


PARTS = [part for part in zipfile.ZipFile(BytesIO(GOOD)).namelist() if part.endswith((".xml", ".rels"))]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_a_damaged_part_never_raises(name, data):
    content = zipfile.ZipFile(BytesIO(GOOD)).read(name)
    at = data.draw(st.integers(0, len(content)))
    damaged = content[:at] + data.draw(st.binary(max_size=8)) + content[at + data.draw(st.integers(0, 60)) :]
    bank, found = excel.parse(replaced(GOOD, name, damaged))
    assert (bank is None) == any(finding.severity == "error" for finding in found)


ALPHABET = st.one_of(
    st.sampled_from("AaBbĐđ .,=+-@_x0D5F1'\"&<%\u0301"),
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"]),
)
TEXTS = st.text(ALPHABET, min_size=1, max_size=20).map(excel.line).filter(lambda text: text and text not in excel.ERRORS)
LONG = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)


@st.composite
def banks(draw):
    topics = draw(st.dictionaries(st.from_regex("[a-z0-9]{1,3}", fullmatch=True), TEXTS, min_size=1, max_size=3))
    questions = []
    for number in range(draw(st.integers(1, 3))):
        options = tuple(draw(st.lists(TEXTS, min_size=2, max_size=10, unique_by=same)))
        right = "".join(sorted(draw(st.sets(st.sampled_from("abcdefghij"[: len(options)]), min_size=1))))
        why, source = draw(st.one_of(st.just(""), LONG)), draw(st.one_of(st.just(""), TEXTS))
        level, topic = draw(st.sampled_from(["easy", "medium", "hard"])), draw(st.sampled_from(sorted(topics)))
        practice = draw(st.booleans())
        questions.append(Question(f"q-{number}", topic, level, draw(LONG), options, right, why, source, practice))
    return Bank("b", draw(TEXTS), draw(st.sampled_from(["vi", "en"])), topics, tuple(questions))


@settings(max_examples=100, deadline=None)
@given(banks().filter(check.is_sound))
def test_any_sound_bank_survives_excel_and_text(bank):
    again, found = excel.parse(excel.write(bank))
    assert again == bank, [finding.sentence("en") for finding in found]
    assert text.parse(text.write(again))[0] == bank
