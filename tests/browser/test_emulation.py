"""An emulation campaign in a real browser against the whole platform: from the template to the decided list."""

import json
import secrets
import time

import pytest

from tests.browser.stage import done
from tests.browser.test_officer import excel

UNIT = "x00715-2025"
PATIENCE_S = 90
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture(scope="module")
def organiser(platform, demo):
    """{identifier, password} of the demo's organiser."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["organiser"]


@pytest.fixture(scope="module")
def officer(front, newcomer, sign_in):
    """`officer(unit)`: an account that is officer of the unit."""

    def appoint(unit: str) -> dict:
        account = newcomer()
        role = {"identifier": account["identifier"], "role": "officer", "kind": "unit", "id": unit}
        answer = front.post("/api/registration/roles", json=role, headers=sign_in("operator"))
        assert answer.status_code == 201, answer.text
        return {name: account[name] for name in ("identifier", "password")}

    return appoint


@pytest.fixture(scope="module")
def above(front) -> str:
    """The unit above the commune."""
    return front.get(f"/api/registration/units/{UNIT}").json()["parent_id"]


def begin(stage) -> str:
    """A contest whose round closes in some seconds: one person of the commune, of two on its roster, takes part."""
    contest_id = stage.contest(open_s=20, paper_seconds=15, grace_seconds=0, prediction="none")
    organiser, roster = stage.sign_in("organiser"), f"/api/registration/rosters/{contest_id}"
    rows = {"rows": [{"unit_id": UNIT, "headcount": 2}]}
    done(stage.front.put(roster, json=rows, headers=organiser))
    done(stage.front.post(f"{roster}/freeze", headers=organiser))
    stage.taken(stage.newcomer(), f"{contest_id}-w1", prediction=None)
    return contest_id


@pytest.fixture
def official_contest(front, begun, sign_in):
    """The contest, whose round is official."""
    contest_id, organiser = begun, sign_in("organiser")
    round_id = f"{contest_id}-w1"
    wait(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("state") == "provisional")
    made = front.post(f"/api/scoring/rounds/{round_id}/official", json={"note": "Chính thức"}, headers=organiser)
    assert made.status_code == 200, made.text
    return contest_id


def wait(check):
    end = time.monotonic() + PATIENCE_S
    while not check():
        assert time.monotonic() < end, f"still not so after {PATIENCE_S} s"
        time.sleep(0.5)


def test_a_campaign_goes_from_its_template_to_the_decided_list(
    play, front, organiser, officer, above, official_contest, sign_in, tmp_path
):
    campaign_id = f"nam-du-lieu-{secrets.token_hex(3)}"
    plan, lie = tmp_path / "Kế hoạch.pdf", tmp_path / "giả.pdf"
    plan.write_bytes(PDF)
    lie.write_bytes(b"<html></html>")
    counted = f"/api/emulation/campaigns/{campaign_id}/counted"
    header = sign_in("organiser")

    def results_are_here():
        wait(lambda: any(each["fetched_at"] for each in front.get(counted, headers=header).json()["rounds"]))

    play(
        "emulation", organiser=organiser, officer=officer(UNIT), above=officer(above), campaign=campaign_id,
        contest=official_contest, unit=UNIT, file=str(plan), lie=str(lie),
        wrong=excel(tmp_path / "sai.xlsx", ["Mã đơn vị", "Chỉ số"], [UNIT, "cao"]),
        values=excel(tmp_path / "dung.xlsx", ["Mã đơn vị", "Chỉ số"], [UNIT, 92.5]),
        asked={"results": results_are_here},
    )  # fmt: skip
    found = front.get(f"/api/emulation/campaigns/{campaign_id}/nominations", headers=header).json()
    assert found["campaign"]["state"] == "decided"
    # 5 (plan) + 3 of 5 accepted + 12 (85 %) + 20 (index 92.5) + 5 (one of two took part), added by the organiser.
    assert [(each["how"], each["row"]["unit_id"], each["row"]["total"]) for each in found["nominees"]] == [("added", UNIT, 45)]
