"""All rounds of a contest together: units, what they win, charts; a person counts once. Over the real doors."""

import csv
import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from hoithi_bus import clock
from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import listening
from tests.tables import make_due

WEEK = timedelta(days=7)
WRONG = {"q.1": "a", "q.2": "b", "q.3": "a", "q.4": "a"}
COMMUNES = {
    "title": "Khối xã", "tree": "administrative", "kinds": ["commune"], "prizes": [{"name": "first", "count": 1}],
}  # fmt: skip
CHOSEN = {"rounds": [], "season": True, "blocks": [COMMUNES]}
PRIZES = "/contests/c/season/unit-prizes"


@pytest.fixture
def pseudonyms(settings):
    return Pseudonyms(settings("scoring")["PSEUDONYM_SECRET"].encode())


@pytest.fixture
def boss(auth):
    return auth("boss", roles=("organiser:contest:c",))


@pytest.fixture
def announced(storage, making, monkeypatch):
    """Two rounds that have not opened; of each commune twenty people are on the roster."""
    monkeypatch.setattr(clock, "now", lambda: making.opens - timedelta(hours=1))
    listening.change_units(storage, making.units_changed())
    for unit_id in ("x1", "x2"):
        listening.freeze_roster(storage, making.roster(unit_id, 20))
    told = making.published(rounds=2, season_prizes=[Prize("first", 1)], rules=making.rules(prizes=[]))
    listening.publish_contest(storage, told, making.opens)


@pytest.fixture
def build(storage, making):
    """`build(hours)`: until nothing is due, so many hours after the first close."""

    def act(hours=2):
        for _ in range(3):
            make_due(storage, making.closes + timedelta(hours=hours))

    return act


@pytest.fixture
def play_round(storage, making, pseudonyms, build):
    """`play_round(number, {unit: people}, ...)`: all right, the first of a unit the quickest, a week after the round before."""

    def act(number, people, **answers):
        later = WEEK * (number - 1)
        opened = making.opened(
            number, opens_at=making.opens + later, closes_at=making.closes + later, rules=making.rules(prizes=[])
        )
        listening.open_week(storage, opened, making.opens)
        attempts = [
            making.submitted(
                user, round_id=f"c-w{number}", unit_id=unit, started_at=making.opens + later, answers=answers.get(user),
                duration_ms=300_000 + place,
            )
            for unit, users in people.items()
            for place, user in enumerate(users)
        ]  # fmt: skip
        for attempt in attempts:
            storage.people.keep(making.person(attempt.user_id, name=f"Người {attempt.user_id}", unit_id=attempt.unit_id))
        listening.keep_attempts(storage, pseudonyms, attempts, making.opens)
        listening.close_week(storage, making.closed(len(attempts), number), making.closes)
        build()

    return act


def some(unit, *numbers):
    return [f"{unit}-{number}" for number in numbers]


@pytest.fixture
def season(doors, announced, boss, play_round):
    """x1: ten in the first round and two others in the second; x2: the same eleven in both, so fewer people and more points."""
    assert doors.put("/contests/c/collective-prizes", json=CHOSEN, headers=boss).status_code == 200
    play_round(1, {"x1": some("x1", *range(10)), "x2": some("x2", *range(11))})
    play_round(2, {"x1": some("x1", 10, 11), "x2": some("x2", *range(11))})


def get(doors, path, headers=None, **query):
    answer = doors.get(path, params=query, headers=headers or {})
    assert answer.status_code == 200, answer.text
    return answer.json()


def official(storage, making, build):
    now = making.closes + timedelta(hours=3)
    for number in (1, 2):
        storage.rounds.change(f"c-w{number}", lambda found: found.publish("boss", "", now), now)
    build(4)


def told(storage):
    events = [each["data"] for found in storage.database["award_lists"].find() for each in found.get("outbox", ())]
    return [(each["award_id"], each["winner_kind"], each["winner_id"], each["division"], each["scope"]) for each in events]


