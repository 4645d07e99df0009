"""Importing and searching units; rosters; roles."""

import csv
import json
from pathlib import Path

import eventlet
import pytest

from hoithi_contracts.registration import RosterFrozen, UnitsChanged

CONTENT = Path(__file__).parents[2] / "content/units"


def found(doors, **query):
    answer = doors.get("/units", params=query)
    assert answer.status_code == 200, answer.text
    return [unit["id"] for unit in answer.json()["units"]]


def commune(number, **changes):
    return {
        "id": f"n{number:04}",
        "name": f"Xã số {number}",
        "kind": "commune",
        "tree": "administrative",
        "valid_from": "2020-01-01",
    } | changes


def real_units():
    for path in sorted(CONTENT.glob("*.csv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yield {name: value or None for name, value in row.items() if name != "headcount"}


@pytest.mark.parametrize("q", ["đồng văn", "dong van", "DONG VAN", "xa dong", "văn đồng", "do va"])
def test_units_are_found_with_and_without_diacritics(province, q):
    assert found(province, q=q) == ["x1"]


@pytest.mark.parametrize("q", [".*", "$gt", "(", "d.ng", "^$"])
def test_search_texts_are_no_patterns(province, q):
    assert found(province, q=q) == []


def test_search_narrows_by_tree_kind_and_parent(province):
    assert found(province, tree="party") == ["p1"]
    assert found(province, kind="ward") == ["x2"]
    assert found(province, parent_id="t02") == ["x2", "x1"]


def test_only_units_of_the_day_are_found(province):
    assert "x3" not in found(province)
    assert "x3" in found(province, on="2025-06-30") and "x3" not in found(province, on="2025-07-01")


def test_every_unit_is_on_exactly_one_page(province):
    pages, after = [], {}
    while True:
        page = province.get("/units", params={"limit": 2, **after}).json()
        pages += [unit["id"] for unit in page["units"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert sorted(pages) == ["p1", "t02", "x1", "x2"]


def test_a_unit_tells_the_name_of_the_one_above(province):
    assert province.get("/units/x1").json()["parent_name"] == "Tỉnh Hà Giang"
    assert province.get("/units/x99").status_code == 404


@pytest.mark.parametrize(
    "query, field",
    [({"on": "heute"}, "on"), ({"limit": 0}, "limit"), ({"limit": "x"}, "limit"), ({"tree[$ne]": "x"}, "tree[$ne]")],
)
def test_a_wrong_search_is_refused(doors, reasons, query, field):
    answer = doors.get("/units", params=query)
    assert (answer.status_code, list(reasons(answer))) == (422, [field])


def test_the_real_units_can_be_imported(doors, organiser):
    rows = list(real_units())
    assert doors.post("/units", json={"units": rows}, headers=organiser).json() == {
        "revision": 1,
        "changed": len(rows),
        "unchanged": 0,
    }
    assert doors.post("/units", json={"units": rows}, headers=organiser).json() == {
        "revision": 1,
        "changed": 0,
        "unchanged": len(rows),
    }
    assert {"x00724", "x00796"} <= set(found(doors, q="xã tả lủng", on="2022-09-08"))


def test_two_thousand_units_fit_into_one_request(doors, organiser, database):
    rows = [commune(number, name="Đảng bộ xã có tên dài " * 5) for number in range(2000)]
    answer = doors.post("/units", content=json.dumps({"units": rows}), headers=organiser | {"Content-Type": "application/json"})
    assert answer.json() == {"revision": 1, "changed": 2000, "unchanged": 0}
    [change] = database["unit_changes"].find()
    assert [len(envelope["data"]["units"]) for envelope in change["outbox"]] == [500] * 4


def test_a_wrong_row_is_named_and_nothing_is_imported(province, organiser, reasons, database):
    rows = [commune(number) for number in range(17)] + [commune(17, parent_id="x99")]
    answer = province.post("/units", json={"units": rows}, headers=organiser)
    assert (answer.status_code, reasons(answer)) == (422, {"units.17.parent_id": "unknown-parent"})
    assert database["units"].count_documents({}) == 5


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"name": "<i>x</i>"}, "name"),
        ({"kind": {"$ne": 1}}, "kind"),
        ({"valid_from": "2020-13-01"}, "valid_from"),
        ({"id": "a:b"}, "id"),
        ({"headcount": 3}, "headcount"),
    ],
)
def test_a_malformed_row_is_named(doors, organiser, reasons, wrong, field):
    answer = doors.post("/units", json={"units": [commune(0), commune(1, **wrong)]}, headers=organiser)
    assert (answer.status_code, list(reasons(answer))) == (422, [f"units.1.{field}"])


