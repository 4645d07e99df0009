"""Registration reads by an index, and keeps no index that nothing reads."""

from datetime import timedelta

import pytest

from hoithi_bus import clock
from hoithi_registration.handlers import retelling, retention
from hoithi_registration.storage import WITH_OUTBOX, Storage
from hoithi_store import Outbox
from queries import recording, scans, unused

PASSWORD = "mot-mat-khau-dai"
SMALL = {
    "units": "some thousands at most, read whole when an organiser imports units",
    "unit_changes": "some dozens, read whole when an operator tells everything again",
    "contests": "some dozens, read whole to see whose time is over",
    "rosters": "one for each contest, looked through when an operator tells everything again",
}
KEPT = {
    ("sessions", "expires_at_1"): "MongoDB itself removes ended sessions by it",
    ("throttles", "ends_at_1"): "MongoDB itself removes ended windows by it",
    ("password_resets", "kept"): "MongoDB itself removes old ones by it",
    ("invitations", "kept"): "MongoDB itself removes old invitations by it",
}


@pytest.fixture(autouse=True)
def recorder(monkeypatch):
    return recording(monkeypatch)


def test_joining_signing_in_and_finding_a_unit_never_scan_a_collection(recorder, joined, doors, bearer, database):
    entered = joined(phone="0913000111", email="an@example.vn")
    for number in range(10):
        joined(phone=f"09120002{number:02}")
    recorder.commands.clear()
    come_and_go(doors, bearer)
    assert doors.get("/me", headers=bearer(entered)).status_code == 200
    plans = recorder.plans(database)
    assert {plan.collection for plan in plans} >= {"people", "sessions", "throttles", "units"}
    assert scans(plans, {}) == []


def come_and_go(doors, bearer):
    body = {"identifier": "an@example.vn", "password": PASSWORD}
    assert doors.post("/sign-in", json={**body, "password": "sai-mat-khau"}).status_code == 401
    entered = doors.post("/sign-in", json=body).json()
    refreshed = doors.post("/refresh", json={"refresh_token": entered["refresh_token"]})
    assert refreshed.status_code == 200
    for query in ({"q": "dong"}, {"parent_id": "t02"}, {"q": "xa", "after": "x1"}):
        assert doors.get("/units", params=query).status_code == 200
    assert doors.post("/sign-out", headers=bearer(refreshed.json())).status_code == 204


def test_every_query_of_registration_uses_an_index_and_every_index_is_used(
    recorder, joined, doors, bearer, organiser, operator, application, database, auth
):
    people = [joined(phone="0913000111", email="an@example.vn"), *(joined() for _ in range(10)), joined(phone="0912999999")]
    assert doors.post("/join", json=application(phone="0913000111")).status_code == 409
    come_and_go(doors, bearer)
    manage(doors, organiser, operator, people[0]["user"]["user_id"])
    forget_passwords(doors, auth)
    invite_and_look_back(doors, operator, bearer(people[2]), people[2]["user"], auth)
    assert doors.get("/audit", headers=auth(roles=("organiser:contest:c1",))).status_code == 200
    change(doors, bearer(people[0]), bearer(people[1]))
    retelling.retell_units_and_rosters(Storage(database), clock.now())
    Storage(database).retelling.people("", 5, clock.now())
    look_for_whose_time_is_over(Storage(database))
    relay(Outbox(database, WITH_OUTBOX))
    plans = recorder.plans(database)
    assert scans(plans, SMALL) == []
    assert unused(database, plans, KEPT) == set()


def look_for_whose_time_is_over(storage):
    storage.contests.note("c1", clock.now(), clock.now())
    for days in (370, 410):
        retention.sweep(storage, 12, clock.now() + timedelta(days=days))
    last = storage.people.inactive(clock.now(), None, 1)
    storage.people.inactive(clock.now(), last[0], 1)


def manage(doors, organiser, operator, user_id):
    role = {"identifier": "an@example.vn", "role": "officer", "kind": "unit", "id": "x1"}
    assert doors.post("/roles", json=role, headers=operator).status_code == 201
    assert doors.get("/roles", headers=operator).status_code == 200
    assert doors.post("/roles/names", json={"user_ids": [user_id]}, headers=operator).status_code == 200
    assert doors.delete(f"/roles/{user_id}/officer/unit/x1", headers=operator).status_code == 204
    draft = {"rows": [{"unit_id": "x1", "headcount": 50}]}
    assert doors.put("/rosters/c1", json=draft, headers=organiser).status_code == 200
    assert doors.post("/rosters/c1/freeze", headers=organiser).status_code == 200
    assert doors.get("/rosters/c1", headers=organiser).status_code == 200


def forget_passwords(doors, auth):
    officer, new = auth("of", roles=("officer:unit:t02",)), "mot-mat-khau-moi"
    assert doors.post("/password-resets", json={"identifier": "an@example.vn"}).status_code == 204
    assert doors.post("/password-resets/by-link", json={"token": "a" * 30, "new_password": new}).status_code == 409
    body = {"identifier": "0912999999", "reason": "gặp"}
    assert doors.post("/password-resets/codes", json=body, headers=officer).status_code == 201
    code = doors.post("/password-resets/codes", json=body, headers=officer).json()["code"]
    used = {"identifier": "0912999999", "code": code, "new_password": new}
    assert doors.post("/password-resets/by-code", json=used).status_code == 204


def invite_and_look_back(doors, operator, inviter, user, auth):
    officer = auth(user["user_id"], roles=("officer:unit:t02",))
    body = {"email": "b@example.vn", "role": "officer", "kind": "unit", "id": "x1"}
    made = doors.post("/invitations", json=body, headers=officer).json()
    for header in (officer, operator):
        assert doors.get("/invitations", params={"after": "z"}, headers=header).status_code == 200
    assert doors.post("/invitations/look", json={"token": "a" * 30}).status_code == 409
    assert doors.post(f"/invitations/{made['invitation_id']}/withdrawal", json={}, headers=officer).status_code == 204
    for wanted in ({}, {"subject": "units"}, {"by": "organiser1"}, {"what": "invited"}, {"since": "2026-01-01T00:00:00Z"}):
        assert doors.get("/audit", params=wanted, headers=operator).status_code == 200
    for wanted in ({}, {"contest": "c1"}):
        assert doors.get("/audit", params=wanted, headers=operator).status_code == 200
    assert doors.get("/audit.csv", headers=operator).status_code == 200
    assert doors.get("/me/sessions", headers=inviter).status_code == 200


def change(doors, one, other):
    assert doors.patch("/me", json={"unit_id": "x2", "phone": "0913000999"}, headers=one).status_code == 200
    passwords = {"password": PASSWORD, "new_password": "mot-mat-khau-khac"}
    assert doors.post("/me/password", json=passwords, headers=one).status_code == 204
    assert doors.get("/me/export", headers=one).status_code == 200
    assert doors.post("/sign-out-everywhere", headers=one).status_code == 204
    assert doors.post("/me/erasure", json={"password": PASSWORD}, headers=other).status_code == 204


def relay(outbox):
    """What the relay does when it publishes everything."""
    outbox.ensure_indexes()
    assert outbox.oldest() and outbox.backlog() > 5
    while entries := outbox.take(500):
        outbox.done(entries)
