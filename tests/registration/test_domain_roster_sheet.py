"""Headcounts in spreadsheets people made: forgiving about titles and order, strict about what a row means."""

from hoithi_contracts.registration import Unit
from hoithi_registration.domain.roster_sheet import read


def unit(unit_id: str, name: str, parent_id: str | None = "t02") -> Unit:
    return Unit(id=unit_id, name=name, kind="commune", tree="administrative", valid_from="2020-01-01", parent_id=parent_id)


UNITS = {
    each.id: each
    for each in (
        unit("t02", "Tỉnh Hà Giang", None),
        unit("x1", "Xã Đồng Văn"),
        unit("x2", "Phường Quang Trung"),
        unit("x3", "Xã Tân Lập"),
    )
}


def sheet(*lines: list[str], own: str | None = None):
    return read({number: line for number, line in enumerate(lines, 1) if any(line)}, UNITS, own)


def wrong(found) -> list[tuple]:
    return [(each.severity, each.row, each.column, each.code) for each in found.findings]


def test_titles_may_be_in_any_order_below_other_rows_and_with_remarks():
    titles = ["STT", "Quân số (người)", "Tên đơn vị"]
    found = sheet(["UBND TỈNH HÀ GIANG"], [], titles, ["1", "1.250", "Xã Đồng Văn"], ["2", "90", "x2"])
    assert (found.headcounts, found.findings, found.header, found.kind) == ({"x1": 1250, "x2": 90}, (), 3, "headcounts")


def test_a_unit_is_known_by_id_by_name_without_diacritics_and_without_the_word_for_its_kind():
    found = sheet(["Don vi", "Quan so"], ["x1", "1"], ["phuong quang trung", "2"], ["Tân Lập", "3"])
    assert found.headcounts == {"x1": 1, "x2": 2, "x3": 3}


def test_a_name_that_two_units_have_is_asked_for_by_id():
    twins = {**UNITS, "x4": unit("x4", "Phường Tân Lập"), "x5": unit("x5", "Xã Tân Lập")}
    found = read({1: ["Đơn vị", "Quân số"], 2: ["Tân Lập", "5"], 3: ["Phường Tân Lập", "6"]}, twins)
    assert wrong(found) == [("error", 2, 0, "ambiguous-unit")]
    assert found.headcounts == {"x4": 6}


def test_every_wrong_cell_is_named_and_then_nothing_counts_as_right():
    found = sheet(["Mã đơn vị", "Quân số"], ["x9", "5"], ["x1", "mười"], ["x2", ""], ["x3", "7"], ["x3", "8"], ["", "3"])
    assert wrong(found) == [
        ("error", 2, 0, "unknown-unit"),
        ("error", 3, 1, "not-a-headcount"),
        ("error", 4, 1, "headcount-missing"),
        ("error", 6, 0, "unit-twice"),
        ("error", 7, 0, "unit-missing"),
    ]
    assert not found.is_right


def test_a_row_of_totals_is_not_a_unit():
    found = sheet(["Đơn vị", "Quân số"], ["Xã Đồng Văn", "5"], ["Tổng cộng", "5"])
    assert (found.headcounts, wrong(found)) == ({"x1": 5}, [("warning", 3, 0, "total-skipped")])
    assert found.is_right


def test_one_row_a_person_is_counted_by_unit_and_doubles_are_pointed_out():
    lines = [["Họ và tên", "Ngày sinh", "Đơn vị"], ["Vàng Thị Mỷ", "08/03/1990", "x1"], ["vàng thị mỷ", "08/03/1990", "x1"]]
    found = sheet(*lines, ["Vàng Thị Mỷ", "01/01/2000", "x1"], ["", "01/01/2000", "x2"])
    assert (found.kind, found.headcounts) == ("people", {"x1": 3})
    assert wrong(found) == [("warning", 3, 0, "person-twice"), ("error", 5, 0, "name-missing")]


def test_a_list_of_names_without_units_is_of_the_unit_that_sends_it():
    assert sheet(["STT", "Họ tên"], ["1", "A"], ["2", "B"], own="x2").headcounts == {"x2": 2}
    assert wrong(sheet(["STT", "Họ tên"], ["1", "A"])) == [("error", 1, None, "header-not-found")]
