"""The ways in: cards in other sites, shared links without script, channels that are counted; on the whole platform."""

import re
import secrets

import pytest


@pytest.fixture
def published_round(front, played_round, eventually):
    """The id of a round with results."""
    round_id = played_round[0]
    eventually(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("results"))
    return round_id


def test_a_newspapers_card_leads_to_joining_and_the_channel_is_counted(play, front, contest, sign_in, platform, eventually):
    contest_id = contest()
    # A group is shown from ten on: nine have come before.
    for _ in range(9):
        body = {"from": "bao-ha-giang", "what": "visit"}
        assert front.post(f"/api/exam/contests/{contest_id}/arrivals", json=body).status_code == 204
    play("ways-in", contest=contest_id, email=f"{secrets.token_hex(5)}@example.org")
    header = sign_in("organiser")

    def counted():
        found = front.get(f"/api/exam/contests/{contest_id}/channels", headers=header).json()["channels"]
        sums = {each["code"]: each["in_all"] for each in found}.get("bao-ha-giang", {})
        # One account and one paper: there, and too few to be shown.
        return sums == {"visits": 10, "joins": None, "starts": None}

    eventually(counted)


def test_shared_links_are_read_without_script_and_unit_tables_without_diacritics(play, published_round):
    contest_id = published_round.removesuffix("-w1")
    play("no-script", contest=contest_id, round=published_round, title="Xây dựng công dân số tỉnh Hà Giang")


def test_a_card_says_that_results_are_there(front, published_round, eventually):
    card = f"/card/{published_round.removesuffix('-w1')}"
    eventually(lambda: "Đã có kết quả Tuần 1" in front.get(card).text)
    assert f"/r/{published_round}" in front.get(card).text


def test_a_shared_link_unfolds_before_any_script_runs(front, contest):
    contest_id = contest()
    page = front.get(f"/c/{contest_id}").text
    tags = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page))
    assert tags["og:title"] == "Xây dựng công dân số tỉnh Hà Giang" and tags["og:description"].startswith("Tuần 1 đóng sau")
    assert tags["og:image"].endswith(f"/api/exam/contests/{contest_id}/picture.png") and tags["og:image"].startswith("http")
    assert page.count("og:title") == page.count("<title>") == 1


def test_how_many_take_part_is_shown_unless_it_is_to_be_predicted(play, front, contest, newcomer, eventually):
    shown, sealed = contest(), contest(prediction="percentage")
    for _ in range(10):
        header = {"Authorization": f"Bearer {newcomer()['token']}"}
        for contest_id in (shown, sealed):
            paper = front.post(f"/api/exam/rounds/{contest_id}-w1/attempts", headers=header).json()
            done = front.post(f"/api/exam/attempts/{paper['attempt_id']}/submit", json={"answers": {"1": "A"}}, headers=header)
            assert done.status_code == 200, done.text
    eventually(lambda: _participants(front, shown) == 10)
    assert _participants(front, sealed) is None
    play("taking-part", open=shown, sealed=sealed)


def _participants(front, contest_id: str) -> int | None:
    (round_,) = front.get(f"/api/scoring/contests/{contest_id}/rounds").json().get("rounds", [{}])
    return round_.get("counts", {}).get("participants")
