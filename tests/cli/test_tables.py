from pathlib import Path

import pytest

from hoithi_cli import tables
from hoithi_cli.trouble import WrongUsage

CONTENT = Path(__file__).parents[2] / "content" / "units"
HEADER = "id,name,kind,tree,parent_id,valid_from,valid_to,headcount\n"


@pytest.fixture
def csv(tmp_path):
    def write(text, encoding="utf-8"):
        (tmp_path / "units.csv").write_bytes(text.encode(encoding))
        return tmp_path / "units.csv"

    return write


def test_units_are_read_without_headcount_and_empty_cells(csv):
    file = csv(HEADER + "t08,Tỉnh Tuyên Quang,province,administrative,,2025-07-01,,\n")
    expected = {"id": "t08", "name": "Tỉnh Tuyên Quang", "kind": "province", "tree": "administrative", "valid_from": "2025-07-01"}
    assert tables.units_of(file) == [expected]


def test_a_byte_order_mark_makes_no_difference(csv):
    assert tables.units_of(csv(HEADER + "a,B,c,party,,2025-07-01,,\n", "utf-8-sig"))[0]["id"] == "a"


def test_headcounts_leave_out_units_without_one(csv):
    assert tables.headcounts_of(csv(HEADER + "a,A,c,party,,2025-07-01,,12\nb,B,c,party,,2025-07-01,,\n")) == {"a": 12}


def test_a_roster_may_name_its_column_unit_id(csv):
    assert tables.headcounts_of(csv("unit_id,headcount\nx1,7\n")) == {"x1": 7}


def test_a_wrong_headcount_is_named_with_its_line(csv):
    with pytest.raises(WrongUsage, match="line 3.*'many'"):
        tables.headcounts_of(csv("id,headcount\na,1\nb,many\n"))


def test_a_missing_column_is_named(csv):
    with pytest.raises(WrongUsage, match="the column kind, tree is missing"):
        tables.units_of(csv("id,name,valid_from\n"))


@pytest.mark.parametrize("row", ["a,B\n", "a,B,c,party,,2025-07-01,,1,more\n"])
def test_a_row_with_another_number_of_cells_is_refused_with_its_line(csv, row):
    with pytest.raises(WrongUsage, match="line 2"):
        tables.units_of(csv(HEADER + row))


def test_a_file_in_another_encoding_is_refused(csv):
    with pytest.raises(WrongUsage, match="UTF-8"):
        tables.units_of(csv(HEADER + "a,Tỉnh,c,party,,2025-07-01,,\n", "utf-16"))


@pytest.mark.parametrize("name", ["ha-giang-2022.csv", "tuyen-quang-2025.csv"])
def test_the_shipped_unit_files_are_read_whole(name):
    units = tables.units_of(CONTENT / name)
    known = {unit["id"] for unit in units}
    assert len(known) == len(units) > 200
    assert all(unit.get("parent_id") in known | {None} for unit in units)
    assert set(tables.headcounts_of(CONTENT / name)) <= known