def test_over_the_season_every_person_counts_once_and_points_are_added(doors, season):
    rows = {row["unit_id"]: row for row in get(doors, "/contests/c/season/units", parent_id="t1")["rows"]}
    names = ("participants", "rate_percent", "points", "attempts", "place")
    assert {unit_id: [row[name] for name in names] for unit_id, row in rows.items()} == {
        "x1": [12, "60.00", 60, 12, 1], "x2": [11, "55.00", 110, 22, 2], "x3": [0, None, 0, 0, None],
    }  # fmt: skip
    assert rows["x2"]["perfect"] == 22
    [shown] = [
        row for row in csv.DictReader(io.StringIO(doors.get("/contests/c/season/units.csv").text)) if row["unit_id"] == "x2"
    ]
    assert (shown["participants"], shown["mean_points"]) == ("11", "10.00")
    assert get(doors, "/contests/c/season/participation", unit_id="x1")["unit"]["participants"] == 12


def test_the_unit_that_is_best_over_all_rounds_wins_the_seasons_prize(doors, season, storage, making, build):
    [won] = get(doors, PRIZES)["winners"]
    assert (won["unit"], won["block"], won["prize"], won["place"]) == ("Xã Ngọc Đường", "Khối xã", "first", 1)
    assert get(doors, "/rounds/c-w1/unit-prizes")["winners"] == [] and told(storage) == []
    official(storage, making, build)
    assert told(storage) == [("season|c:units:1:first:1", "unit", "x1", "Khối xã", "season")]
    build(6)
    assert len(told(storage)) == 1 and get(doors, PRIZES)["state"] == "official"


def test_an_excluded_unit_leaves_the_seasons_prize_to_the_next(doors, season, boss, build):
    refused = {"outcome": "refused", "reason": "Báo cáo sai quân số"}
    assert doors.post(f"{PRIZES}/x1/check", json=refused, headers=boss).status_code == 200
    build(3)
    found = get(doors, PRIZES, boss)
    assert [row["unit_id"] for row in found["winners"]] == ["x2"] and found["unverified"] == 1
    assert [row["unit_id"] for row in found["refused"]] == ["x1"]


def test_a_corrected_headcount_changes_the_seasons_table_and_its_prize_once(doors, season, storage, making, build):
    before = storage.contests.get("c")["season"]["build"]
    listening.freeze_roster(storage, making.roster("x1", 24, revision=2))
    build(3)
    listening.freeze_roster(storage, making.roster("x1", 24, revision=2))
    build(4)
    after = storage.contests.get("c")["season"]["build"]
    assert before != after and [row["unit_id"] for row in get(doors, PRIZES)["winners"]] == ["x2"]
    version = storage.award_lists.get("c|*units|*").version
    build(5)
    assert storage.award_lists.get("c|*units|*").version == version


def test_prizes_over_the_season_are_fixed_once_its_first_round_has_opened(doors, season, boss, making, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: making.opens)
    answer = doors.put("/contests/c/collective-prizes", json={"rounds": [], "blocks": []}, headers=boss)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/prizes-begun")
    assert doors.put("/contests/c/collective-prizes", json=CHOSEN, headers=boss).json()["revision"] == 1


def test_before_a_round_has_results_there_is_no_season(doors, announced):
    for path in ("units", "units.csv", "participation", "unit-prizes", "prizes.csv"):
        assert doors.get(f"/contests/c/season/{path}").json()["type"] == "/problems/no-results-yet", path
    assert get(doors, "/contests/c/season/charts")["steps"] is None


def text_of(answer) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_units_that_win_over_the_season_have_certificates_that_anybody_checks(doors, season, boss, storage, making, build):
    assert doors.get("/contests/c/season/unit-certificates.pdf", headers=boss).status_code == 409
    official(storage, making, build)
    text = text_of(doors.get("/contests/c/season/unit-certificates.pdf", headers=boss))
    assert "Xã Ngọc Đường" in text and "thành tích tập thể trong tất cả các vòng thi" in text
    found = get(doors, f"/certificates/{text.partition('Số: ')[2].split()[0]}")
    assert (found["state"], found["round_id"], found["person"]["name"], found["person"]["prize"]) == (
        "valid", None, "Xã Ngọc Đường", "first",
    )  # fmt: skip


def test_who_wins_a_prize_of_the_season_has_it_on_the_seasons_certificate(doors, season, auth, storage, making, build):
    official(storage, making, build)
    own = text_of(doors.get("/contests/c/mine/certificate.pdf", headers=auth("x2-0")))
    assert "GIẤY CHỨNG NHẬN ĐẠT GIẢI" in own and "Giải Nhất" in own
    assert "ĐẠT GIẢI" not in text_of(doors.get("/contests/c/mine/certificate.pdf", headers=auth("x2-1")))


