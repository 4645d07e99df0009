"""Looking at, changing, exporting and erasing the own data."""

import eventlet
import pytest

from hoithi_contracts.registration import UserErased, UserUpdated

PASSWORD = "mot-mat-khau-dai"


def kept(database, entered):
    return database["people"].find_one({"_id": entered["user"]["user_id"]})


def test_a_change_is_told_with_the_next_revision(joined, doors, bearer, database):
    entered = joined()
    me = doors.patch("/me", json={"name": "Vàng Thị Mai", "unit_id": "x2"}, headers=bearer(entered)).json()
    assert (me["name"], me["unit_id"], me["revision"]) == ("Vàng Thị Mai", "x2", 2)
    assert [each["id"] for each in kept(database, entered)["outbox"]] == [
        f"user-registered:{me['user_id']}:1",
        f"user-updated:{me['user_id']}:2",
    ]


def test_a_change_that_changes_nothing_tells_nothing(joined, doors, bearer, database):
    entered = joined()
    assert doors.patch("/me", json={}, headers=bearer(entered)).json()["revision"] == 1
    assert len(kept(database, entered)["outbox"]) == 1


def test_changes_at_the_same_moment_are_all_kept(joined, doors, bearer, database):
    entered = joined(email="an@example.vn")
    wishes = [{"name": "Vàng Thị Mai"}, {"unit_id": "x2"}, {"language": "en"}, {"division": "officials"}]
    calls = [eventlet.spawn(doors.patch, "/me", json=wish, headers=bearer(entered)) for wish in wishes]
    assert [call.wait().status_code for call in calls] == [200] * 4
    me = doors.get("/me", headers=bearer(entered)).json()
    assert (me["name"], me["unit_id"], me["language"], me["division"]) == ("Vàng Thị Mai", "x2", "en", "officials")
    assert me["revision"] == 5 == len(kept(database, entered)["outbox"])


@pytest.mark.parametrize(
    "wrong, expected",
    [
        ({"unit_id": "x99"}, {"unit_id": "unknown-unit"}),
        ({"phone": None}, {"phone": "phone-or-email"}),
        ({"name": None}, {"name": "required"}),
        ({"name": {"$set": 1}}, {"name": "not-a-text"}),
        ({"revision": 7}, {"revision": "unknown-field"}),
        ({"consents": []}, {"consents": "consent-missing"}),
    ],
)
def test_a_wrong_change_changes_nothing(joined, doors, bearer, reasons, wrong, expected):
    entered = joined()
    answer = doors.patch("/me", json=wrong, headers=bearer(entered))
    assert (answer.status_code, reasons(answer)) == (422, expected)
    assert doors.get("/me", headers=bearer(entered)).json() == entered["user"]


def test_somebody_elses_phone_cannot_be_taken(joined, doors, bearer, reasons):
    joined(phone="0912345678")
    answer = doors.patch("/me", json={"phone": "0912345678"}, headers=bearer(joined()))
    assert (answer.status_code, reasons(answer)) == (409, {"phone": "taken"})


def test_a_freed_phone_can_be_used_by_another(joined, doors, bearer):
    entered = joined(phone="0912345678", email="an@example.vn")
    doors.patch("/me", json={"phone": None}, headers=bearer(entered))
    assert joined(phone="0912345678")["user"]["phone"] == "+84912345678"


def test_a_new_password_ends_the_other_sessions(joined, doors, bearer):
    one = joined(phone="0912345678")
    other = doors.post("/sign-in", json={"identifier": "0912345678", "password": PASSWORD}).json()
    answer = doors.post("/me/password", json={"password": PASSWORD, "new_password": "mat-khau-moi-hon"}, headers=bearer(other))
    assert answer.status_code == 204
    assert [doors.get("/me", headers=bearer(each)).status_code for each in (one, other)] == [401, 200]
    signing = [
        doors.post("/sign-in", json={"identifier": "0912345678", "password": each}).status_code
        for each in (PASSWORD, "mat-khau-moi-hon")
    ]
    assert signing == [401, 200]


def test_a_new_password_needs_the_old_one(joined, doors, bearer):
    entered = joined()
    answer = doors.post(
        "/me/password", json={"password": "wrong-password", "new_password": "mat-khau-moi-hon"}, headers=bearer(entered)
    )
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/wrong-password")


def test_a_new_password_is_not_the_identifier(joined, doors, bearer, reasons):
    entered = joined(phone="0912345678")
    answer = doors.post("/me/password", json={"password": PASSWORD, "new_password": "0912345678"}, headers=bearer(entered))
    assert reasons(answer) == {"password": "password-is-identifier"}


