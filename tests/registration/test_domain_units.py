from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hoithi_contracts.registration import RosterFrozen, Unit
from hoithi_registration.domain import role, roster, unit
from hoithi_registration.domain.refusal import NotAcceptable
from hoithi_registration.domain.role import NotYours, OwnRole, Role
from hoithi_registration.domain.roster import Roster, RosterIsEmpty, RosterIsFrozen
from hoithi_registration.domain.unit import Forest

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)


def commune(id, name, **more):
    return Unit(
        **{"id": id, "name": name, "kind": "commune", "tree": "administrative", "valid_from": "2020-01-01", "parent_id": "t02"}
        | more
    )


ROWS = [
    commune("t02", "Tỉnh Hà Giang", kind="province", parent_id=None),
    commune("x1", "Xã Đồng Văn"),
    commune("x2", "Phường Quang Trung", kind="ward"),
    commune("x3", "Xã Tả Lủng", valid_to="2025-07-01"),
    commune("p1", "Đảng bộ tỉnh Hà Giang", kind="party-committee", tree="party", parent_id=None),
]
EMPTY = Forest(0, {})
FULL = Forest(1, {row.id: row for row in ROWS})
PROVINCE, DONG_VAN = ROWS[0], ROWS[1]
ORGANISER, OPERATOR = ("organiser:contest:c1",), ("operator:platform:*",)


def refused(work, *args):
    with pytest.raises(NotAcceptable) as refusal:
        work(*args)
    return refusal.value.fields


@pytest.mark.parametrize(
    "text, expected", [("Xã Đồng Văn", "xa dong van"), ("PHƯỜNG  Quang-Trung", "phuong quang trung"), ("Đắk Lắk", "dak lak")]
)
def test_folding_removes_marks_and_case(text, expected):
    assert unit.folded(text) == expected


def test_composed_and_decomposed_letters_fold_alike():
    assert unit.folded("Hà") == unit.folded("Ha\u0300") == "ha"


