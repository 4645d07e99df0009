"""A bank written as an Excel file that people like to fill in. Rows go to disk as they are made (openpyxl's write-only mode)."""

import re
import shutil
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .model import LETTERS, LEVELS, MOST_ROWS, Bank, Question
from .spelling import fold

WORDS = {
    "vi": {
        "questions": "Câu hỏi", "topics": "Chủ đề", "bank": "Ngân hàng",
        "before": ["Mã", "Chủ đề", "Mức độ", "Câu hỏi"], "option": "Phương án",
        "after": ["Đáp án đúng", "Giải thích", "Nguồn", "Luyện tập"], "yes": "có",
        "topic": ["Mã", "Tên"], "head": ["Mã ngân hàng", "Tên ngân hàng", "Ngôn ngữ"],
        "levels": ["dễ", "trung bình", "khó"],
        "hints": [
            "Mỗi câu hỏi một dòng ở trang «Câu hỏi»; chủ đề phải có ở trang «Chủ đề».",
            "Đáp án đúng: chữ của phương án, ví dụ A; nhiều phương án đúng: A, C.",
            "Mức độ: dễ, trung bình hoặc khó. Mã để trống sẽ được tạo tự động.",
            "Luyện tập: có, nếu câu chỉ dùng cho bài luyện tập công khai; câu hỏi thi thì để trống.",
        ],
    },
    "en": {
        "questions": "Questions", "topics": "Topics", "bank": "Bank",
        "before": ["Code", "Topic", "Level", "Question"], "option": "Option",
        "after": ["Answer", "Explanation", "Source", "Practice"], "yes": "yes",
        "topic": ["Topic id", "Name"], "head": ["Bank id", "Title", "Language"],
        "levels": list(LEVELS),
        "hints": [
            "One question a row on the sheet “Questions”; its topic must be on the sheet “Topics”.",
            "Answer: the letter of the right option, such as A; several right options: A, C.",
            "Level: easy, medium or hard. A code left empty is made for you.",
            "Practice: yes, if the question is only for the public practice paper; empty for real papers.",
        ],
    },
}  # fmt: skip
HEADER = {
    "font": Font(name="Calibri", size=11, bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", fgColor="1F4E79"),
    "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
}
LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
BODY = Alignment(vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
SHADE = PatternFill("solid", fgColor="F3F7FB")
WIDTHS = {"before": [18, 24, 12, 56], "option": 32, "after": [11, 56, 34, 11]}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
STAMPED = "docProps/core.xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
SPOOLED, PIECE = 1024 * 1024, 64 * 1024


def write(bank: Bank) -> bytes:
    """The .xlsx of a bank without errors; `excel.parse` gives the same bank again, and the same bank the same bytes."""
    return b"".join(pieces(bank))


def pieces(bank: Bank) -> Iterator[bytes]:
    """The same in pieces; all the work is done before the first one."""
    words = WORDS["vi" if bank.language == "vi" else "en"]
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = _legal(bank.title), "hoithi"
    _questions(book.create_sheet(words["questions"]), bank, words)
    _topics(book.create_sheet(words["topics"]), bank, words)
    _head(book.create_sheet(words["bank"]), bank, words)
    with SpooledTemporaryFile(SPOOLED) as made, SpooledTemporaryFile(SPOOLED) as timeless:
        book.save(made)
        _timeless(made, timeless)
        timeless.seek(0)
        while piece := timeless.read(PIECE):
            yield piece


def _questions(sheet, bank: Bank, words: dict) -> None:
    count = max([4, *(len(question.options) for question in bank.questions)])
    options = [f"{words['option']} {letter.upper()}" for letter in LETTERS[:count]]
    _widths(sheet, WIDTHS["before"] + [WIDTHS["option"]] * count + WIDTHS["after"])
    sheet.freeze_panes = "B2"
    _paper(sheet)
    _header(sheet, words["before"] + options + words["after"])
    for number, question in enumerate(bank.questions, 2):
        _row(sheet, number, _values(bank, question, words, count), centred={3, 5 + count, 8 + count})
    sheet.auto_filter.ref = f"A1:{get_column_letter(8 + count)}{len(bank.questions) + 1}"
    _choice(sheet, "C", f'"{",".join(words["levels"])}"')
    if bank.topics:
        _choice(sheet, "B", f"'{words['topics']}'!$B$2:$B${len(bank.topics) + 1}")


def _values(bank: Bank, question: Question, words: dict, count: int) -> list[str]:
    level = words["levels"][LEVELS.index(question.level)] if question.level in LEVELS else question.level
    options = [*question.options, *[""] * (count - len(question.options))]
    answer = ", ".join(question.right.upper())
    practice = words["yes"] if question.practice else ""
    before = [question.id, _topic(bank, question.topic), level, question.text]
    return [*before, *options, answer, question.why, question.source, practice]


def _topic(bank: Bank, slug: str) -> str:
    """The topic's name, unless reading would take that for another topic."""
    name = bank.topics.get(slug, slug)
    taken = [other for other, known in bank.topics.items() if other == name or fold(known) == fold(name)]
    return name if taken == [slug] else slug


def _topics(sheet, bank: Bank, words: dict) -> None:
    _widths(sheet, [28, 60])
    sheet.freeze_panes = "A2"
    _header(sheet, words["topic"])
    for number, topic in enumerate(bank.topics.items(), 2):
        _row(sheet, number, list(topic), centred=set())


def _head(sheet, bank: Bank, words: dict) -> None:
    _widths(sheet, [22, 90])
    for number, (name, value) in enumerate(zip(words["head"], (bank.id, bank.title, bank.language), strict=True), 1):
        _row(sheet, number, [name, value], centred=set(), first=Font(name="Calibri", bold=True))
    sheet.append([])
    for hint in words["hints"]:
        cell = WriteOnlyCell(sheet, hint)
        cell.alignment = BODY
        sheet.append([None, cell])


def _header(sheet, titles: list[str]) -> None:
    sheet.row_dimensions[1].height = 30
    cells = [WriteOnlyCell(sheet, title) for title in titles]
    for cell in cells:
        cell.font, cell.fill, cell.alignment, cell.border = HEADER["font"], HEADER["fill"], HEADER["alignment"], BORDER
    sheet.append(cells)


def _row(sheet, number: int, values: list[str], centred: set[int], first: Font | None = None) -> None:
    cells = [WriteOnlyCell(sheet) for _ in values]
    for column, (cell, value) in enumerate(zip(cells, values, strict=True), 1):
        cell.border, cell.alignment = BORDER, CENTRE if column in centred else BODY
        if number % 2:
            cell.fill = SHADE
        _put(cell, value)
    if first:
        cells[0].font = first
    sheet.append(cells)


def _put(cell, value: str) -> None:
    """A text that Excel never takes for a formula, nor for a code such as _x000D_."""
    if not value:
        return
    cell.value = CODE.sub("_x005F_", _legal(value))
    cell.data_type = "s"
    if value.startswith(FORMULA):
        cell.quotePrefix = True


def _legal(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _widths(sheet, widths: list[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _choice(sheet, column: str, source: str) -> None:
    """Offer a list in the column, also below the last question; other input is pointed out, not refused."""
    validation = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning", showErrorMessage=True)
    validation.add(f"{column}2:{column}{MOST_ROWS + 1}")
    sheet.data_validations.append(validation)


def _paper(sheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _timeless(made, timeless) -> None:
    """The same archive without the time of writing, so that an unchanged bank is an unchanged file."""
    with ZipFile(made) as old, ZipFile(timeless, "w") as new:
        for part in old.infolist():
            about = ZipInfo(part.filename, EPOCH)
            about.compress_type = ZIP_DEFLATED
            if part.filename == STAMPED:
                new.writestr(about, STAMP.sub(rb"\g<1>2020-01-01T00:00:00Z", old.read(part)))
            else:
                with old.open(part) as source, new.open(about, "w") as copy:
                    shutil.copyfileobj(source, copy)
