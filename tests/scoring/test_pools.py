"""Pools of committees and prizes of collectives over the real doors: defined, computed, verified, announced, printed."""

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

HOUR = timedelta(hours=1)
FIRST = [{"name": "first", "count": 1}]
POOL = {"unit_id": "x1", "title": "Giải của xã Ngọc Đường", "sponsor": "Hợp tác xã Nà Thác", "prizes": FIRST, "rounds": ["c-w1"]}
COMMUNES = {"title": "Khối xã", "tree": "administrative", "kinds": ["commune"], "prizes": FIRST}
URL = "/contests/c/pools/xa"


@pytest.fixture
def pseudonyms(settings):
    return Pseudonyms(settings("scoring")["PSEUDONYM_SECRET"].encode())


@pytest.fixture
def boss(auth):
    return auth("boss", roles=("organiser:contest:c",))


@pytest.fixture
def officer(auth):
    return auth("officer", roles=("officer:unit:x1",))


@pytest.fixture
def announced(storage, making):
    """The contest with its units, its round not open yet; x1 has ten people on the roster, x2 a hundred."""
    listening.change_units(storage, making.units_changed())
    for unit_id, headcount in (("x1", 10), ("x2", 100)):
        listening.freeze_roster(storage, making.roster(unit_id, headcount))
    listening.publish_contest(storage, making.published(rounds=1), making.opens)


@pytest.fixture
def clock_at(monkeypatch):
    """`clock_at(instant)`: the doors' clock stands there."""
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


@pytest.fixture
def before(clock_at, making):
    clock_at(making.opens - HOUR)


@pytest.fixture
def build(storage, making):
    return lambda hours=2: make_due(storage, making.closes + hours * HOUR)


@pytest.fixture
def played(storage, making, play, pseudonyms, build):
    """`played()`: twelve people of x1 and one of x2, who is the best of all; u0 is the best of x1. One prize of the contest."""

    def act():
        attempts = [making.submitted(f"u{number}", duration_ms=300_000 + number) for number in range(12)]
        attempts.append(making.submitted("best", unit_id="x2", duration_ms=60_000))
        for attempt in attempts:
            storage.people.keep(making.person(attempt.user_id, name=f"Người {attempt.user_id}", unit_id=attempt.unit_id))
        found = play(attempts, closed=True, prizes=[Prize("first", 1)], secret=pseudonyms.secret, collective_least_rate=0)
        build()
        return found

    return act


def defined(doors, headers, **changes):
    return doors.put(URL, json={**POOL, **changes}, headers=headers)


def official(storage, making, build):
    now = making.closes + 3 * HOUR
    storage.rounds.change("c-w1", lambda found: found.publish("boss", "", now), now)
    build(4)


def told(storage):
    return [each["data"] for found in storage.database["award_lists"].find() for each in found.get("outbox", ())]


def winners(doors):
    answer = doors.get(f"{URL}/winners?round_id=c-w1")
    assert answer.status_code == 200, answer.text
    return [(row["name"], row["prize"], row["place"]) for row in answer.json()["winners"]]


def test_an_organiser_defines_a_pool_and_everybody_reads_it(doors, announced, before, boss):
    made = defined(doors, boss)
    assert made.status_code == 200, made.text
    [shown] = doors.get("/contests/c/pools").json()["pools"]
    assert (shown["unit"], shown["sponsor"], shown["divisions"], shown["fixed"], shown["may_run"]) == (
        "Xã Ngọc Đường", "Hợp tác xã Nà Thác", ["officials", "citizens", "pupils"], False, False,
    )  # fmt: skip
    assert doors.get("/contests/c/pools?unit_id=x2").json()["pools"] == []
    assert defined(doors, boss, title="Giải xã").json()["revision"] == 2
    assert defined(doors, boss, title="Giải xã").json()["revision"] == 2


def test_officers_run_pools_of_their_units_only_where_the_organiser_allows_it(doors, announced, before, boss, officer):
    assert defined(doors, officer).json()["type"] == "/problems/not-your-pool"
    assert doors.put("/contests/c/pool-rights", json={"officers": True}, headers=boss).status_code == 200
    assert defined(doors, officer, unit_id="x2").status_code == 403
    assert defined(doors, officer).status_code == 200
    assert doors.get("/contests/c/pools", headers=officer).json()["pools"][0]["may_run"]


