"""People whose time is over are told and forgotten, with `now` moved; contests are heard over the real bus."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoithi_bus import clock
from hoithi_contracts.event import open_envelope
from hoithi_contracts.exam import ContestPublished, ResultRules, RoundPlan, WeekClosed
from hoithi_contracts.registration import ErasureAnnounced, UserErased
from hoithi_contracts.scoring import PrizeAwarded, ResultsPublished
from hoithi_registration.domain.consent import Consent
from hoithi_registration.domain.person import AccountGone, Person
from hoithi_registration.domain.retention import moved
from hoithi_registration.domain.role import EVERY_CONTEST, Grant
from hoithi_registration.handlers.retention import Swept, sweep
from hoithi_registration.service.keeping import Keeper
from hoithi_registration.storage import Storage

JOINED = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
AWARDED = datetime(2026, 10, 12, 8, 0, tzinfo=UTC)
DUE = moved(AWARDED, 12)
DAY = timedelta(days=1)
MONTHS = 12


@pytest.fixture
def storage(database):
    made = Storage(database)
    made.ensure_indexes()
    made.contests.note("c", JOINED - 20 * DAY, AWARDED)
    return made


@pytest.fixture
def person(storage):
    """`person("u1", **changes)`: an account that joined, and was last active, on the first of September."""

    def make(user_id="u1", **changes) -> Person:
        told = {"unit_id": "x1", "email": f"{user_id}@example.vn", "active_at": JOINED}
        made = Person(user_id, 1, "Vàng Thị Mỷ", "citizens", "vi", JOINED, **{**told, **changes})
        return storage.people.add(made, JOINED)

    return make


def told(database, kind) -> list:
    events = [open_envelope(each) for found in database["people"].find() for each in found["outbox"]]
    return [event for event in events if isinstance(event, kind)]


def test_who_is_not_seen_again_is_told_once_and_erased_thirty_days_later(storage, person, database):
    person()
    notice_at = DUE - 30 * DAY
    assert sweep(storage, MONTHS, notice_at - DAY) == Swept(0, 0, True)
    assert sweep(storage, MONTHS, notice_at) == Swept(1, 0, True)
    assert [(event.user_id, event.erase_at) for event in told(database, ErasureAnnounced)] == [("u1", DUE)]
    assert sweep(storage, MONTHS, DUE - timedelta(seconds=1)) == Swept(0, 0, True)
    assert sweep(storage, MONTHS, DUE) == Swept(0, 1, True)
    assert sweep(storage, MONTHS, DUE) == Swept(0, 0, True)
    kept = database["people"].find_one({"_id": "u1"})
    assert set(kept) == {"_id", "erased_at", "outbox"}
    assert [event.user_id for event in told(database, UserErased)] == ["u1"]
    with pytest.raises(AccountGone):
        storage.people.get("u1")


def test_who_signs_in_after_the_notice_stays(storage, person):
    found = person()
    sweep(storage, MONTHS, DUE - 30 * DAY)
    storage.people.note_activity(found, DUE - 5 * DAY)
    assert sweep(storage, MONTHS, DUE) == Swept(0, 0, True)
    assert storage.people.get("u1").active_at == DUE - 5 * DAY


def test_who_comes_back_at_the_moment_of_the_erasure_stays(storage, person):
    before = person()
    storage.people.note_activity(before, DUE)
    assert storage.people.expire(before, DUE) is False
    assert storage.people.get("u1").active_at == DUE


def test_a_person_in_a_later_contest_is_kept_until_a_year_after_that_one(storage, person):
    storage.people.note_activity(person(), AWARDED + 200 * DAY)
    storage.contests.note("later", AWARDED + 190 * DAY, AWARDED + 240 * DAY)
    assert sweep(storage, MONTHS, DUE) == Swept(0, 0, True)
    assert sweep(storage, MONTHS, moved(AWARDED + 240 * DAY, 12) - 30 * DAY) == Swept(1, 0, True)


def test_who_agreed_to_stay_or_serves_is_not_told(storage, person):
    person("u1", consents=(Consent("later-contests", "2026-01", JOINED),))
    person("u2", grants=(Grant(EVERY_CONTEST, "operator", JOINED),))
    assert sweep(storage, MONTHS, DUE + 999 * DAY) == Swept(0, 0, True)


def test_many_are_told_page_by_page_and_a_turn_has_an_end(storage, person, monkeypatch):
    monkeypatch.setattr("hoithi_registration.handlers.retention.PAGE", 3)
    for number in range(10):
        person(f"u{number}")
    turns = [sweep(storage, MONTHS, DUE - 30 * DAY, most=5) for _ in range(3)]
    assert [(turn.announced, turn.finished) for turn in turns] == [(6, False), (4, True), (0, True)]


def test_accounts_from_before_count_from_the_first_look_on(storage, person, database):
    person()
    database["people"].update_one({}, {"$unset": {"active_at": 1, "notice": 1}})
    assert sweep(storage, MONTHS, DUE + 999 * DAY) == Swept(0, 0, True)
    assert storage.people.get("u1").active_at == DUE + 999 * DAY


def test_activity_is_noted_at_sign_in_and_refresh_and_at_most_once_a_day(joined, doors, database, monkeypatch):
    entered = joined(phone="0912345678")

    def active_at():
        return database["people"].find_one({"_id": entered["user"]["user_id"]})["active_at"]

    first, later = active_at(), clock.now() + 2 * DAY
    body = {"identifier": "0912345678", "password": "mot-mat-khau-dai"}
    doors.post("/sign-in", json=body)
    assert active_at() == first
    monkeypatch.setattr(clock, "now", lambda: later)
    doors.post("/refresh", json={"refresh_token": entered["refresh_token"]})
    assert active_at() == later


def test_the_export_tells_of_activity_and_notice(joined, doors, bearer, database):
    entered = joined()
    storage, notice_at = Storage(database), clock.now() + 340 * DAY
    sweep(storage, MONTHS, notice_at)
    found = doors.get("/me/export", headers=bearer(entered)).json()
    assert found["active_at"] and found["notice"]["erase_at"] > found["notice"]["told_at"]


# One worker at a time


def test_of_two_workers_one_looks(settings, storage, person):
    person(active_at=clock.now() - 400 * DAY)
    one, other = (Keeper(settings("registration")) for _ in range(2))
    assert [keeper.turn(clock.now()).announced for keeper in (one, other)] == [1, 0]
    assert storage.lease.hold("retention", one.owner, 1) and not storage.lease.hold("retention", other.owner, 1)


def test_a_wrong_clock_erases_nobody(settings, storage, person):
    from hoithi_store import WrongClock

    person()
    with pytest.raises(WrongClock):
        Keeper(settings("registration")).turn(DUE + 999 * DAY)
    assert storage.people.get("u1").notice is None


@pytest.mark.parametrize("months", ["0", "-3", "soon", "121"])
def test_a_worker_does_not_start_with_a_time_that_is_none(settings, months):
    with pytest.raises(SystemExit, match="RETENTION_MONTHS"):
        Keeper(settings("registration", RETENTION_MONTHS=months))


# Contests

RULES = ResultRules(counting="best", tie_break="A", prediction="none", divisions=["citizens"], prizes=[],
                    collective="participation", collective_least_rate=50, answers_shown="never")  # fmt: skip
PLAN = RoundPlan("n-w1", 1, "Tuần 1", JOINED + DAY, JOINED + 8 * DAY)
ROUND = {"round_id": "n-w1", "contest_id": "n"}
EVENTS = [
    ContestPublished(contest_id="n", revision=1, title="Mới", rules=RULES, rounds=[PLAN], published_at=JOINED),
    WeekClosed(**ROUND, number=1, attempts=3, closed_at=JOINED + 9 * DAY),
    ResultsPublished(**ROUND, revision=1, number=1, attempts=3, participants=3, digest="d", published_at=JOINED + 14 * DAY),
    PrizeAwarded(**ROUND, award_id="a", revision=1, division="citizens", prize="first", place=1, winner_kind="person",
                 winner_id="u1", awarded_at=JOINED + 15 * DAY),
]  # fmt: skip


@pytest.mark.parametrize("order", [1, -1])
def test_contests_are_heard_twice_and_in_any_order(clean, serve, publish, storage, eventually, settled, order):
    from hoithi_registration.service import Worker

    serve(Worker)
    for event in EVENTS[::order]:
        publish(event)
        publish(event)
    settled()
    [heard] = [each for each in storage.contests.all() if each.contest_id == "n"]
    assert (heard.began_at, heard.ends_at) == (JOINED, JOINED + 15 * DAY)


def test_a_running_worker_tells_and_erases(clean, serve, storage, person, database, eventually, heard):
    from hoithi_registration.service import Worker

    events = heard(ErasureAnnounced, UserErased)
    person("u1", active_at=clock.now() - 400 * DAY)
    done = person("u2", active_at=clock.now() - 500 * DAY)
    storage.people.announce_erasure(done, _notice(clock.now() - DAY), clock.now() - 31 * DAY)
    serve(Worker)
    eventually(lambda: {(event.type, event.user_id) for event in events} >= {("erasure-announced", "u1"), ("user-erased", "u2")})


def _notice(erase_at):
    from hoithi_registration.domain.person import Notice

    return Notice(told_at=erase_at - 30 * DAY, erase_at=erase_at)


def test_a_person_is_the_same_after_being_stored(storage, person):
    made = person(consents=(Consent("contest", "2026-01", JOINED),))
    storage.people.announce_erasure(made, _notice(DUE), DUE - 30 * DAY)
    assert storage.people.get("u1") == replace(made, notice=_notice(DUE))
