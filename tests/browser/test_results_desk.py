"""Results at the desk, in a real browser against the whole platform: from provisional to official, and the proof of it."""

import json
from pathlib import Path

import pytest

SHORT = {"open_s": 15, "paper_seconds": 14, "grace_seconds": 0}


@pytest.fixture(scope="module")
def keys(front, sign_in):
    """The bank's questions by text."""
    header = sign_in("organiser")
    banks = front.get("/api/exam/banks", headers=header).json()["banks"]
    newest = max(each["version"] for each in banks if each["bank_id"] == "chuyen-doi-so")
    page = front.get(f"/api/exam/banks/chuyen-doi-so/versions/{newest}?limit=500", headers=header).json()["page"]
    return {question["text"]: question for question in page}


def right_letter(shown: dict, question: dict) -> str:
    text = question["options"]["abcdefghij".index(question["right"])]
    return "ABCDEFGHIJ"[[option["text"] for option in shown["options"]].index(text)]


def take(front, account, round_id, keys=None) -> None:
    """A paper handed in at once: everything right with the keys, else A everywhere."""
    header = {"Authorization": f"Bearer {account['token']}"}
    paper = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header)
    assert paper.status_code == 201, paper.text
    questions = paper.json()["questions"]
    answers = {str(each["n"]): right_letter(each, keys[each["text"]]) if keys else "A" for each in questions}
    url = f"/api/exam/attempts/{paper.json()['attempt_id']}/submit"
    done = front.post(url, json={"answers": answers, "prediction": 1}, headers=header)
    assert done.status_code == 200, done.text


@pytest.fixture
def provisional(front, contest, newcomer, keys, eventually):
    """A round with results: one impossibly quick perfect paper, two others by namesakes of the unit; a complaint."""
    round_id, people = f"{contest(**SHORT)}-w1", [newcomer() for _ in range(3)]
    take(front, people[0], round_id, keys)
    for account in people[1:]:
        take(front, account, round_id)
    eventually(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("state") == "provisional")
    body = {"kind": "time", "text": "Thời gian làm bài của tôi bị tính thừa một phút.", "attempt_number": 1}
    header = {"Authorization": f"Bearer {people[1]['token']}"}
    assert front.post(f"/api/scoring/rounds/{round_id}/complaints", json=body, headers=header).status_code == 201
    return round_id


def test_an_organiser_takes_results_from_provisional_to_official(
    play, front, provisional, platform, hoithi, tmp_path, eventually
):
    accounts = json.loads((platform.folders.home / "platform.json").read_text())["accounts"]
    found = play("desk-results", account=accounts["organiser"], round=provisional)
    round_ = front.get(f"/api/scoring/rounds/{provisional}").json()
    assert (round_["state"], round_["counts"]["participants"]) == ("official", 2)
    assert Path(found["minutes"]).read_bytes().startswith(b"%PDF-")
    hoithi("results", "export", provisional, "--to", tmp_path)
    saved = [tmp_path / name for name in ("results.json", "signature.json", "keys.json")]
    checked = hoithi("verify-results", saved[0], "--signature", saved[1], "--keys", saved[2])
    assert (checked["statement"]["state"], checked["sha256"]) == ("official", round_["results"]["digest"])
    kinds = {flag["kind"]: (flag["decision"] or {}).get("outcome") for flag in hoithi("flags", "list", provisional)["flags"]}
    assert kinds == {"impossible-speed": "invalidated", "same-name": "dismissed", "same-identity": "dismissed"}
    [refused] = hoithi("winners", "list", provisional)["refused"]
    assert refused["check"]["reason"] == "Thành viên Ban Tổ chức"
