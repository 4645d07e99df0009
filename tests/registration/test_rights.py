"""Sessions with their devices, the audit log, and what an officer sees of other units."""

import csv
import io

import pytest

from hoithi_registration.domain.device import device_of

PASSWORD = "mot-mat-khau-dai"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A055F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Edg/126.0.0.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1"
)


@pytest.mark.parametrize(
    "agent, device",
    [
        (ANDROID, "Chrome, Android"),
        (WINDOWS, "Edge, Windows"),
        (IPHONE, "Safari, iPhone"),
        (WINDOWS.replace("Edg/", "coc_coc_browser/"), "Cốc Cốc, Windows"),
        ("hoithi-cli/0.1.0", "hoithi"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_device_is_called_by_browser_and_system_alone(agent, device):
    assert device_of(agent) == device


def test_own_sessions_are_listed_with_device_and_last_use(joined, doors, bearer):
    entered = joined(phone="0912345678")
    body = {"identifier": "0912345678", "password": PASSWORD}
    doors.post("/sign-in", json=body, headers={"User-Agent": ANDROID})
    listed = doors.get("/me/sessions", headers=bearer(entered)).json()["sessions"]
    assert [(each["client"], each["current"]) for each in listed] == [("", True), ("Chrome, Android", False)]
    assert all(each["used_at"] and each["second_factor"] is False for each in listed)
    assert "hash" not in str(listed) and "seed" not in str(listed)


def test_one_session_is_ended_and_no_other(joined, doors, bearer):
    entered = joined(phone="0912345678")
    lost = doors.post("/sign-in", json={"identifier": "0912345678", "password": PASSWORD}).json()
    listed = doors.get("/me/sessions", headers=bearer(entered)).json()["sessions"]
    [other] = [each["session_id"] for each in listed if not each["current"]]
    assert doors.delete(f"/me/sessions/{other}", headers=bearer(entered)).status_code == 204
    assert doors.post("/refresh", json={"refresh_token": lost["refresh_token"]}).status_code == 401
    assert doors.get("/me", headers=bearer(entered)).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(joined, doors, bearer):
    one, other = joined(), joined()
    [theirs] = doors.get("/me/sessions", headers=bearer(other)).json()["sessions"]
    assert doors.delete(f"/me/sessions/{theirs['session_id']}", headers=bearer(one)).status_code == 204
    assert doors.get("/me", headers=bearer(other)).status_code == 200


# The audit log


@pytest.fixture
def busy(joined, province, operator, organiser):
    """Units, a roster, a role given and taken; the person's id."""
    user_id = joined(phone="0912345678")["user"]["user_id"]
    role = {"identifier": "0912345678", "role": "officer", "kind": "unit", "id": "x1", "reason": "=Quyết định 12"}
    province.post("/roles", json=role, headers=operator)
    province.delete(f"/roles/{user_id}/officer/unit/x1", params={"reason": "nghỉ hưu"}, headers=operator)
    province.put("/rosters/c1", json={"rows": [{"unit_id": "x1", "headcount": 50}]}, headers=organiser)
    province.post("/rosters/c1/freeze", headers=organiser)
    return user_id


def test_the_log_says_who_did_what_from_which_state_to_which_and_why(province, busy, operator):
    entries = province.get("/audit", headers=operator).json()["entries"]
    assert [(each["what"], each["by"], each["before"], each["after"], each["reason"]) for each in entries] == [
        ("roster-frozen", "organiser1", {"revision": 1}, {"revision": 2, "units": 1, "people": 50}, ""),
        ("roster-drafted", "organiser1", {}, {"revision": 1, "units": 1, "people": 50}, ""),
        ("role-taken", "operator1", {"role": "officer:unit:x1"}, {}, "nghỉ hưu"),
        ("role-given", "operator1", {}, {"role": "officer:unit:x1"}, "=Quyết định 12"),
        ("units-changed", "organiser1", {"revision": 0}, {"revision": 1, "units": 5}, ""),
    ]


def test_the_log_is_searched_and_paged(province, busy, operator):
    def pages(**wanted):
        found = province.get("/audit", params=wanted, headers=operator).json()
        rest = pages(**{**wanted, "before": found["next"]}) if found["next"] else []
        return [each["what"] for each in found["entries"]] + rest

    assert pages(limit=2) == pages() and len(pages()) == 5
    assert pages(subject=busy) == ["role-taken", "role-given"]
    assert pages(by="organiser1", what="units-changed") == ["units-changed"]
    assert pages(since="2000-01-01T00:00:00Z", until="2001-01-01T00:00:00Z") == []


def test_the_log_as_csv_starts_no_formula(province, busy, operator):
    answer = province.get("/audit.csv", headers=operator)
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [each["what"] for each in rows][:2] == ["units-changed", "role-given"]
    assert rows[1]["reason"] == "'=Quyết định 12"


@pytest.mark.parametrize("sign", "=+-@\t\r")
def test_no_cell_begins_a_formula(joined, province, operator, database, sign):
    joined(phone="0912345678")
    role = {"identifier": "0912345678", "role": "officer", "kind": "unit", "id": "x1", "reason": "lệnh"}
    province.post("/roles", json=role, headers=operator)
    database["audit"].update_one({"what": "role-given"}, {"$set": {"reason": f"{sign}cmd"}})
    assert f"'{sign}cmd" in province.get("/audit.csv", headers=operator).content.decode()


def test_an_organiser_reads_the_log_of_the_own_contest_alone(province, busy, auth):
    own, other = (auth(roles=(f"organiser:contest:{contest}",)) for contest in ("c1", "c2"))
    whats = [each["what"] for each in province.get("/audit", headers=own).json()["entries"]]
    assert whats == ["roster-frozen", "roster-drafted"]
    assert province.get("/audit", headers=other).json()["entries"] == []
    assert province.get("/audit", params={"contest": "c1"}, headers=other).status_code == 403
    assert b"role-given" not in province.get("/audit.csv", headers=own).content


def test_officers_and_participants_do_not_read_the_log(province, busy, auth):
    for header in (auth(roles=("officer:unit:t02",)), auth()):
        assert province.get("/audit", headers=header).status_code == 403
        assert province.get("/audit.csv", headers=header).status_code == 403


# Officers


def test_an_officer_sees_the_roster_of_the_own_unit_and_below_alone(province, organiser, auth):
    rows = [{"unit_id": unit, "headcount": 10} for unit in ("t02", "x1", "x2", "p1")]
    province.put("/rosters/c1", json={"rows": rows}, headers=organiser)

    def seen(*roles):
        answer = province.get("/rosters/c1", headers=auth(roles=roles))
        return answer.status_code, sorted(row["unit_id"] for row in answer.json().get("rows", ()))

    assert seen("officer:unit:x1") == (200, ["x1"])
    assert seen("officer:unit:t02") == (200, ["t02", "x1", "x2"])
    assert seen("organiser:contest:c2") == (403, [])
    assert seen("organiser:contest:c1") == seen("operator:platform:*") == (200, ["p1", "t02", "x1", "x2"])


def test_an_officer_sees_and_takes_roles_of_the_own_line_alone(joined, province, operator, auth):
    holders = {}
    for number, unit in enumerate(("t02", "x1", "x2", "p1")):
        holders[unit] = joined(phone=f"091200044{number}")["user"]["user_id"]
        body = {"identifier": f"091200044{number}", "role": "officer", "kind": "unit", "id": unit}
        province.post("/roles", json=body, headers=operator)

    def seen(*roles):
        return sorted(each["id"] for each in province.get("/roles", headers=auth(roles=roles)).json()["roles"])

    assert seen("officer:unit:x1") == ["x1"]
    assert seen("officer:unit:t02") == ["t02", "x1", "x2"]
    x1, province_officer = auth("o1", roles=("officer:unit:x1",)), auth("o2", roles=("officer:unit:t02",))
    for unit in ("x2", "x1", "t02", "p1"):
        assert province.delete(f"/roles/{holders[unit]}/officer/unit/{unit}", headers=x1).status_code == 403
    assert province.delete(f"/roles/{holders['x2']}/officer/unit/x2", headers=province_officer).status_code == 204


def test_units_are_changed_by_operators_and_organisers_of_everything(province, auth):
    unit = {"id": "x9", "name": "Xã Mới", "kind": "commune", "tree": "administrative", "valid_from": "2025-07-01"}
    answer = province.post("/units", json={"units": [unit]}, headers=auth(roles=("organiser:contest:c1",)))
    assert answer.status_code == 403


# Who has which role, and names in the log


def test_a_list_of_roles_says_where_by_whom_and_whether_with_a_second_factor(joined, province, operator, database):
    giver, holder = joined(name="Nguyễn Thị Ban")["user"], joined(phone="0912345678")["user"]
    role = {"identifier": giver["phone"], "role": "organiser", "kind": "contest", "id": "c1"}
    province.post("/roles", json=role, headers=operator)
    role = {"identifier": "0912345678", "role": "officer", "kind": "unit", "id": "x1"}
    given = province.post("/roles", json=role, headers=operator).json()
    assert (given["place"], given["granted_by_name"], given["second_factor"]) == ("Xã Đồng Văn", "", False)
    database["people"].update_one({"_id": holder["user_id"]}, {"$set": {"grants.0.granted_by": giver["user_id"]}})
    on = {"_id": holder["user_id"], "confirmed_at": database["people"].find_one()["registered_at"]}
    database["second_factors"].insert_one(on)
    listed = {each["user_id"]: each for each in province.get("/roles", headers=operator).json()["roles"]}
    shown = listed[holder["user_id"]]
    assert (shown["granted_by_name"], shown["second_factor"]) == ("Nguyễn Thị Ban", True)
    assert (listed[giver["user_id"]]["place"], listed[giver["user_id"]]["second_factor"]) == ("c1", False)


@pytest.fixture
def named(joined, province, operator):
    """(ids by what they are, `ask(header)`: which of them are named)."""
    people, own, other = {}, ("organiser", "contest", "c1"), ("organiser", "contest", "c2")
    held_by = {"officer": ("officer", "unit", "x1"), "own": own, "other": other, "once": own, "nobody": None}
    for who, role in held_by.items():
        user = joined()["user"]
        people[who] = user["user_id"]
        if role:
            held = dict(zip(("role", "kind", "id"), role, strict=True))
            province.post("/roles", json={"identifier": user["phone"], **held}, headers=operator)
    province.delete(f"/roles/{people['once']}/organiser/contest/c1", params={"reason": "nghỉ"}, headers=operator)

    def ask(header) -> set[str]:
        answer = province.post("/roles/names", json={"user_ids": [*people.values(), "gone"]}, headers=header)
        found = {each["user_id"] for each in answer.json()["people"]}
        return {who for who, user_id in people.items() if user_id in found}

    return ask


def test_names_are_told_of_people_with_a_role_alone(named, operator):
    assert named(operator) == {"officer", "own", "other", "once"}


def test_an_organiser_is_not_told_who_organises_another_contest(named, auth):
    assert named(auth(roles=("organiser:contest:c1",))) == {"officer", "own", "once"}


def test_roles_are_told_beside_the_names_as_far_as_the_reader_may_know_them(joined, province, operator, auth):
    user = joined()["user"]
    for held in ({"role": "organiser", "kind": "contest", "id": "c2"}, {"role": "officer", "kind": "unit", "id": "x1"}):
        province.post("/roles", json={"identifier": user["phone"], **held}, headers=operator)
    province.delete(f"/roles/{user['user_id']}/officer/unit/x1", params={"reason": "nghỉ"}, headers=operator)

    def told(header) -> list[str]:
        [found] = province.post("/roles/names", json={"user_ids": [user["user_id"]]}, headers=header).json()["people"]
        return found["roles"]

    assert told(operator) == ["officer:unit:x1", "organiser:contest:c2"]
    assert told(auth(roles=("organiser:contest:c1",))) == ["officer:unit:x1"]


def test_names_are_for_those_who_read_the_log(province, auth):
    for header in (auth(), auth(roles=("officer:unit:t02",))):
        assert province.post("/roles/names", json={"user_ids": ["operator"]}, headers=header).status_code == 403


def test_notify_is_told_who_organises_which_contest(joined, province, operator, database):
    user = joined(phone="0912345678")["user"]["user_id"]
    role = {"identifier": "0912345678", "role": "organiser", "kind": "contest", "id": "c1"}
    province.post("/roles", json=role, headers=operator)
    province.delete(f"/roles/{user}/organiser/contest/c1", headers=operator)
    waiting = [each for each in database["people"].find_one({"_id": user})["outbox"] if each["type"] == "organiser-changed"]
    assert [(each["data"]["contest_id"], each["data"]["holds"]) for each in waiting] == [("c1", True), ("c1", False)]
    assert len({each["id"] for each in waiting}) == 2
