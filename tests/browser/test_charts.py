"""Charts at the desk and for everybody, on the screen and on paper, in a real browser against the whole platform."""

import json
import secrets
from pathlib import Path

import pytest

from hoithi_scoring.storage import Storage
from hoithi_store import connect
from tests.browser.crowds import come, sizes

DAY_S = 86_400
OPENED_S, OPEN_S = -3 * DAY_S, 4 * DAY_S
UNIT, OTHER = "x00715-2025", "x00721-2025"
PASSWORD = "hoa tam giác mạch tháng mười"


@pytest.fixture(scope="module")
def organiser(platform, demo):
    """{identifier, password} of the demo's organiser."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["organiser"]


@pytest.fixture(scope="module")
def crowded(front, contest, platform, sign_in, eventually):
    """{contest, round, people} of a round that runs for three days, with rosters, in which every commune takes part."""
    contest_id, header = contest(opens_in_s=OPENED_S, open_s=OPEN_S), sign_in("organiser")
    round_id = f"{contest_id}-w1"
    found = front.get("/api/registration/units", params={"tree": "administrative", "limit": 500}).json()["units"]
    people = sizes([UNIT, OTHER, *(unit["id"] for unit in found if unit["kind"] in ("commune", "ward"))])
    rows = [{"unit_id": unit_id, "headcount": 12 + place * 2 + count} for place, (unit_id, count) in enumerate(people.items())]
    roster = f"/api/registration/rosters/{contest_id}"
    assert front.put(roster, json={"rows": rows}, headers=header).status_code == 200
    assert front.post(f"{roster}/freeze", headers=header).status_code == 200
    storage = Storage(connect(platform.mongo_uri("scoring")))
    eventually(lambda: storage.rounds.key_tables([round_id]).get(round_id))
    eventually(lambda: len(storage.units.headcounts(contest_id)) == len(rows))
    came = come(storage, round_id, people)

    def ranked():
        steps = front.get(f"/api/scoring/rounds/{round_id}/charts", headers=header).json()["steps"]
        return steps and steps[1]["people"] == came

    eventually(ranked)
    return {"contest": contest_id, "round": round_id, "people": came}


@pytest.fixture(scope="module")
def officer(front, demo, sign_in):
    """The officer of a commune."""
    purposes = front.get("/api/registration/consents").json()["purposes"]
    consents = [{"purpose": each["purpose"], "version": each["version"]} for each in purposes if each["required"]]
    account = {"identifier": f"bieu-do-{secrets.token_hex(5)}@example.org", "password": PASSWORD}
    body = {
        "name": "Lý Văn Sính", "birth_date": "1990-03-08", "email": account["identifier"], "password": PASSWORD,
        "division": "citizens", "unit_id": UNIT, "language": "vi", "consents": consents,
    }  # fmt: skip
    assert front.post("/api/registration/join", json=body).status_code == 201
    role = {"identifier": account["identifier"], "role": "officer", "kind": "unit", "id": UNIT}
    assert front.post("/api/registration/roles", json=role, headers=sign_in("operator")).status_code == 201
    return account


def test_an_organiser_looks_at_charts_walks_through_units_and_prints_them(play, crowded, organiser, tmp_path):
    paper = tmp_path / "charts.pdf"
    found = play("charts", account=organiser, paper=str(paper), **crowded)
    assert Path(found["paper"]).read_bytes().startswith(b"%PDF-")


def test_an_officer_sees_the_own_unit_and_a_stranger_no_small_group(play, crowded, officer):
    play("charts-officer", account=officer, unit=UNIT, other=OTHER, **crowded)
