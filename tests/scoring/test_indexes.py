"""Scoring reads by an index, and keeps no index that nothing reads."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from hoithi_bus import clock
from hoithi_contracts.registration import OfficerChanged, UserErased
from hoithi_print import Papers
from hoithi_scoring.domain import certificates
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import asking, complaining, listening, printing, reporting
from hoithi_scoring.service import Doors
from hoithi_scoring.storage import WITH_OUTBOX
from hoithi_store import Outbox
from queries import recording, scans, unused
from tests.tables import make_due

SMALL = {
    "print_jobs": "some dozens at most, gone after three days; the worker looks at them each second",
    "contests": "a platform has some dozens; the worker reads them all",
    "rounds": "some dozens; the worker looks at all of them each second",
    "pools": "some hundreds at most; the worker looks at all of them each second",
    "award_lists": "one for a pool and round; the worker asks each second from what they were made",
    "officers": "some hundreds; read whole when reports are made",
    "units": "some thousands at most, read whole for a ranking and to know what lies below a unit",
}
# MongoDB itself reads them, to delete what is over.
EXPIRING = {(name, "until"): "TTL" for name in ("papers", "print_jobs", "print_pieces")}
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def recorder(monkeypatch):
    return recording(monkeypatch)


@pytest.fixture
def secret(settings):
    return settings("scoring")["PSEUDONYM_SECRET"].encode()


@pytest.fixture
def crowd(making):
    return [making.submitted(f"u{number}", prediction=number) for number in range(40)]


def test_taking_an_attempt_never_scans_a_collection(recorder, storage, making, play, crowd, database):
    play()
    recorder.commands.clear()
    for _ in range(2):  # the second time all are known, and looked at
        listening.keep_attempts(storage, Pseudonyms(b"secret of tests"), crowd, making.opens)
    plans = recorder.plans(database)
    assert {plan.collection for plan in plans} == {"attempts", "decisions", "rounds", "standings"}
    assert scans(plans, {}) == []


LONG = ("complaints", "flags", "flag_decisions", "people", "audit")


def test_a_page_of_a_long_table_of_the_desk_is_read_in_the_order_of_an_index(
    recorder, storage, making, play, crowd, database, serve, auth, secret
):
    tell(storage, making)
    play(crowd, secret=secret)
    listening.close_week(storage, making.closed(len(crowd)), making.closes)
    make_due(storage, making.closes + HOUR)
    client, boss, officer = (
        serve(Doors).client,
        auth("boss", roles=("organiser:contest:c",)),
        auth("of", roles=("officer:unit:x1",)),
    )
    recorder.commands.clear()
    lists = ("/contests/c/complaints?round_id=c-w1", "/rounds/c-w1/flags", "/rounds/c-w1/flags?state=open&kind=same-name")
    for path in (*lists, "/rounds/c-w1/flags?after=decided same-name-1", "/audit?contest=c", "/audit.csv?contest=c"):
        assert client.get(path, headers=boss).status_code == 200, path
    for path in ("not-yet", "not-yet?q=vang", "not-yet?after=vang~u1"):
        assert client.get(f"/rounds/c-w1/units/x1/{path}", headers=officer).status_code == 200, path
    plans = [plan for plan in recorder.plans(database) if plan.collection in LONG]
    assert {plan.collection for plan in plans} == set(LONG)
    assert [plan.query for plan in plans if plan.scans or plan.sorts] == []


def test_every_query_of_scoring_uses_an_index_and_every_index_is_used(
    recorder, storage, making, play, crowd, database, serve, auth, secret, settings
):
    tell(storage, making)
    play(crowd, secret=secret)
    listening.keep_attempts(storage, Pseudonyms(secret), crowd, making.opens)
    client = serve(Doors).client
    remind(client, auth)
    assert client.get("/rounds/c-w1/results", headers=auth("boss", roles=("organiser:contest:c",))).status_code == 200
    listening.close_week(storage, making.closed(41), making.closes)
    asking.ask_for_missing(storage, HOUR, making.closes + 2 * HOUR)
    listening.keep_attempts(storage, Pseudonyms(secret), [making.submitted("u99")], making.opens)
    make_due(storage, making.closes + 3 * HOUR)
    decide(client, auth)
    preview(client, auth)
    complain(client, auth, storage)
    judge(client, auth, storage)
    listening.correct_key(storage, making.corrected(), making.closes)
    make_due(storage, making.closes + 4 * HOUR)
    look(client, auth)
    report(client, auth, storage, making)
    certify(client, auth, storage, Pseudonyms(secret), settings("scoring"), making.closes + 5 * HOUR)
    listening.forget_person(storage, UserErased(user_id="u1", erased_at=clock.now()), clock.now())
    relay(Outbox(database, WITH_OUTBOX))
    plans = recorder.plans(database)
    assert scans(plans, SMALL) == []
    assert unused(database, plans, EXPIRING) == set()


def tell(storage, making):
    """What registration says."""
    listening.change_units(storage, making.units_changed())
    listening.freeze_roster(storage, making.roster("x1", 60))
    for number in range(40):
        storage.people.keep(making.person(f"u{number}", party_unit_id="p2" if number % 2 else None))


def remind(client, auth):
    for unit, officer in (("x1", "officer:unit:x1"), ("p2", "officer:unit:p2")):
        headers = auth(f"of-{unit}", roles=(officer,))
        assert client.post("/rounds/c-w1/reminders", json={"unit_id": unit}, headers=headers).status_code == 201


def decide(client, auth):
    boss = auth("boss", roles=("organiser:contest:c",))
    body = {"attempt_id": "c-w1:u2:1", "reason": "gian lận"}
    assert client.post("/rounds/c-w1/invalidations", json=body, headers=boss).status_code == 201
    for listed in ("invalidations", "proposals"):
        assert client.get(f"/rounds/c-w1/{listed}", headers=boss).status_code == 200
    for header in (boss, auth("all", roles=("organiser:contest:*",))):
        assert client.get("/proposals", headers=header).status_code == 200


def preview(client, auth):
    boss = auth("boss", roles=("organiser:contest:c",))
    asked = client.post("/rounds/c-w1/key-previews", json={"question_id": "q.1", "right": "c"}, headers=boss)
    assert asked.status_code == 202
    assert client.get(f"/rounds/c-w1/key-previews/{asked.json()['preview_id']}", headers=boss).status_code == 200


def judge(client, auth, storage):
    boss = auth("boss", roles=("organiser:contest:c",))
    for query in ("", "?state=open&kind=same-name", "?state=decided", "?state=decided&kind=same-name", "?after=open 1"):
        assert client.get(f"/rounds/c-w1/flags{query}", headers=boss).status_code == 200
    for where in ("/rounds/c-w1", "/contests/c/season"):
        assert client.get(f"{where}/winners", headers=boss).status_code == 200
    winner = client.get("/rounds/c-w1/winners", headers=boss).json()["winners"][0]["person"]
    told = {"outcome": "refused", "reason": "nhầm người"}
    assert client.post(f"/rounds/c-w1/winners/{winner}/check", json=told, headers=boss).status_code == 200
    storage.complaints.tally("c-w1")


def complain(client, auth, storage):
    """Filed in the handlers' time, looked at and decided over the doors."""
    claims, now = SimpleNamespace(user_id="u4"), storage.rounds.get("c-w1").provisional_since
    body = {"kind": "other", "text": "Tôi không thấy tên mình.", "attempt_number": None}
    found = complaining.file_complaint(storage, Pseudonyms(b"any"), claims, "c-w1", body, now)["complaint_id"]
    boss, person = auth("boss", roles=("organiser:contest:c",)), auth("u4")
    for query in ("", "?overdue=true", "?state=received&kind=other&round_id=c-w1", f"?round_id=c-w1&after={found}"):
        assert client.get(f"/contests/c/complaints{query}", headers=boss).status_code == 200
    assert client.put("/contests/c/holidays", json={"days": ["2999-01-01"], "reason": "Tết"}, headers=boss).status_code == 200
    storage.complaints.count_open(), storage.complaints.count_open(due_before=now)
    for path, headers, sent in (
        ("question", boss, {"text": "Tên nào?"}),
        ("answer", person, {"text": "Tên tôi."}),
        ("decision", boss, {"outcome": "rejected", "reason": "Tên có trong danh sách."}),
    ):
        assert client.post(f"/complaints/{found}/{path}", json=sent, headers=headers).status_code == 200
    for path in ("/me/complaints", f"/complaints/{found}", "/me/export"):
        assert client.get(path, headers=person).status_code == 200
    assert client.get(f"/complaints/{found}", headers=boss).status_code == 200
    assert client.post("/rounds/c-w1/official", json={}, headers=boss).status_code in (200, 409)
    listening.forget_person(storage, UserErased(user_id="u4", erased_at=now), now)


