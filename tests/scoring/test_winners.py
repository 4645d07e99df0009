"""Winners over the real doors: verified, refused, replaced; the season's prizes awarded once all rounds are official."""

from datetime import timedelta

import pytest

from hoithi_contracts.exam import Prize, Publication
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import listening
from tests.tables import make_due

HOUR, SECRET = timedelta(hours=1), b"pseudonym secret of tests"
ONE_PRIZE = [Prize("first", 1)]


@pytest.fixture
def boss(auth):
    return auth("boss", roles=("organiser:contest:c",))


@pytest.fixture
def build(storage, making):
    """`build(hours)`: what the worker does, so many hours after the close."""
    return lambda hours=2: make_due(storage, making.closes + hours * HOUR)


@pytest.fixture
def round_(play, making):
    """u1 is best, then u2, u3; one prize."""
    quickest_first = [making.submitted(f"u{number}", duration_ms=number * 60_000) for number in (1, 2, 3)]
    return play(quickest_first, closed=True, prizes=ONE_PRIZE)


def person(user):
    return Pseudonyms(SECRET).of("c", user)


def check(doors, headers, user, outcome="verified", where="/rounds/c-w1", **body):
    return doors.post(f"{where}/winners/{person(user)}/check", json={"outcome": outcome, **body}, headers=headers)


def winners(doors, headers, where="/rounds/c-w1"):
    answer = doors.get(f"{where}/winners", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def who(rows):
    return [row["person"] for row in rows]


def outbox(storage, collection):
    return [each for found in storage.database[collection].find() for each in found.get("outbox", ())]


def official(doors, headers, round_id="c-w1"):
    return doors.post(f"/rounds/{round_id}/official", json={"note": "Quyết định 12"}, headers=headers)


def test_candidates_come_with_those_who_would_move_up(doors, round_, boss):
    found = winners(doors, boss)
    assert (who(found["winners"]), who(found["reserves"])) == ([person("u1")], [person("u2"), person("u3")])
    assert (found["unverified"], found["total"], found["must_be_verified"], found["scope"]) == (1, 1, False, "round")
    assert found["winners"][0]["prize"] == "first" and found["winners"][0]["check"] is None


def test_a_refused_winner_keeps_the_place_and_the_next_takes_the_prize(doors, round_, boss, storage, build):
    digest = round_.snapshot.digest
    assert check(doors, boss, "u1", "refused", reason="Không đúng đối tượng dự thi").status_code == 200
    build()
    found = winners(doors, boss)
    assert (who(found["winners"]), who(found["refused"]), who(found["reserves"])) == (
        [person("u2")], [person("u1")], [person("u3")],
    )  # fmt: skip
    after = storage.rounds.get("c-w1")
    assert after.snapshot.digest == digest and after.snapshot.awards[0].place == 2 and not after.is_being_corrected


def test_a_refusal_needs_a_reason_and_is_logged(doors, round_, boss, storage):
    assert check(doors, boss, "u1", "refused").status_code == 422
    check(doors, boss, "u1", "refused", reason="Nhầm người")
    check(doors, boss, "u1")
    log = storage.winners.log("c-w1", person("u1"))
    assert [(entry.what, entry.before["state"], entry.reason) for entry in log] == [
        ("winner-refused", "unverified", "Nhầm người"), ("winner-verified", "refused", ""),
    ]  # fmt: skip


def test_only_another_organiser_of_the_contest_verifies(doors, round_, boss, auth):
    for roles in [("organiser:contest:other",), ("officer:unit:t1",), ("operator:platform:*",), ()]:
        headers = auth("somebody", roles=roles)
        assert doors.get("/rounds/c-w1/winners", headers=headers).status_code == 403
        assert check(doors, headers, "u1").status_code == 403
    assert check(doors, auth("u1", roles=("organiser:contest:c",)), "u1").status_code == 403
    assert check(doors, boss, "u3").status_code == 404


def test_official_results_wait_for_unverified_winners_where_the_rules_want_it(doors, play, making, boss, storage):
    told = making.published(rounds=4, publication=Publication(winners_verified=True))
    listening.publish_contest(storage, told, making.opens)
    play([making.submitted("u1")], closed=True)
    refused = official(doors, boss)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "winners-unverified")
    check(doors, boss, "u1")
    assert official(doors, boss).status_code in (200, 202)


def test_a_winner_refused_after_official_results_is_replaced_without_a_correction(doors, round_, boss, storage, build, making):
    storage.rounds.change("c-w1", lambda found: found.publish("boss", "", making.closes + HOUR), making.closes + HOUR)
    check(doors, boss, "u1", "refused", reason="Không nhận giải")
    build()
    told = [(each["type"], each["data"].get("winner_id")) for each in outbox(storage, "rounds")]
    assert told[-2:] == [("prize-awarded", "u1"), ("prize-awarded", "u2")]
    assert "results-corrected" not in {kind for kind, _ in told}


# The season


@pytest.fixture
def season(play, making, storage, build):
    """`season(**publication)`: two rounds with results; u1 takes both, u2 one. One prize over all rounds."""

    def make(**publication):
        told = {"season_prizes": ONE_PRIZE, "publication": Publication(**publication), "revision": 2}
        play([making.submitted("u1"), making.submitted("u2", duration_ms=60_000)], closed=True)
        play([making.submitted("u1", round_id="c-w2")], closed=True, number=2)
        listening.publish_contest(storage, making.published(rounds=2, **told), making.opens)
        build()

    return make


def make_official(storage, making, *round_ids):
    now = making.closes + 3 * HOUR
    for round_id in round_ids:
        storage.rounds.change(round_id, lambda found: found.publish("boss", "", now), now)


def test_season_prizes_are_awarded_once_every_round_is_official(doors, season, boss, storage, making, build):
    season()
    found = winners(doors, boss, "/contests/c/season")
    assert (who(found["winners"]), found["state"], found["winners"][0]["prize"]) == ([person("u1")], "provisional", "first")
    make_official(storage, making, "c-w1")
    build(4)
    assert outbox(storage, "contests") == []
    make_official(storage, making, "c-w2")
    build(5)
    build(6)
    [told] = outbox(storage, "contests")
    assert (told["type"], told["data"]["award_id"], told["data"]["winner_id"], told["data"]["scope"]) == (
        "prize-awarded", "c:season:citizens:first:1", "u1", "season",
    )  # fmt: skip
    assert winners(doors, boss, "/contests/c/season")["state"] == "official"


def test_a_refused_winner_of_the_season_leaves_the_prize_to_the_next(doors, season, boss, storage, making, build):
    season()
    make_official(storage, making, "c-w1", "c-w2")
    build(4)
    assert check(doors, boss, "u1", "refused", "/contests/c/season", reason="Không đúng đối tượng").status_code == 200
    build(5)
    assert [each["data"]["winner_id"] for each in outbox(storage, "contests")] == ["u1", "u2"]


def test_season_prizes_wait_for_verification_where_the_rules_want_it(doors, season, boss, storage, making, build):
    season(winners_verified=True)
    make_official(storage, making, "c-w1", "c-w2")
    build(4)
    assert outbox(storage, "contests") == []
    check(doors, boss, "u1", where="/contests/c/season")
    build(5)
    assert [each["data"]["winner_id"] for each in outbox(storage, "contests")] == ["u1"]
