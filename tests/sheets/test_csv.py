"""CSV files that other programs export, and tables given back with what is wrong beside each row."""

import io

import pytest
from openpyxl import load_workbook

from hoithi_sheets import UNREADABLE, NotReadable, corrections, rows_of_any


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_and_empty_rows_are_left_out(delimiter):
    text = f"Mã đơn vị{delimiter}Giá trị\r\n\r\n x1 {delimiter}80\r\n"
    assert rows_of_any(text.encode("utf-8-sig")) == {1: ["Mã đơn vị", "Giá trị"], 3: ["x1", "80"]}


def test_quotes_hold_delimiters():
    assert rows_of_any(b'a,b\n"1,5",2\n') == {1: ["a", "b"], 2: ["1,5", "2"]}


@pytest.mark.parametrize(
    ("data", "code"), [(b"\xff\xfea\0", "not-csv"), (b"", "empty-file"), (b"a\n" * 5, "too-many-rows"), (b"PK\3\4", "not-xlsx")]
)
def test_what_cannot_be_read_is_named(data, code):
    with pytest.raises(NotReadable) as refused:
        rows_of_any(data, most=4)
    assert refused.value.code == code and len(UNREADABLE[code]) == 2


def test_the_table_comes_back_with_a_column_more_and_the_wrong_cell_marked():
    rows = {2: ["Mã", "Giá trị"], 3: ["x1", "=cao"], 4: ["x2", "5"]}
    page = load_workbook(io.BytesIO(corrections(rows, 2, [(3, 1, "Phải là số.")], "vi"))).active
    assert [cell.value for cell in page[1]] == ["Mã", "Giá trị", "Nội dung cần sửa"]
    assert [cell.value for cell in page[2]] == ["x1", "=cao", "Phải là số."] and page.cell(2, 2).data_type == "s"
    assert page.cell(2, 2).fill.fgColor.rgb.endswith("FCE4D6") and not page.cell(3, 2).fill.fgColor.rgb.endswith("FCE4D6")
