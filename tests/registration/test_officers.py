"""What officers do over the doors: rosters from Excel within their units, phone numbers of the own unit only."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from hoithi_contracts.registration import OfficerChanged
from hoithi_sheets import MEDIA_TYPE

XLSX = {"Content-Type": MEDIA_TYPE}


def excel(*lines) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cells(answer) -> list[tuple]:
    assert answer.headers["Content-Type"] == MEDIA_TYPE, answer.text
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.fixture
def officer(auth):
    """`officer("x1")`: the header of requests of the unit's officer."""
    return lambda unit_id: auth(user_id=f"officer-{unit_id}", roles=(f"officer:unit:{unit_id}",))


@pytest.fixture
def send(province):
    """`send(data, header, path="", **query)`: hands a file in."""

    def post(data, header, path="", **query):
        headers = {**header, **XLSX, "Accept-Language": "en"}
        return province.post(f"/rosters/c/sheet{path}", content=data, params=query, headers=headers)

    return post


def test_a_dry_run_tells_what_a_sheet_would_do_and_saves_nothing(send, province, organiser):
    answer = send(excel(["Tên đơn vị", "Quân số"], ["Xã Đồng Văn", 120]), organiser, dry_run="true").json()
    assert answer["units"] == [{"unit_id": "x1", "name": "Xã Đồng Văn", "headcount": 120, "before": None}]
    assert (answer["saved"], answer["findings"], answer["rows"]) == (False, [], 1)
    assert province.get("/rosters/c", headers=organiser).status_code == 404


def test_an_officer_changes_only_the_own_units_and_the_log_says_so(send, province, organiser, officer, database):
    send(excel(["Mã đơn vị", "Quân số"], ["x1", 120], ["x2", 80]), organiser)
    assert send(excel(["Mã đơn vị", "Quân số"], ["x1", 125]), officer("x1"), unit_id="x1").json()["saved"]
    rows = province.get("/rosters/c", headers=organiser).json()["rows"]
    assert rows == [{"unit_id": "x1", "headcount": 125}, {"unit_id": "x2", "headcount": 80}]
    entry = database["audit"].find_one({"by": "officer-x1"})
    assert (entry["what"], entry["before"], entry["after"]) == ("roster-imported", {"x1": 120}, {"x1": 125})


def test_a_unit_of_somebody_else_is_unknown_in_the_sheet_and_refused_as_sender(send, officer):
    sheet = excel(["Mã đơn vị", "Quân số"], ["x2", 5])
    found = send(sheet, officer("x1"), unit_id="x1").json()
    assert (found["saved"], [each["code"] for each in found["findings"]]) == (False, ["unknown-unit"])
    assert send(sheet, officer("x1"), unit_id="x2").status_code == 403
    assert send(sheet, officer("x1")).status_code == 403
    assert send(sheet, officer("t02"), unit_id="t02").json()["saved"]


def test_a_wrong_sheet_saves_nothing_and_comes_back_with_what_to_correct(send, province, organiser):
    sheet = excel(["Đơn vị", "Quân số"], ["Xã Đồng Văn", "nhiều"], ["Phường Quang Trung", 9])
    found = send(sheet, organiser).json()
    assert not found["saved"]
    assert found["findings"] == [
        {
            "severity": "error",
            "row": 2,
            "column": "B",
            "code": "not-a-headcount",
            "message": "A headcount is a whole number, not “nhiều”.",
        }
    ]
    assert province.get("/rosters/c", headers=organiser).status_code == 404
    head, first, second = cells(send(sheet, organiser, "/corrections"))
    assert head == ("Đơn vị", "Quân số", "What to correct")
    assert first == ("Xã Đồng Văn", "nhiều", "A headcount is a whole number, not “nhiều”.")
    assert second[:2] == ("Phường Quang Trung", "9")


def test_names_are_counted_and_kept_nowhere(send, province, officer, organiser, database):
    sheet = excel(["Họ và tên"], ["Sùng Thị Dính"], ["Giàng A Páo"])
    assert send(sheet, officer("x1"), unit_id="x1").json()["kind"] == "people"
    assert province.get("/rosters/c", headers=organiser).json()["rows"] == [{"unit_id": "x1", "headcount": 2}]
    kept = [str(document) for name in database.list_collection_names() for document in database[name].find()]
    assert not any("Dính" in document for document in kept)


def test_a_frozen_roster_takes_no_sheet(send, province, organiser):
    sheet = excel(["Mã đơn vị", "Quân số"], ["x1", 120])
    send(sheet, organiser)
    assert province.post("/rosters/c/freeze", headers=organiser).status_code == 200
    assert send(sheet, organiser).json()["type"] == "/problems/roster-frozen"


@pytest.mark.parametrize("data", [b"", b"name,number", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old"])
def test_what_is_no_excel_file_is_refused_with_a_sentence(send, organiser, data):
    answer = send(data, organiser)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/sheet-not-readable")
    assert "Excel" in answer.json()["detail"]


def test_a_phone_list_holds_people_of_the_own_unit_with_a_number_and_is_logged(province, joined, officer, database):
    mine, other = joined(name="-Vàng A"), joined(unit_id="x2")
    mailed = joined(phone=None, email="a@hoithi.example")
    ids = [each["user"]["user_id"] for each in (mine, other, mailed)]
    body = {"user_ids": ids, "reason": "nhắc tuần 1"}
    answer = province.post("/units/x1/phone-list", json=body, headers=officer("x1"))
    rows = cells(answer)
    assert [row[1] for row in rows[4:]] == ["-Vàng A"]
    assert rows[4][2].replace(" ", "") == "0" + mine["user"]["phone"].removeprefix("+84")
    entry = database["audit"].find_one({"what": "phone-list-exported"})
    assert (entry["subject"], entry["by"], entry["after"]) == ("x1", "officer-x1", {"asked": 3, "listed": 1})


def test_phone_numbers_are_for_the_officer_of_this_very_unit(province, joined, officer, organiser, operator):
    body = {"user_ids": [joined()["user"]["user_id"]], "reason": "nhắc tuần 1"}
    for header in (officer("t02"), officer("x2"), organiser, operator):
        assert province.post("/units/x1/phone-list", json=body, headers=header).status_code == 403


def test_who_becomes_officer_or_is_no_longer_is_told(province, joined, organiser, database):
    person = joined(phone="0912345678")["user"]["user_id"]
    role = {"role": "officer", "kind": "unit", "id": "x1"}
    assert province.post("/roles", json={**role, "identifier": "0912345678"}, headers=organiser).status_code == 201
    assert province.delete(f"/roles/{person}/officer/unit/x1", headers=organiser).status_code == 204
    told = [
        each["data"] for each in database["people"].find_one({"_id": person})["outbox"] if each["type"] == OfficerChanged.type
    ]
    assert [(each["officer_id"], each["holds"]) for each in told] == [(f"x1:{person}", True), (f"x1:{person}", False)]
    assert told[0]["changed_at"] <= told[1]["changed_at"]
