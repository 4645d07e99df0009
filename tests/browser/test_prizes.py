"""Prizes of units at the desk and on the participant's page, in a real browser against the whole platform."""

import json

import pytest

COMMUNE, PARTY = "x00715-2025", "p08-x00715"
FIRST = [{"name": "first", "count": 1}]
POOL = {
    "unit_id": COMMUNE, "title": "Giải của xã Lũng Cú", "sponsor": "Hợp tác xã Lô Lô Chải",
    "notice": "Trao giải tại nhà văn hóa xã ngày 20/10.", "prizes": FIRST,
}  # fmt: skip
BLOCK = {"title": "Khối xã, phường", "tree": "administrative", "kinds": ["commune", "ward"], "prizes": FIRST}
SHORT = {"opens_in_s": 12, "open_s": 18, "paper_seconds": 15, "grace_seconds": 0, "collective_least_rate": 0}


@pytest.fixture(scope="module")
def organiser(platform):
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["organiser"]


def take(front, account, round_id, eventually) -> None:
    """A paper handed in as soon as the round is open, A everywhere."""
    header, found = {"Authorization": f"Bearer {account['token']}"}, {}

    def begun():
        answer = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header)
        found.update(answer.json())
        return answer.status_code == 201

    eventually(begun)
    answers = {str(question["n"]): "A" for question in found["questions"]}
    url = f"/api/exam/attempts/{found['attempt_id']}/submit"
    assert front.post(url, json={"answers": answers, "prediction": 1}, headers=header).status_code == 200


@pytest.fixture
def provisional(front, contest, newcomer, sign_in, eventually):
    """(contest, two accounts): a round with results; its commune has a pool of one prize, its block of communes one prize."""
    contest_id, people = contest(**SHORT), [newcomer(), newcomer()]
    round_id, header = f"{contest_id}-w1", sign_in("organiser")
    url = f"/api/scoring/contests/{contest_id}"
    told = {"pools/xa": {**POOL, "rounds": [round_id]}, "collective-prizes": {"rounds": [round_id], "blocks": [BLOCK]}}
    for path, body in told.items():
        eventually(lambda path=path, body=body: front.put(f"{url}/{path}", json=body, headers=header).status_code == 200)
    for account in people:
        take(front, account, round_id, eventually)
    eventually(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("state") == "provisional")
    return contest_id, people


def test_an_organiser_defines_prizes_of_units_before_a_round_opens(play, contest, organiser, hoithi, eventually, front):
    contest_id = contest(opens_in_s=3600)
    eventually(lambda: front.get(f"/api/scoring/contests/{contest_id}/pools").status_code == 200)
    play("desk-prizes", account=organiser, contest=contest_id)
    [pool] = hoithi("pools", "list", contest_id)["pools"]
    assert (pool["unit_id"], pool["title"], pool["tree"]) == (PARTY, "Giải của Đảng ủy xã Lũng Cú", "party")
    assert pool["prizes"] == [{"name": "first", "count": 1}, {"name": "second", "count": 3}]
    chosen = front.get(f"/api/scoring/contests/{contest_id}/collective-prizes").json()
    assert [(block["title"], block["most_roster"]) for block in chosen["blocks"]] == [("Khối xã nhỏ", 6000)]
    assert chosen["season"]


def test_winners_of_a_pool_are_verified_and_people_see_what_they_won(play, provisional, organiser, hoithi, eventually):
    contest_id, people = provisional
    accounts = [{name: each[name] for name in ("identifier", "password")} for each in people]
    found = play("prizes-won", account=organiser, contest=contest_id, people=accounts, pool=POOL["title"])
    assert found["certificate"].startswith("giay-chung-nhan")
    listed = hoithi("pools", "winners", contest_id, "xa", "--round", f"{contest_id}-w1")
    assert ([row["check"]["state"] for row in listed["winners"]], listed["refused"][0]["check"]["reason"]) == (
        ["verified"], "Thành viên Ban Tổ chức",
    )  # fmt: skip