def test_a_unit_is_valid_from_its_first_day_to_the_day_before_its_end():
    ta_lung = ROWS[3]
    assert [
        unit.is_valid(ta_lung, date.fromisoformat(day)) for day in ("2019-12-31", "2020-01-01", "2025-06-30", "2025-07-01")
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_a_person_belongs_to_a_unit_of_the_right_tree_that_exists_today():
    today = date(2026, 9, 8)
    unit.check_place({"unit_id": "x1", "party_unit_id": "p1"}, FULL.units, today)
    unit.check_place({"unit_id": "x1", "party_unit_id": None}, FULL.units, today)
    assert refused(unit.check_place, {"unit_id": "p1", "party_unit_id": "x1"}, FULL.units, today) == {
        "unit_id": "unknown-unit",
        "party_unit_id": "unknown-unit",
    }
    assert refused(unit.check_place, {"unit_id": "x3"}, FULL.units, today) == {"unit_id": "unit-not-valid:2026-09-08"}


def test_an_import_makes_one_event_per_500_units():
    many = [replace(DONG_VAN, id=f"x{number}", parent_id=None) for number in range(1001)]
    facts = EMPTY.change(many).facts()
    assert [(fact.change_id, fact.revision, len(fact.units)) for fact in facts] == [
        ("units-1-1", 1, 500),
        ("units-1-2", 1, 500),
        ("units-1-3", 1, 1),
    ]


def test_children_may_come_before_their_parents():
    assert len(EMPTY.change(ROWS[::-1]).units) == len(ROWS)


def test_the_same_list_again_changes_nothing():
    assert FULL.change(ROWS).units == ()


def test_only_different_units_are_told():
    renamed = replace(DONG_VAN, name="Thị trấn Đồng Văn")
    assert FULL.change([PROVINCE, renamed]).units == (renamed,)


@pytest.mark.parametrize(
    "changed, expected",
    [
        ({"parent_id": "x99"}, {"units.1.parent_id": "unknown-parent:x99"}),
        ({"parent_id": "p1"}, {"units.1.parent_id": "parent-in-other-tree:party"}),
        ({"parent_id": "x1"}, {"units.1.parent_id": "cycle"}),
        ({"valid_to": "2020-01-01"}, {"units.1.valid_to": "not-after-valid-from"}),
        ({"valid_from": "2019-12-31"}, {"units.1.valid_from": "outside-parent:t02"}),
        ({"tree": "party", "parent_id": None}, {"units.1.tree": "tree-fixed:administrative"}),
        ({"id": "t02"}, {"units.1.id": "twice:t02"}),
    ],
)
def test_a_wrong_row_is_named(changed, expected):
    assert refused(FULL.change, [PROVINCE, replace(DONG_VAN, **changed)]) == expected


def test_a_cycle_through_several_units_is_found():
    rows = [replace(PROVINCE, parent_id="x2"), replace(ROWS[2], parent_id="x1"), DONG_VAN]
    assert refused(EMPTY.change, rows) == {f"units.{at}.parent_id": "cycle" for at in range(3)}


def test_a_unit_below_a_cycle_is_named_too():
    below = replace(DONG_VAN, id="x9", parent_id="x1")
    rows = [replace(PROVINCE, parent_id="x1"), DONG_VAN, below]
    assert list(refused(EMPTY.change, rows)) == ["units.0.parent_id", "units.1.parent_id", "units.2.parent_id"]


def test_a_unit_does_not_end_before_those_below_it():
    assert refused(FULL.change, [replace(PROVINCE, valid_to="2026-01-01")])["units.0.valid_to"].startswith("child-outlives:")


def test_a_whole_tree_can_end_together():
    ended = [replace(row, valid_to="2025-07-01") for row in ROWS]
    assert len(FULL.change(ended).units) == 4  # one had ended then already


def draft(rows=({"unit_id": "x1", "headcount": 7},)):
    return Roster("c1").drafted(list(rows), "o1", NOW)


def test_a_frozen_roster_tells_every_units_headcount():
    frozen = draft().frozen("o1", NOW)
    assert frozen.facts() == [
        RosterFrozen(roster_id="c1:x1", revision=2, contest_id="c1", unit_id="x1", headcount=7, frozen_at=NOW)
    ]


def test_a_frozen_roster_does_not_change():
    with pytest.raises(RosterIsFrozen):
        draft().frozen("o1", NOW).drafted([], "o1", NOW)


def test_freezing_twice_is_freezing_once():
    frozen = draft().frozen("o1", NOW)
    assert frozen.frozen("o2", NOW) is frozen


def test_an_empty_roster_is_not_frozen():
    with pytest.raises(RosterIsEmpty):
        draft(()).frozen("o1", NOW)


def test_a_unit_is_once_in_a_roster():
    row = {"unit_id": "x1", "headcount": 7}
    assert refused(draft, [row, row]) == {"rows.1.unit_id": "twice:x1"}


def test_a_roster_has_a_contests_id():
    assert refused(roster.Roster("c 1\0").drafted, [], "o1", NOW) == {"contest_id": "not-an-identifier"}


@pytest.mark.parametrize(
    "held",
    [("officer", "unit", "x1"), ("organiser", "contest", "c1"), ("organiser", "contest", "*"), ("operator", "platform", "*")],
)
def test_roles_are_bound_to_their_kind(held):
    assert str(Role(*held).check()) == ":".join(held)


@pytest.mark.parametrize(
    "held, field",
    [
        (("officer", "contest", "c1"), "kind"),
        (("officer", "unit", "*"), "id"),
        (("operator", "platform", "x"), "id"),
        (("organiser", "platform", "*"), "kind"),
    ],
)
def test_roles_bound_to_something_else_are_refused(held, field):
    assert list(refused(Role(*held).check)) == [field]


def test_operators_give_every_role_and_organisers_those_of_officers():
    officer = Role("officer", "unit", "x1")
    role.check_may_change(OPERATOR, role.OPERATOR)
    role.check_may_change(ORGANISER, officer)
    for actor, wanted in ((ORGANISER, role.EVERY_CONTEST), (("officer:unit:x1",), officer), ((), officer)):
        with pytest.raises(NotYours):
            role.check_may_change(actor, wanted)


def test_nobody_takes_the_own_operator_role_away():
    role.check_may_revoke("u1", OPERATOR, "u2", role.OPERATOR)
    with pytest.raises(OwnRole):
        role.check_may_revoke("u1", OPERATOR, "u1", role.OPERATOR)
