"""A whole contest at the desk and for everybody, in a real browser against the whole platform."""

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
    return {"contest": contest_id, "people": sum(first.values())}


def make_official(front, header, contest_id: str) -> None:
    for number in (1, 2):
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
        eventually(lambda: front.get(path).json()["state"] == "official")

    found = play("season", account=organiser, asked={"official": official}, winner=before[0]["unit"], unit=UNIT, **played)
    assert found["files"] == ["bien-ban", "giay-chung-nhan-tap-the"]
    after = front.get(path, headers=header).json()
    assert [row["unit"] for row in after["refused"]] == [before[0]["unit"]] != [row["unit"] for row in after["winners"]]
