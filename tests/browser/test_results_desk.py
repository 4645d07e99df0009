"""Results at the desk, in a real browser against the whole platform: from provisional to official, and the proof of it."""

import json
from pathlib import Path

import pytest

SHORT = {"open_s": 15, "paper_seconds": 14, "grace_seconds": 0}


def right_letter(shown: dict, question: dict) -> str:
    text = question["options"]["abcdefghij".index(question["right"])]
    return "ABCDEFGHIJ"[[option["text"] for option in shown["options"]].index(text)]


def begin(stage) -> tuple[str, dict]:
    """(round that closes in some seconds, one of its people): an impossibly quick perfect paper, two others by namesakes."""
    keys, people = stage.questions(), [stage.newcomer() for _ in range(3)]
    round_id = f"{stage.contest(**SHORT)}-w1"

    def everything_right(paper: dict) -> dict[str, str]:
        return {str(each["n"]): right_letter(each, keys[each["text"]]) for each in paper["questions"]}

    stage.taken(people[0], round_id, answers=everything_right)
    for account in people[1:]:
        stage.taken(account, round_id)
    return round_id, people[1]


@pytest.fixture
def provisional(front, stage, begun, eventually):
    """The round with results; and a complaint."""
    round_id, account = begun
    eventually(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("state") == "provisional")
    body = {"kind": "time", "text": "Thời gian làm bài của tôi bị tính thừa một phút.", "attempt_number": 1}
    url = f"/api/scoring/rounds/{round_id}/complaints"
    assert front.post(url, json=body, headers=stage.header(account)).status_code == 201
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
