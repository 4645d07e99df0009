"""A whole contest at the desk and for everybody, and an officer at the prizes desk: in a real browser against the platform."""

import json
import secrets
from datetime import UTC, datetime, timedelta

import pytest

from hoithi_scoring.storage import Storage
from hoithi_store import connect
from tests.browser.crowds import closed, come, opened, sizes

DAY = timedelta(days=1)
UNIT, OTHER = "x00715-2025", "x00721-2025"
FIRST = [{"name": "first", "count": 1}]
BLOCK = {"title": "Khối xã, phường", "tree": "administrative", "kinds": ["commune", "ward"], "prizes": FIRST}
OTHERS_POOL = {"unit_id": OTHER, "title": "Giải của xã bạn", "prizes": FIRST}


@pytest.fixture(scope="module")
def organiser(platform, demo):
    """{identifier, password} of the demo's organiser."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["organiser"]


@pytest.fixture(scope="module")
def storage(platform, demo):
    return Storage(connect(platform.mongo_uri("scoring")))


@pytest.fixture(scope="module")
def two_rounds(front, sign_in, demo):
    """`two_rounds()`: a published contest whose first round opens in some seconds; the second one follows an hour later."""

    def publish() -> str:
        contest_id, begin = f"toan-cuoc-{secrets.token_hex(3)}", datetime.now(UTC) + timedelta(seconds=20)
        windows = [(begin, begin + timedelta(hours=1)), (begin + timedelta(hours=1, seconds=1), begin + timedelta(hours=2))]
        body = {
            "contest_id": contest_id, "title": "Xây dựng công dân số tỉnh Hà Giang",
            "banks": dict.fromkeys(("officials", "citizens", "pupils"), "chuyen-doi-so"),
            "rules": {"start_window_seconds": 0, "collective_least_rate": 20},
            "rounds": [
                {"title": f"Tuần {number}", "opens_at": opens.isoformat(), "closes_at": closes.isoformat()}
                for number, (opens, closes) in enumerate(windows, 1)
            ],
        }  # fmt: skip
        header = sign_in("organiser")
        for path, told in (("", body), (f"/{contest_id}/publish", None)):
            answer = front.post(f"/api/exam/contests{path}", json=told, headers=header)
            assert answer.is_success, answer.text
        return contest_id

    return publish


@pytest.fixture
def played(two_rounds, front, sign_in, storage, eventually):
    """{contest, people} of a contest with provisional results of two rounds that the same people took, fewer the second one.

    Its communes have prizes over the season, chosen before its first round opened.
    """
    contest_id, header = two_rounds(), sign_in("organiser")
    chosen = {"rounds": [], "season": True, "blocks": [BLOCK]}
    url = f"/api/scoring/contests/{contest_id}/collective-prizes"
    eventually(lambda: front.put(url, json=chosen, headers=header).status_code == 200)
    for number in (1, 2):
        opened(storage, f"{contest_id}-w{number}", (12 - 5 * number) * DAY)
    found = front.get("/api/registration/units", params={"tree": "administrative", "limit": 500}).json()["units"]
    first = sizes([UNIT, OTHER, *(unit["id"] for unit in found if unit["kind"] in ("commune", "ward"))])
    rows = [{"unit_id": unit_id, "headcount": 12 + place * 2 + count} for place, (unit_id, count) in enumerate(first.items())]
    roster = f"/api/registration/rosters/{contest_id}"
    assert front.put(roster, json={"rows": rows}, headers=header).status_code == 200
    assert front.post(f"{roster}/freeze", headers=header).status_code == 200
    eventually(lambda: len(storage.units.headcounts(contest_id)) == len(rows))
    for number, people in ((1, first), (2, {unit_id: count // 2 for unit_id, count in first.items()})):
        closed(storage, f"{contest_id}-w{number}", come(storage, f"{contest_id}-w{number}", people, contest_id))
    path = f"/api/scoring/contests/{contest_id}/season"

    def counted():
        answer = front.get(f"{path}/charts", headers=header).json()
        return answer.get("rounds") == 2 and answer["steps"]

    eventually(counted)
    eventually(lambda: front.get(f"{path}/unit-prizes").json().get("winners"))
    # The desk has charts of contests whose first round has opened, as exam says.
    eventually(lambda: front.get(f"/api/exam/rounds/{contest_id}-w1").json()["state"] == "open")
    return {"contest": contest_id, "people": sum(first.values())}


def make_official(front, header, contest_id: str, rounds=(1, 2)) -> None:
    for number in rounds:
        answer = front.post(f"/api/scoring/rounds/{contest_id}-w{number}/official", json={"note": "Biên bản"}, headers=header)
        assert answer.status_code == 200, answer.text


def test_the_whole_contest_has_charts_and_prizes_of_collectives_at_the_desk_and_for_everybody(
    play, played, organiser, front, sign_in, eventually
):
    contest_id, header = played["contest"], sign_in("organiser")
    path = f"/api/scoring/contests/{contest_id}/season/unit-prizes"
    before = front.get(path).json()["winners"]

    def official():
        make_official(front, header, contest_id)
        # The season is added up again for the rounds' new states, and its lists follow by a second or two: 409 until then.
        certificates = f"/api/scoring/contests/{contest_id}/season/unit-certificates.pdf"
        eventually(lambda: front.get(certificates, headers=header).status_code == 200)

    best = {"winner": before[0]["unit"], "unit": before[0]["unit_id"]}
    found = play("season", account=organiser, asked={"official": official}, **best, **played)
    assert found["files"] == ["bien-ban", "giay-chung-nhan-tap-the"]
    after = front.get(path, headers=header).json()
    assert [row["unit"] for row in after["refused"]] == [before[0]["unit"]] != [row["unit"] for row in after["winners"]]


@pytest.fixture
def officer(front, newcomer, sign_in):
    """The officer of a commune, who has an account there like everybody."""
    account = newcomer()
    role = {"identifier": account["identifier"], "role": "officer", "kind": "unit", "id": UNIT}
    assert front.post("/api/registration/roles", json=role, headers=sign_in("operator")).status_code == 201
    return {name: account[name] for name in ("identifier", "password")}


def test_an_officer_defines_a_pool_verifies_its_winners_and_sees_nothing_of_other_units(
    play, contest, officer, front, sign_in, storage, eventually
):
    contest_id, header = contest(opens_in_s=3600), sign_in("organiser")
    round_id, url = f"{contest_id}-w1", f"/api/scoring/contests/{contest_id}"
    for path, body in (("pool-rights", {"officers": True}), ("pools/xa-ban", {**OTHERS_POOL, "rounds": [round_id]})):
        eventually(lambda path=path, body=body: front.put(f"{url}/{path}", json=body, headers=header).status_code == 200)

    def played():
        opened(storage, round_id, 3 * DAY)
        closed(storage, round_id, come(storage, round_id, {UNIT: 14, OTHER: 12}))
        for pool in [each["pool_id"] for each in front.get(f"{url}/pools").json()["pools"]]:
            winners = f"{url}/pools/{pool}/winners?round_id={round_id}"
            eventually(lambda winners=winners: front.get(winners).json().get("winners"))

    def official():
        make_official(front, header, contest_id, rounds=[1])

    found = play(
        "prizes-officer", account=officer, contest=contest_id, round=round_id, other="Đồng Văn", pool=OTHERS_POOL["title"],
        asked={"played": played, "official": official},
    )  # fmt: skip
    assert found["statuses"] == [403, 403, 403] and found["certificates"].startswith("giay-chung-nhan")
    [pool] = [each for each in front.get(f"{url}/pools").json()["pools"] if each["title"] == "Giải của xã Lũng Cú"]
    assert (pool["unit_id"], pool["prizes"]) == (UNIT, [{"name": "first", "count": 1}, {"name": "second", "count": 2}])
    listed = front.get(f"{url}/pools/{pool['pool_id']}/candidates?round_id={round_id}", headers=header).json()
    assert [row["check"]["state"] for row in listed["winners"]] == ["verified"] * 3
    assert [row["check"]["reason"] for row in listed["refused"]] == ["Thành viên Ban Tổ chức"]