def test_guessing_the_password_behind_a_token_is_throttled(joined, doors, bearer):
    entered = joined()
    tries = [
        doors.post("/me/erasure", json={"password": "wrong-password"}, headers=bearer(entered)).status_code for _ in range(6)
    ]
    assert tries == [401] * 5 + [429]


def test_the_export_holds_everything_but_secrets(joined, doors, bearer, operator):
    entered = joined(phone="0912345678", birth_date="2015-05-05", guardian={"name": "Vàng Văn Páo", "phone": "0987654321"})
    doors.post("/roles", json={"identifier": "0912345678", "role": "officer", "kind": "unit", "id": "x1"}, headers=operator)
    answer = doors.get("/me/export", headers=bearer(entered))
    export = answer.json()
    assert export["person"]["guardian"]["phone"] == "+84987654321" and export["person"]["birth_date"] == "2015-05-05"
    assert [consent["purpose"] for consent in export["person"]["consents"]] == ["contest"]
    assert len(export["sessions"]) == 1
    assert [(entry["role"], entry["id"], entry["granted_by"]) for entry in export["roles"]] == [("officer", "x1", "operator1")]
    assert [entry["what"] for entry in export["history"]] == ["joined", "role-given"]
    assert [(entry["what"], entry["role"]) for entry in export["audit"]] == [("role-given", "officer:unit:x1")]
    assert "argon2" not in answer.text and "hash" not in answer.text


def test_erasure_leaves_only_id_and_time(joined, doors, bearer, database):
    entered = joined(phone="0912345678")
    assert doors.post("/me/erasure", json={"password": PASSWORD}, headers=bearer(entered)).status_code == 204
    tombstone = kept(database, entered)
    [event] = tombstone.pop("outbox")
    assert set(tombstone) == {"_id", "erased_at"} and event["type"] == "user-erased"
    assert set(event["data"]) == {"user_id", "erased_at"}
    everything = str([list(database[name].find()) for name in database.list_collection_names()])
    assert "912345678" not in everything and entered["user"]["name"] not in everything


def test_after_erasure_nobody_is_signed_in_and_the_phone_is_free(joined, doors, bearer):
    entered = joined(phone="0912345678")
    doors.post("/me/erasure", json={"password": PASSWORD}, headers=bearer(entered))
    assert doors.get("/me", headers=bearer(entered)).status_code == 401
    assert doors.post("/refresh", json={"refresh_token": entered["refresh_token"]}).status_code == 401
    assert doors.post("/sign-in", json={"identifier": "0912345678", "password": PASSWORD}).status_code == 401
    assert joined(phone="0912345678")["user"]["user_id"] != entered["user"]["user_id"]


def test_erasure_needs_the_password(joined, doors, bearer):
    entered = joined()
    assert doors.post("/me/erasure", json={"password": "wrong-password"}, headers=bearer(entered)).status_code == 401
    assert doors.get("/me", headers=bearer(entered)).status_code == 200


def test_the_operator_is_not_erased(doors, settings, bearer):
    config = settings("registration")
    signing_in = {"identifier": config["operator_email"], "password": config["OPERATOR_PASSWORD"]}
    entered = doors.post("/sign-in", json=signing_in).json()
    answer = doors.post("/me/erasure", json={"password": config["OPERATOR_PASSWORD"]}, headers=bearer(entered))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/still-operator")


def test_changes_and_erasure_are_heard_in_order(joined, doors, bearer, serve, heard, eventually):
    from hoithi_registration.service import Worker

    events = heard(UserUpdated, UserErased)
    entered = joined()
    serve(Worker)
    doors.patch("/me", json={"name": "Vàng Thị Mai"}, headers=bearer(entered))
    eventually(lambda: len(events) == 1)
    doors.post("/me/erasure", json={"password": PASSWORD}, headers=bearer(entered))
    eventually(lambda: len(events) == 2)
    assert [event.type for event in events] == ["user-updated", "user-erased"]


@pytest.mark.parametrize("method, path", [("GET", "/me"), ("PATCH", "/me"), ("GET", "/me/export"), ("POST", "/sign-out")])
def test_foreign_and_missing_tokens_are_refused(doors, method, path):
    for headers in ({}, {"Authorization": "Bearer nonsense"}):
        assert doors.request(method, path, json={}, headers=headers).status_code == 401