def test_a_megabyte_is_too_much(doors, organiser):
    answer = doors.post("/units", content=b"x" * (1024 * 1024 + 1), headers=organiser | {"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_only_organisers_and_operators_import_units(doors, auth):
    for roles, status in (((), 403), (("officer:unit:x1",), 403), (("operator:platform:*",), 200)):
        assert doors.post("/units", json={"units": [commune(1)]}, headers=auth(roles=roles)).status_code == status


def test_imports_at_the_same_moment_are_all_kept(doors, organiser, database):
    calls = [eventlet.spawn(doors.post, "/units", json={"units": [commune(number)]}, headers=organiser) for number in range(4)]
    assert sorted(call.wait().json()["revision"] for call in calls) == [1, 2, 3, 4]
    assert database["units"].count_documents({}) == 4


def test_units_are_heard_on_the_bus(province, serve, heard, eventually):
    from hoithi_registration.service import Worker

    events = heard(UnitsChanged)
    serve(Worker)
    [event] = eventually(lambda: events)
    assert (event.revision, {unit.id for unit in event.units}) == (1, {"t02", "x1", "x2", "x3", "p1"})


ROWS = [{"unit_id": "x1", "headcount": 120}, {"unit_id": "x2", "headcount": 80}]


def test_a_roster_is_drafted_until_it_is_frozen(province, organiser):
    province.put("/rosters/c1", json={"rows": ROWS[:1]}, headers=organiser)
    province.put("/rosters/c1", json={"rows": ROWS}, headers=organiser)
    frozen = province.post("/rosters/c1/freeze", headers=organiser).json()
    assert (frozen["state"], frozen["rows"], frozen["frozen_by"]) == ("frozen", ROWS, "organiser1")
    refused = province.put("/rosters/c1", json={"rows": ROWS[:1]}, headers=organiser)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/roster-frozen")
    assert province.get("/rosters/c1", headers=organiser).json() == frozen


def test_a_roster_is_frozen_once(province, organiser, database):
    province.put("/rosters/c1", json={"rows": ROWS}, headers=organiser)
    calls = [eventlet.spawn(province.post, "/rosters/c1/freeze", headers=organiser) for _ in range(4)]
    assert len({call.wait().text for call in calls}) == 1
    assert len(database["rosters"].find_one({})["outbox"]) == 2


def test_every_frozen_headcount_is_heard_on_the_bus(province, organiser, serve, heard, eventually):
    from hoithi_registration.service import Worker

    events = heard(RosterFrozen)
    serve(Worker)
    province.put("/rosters/c1", json={"rows": ROWS}, headers=organiser)
    province.post("/rosters/c1/freeze", headers=organiser)
    eventually(lambda: len(events) == 2)
    assert {(event.contest_id, event.unit_id, event.headcount) for event in events} == {("c1", "x1", 120), ("c1", "x2", 80)}


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([{"unit_id": "x99", "headcount": 1}], {"rows.0.unit_id": "unknown-unit"}),
        ([ROWS[0], ROWS[0]], {"rows.1.unit_id": "twice"}),
        ([{"unit_id": "x1", "headcount": -1}], {"rows.0.headcount": "out-of-range"}),
        ([{"unit_id": "x1", "headcount": "7"}], {"rows.0.headcount": "not-a-whole-number"}),
    ],
)
def test_a_wrong_roster_is_refused(province, organiser, reasons, rows, expected):
    answer = province.put("/rosters/c1", json={"rows": rows}, headers=organiser)
    assert (answer.status_code, reasons(answer)) == (422, expected)


