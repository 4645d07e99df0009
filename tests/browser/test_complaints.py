"""Complaints and the own data in a real browser against the whole platform."""

import secrets

import pytest

from tests.browser.conftest import PASSWORD

SHORT = {"open_s": 12, "paper_seconds": 10, "grace_seconds": 0}


@pytest.fixture(scope="module")
def taken(front, contest, newcomer):
    """`taken()`: (round, account) of a person whose only paper is in a round that closes in some seconds."""

    def take() -> tuple[str, dict]:
        account, round_id = newcomer(), f"{contest(**SHORT)}-w1"
        header = {"Authorization": f"Bearer {account['token']}"}
        paper = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header)
        assert paper.status_code == 201, paper.text
        answers = {"answers": {"1": "A", "2": "B"}, "prediction": 3}
        done = front.post(f"/api/exam/attempts/{paper.json()['attempt_id']}/submit", json=answers, headers=header)
        assert done.status_code == 200, done.text
        return round_id, account

    return take


@pytest.fixture
def provisional(front, taken, eventually):
    """The same, once there are results."""
    round_id, account = taken()
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
