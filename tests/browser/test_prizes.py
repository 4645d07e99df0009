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


def begin(stage) -> tuple[str, list[dict]]:
    """(contest, two accounts): its commune has a pool of one prize, its block of communes one prize."""
    people, contest_id, header = [stage.newcomer(), stage.newcomer()], stage.contest(**SHORT), stage.sign_in("organiser")
    url, rounds = f"/api/scoring/contests/{contest_id}", [f"{contest_id}-w1"]
    told = {"pools/xa": {**POOL, "rounds": rounds}, "collective-prizes": {"rounds": rounds, "blocks": [BLOCK]}}
    for path, body in told.items():
        stage.eventually(lambda path=path, body=body: stage.front.put(f"{url}/{path}", json=body, headers=header).is_success)
    return contest_id, people


def go_on(stage, begun) -> None:
    """Both take part when the round is open."""
    contest_id, people = begun
    stage.eventually(lambda: stage.front.get(f"/api/exam/rounds/{contest_id}-w1").json()["state"] == "open")
    for account in people:
        stage.taken(account, f"{contest_id}-w1")


@pytest.fixture
def provisional(front, begun, eventually):
    """The same, when the round has results."""
    eventually(lambda: front.get(f"/api/scoring/rounds/{begun[0]}-w1").json().get("state") == "provisional")
    return begun


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