def test_an_empty_or_missing_roster_is_not_frozen(province, organiser):
    assert province.post("/rosters/c1/freeze", headers=organiser).status_code == 404
    province.put("/rosters/c1", json={"rows": []}, headers=organiser)
    assert province.post("/rosters/c1/freeze", headers=organiser).json()["type"] == "/problems/roster-empty"


def test_a_roster_belongs_to_the_organiser_of_its_contest(province, auth):
    other = auth(roles=("organiser:contest:c2",))
    assert province.put("/rosters/c1", json={"rows": ROWS}, headers=other).status_code == 403
    assert province.put("/rosters/c2", json={"rows": ROWS}, headers=other).status_code == 200


OFFICER = {"identifier": "0912345678", "role": "officer", "kind": "unit", "id": "x1"}


def role_entries(database):
    return list(database["audit"].find({"what": {"$in": ["role-given", "role-taken"]}}).sort("_id"))


def test_roles_are_given_and_taken_and_noted(joined, province, operator, auth):
    user_id = joined(phone="0912345678")["user"]["user_id"]
    given = province.post("/roles", json=OFFICER, headers=operator)
    assert (given.status_code, given.json()["user_id"], given.json()["granted_by"]) == (201, user_id, "operator1")
    held = province.get("/roles", headers=operator).json()["roles"]
    assert [(each["role"], each["id"]) for each in held if each["user_id"] == user_id] == [("officer", "x1")]
    assert province.delete(f"/roles/{user_id}/officer/unit/x1", headers=operator).status_code == 204
    assert province.delete(f"/roles/{user_id}/officer/unit/x1", headers=operator).status_code == 404
    [taken, noted] = [each for each in province.get("/audit", headers=operator).json()["entries"] if each["subject"] == user_id]
    for entry, what in ((noted, "role-given"), (taken, "role-taken")):
        assert (entry["what"], entry["subject"], entry["by"], entry["scope"]) == (what, user_id, "operator1", "unit:x1")
    role = {"role": "officer:unit:x1"}
    assert (noted["before"], noted["after"], taken["before"], taken["after"]) == ({}, role, role, {})
    other = auth(roles=("organiser:contest:c2",))
    assert province.get("/audit", headers=other).json()["entries"] == []


def test_a_role_given_twice_is_given_once(joined, province, operator, database):
    joined(phone="0912345678")
    answers = [province.post("/roles", json=OFFICER, headers=operator) for _ in range(2)]
    assert answers[0].json() == answers[1].json() and len(role_entries(database)) == 1


def test_a_role_for_every_contest_can_be_taken(joined, province, operator):
    user_id = joined(phone="0912345678")["user"]["user_id"]
    province.post("/roles", json={**OFFICER, "role": "organiser", "kind": "contest", "id": "*"}, headers=operator)
    assert province.delete(f"/roles/{user_id}/organiser/contest/*", headers=operator).status_code == 204


def test_organisers_give_the_roles_of_officers_only(joined, province, organiser):
    joined(phone="0912345678")
    assert province.post("/roles", json=OFFICER, headers=organiser).status_code == 201
    wanted = {**OFFICER, "role": "operator", "kind": "platform", "id": "*"}
    assert province.post("/roles", json=wanted, headers=organiser).status_code == 403
    held = province.get("/roles", headers=organiser).json()["roles"]
    assert {each["role"] for each in held} == {"officer"}, "the operator's roles are not an organiser's business"


@pytest.mark.parametrize(
    "wrong, expected",
    [
        ({"identifier": "0912345679"}, {"identifier": "unknown-account"}),
        ({"id": "x99"}, {"id": "unknown-unit"}),
        ({"id": "*"}, {"id": "not-everything"}),
        ({"kind": "contest"}, {"kind": "role-bound-to"}),
        ({"role": "god"}, {"role": "not-one-of"}),
        ({"id": {"$ne": 1}}, {"id": "not-a-text"}),
    ],
)
def test_a_wrong_role_is_refused(joined, province, operator, reasons, wrong, expected):
    joined(phone="0912345678")
    answer = province.post("/roles", json=OFFICER | wrong, headers=operator)
    assert (answer.status_code, reasons(answer)) == (422, expected)