def test_a_pool_is_fixed_once_its_round_has_opened(doors, announced, before, boss, clock_at, making):
    defined(doors, boss)
    clock_at(making.opens)
    answers = [defined(doors, boss, title="Giải xã"), doors.post(f"{URL}/withdrawal", json={"reason": "hết tiền"}, headers=boss)]
    assert [answer.json()["type"] for answer in answers] == ["/problems/prizes-begun"] * 2
    assert doors.get("/contests/c/pools").json()["pools"][0]["fixed"]


def test_a_pool_can_be_withdrawn_with_a_reason_before_it_opens(doors, announced, before, boss, storage):
    defined(doors, boss)
    assert doors.post(f"{URL}/withdrawal", json={"reason": "nhầm đơn vị"}, headers=boss).status_code == 204
    assert doors.get("/contests/c/pools").json()["pools"] == []
    assert [(entry.what, entry.reason) for entry in storage.audit.about("c|xa")] == [
        ("pool-defined", ""), ("pool-withdrawn", "nhầm đơn vị"),
    ]  # fmt: skip


def test_the_best_of_the_unit_wins_in_its_pool_once_and_is_told_when_results_are_official(
    doors, announced, before, boss, played, storage, making, build
):
    defined(doors, boss)
    played()
    assert winners(doors) == [("Người u0", "first", 1)] and told(storage) == []
    official(storage, making, build)
    build(5)
    [event] = told(storage)
    assert (event["award_id"], event["winner_id"], event["pool_id"], event["pool"], event["scope"]) == (
        "c-w1:pool:xa:citizens:first:1", "u0", "xa", "Giải của xã Ngọc Đường", "round",
    )  # fmt: skip


def test_who_wins_a_prize_of_the_contest_leaves_that_of_the_pool_to_the_next_where_the_pool_says_so(
    doors, announced, before, boss, played
):
    defined(doors, boss, unit_id="t1", also_main=False)
    played()
    assert winners(doors) == [("Người u0", "first", 2)]


def test_a_refused_winner_of_a_pool_is_replaced_and_who_was_refused_by_the_contest_wins_nowhere(
    doors, announced, before, boss, played, build, pseudonyms
):
    defined(doors, boss, unit_id="t1")
    played()
    assert winners(doors) == [("Người best", "first", 1)]
    body = {"round_id": "c-w1", "outcome": "refused", "reason": "Không đúng đối tượng"}
    best, second = pseudonyms.of("c", "best"), pseudonyms.of("c", "u0")
    main = doors.post(f"/rounds/c-w1/winners/{best}/check", json={k: body[k] for k in ("outcome", "reason")}, headers=boss)
    assert main.status_code == 200
    build(3)
    assert winners(doors) == [("Người u0", "first", 2)]
    assert doors.post(f"{URL}/candidates/{second}/check", json=body, headers=boss).status_code == 200
    build(4)
    assert winners(doors) == [("Người u1", "first", 3)]
    found = doors.get(f"{URL}/candidates?round_id=c-w1", headers=boss).json()
    assert [row["name"] for row in found["refused"]] == ["Người u0"] and found["unverified"] == 1
    assert found["reserves"][0]["name"] == "Người u2"


def test_who_wins_in_a_pool_is_compared_with_accounts_of_other_units(doors, announced, before, boss, played, storage, making):
    defined(doors, boss)
    storage.people.keep(making.person("u0", revision=2, identity_mark="m"))
    storage.people.keep(making.person("u5", revision=2, unit_id="x3", identity_mark="m"))
    played()
    found = [flag for flag in doors.get("/rounds/c-w1/flags", headers=boss).json()["flags"] if flag["kind"] == "same-identity"]
    assert [len(flag["people"]) for flag in found] == [2]


def test_a_pool_over_all_rounds_is_announced_when_every_round_is_official(
    doors, announced, before, boss, played, storage, making, build
):
    defined(doors, boss, rounds=[], season=True)
    played()
    found = doors.get(f"{URL}/winners").json()
    assert [(row["name"], row["prize"]) for row in found["winners"]] == [("Người u0", "first")] and found[
        "state"
    ] == "provisional"
    official(storage, making, build)
    build(5)
    assert [event["scope"] for event in told(storage)] == ["season"]


def test_people_see_the_pools_they_take_part_in_and_what_they_won(doors, announced, before, boss, played, auth):
    defined(doors, boss)
    played()
    mine = doors.get("/contests/c/mine/pools?round_id=c-w1", headers=auth("u0")).json()["pools"]
    assert [(pool["title"], pool["prize"]) for pool in mine] == [("Giải của xã Ngọc Đường", "first")]
    assert doors.get("/contests/c/mine/pools?round_id=c-w1", headers=auth("best")).json()["pools"] == []