def look(client, auth):
    """Everything that can be read."""
    boss, person = auth("boss", roles=("organiser:contest:c",)), auth("u3")
    files = ("results.csv", "results.json", "attempts.csv", "rules.json", "units.csv", "items.csv")
    for path in ("results", "units", "participation", "items", "charts", "charts?unit_id=x1", *files):
        answer = client.get(f"/rounds/c-w1/{path}", headers=boss)
        assert answer.status_code == 200, (path, answer.text)
    for path in ("/contests/c/rounds", "/contests/c/charts", "/contests/c/season", "/contests/c/season.csv", "/rounds/c-w1"):
        assert client.get(path).status_code == 200, path
    assert client.get("/rounds/c-w1/mine", headers=person).status_code == 200
    for query in (
        "",
        "?by=boss",
        "?what=holidays-named",
        "?subject=c",
        "?contest=c&since=2026-01-01T00:00:00Z",
        ".csv?contest=c",
    ):
        assert client.get(f"/audit{query}", headers=boss).status_code == 200


def report(client, auth, storage, making):
    """What officers look at, and the reports that are made for them."""
    for unit in ("x1", "p2"):
        officer = auth(f"of-{unit}", roles=(f"officer:unit:{unit}",))
        about = {"officer_id": unit, "user_id": f"of-{unit}", "unit_id": unit}
        storage.officers.keep(OfficerChanged(**about, changed_at=clock.now(), holds=True))
        for path in ("standing", "not-yet", "not-yet?q=vang&after=vang~u1"):
            assert client.get(f"/rounds/c-w1/units/{unit}/{path}", headers=officer).status_code == 200
    assert reporting.make_due(storage, lambda: True, making.closes) == 2
    officer = auth("of-x1", roles=("officer:unit:x1",))
    for path in ("trend", "reports", "report.xlsx", "reports/daily/2026-09-13"):
        assert client.get(f"/contests/c/units/x1/{path}", headers=officer).status_code == 200, path


def certify(client, auth, storage, pseudonyms, config, now):
    """One person's certificate, its check, and those of everybody."""
    boss, papers = auth("boss", roles=("organiser:contest:c",)), Papers.open(config["THEME"], config["PUBLIC_URL"])
    assert client.post("/rounds/c-w1/official", json={}, headers=boss).status_code == 200
    assert client.get("/rounds/c-w1/mine/certificate.pdf", headers=auth("u3")).status_code == 200
    code = certificates.code(pseudonyms.secret, "c-w1", pseudonyms.of("c", "u3"))
    assert client.get(f"/certificates/{code}").status_code == 200
    assert client.post("/rounds/c-w1/certificates", json={}, headers=boss).status_code == 202
    assert printing.print_due(storage, pseudonyms, papers, "test", now) == 1
    assert client.get("/rounds/c-w1/certificates.zip", headers=boss).status_code == 200
    papers.printer.close()


def relay(outbox):
    """What the relay does when it publishes everything."""
    assert outbox.oldest() and outbox.backlog() > 0
    while entries := outbox.take(500):
        outbox.done(entries)
