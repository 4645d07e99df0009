"""An officer of a commune, and the organiser's settings for officers, in a real browser against the whole platform."""

import json
import secrets
import time
from io import BytesIO

import pytest
from openpyxl import Workbook

UNIT, OTHER = "x00715-2025", "x00721-2025"
PATIENCE_S = 60
PHONE = 987_000_000


@pytest.fixture(scope="module")
def organiser(platform, demo):
    """{identifier, password} of the demo's organiser."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["organiser"]


@pytest.fixture(scope="module")
def person(front, demo):
    """`person(name, phone)`: somebody of the commune who has just joined."""
    purposes = front.get("/api/registration/consents").json()["purposes"]
    consents = [{"purpose": each["purpose"], "version": each["version"]} for each in purposes if each["required"]]

    def join(name: str, phone: str | None = None) -> dict:
        account = {"identifier": f"xa-{secrets.token_hex(5)}@example.org", "password": "hoa tam giác mạch tháng mười"}
        body = {
            "name": name, "birth_date": "1990-03-08", "email": account["identifier"], "password": account["password"],
            "division": "citizens", "unit_id": UNIT, "language": "vi", "consents": consents, "phone": phone,
        }  # fmt: skip
        answer = front.post("/api/registration/join", json=body)
        assert answer.status_code == 201, answer.text
        return {**account, "token": answer.json()["access_token"]}

    return join


@pytest.fixture(scope="module")
def officer(front, person, sign_in):
    """The commune's officer, who has an account of the commune like everybody."""
    account = person("Lý Văn Sính")
    role = {"identifier": account["identifier"], "role": "officer", "kind": "unit", "id": UNIT}
    assert front.post("/api/registration/roles", json=role, headers=sign_in("operator")).status_code == 201
    return {name: account[name] for name in ("identifier", "password")}


def excel(path, *lines) -> str:
    book, file = Workbook(), BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(file)
    path.write_bytes(file.getvalue())
    return str(path)


def take_part(front, account, round_id):
    header = {"Authorization": f"Bearer {account['token']}"}
    paper = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header).json()
    body = {"answers": {str(question["n"]): "A" for question in paper["questions"]}, "prediction": 1}
    assert front.post(f"/api/exam/attempts/{paper['attempt_id']}/submit", json=body, headers=header).status_code == 200


def wait_for_table(front, round_id, header):
    """Scoring has heard of the people and ranked the attempt."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        answer = front.get(f"/api/scoring/rounds/{round_id}/units/{UNIT}/standing", headers=header)
        if answer.status_code == 200 and answer.json()["unit"]["participants"] == 1:
            return
        time.sleep(0.5)
    raise AssertionError(answer.text)


def test_an_officer_works_with_the_own_commune_and_sees_nothing_of_another(
    play, front, contest, person, officer, sign_in, tmp_path
):
    contest_id = contest()
    round_id = f"{contest_id}-w1"
    take_part(front, person("Vàng Thị Mỷ"), round_id)
    person("Đặng Thị Bé", f"0{PHONE + secrets.randbelow(900_000)}")
    wait_for_table(front, round_id, sign_in("organiser"))
    play(
        "officer", account=officer, contest=contest_id, round=round_id, unit=UNIT, other=OTHER,
        missing="Đặng Thị Bé", taken="Vàng Thị Mỷ", searched="dang thi",
        wrong=excel(tmp_path / "sai.xlsx", ["Mã đơn vị", "Quân số"], [UNIT, "nhiều"]),
        right=excel(tmp_path / "dung.xlsx", ["Mã đơn vị", "Quân số"], [UNIT, 120]),
    )  # fmt: skip
    rows = front.get(f"/api/registration/rosters/{contest_id}", headers=sign_in("organiser")).json()["rows"]
    assert rows == [{"unit_id": UNIT, "headcount": 120}]


def test_an_organiser_sets_times_of_reports_and_the_points_of_the_year(play, front, contest, organiser, sign_in):
    contest_id = contest()
    play("officer-settings", account=organiser, contest=contest_id)
    header = sign_in("organiser")
    times = front.get(f"/api/scoring/contests/{contest_id}/report-times", headers=header).json()
    assert times == {"daily_at": "16:30", "weekly_at": "08:00", "weekly_on": 5}
    steps = front.get(f"/api/scoring/contests/{contest_id}/evaluation", headers=header).json()["steps"]
    assert [step["points"] for step in steps] == [12, 7, 5]