def text_of(answer) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_winners_of_a_pool_and_units_have_certificates_that_anybody_checks(
    doors, announced, before, boss, played, storage, making, build, auth
):
    defined(doors, boss)
    doors.put("/contests/c/collective-prizes", json={"rounds": ["c-w1"], "blocks": [COMMUNES]}, headers=boss)
    played()
    assert doors.get("/rounds/c-w1/mine/certificate.pdf?pool_id=xa", headers=auth("u0")).status_code == 409
    official(storage, making, build)
    own = text_of(doors.get("/rounds/c-w1/mine/certificate.pdf?pool_id=xa", headers=auth("u0")))
    assert "Giải Nhất – Giải của xã Ngọc Đường" in own
    assert doors.get("/rounds/c-w1/mine/certificate.pdf?pool_id=xa", headers=auth("u1")).status_code == 404
    assert text_of(doors.get(f"{URL}/certificates.pdf?round_id=c-w1", headers=boss)).count("Giải Nhất") == 1
    units = text_of(doors.get("/rounds/c-w1/unit-certificates.pdf", headers=boss))
    assert "Xã Ngọc Đường" in units and "thành tích tập thể" in units
    for text, name, prize in ((own, "Người u0", "first"), (units, "Xã Ngọc Đường", "first")):
        told = doors.get(f"/certificates/{text.partition('Số: ')[2].split()[0]}").json()
        assert (told["state"], told["person"]["name"], told["person"]["prize"]) == ("valid", name, prize)


def test_minutes_and_the_file_of_prizes_name_winners_of_pools_and_units(doors, announced, before, boss, played):
    defined(doors, boss)
    doors.put("/contests/c/collective-prizes", json={"rounds": ["c-w1"], "blocks": [COMMUNES]}, headers=boss)
    played()
    text = text_of(doors.post("/rounds/c-w1/minutes", json={}, headers=boss))
    assert "5. Tập thể đạt giải" in text and "6. Giải của các cấp ủy" in text and "Giải của xã Ngọc Đường:" in text
    rows = list(csv.DictReader(io.StringIO(doors.get("/rounds/c-w1/prizes.csv").text)))
    assert [(row["kind"], row["prize"], row["name"]) for row in rows] == [
        ("contest", "first", "Người best"), ("pool", "first", "Người u0"), ("unit", "first", "Xã Ngọc Đường"),
    ]  # fmt: skip


# Collectives


@pytest.fixture
def communes(doors, announced, before, boss, played):
    answer = doors.put("/contests/c/collective-prizes", json={"rounds": ["c-w1"], "blocks": [COMMUNES]}, headers=boss)
    assert answer.status_code == 200, answer.text
    played()


def units(doors, headers=None):
    return doors.get("/rounds/c-w1/unit-prizes", headers=headers or {}).json()


def test_the_best_unit_of_a_block_wins_and_is_announced_with_official_results(doors, communes, boss, storage, making, build):
    [won], [seen] = units(doors)["winners"], units(doors, boss)["winners"]
    assert (won["unit"], won["block"], won["prize"], won["place"]) == ("Xã Ngọc Đường", "Khối xã", "first", 1)
    # Of two units one is small: the public could have its figures by subtraction.
    assert (seen["participants"], won["participants"]) == (12, None)
    official(storage, making, build)
    [event] = told(storage)
    assert (event["winner_kind"], event["winner_id"], event["division"]) == ("unit", "x1", "Khối xã")


def test_an_excluded_unit_leaves_its_prize_to_the_next_whose_small_figures_stay_hidden(doors, communes, boss, build):
    refused = {"outcome": "refused", "reason": "Báo cáo sai quân số"}
    assert doors.post("/rounds/c-w1/unit-prizes/x1/check", json=refused, headers=boss).status_code == 200
    build(3)
    [won] = units(doors)["winners"]
    assert (won["unit"], won["participants"], won["check"]) == ("Xã Đồng Văn", None, None)
    found = units(doors, boss)
    assert [(row["unit"], row["check"]["reason"]) for row in found["refused"]] == [("Xã Ngọc Đường", "Báo cáo sai quân số")]
    assert found["winners"][0]["participants"] == 1


def test_prizes_of_units_are_fixed_once_a_round_they_are_for_has_opened(doors, communes, boss, clock_at, making):
    clock_at(making.opens)
    answer = doors.put("/contests/c/collective-prizes", json={"rounds": [], "blocks": []}, headers=boss)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/prizes-begun")