def test_minutes_of_the_season_are_a_draft_until_every_round_is_official(doors, season, boss, storage, making, build):
    text = text_of(doors.post("/contests/c/season/minutes", json={}, headers=boss))
    for said in ("BIÊN BẢN (DỰ THẢO)", "tất cả các vòng thi", "mỗi người tính một lần: 23", "Tuần 1 21 21 21 21",
                 "Giải Nhất Người x2-0", "Khối xã Giải Nhất 1 Xã Ngọc Đường 12 60,00",
                 storage.rounds.get("c-w2").snapshot.digest[:16]):  # fmt: skip
        assert said in text, said
    official(storage, making, build)
    assert "DỰ THẢO" not in text_of(doors.post("/contests/c/season/minutes", json={}, headers=boss))


def test_the_file_of_the_seasons_prizes_has_people_and_units(doors, season):
    rows = list(csv.DictReader(io.StringIO(doors.get("/contests/c/season/prizes.csv").text)))
    assert [(row["kind"], row["prize"], row["name"]) for row in rows] == [
        ("contest", "first", "Người x2-0"), ("unit", "first", "Xã Ngọc Đường"),
    ]  # fmt: skip


# Charts


def steps(found):
    return {each["step"]: each["people"] for each in found["steps"]}


def test_charts_of_the_season_count_a_person_on_the_first_day_of_all(doors, season, boss):
    found = get(doors, "/contests/c/season/charts", boss)
    assert [(each["day"], each["newcomers"], each["attempts"]) for each in found["days"]] == [
        ("2026-09-07", 21, 21), ("2026-09-14", 2, 13),
    ]  # fmt: skip
    assert steps(found) == {"registered": 23, "started": 23, "submitted": 23, "perfect": 23}
    assert [(bar["least"], bar["people"]) for bar in found["scores"]] == [(5, 12), (10, 11)] and found["rounds"] == 2


def test_who_was_perfect_in_one_round_is_perfect_over_the_season(doors, announced, play_round, boss):
    people = {"x1": some("x1", *range(12))}
    play_round(1, people, **{"x1-0": WRONG, "x1-1": WRONG})
    play_round(2, people, **{"x1-0": WRONG})
    assert steps(get(doors, "/contests/c/season/charts", boss))["perfect"] == 11


def test_outsiders_see_no_small_group_in_charts_of_the_season(doors, season, auth):
    found = get(doors, "/contests/c/season/charts")
    assert [each["newcomers"] for each in found["days"]] == [None, None]
    own = get(doors, "/contests/c/season/charts", auth("of", roles=("officer:unit:x1",)), unit_id="x1")
    assert (own["full"], [each["newcomers"] for each in own["days"]]) == (True, [10, 2])


def test_a_small_unit_is_hidden_over_the_season(doors, announced, play_round):
    play_round(1, {"x1": some("x1", *range(12)), "x2": some("x2", *range(11)), "x3": some("x3", 0)})
    found = get(doors, "/contests/c/season/charts", unit_id="x3")
    assert (found["suppressed"], found["days"], found["steps"]) == (True, [], None)
    rows = {row["unit_id"]: row["suppressed"] for row in get(doors, "/contests/c/season/units", parent_id="t1")["rows"]}
    assert rows == {"x1": False, "x2": True, "x3": True}


def test_tables_from_before_charts_were_counted_get_theirs_by_themselves(doors, season, database, boss, build):

    def drawn():
        found = [get(doors, path, boss) for path in ("/rounds/c-w1/charts", "/contests/c/season/charts")]
        # How many have an account is counted now.
        return [(each["days"], each["scores"], each["steps"] and each["steps"][1:]) for each in found]

    before = drawn()
    database["rankings"].delete_many({"_id": {"$regex": r"\|(chart|firsts|days)"}})
    assert drawn() == [([], None, None)] * 2
    build(3)
    assert drawn() == before


def test_a_seasons_table_from_before_units_were_ranked_is_made_anew(doors, season, storage, build):
    header = storage.contests.get("c")["season"]
    old = [pair[:2] for pair in header["sources"]]
    storage.database["contests"].update_one({"_id": "c"}, {"$set": {"season.sources": old}})
    build(3)
    assert storage.contests.get("c")["season"]["build"] != header["build"] and get(doors, PRIZES)["winners"]
