"""Exam reads by an index, and keeps no index that nothing reads."""

from datetime import UTC, datetime, timedelta

import pytest

from exam import making
from exam.making import MINUTE, Someone
from hoithi_bus import clock as wall_clock
from hoithi_contracts.scoring import BUCKETS, AttemptsMissing
from hoithi_exam.domain.bank import text
from hoithi_exam.domain.rules import plain
from hoithi_exam.handlers import attempts, clock, live, people, repairs, retelling, uploading
from hoithi_exam.service import Doors
from hoithi_exam.storage import WITH_EVENTS
from hoithi_store import Outbox
from queries import recording, scans, unused

ORGANISER = ("organiser:contest:*",)
SMALL = {
    "contests": "a platform has some dozens; they are listed whole",
    "rounds": "some dozens; all ids are read when a person is erased",
}


@pytest.fixture(autouse=True)
def recorder(monkeypatch):
    return recording(monkeypatch)


BY_ITSELF = "MongoDB itself reads it, to delete what is over"
EXPIRING = {("papers", "until"): BY_ITSELF, ("uploads", "over"): BY_ITSELF}


@pytest.fixture
def contest(clean, serve, storage, auth):
    """The doors' client, with a contest whose first round is open."""
    client, organiser = serve(Doors).client, auth("boss", roles=ORGANISER)
    body = text.write(making.bank()).encode()
    client.post("/banks/bank", content=body, headers={**organiser, "Content-Type": "text/plain"})
    client.post("/banks/bank/versions/1/approve", json={}, headers=auth("second", roles=ORGANISER))
    now = datetime.now(UTC).replace(microsecond=0)
    window = {"opens_at": (now - MINUTE).isoformat(), "closes_at": (now + 60 * MINUTE).isoformat()}
    later = {"opens_at": (now + 61 * MINUTE).isoformat(), "closes_at": (now + 90 * MINUTE).isoformat()}
    rules = plain(making.rules(answers_shown="at-once", attempts_per_day=None, attempts_in_all=9))
    draft = {"contest_id": "hg", "title": "Cuộc thi", "rules": rules, "rounds": [window, later]}
    assert client.post("/contests", json=draft, headers=organiser).status_code == 201
    assert client.post("/contests/hg/publish", headers=organiser).status_code == 200
    clock.tick(storage, now)
    return client


def walk(client, headers):
    """Start, go on, save, submit, look."""
    paper = client.post("/rounds/hg-w1/attempts", headers=headers).json()
    client.post("/rounds/hg-w1/attempts", headers=headers)
    url = f"/attempts/{paper['attempt_id']}"
    assert client.put(f"{url}/answers", json={"answers": {"1": "A"}}, headers=headers).status_code == 200
    for _ in range(2):
        assert client.post(f"{url}/submit", json={"answers": {"2": "B"}, "prediction": 3}, headers=headers).status_code == 200
    for path in (url, f"{url}/review", "/rounds/hg-w1/attempts", "/rounds/hg-w1"):
        assert client.get(path, headers=headers).status_code == 200, path


def test_start_save_and_submit_never_scan_a_collection(recorder, contest, auth, database):
    recorder.commands.clear()
    for number in range(10):
        walk(contest, auth(f"u{number}"))
    plans = recorder.plans(database)
    assert {plan.collection for plan in plans} >= {"attempts", "rounds"}
    assert scans(plans, {}) == []


def test_every_query_of_exam_uses_an_index_and_every_index_is_used(recorder, contest, storage, database, auth):
    for number in range(10):
        walk(contest, auth(f"u{number}", party_unit="p1"))
    organise(contest, auth("boss", roles=ORGANISER))
    assert contest.get("/proposals", headers=auth("o2", roles=("organiser:contest:hg",))).status_code == 200
    come_in(contest, storage, auth("boss", roles=ORGANISER))
    hear(storage)
    hand_in(storage)
    close(storage)
    relay(Outbox(database, WITH_EVENTS))
    plans = recorder.plans(database)
    assert scans(plans, SMALL) == []
    assert unused(database, plans, EXPIRING) == set()


AUDIT = ("/audit", "/audit?contest=hg", "/audit?by=o1", "/audit?what=bank-imported", "/audit?subject=bank:bank", "/audit.csv")


def organise(client, organiser):
    banks = ("/banks", "/banks/bank/stock", "/banks/bank/audit", "/banks/bank/versions/1/differences")
    for path in ("/contests", "/contests/hg", *banks, "/rounds/hg-w1/proposals", "/proposals", *AUDIT):
        assert client.get(path, headers=organiser).status_code == 200, path
    later = (datetime.now(UTC) + 60.5 * MINUTE).isoformat()
    told = {"closes_at": later, "reason": "mất điện", "notice": "Gia hạn"}
    assert client.post("/rounds/hg-w1/extend", json=told, headers=organiser).status_code == 200
    for path, body in (("halt", {"reason": "lộ đề", "notice": "Dừng"}), ("resume", {"notice": "Tiếp tục"})):
        assert client.post(f"/rounds/hg-w1/{path}", json=body, headers=organiser).status_code == 200
    assert client.get("/rounds/hg-w1/live", headers=organiser).status_code == 200
    corrected = {"question_id": "q001", "right": "b", "reason": "sai"}
    assert client.post("/rounds/hg-w1/keys", json=corrected, headers=organiser).status_code == 200


def come_in(client, storage, organiser):
    """What people and organisers ask of the ways in."""
    for path in ("card", "card.svg", "page", "channels"):
        assert client.get(f"/contests/hg/{path}", headers=organiser).status_code == 200, path
    assert client.post("/contests/hg/arrivals", json={"from": "bao", "what": "visit"}).status_code == 204
    storage.channels.count("hg", "bao", "visits", wall_clock.now().date())
    storage.channels.flush()
    storage.results.keep("hg-w1", "hg", official=True)


def hand_in(storage):
    """A bank's file on its way."""
    query = {"format": "text"}
    upload = uploading.hand_in(storage, "bank", text.write(making.bank(30)).encode(), query, "boss", "vi", wall_clock.now())
    uploading.work(storage, lambda function, *args: function(*args), wall_clock.now())
    uploading.keep(storage, "bank", upload.upload_id, "boss", True)
    assert uploading.work(storage, lambda function, *args: function(*args), wall_clock.now()).version == 2


def hear(storage):
    """What exam's listeners and timers do."""
    assert live.sample(storage, wall_clock.now()) == 1
    people.forget_person(storage, "u1")
    about = {"round_id": "hg-w1", "contest_id": "hg", "revision": 1, "expected": 10, "received": 0, "asked_at": wall_clock.now()}
    assert repairs.tell_missing(storage, AttemptsMissing(**about, buckets=[0] * BUCKETS), wall_clock.now()) == 0
    assert retelling.retell(storage, "hg", wall_clock.now()) == 0


def close(storage):
    """An open paper is submitted by the clock, an extended one postponed, the round counted."""
    attempts.start_attempt(storage, Someone("late"), "hg-w1", wall_clock.now())
    end = wall_clock.now() + timedelta(hours=3)
    for _ in range(4):
        clock.tick(storage, end)
    assert storage.rounds.get("hg-w1").state == "closed"


def relay(outbox):
    """What the relay does when it publishes everything."""
    assert outbox.oldest() and outbox.backlog() > 10
    while entries := outbox.take(500, without=["week-closed"]) or outbox.take(500):
        outbox.done(entries)
