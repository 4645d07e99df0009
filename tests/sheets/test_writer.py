"""Excel files of any length: the same memory, rows taken as they come, cells that cannot run."""

import io
import tracemalloc

from openpyxl import load_workbook

from hoithi_sheets import Sheet, pieces, workbook
from hoithi_sheets.writer import PIECE, TOGETHER

TITLES = ("Mã", "Tên", "Số")
SIGNS = "=+-@"


def rows(count):
    return ((f"x{number}", f"=Đơn vị {number} " + "dài " * 10, number) for number in range(count))


def peak(count) -> int:
    """Bytes that Python holds at most while a table of so many rows is made and sent."""
    tracemalloc.start()
    sent = sum(len(piece) for piece in pieces(Sheet("x", TITLES, rows(count))))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > count * 4
    return most


def test_ten_times_the_rows_take_no_more_memory():
    peak(10)
    assert peak(8 * TOGETHER) < peak(TOGETHER) + 1024 * 1024 + PIECE


def test_rows_are_fetched_some_at_a_time_and_what_takes_cpu_runs_beside():
    fetched, before = [], []

    def beside(function, *args):
        before.append(len(fetched))
        return function(*args)

    def coming():
        for number in range(2 * TOGETHER + 1):
            fetched.append(number)
            yield (number,)

    sent = pieces(Sheet("x", ("Số",), coming()), beside=beside)
    assert before == [0, TOGETHER, 2 * TOGETHER, 2 * TOGETHER + 1, 2 * TOGETHER + 1], "all is made before the first piece"
    book = load_workbook(io.BytesIO(b"".join(sent)))
    assert book.active.max_row == 2 * TOGETHER + 2


def test_a_table_looks_as_it_did_with_lines_above_its_header_in_sight_and_rows_with_borders():
    made = workbook(
        Sheet("A/b", TITLES, [("x1", "a", 1.5), ("x2", None, 2)], ("Tiêu đề", "Số liệu"), (9, 30, 12), frozenset({(1, 2)}))
    )
    page = load_workbook(io.BytesIO(made)).active
    assert (page.title, page.freeze_panes, page.print_title_rows) == ("A b", "A5", "$4:$4")
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Tiêu đề", None, None], ["Số liệu", None, None], [None] * 3, list(TITLES), ["x1", "a", 1.5], ["x2", None, 2],
    ]  # fmt: skip
    assert (page["A1"].font.size, page["A2"].font.bold, page["A4"].font.bold) == (14, False, True)
    assert page.column_dimensions["B"].width == 30 and page.page_setup.orientation == "landscape"
    assert page["B6"].border.left.style == "thin" and page["B5"].alignment.wrap_text
    assert page["C6"].fill.fgColor.rgb.endswith("FCE4D6") and not page["C5"].fill.fgColor.rgb.endswith("FCE4D6")


def test_no_text_is_a_formula_and_every_one_comes_back():
    texts = [f"{sign}1+1" for sign in SIGNS] + ["a\0b", "thường"]
    page = load_workbook(io.BytesIO(workbook(Sheet("x", TITLES[:1], [(text,) for text in texts])))).active
    cells = [row[0] for row in page.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [*texts[:4], "ab", "thường"]
    assert [cell.quotePrefix for cell in cells] == [True] * 4 + [False] * 2 and {cell.data_type for cell in cells} == {"s"}


def test_several_sheets_and_empty_ones_are_a_file():
    book = load_workbook(io.BytesIO(workbook(Sheet("a", TITLES, []), Sheet("b", TITLES, [("x", "y", 3)]))))
    assert [page.max_row for page in book.worksheets] == [1, 2]
