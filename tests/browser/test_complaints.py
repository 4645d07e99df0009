"""Complaints and the own data in a real browser against the whole platform."""

import secrets

import pytest

from tests.browser.conftest import PASSWORD

SHORT = {"open_s": 12, "paper_seconds": 10, "grace_seconds": 0}


def begin(stage) -> list[tuple[str, dict]]:
    """For each test (round, account) of a person whose only paper is in a round that closes in some seconds."""
    return [_taken(stage) for _ in range(2)]


def _taken(stage) -> tuple[str, dict]:
    account, round_id = stage.newcomer(), f"{stage.contest(**SHORT)}-w1"
    stage.taken(account, round_id, answers=lambda paper: {"1": "A", "2": "B"}, prediction=3)
    return round_id, account


@pytest.fixture
def provisional(front, begun, eventually):
    """One of them, once there are results."""
    round_id, account = begun.pop()
    eventually(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("state") == "provisional")
    return round_id, account


def test_a_complaint_is_filed_questioned_answered_decided_and_seen(play, front, provisional, sign_in, hoithi):
    round_id, account = provisional
    contest_id = round_id.removesuffix("-w1")

    def complaint() -> str:
        answer = front.get(f"/api/scoring/contests/{contest_id}/complaints", headers=sign_in("organiser"))
        assert answer.status_code == 200, answer.text
        [found] = answer.json()["complaints"]
        return found["complaint_id"]

    def question():
        body = {"text": "Bạn dùng bản đề nào?"}
        asked = front.post(f"/api/scoring/complaints/{complaint()}/question", json=body, headers=sign_in("organiser"))
        assert asked.status_code == 200, asked.text

    def decide():
        refused = front.post(f"/api/scoring/rounds/{round_id}/official", json={}, headers=sign_in("organiser"))
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/complaints-open")
        reason = "Đáp án câu 4 đã được kiểm tra lại và đúng."
        assert hoithi("complaints", "decide", complaint(), "rejected", "--reason", reason)["state"] == "rejected"

    play("complaint", round=round_id, account=account, asked={"question": question, "decision": decide})
    log = hoithi("complaints", "show", complaint())["log"]
    assert [entry["what"] for entry in log] == [
        "complaint-received",
        "complaint-questioned",
        "complaint-answered",
        "complaint-rejected",
    ]
    made = front.post(f"/api/scoring/rounds/{round_id}/official", json={}, headers=sign_in("organiser"))
    assert made.json()["state"] == "official"


def test_the_own_data_are_seen_corrected_taken_home_and_erased(play, front, provisional, eventually):
    round_id, account = provisional
    phone = f"0912{secrets.randbelow(10**6):06}"
    file = play("own-data", account=account, phone=phone)["file"]
    assert file["format"] == "hoithi-own-data/1"
    person = file["registration"]["person"]
    assert (person["name"], person["birth_date"]) == ("Lò Văn Pao", "1989-02-14")
    [attempt] = file["exam"]["attempts"]
    assert (attempt["round_id"], attempt["answers"], attempt["prediction"]) == (round_id, {"1": "A", "2": "B"}, 3)
    assert [taken["round_id"] for taken in file["scoring"]["rounds"]] == [round_id]
    assert "argon2" not in str(file)
    # Erased: nobody can sign in, and the results bear no name any more.
    signing = {"identifier": phone, "password": PASSWORD}
    assert front.post("/api/registration/sign-in", json=signing).status_code == 401

    def nameless() -> bool:
        rows = front.get(f"/api/scoring/rounds/{round_id}/results").json()["rows"]
        return [row["name"] for row in rows] == [None]

    eventually(nameless)
