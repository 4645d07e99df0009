"""Joining, signing in and out, through the doors."""

from collections import Counter

import eventlet
import jwt
import pytest

from hoithi_bus import clock
from hoithi_contracts.registration import UserRegistered

SIGN_IN = {"password": "mot-mat-khau-dai"}


def test_who_joins_is_signed_in(joined, doors, bearer):
    entered = joined(phone="0912 345 678", email="My@Example.vn", language="en")
    me = doors.get("/me", headers=bearer(entered)).json()
    assert me == entered["user"]
    assert (me["phone"], me["email"], me["language"], me["revision"]) == ("+84912345678", "my@example.vn", "en", 1)


def test_user_ids_are_long_and_never_the_same(joined):
    ids = {joined()["user"]["user_id"] for _ in range(3)}
    assert len(ids) == 3 and all(len(each) >= 16 and each.isalnum() for each in ids)


def test_the_access_token_says_who_and_is_valid_ten_minutes(joined, doors):
    entered = joined(party_unit_id="p1")
    key = jwt.PyJWK(doors.get("/keys").json()["keys"][0])
    claims = jwt.decode(entered["access_token"], key, algorithms=["EdDSA"], audience="hoithi", issuer="hoithi")
    assert (claims["sub"], claims["div"], claims["unit"], claims["punit"]) == (entered["user"]["user_id"], "citizens", "x1", "p1")
    assert claims["exp"] - claims["iat"] == entered["expires_in_s"] == 600
    assert jwt.get_unverified_header(entered["access_token"])["kid"] == doors.get("/keys").json()["keys"][0]["kid"]


def test_joining_leaves_its_event_in_the_outbox(joined, database):
    user = joined()["user"]
    outbox = database["people"].find_one({"_id": user["user_id"]})["outbox"]
    assert [(each["type"], each["data"]["phone"]) for each in outbox] == [("user-registered", user["phone"])]
    assert len(outbox[0]["data"]["identity_mark"]) == 24 and "birth_date" not in outbox[0]["data"]


@pytest.mark.parametrize("taken", [{"phone": "0912000111"}, {"email": "an@example.vn"}])
def test_a_taken_identifier_is_named_and_nothing_else(joined, doors, application, reasons, taken):
    first = joined(phone="0912000111", email="an@example.vn")["user"]
    again = {"phone": "0912000222", "email": "binh@example.vn"} | {name: value.upper() for name, value in taken.items()}
    answer = doors.post("/join", json=application(**again))
    assert (answer.status_code, reasons(answer)) == (409, dict.fromkeys(taken, "taken"))
    assert first["name"] not in answer.text and first["user_id"] not in answer.text


def test_two_joining_at_once_with_the_same_phone_are_one(province, application, database):
    body = application()
    answers = [call.wait() for call in [eventlet.spawn(province.post, "/join", json=body) for _ in range(6)]]
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert database["people"].count_documents({"phone": {"$regex": body["phone"][1:]}}) == 1


@pytest.mark.parametrize(
    "wrong, expected",
    [
        ({"unit_id": "x99"}, {"unit_id": "unknown-unit"}),
        ({"unit_id": "x3"}, {"unit_id": "unit-not-valid"}),
        ({"party_unit_id": "x1"}, {"party_unit_id": "unknown-unit"}),
        ({"consents": []}, {"consents": "consent-missing"}),
        ({"consents": None}, {"consents": "required"}),
        ({"phone": None}, {"phone": "phone-or-email"}),
        ({"phone": "+1 202 555 0123"}, {"phone": "not-a-vietnamese-phone"}),
        ({"email": "an@hoithi", "phone": None}, {"email": "not-an-email"}),
        ({"phone": {"$gt": ""}}, {"phone": "not-a-text"}),
        ({"email": {"$gt": ""}}, {"email": "not-a-text"}),
        ({"email": "an@"}, {"email": "not-an-email"}),
        ({"name": "<b>An</b>"}, {"name": "markup"}),
        ({"name": "An\0"}, {"name": "control-character"}),
        ({"name": "An\u202eB"}, {"name": "deceiving-character"}),
        ({"name": "https://an.vn?x=1"}, {"name": "not-a-name"}),
        ({"name": "12"}, {"name": "not-a-name"}),
        ({"name": "A" * 81}, {"name": "too-long"}),
        ({"password": "ngan"}, {"password": "too-short"}),
        ({"password": "x" * 129}, {"password": "too-long"}),
        ({"password": 12345678}, {"password": "not-a-text"}),
        ({"division": "admin"}, {"division": "not-one-of"}),
        ({"language": "fr"}, {"language": "not-one-of"}),
        ({"birth_date": "31/12/1990"}, {"birth_date": "not-a-day"}),
        ({"birth_date": "2020-01-01"}, {"guardian": "guardian-needed"}),
        ({"birth_date": "2020-01-01", "guardian": {"name": "Páo"}}, {"guardian.phone": "required"}),
        ({"roles": ["operator:platform:*"]}, {"roles": "unknown-field"}),
    ],
)
def test_a_wrong_registration_is_refused_with_its_field_and_changes_nothing(
    province, application, reasons, database, wrong, expected
):
    body = application() | wrong
    answer = province.post("/join", json={name: value for name, value in body.items() if value is not None})
    assert (answer.status_code, reasons(answer)) == (422, expected)
    assert database["people"].count_documents({}) == 1  # the first operator


def test_reasons_are_told_in_the_persons_language(province, application):
    told = [
        province.post("/join", json=application(unit_id="x99"), headers={"Accept-Language": language}).json()["errors"][0][
            "message"
        ]
        for language in ("vi", "en-GB")
    ]
    assert told == ["Không có đơn vị này.", "There is no such unit."]


def test_null_is_as_good_as_left_out(province, application):
    body = application() | {"email": None, "party_unit_id": None, "guardian": None}
    assert province.post("/join", json=body).status_code == 201


def test_consents_are_kept_with_version_and_time(joined):
    [consent] = joined()["user"]["consents"]
    assert (consent["purpose"], consent["version"], len(consent["given_at"])) == ("contest", "2026-01", 24)


def test_purposes_are_told_in_both_languages(doors):
    told = {
        language: doors.get("/consents", headers={"Accept-Language": language}).json()["purposes"] for language in ("vi", "en")
    }
    assert [(one["purpose"], one["required"]) for one in told["vi"]] == [("contest", True), ("later-contests", False)]
    assert told["vi"][0]["title"] != told["en"][0]["title"] and all(one["retention"] for one in told["vi"] + told["en"])


@pytest.mark.parametrize("identifier", ["0912345678", "+84 912 345 678", "An@Example.VN"])
def test_people_sign_in_by_phone_or_email_in_any_spelling(joined, doors, identifier):
    user = joined(phone="0912345678", email="an@example.vn")["user"]
    answer = doors.post("/sign-in", json={"identifier": identifier, **SIGN_IN})
    assert (answer.status_code, answer.json()["user"]) == (200, user)


def test_an_unknown_identifier_and_a_wrong_password_get_the_same_answer(joined, doors):
    joined(phone="0912345678")
    answers = [
        doors.post("/sign-in", json={"identifier": identifier, "password": "wrong-password"})
        for identifier in ("0912345678", "0912345679", "x")
    ]
    assert [answer.status_code for answer in answers] == [401] * 3
    assert len({answer.text for answer in answers}) == 1


def test_an_operator_in_place_of_a_text_signs_nobody_in(joined, doors, reasons):
    joined()
    answer = doors.post("/sign-in", json={"identifier": {"$gt": ""}, "password": {"$gt": ""}})
    assert (answer.status_code, reasons(answer)) == (422, {"identifier": "not-a-text", "password": "not-a-text"})


def test_after_five_wrong_passwords_the_identifier_waits(joined, doors, database):
    joined(phone="0912345678")
    wrong = [
        doors.post("/sign-in", json={"identifier": "0912345678", "password": "wrong-password"}).status_code for _ in range(5)
    ]
    answer = doors.post("/sign-in", json={"identifier": "+84912345678", **SIGN_IN})
    assert (wrong, answer.status_code) == ([401] * 5, 429)
    assert 800 <= int(answer.headers["Retry-After"]) <= 900 and "15 phút" in answer.json()["detail"]
    assert "912345678" not in str(list(database["throttles"].find()))


def test_a_burst_of_guesses_gets_five_tries(joined, doors):
    joined(phone="0912345678")
    wrong = {"identifier": "0912345678", "password": "wrong-password"}
    calls = [eventlet.spawn(doors.post, "/sign-in", json=wrong) for _ in range(12)]
    assert sorted(call.wait().status_code for call in calls) == [401] * 5 + [429] * 7


def test_a_burst_gets_one_try_more_in_a_second_process(joined, doors, serve):
    from hoithi_registration.service import Doors

    joined(phone="0912345678")
    wrong = {"identifier": "0912345678", "password": "wrong-password"}
    processes = [doors, serve(Doors).client]
    calls = [eventlet.spawn(processes[number % 2].post, "/sign-in", json=wrong) for number in range(14)]
    refused = Counter(call.wait().status_code for call in calls)
    assert refused[401] in (5, 6) and refused[401] + refused[429] == 14


def test_a_right_password_without_failures_writes_no_count(joined, doors, database):
    joined(phone="0912345678")
    writes = database["throttles"].watch()
    for _ in range(6):
        assert doors.post("/sign-in", json={"identifier": "0912345678", **SIGN_IN}).status_code == 200
    doors.post("/sign-in", json={"identifier": "0912345678", "password": "wrong-password"})
    assert next(writes)["fullDocument"]["count"] == 1


def test_a_right_password_forgets_the_wrong_ones(joined, doors):
    joined(phone="0912345678")
    for _ in range(3):
        for _ in range(4):
            doors.post("/sign-in", json={"identifier": "0912345678", "password": "wrong-password"})
        assert doors.post("/sign-in", json={"identifier": "0912345678", **SIGN_IN}).status_code == 200


def test_the_wait_ends_after_the_window(joined, doors, database):
    joined(phone="0912345678")
    for _ in range(6):
        doors.post("/sign-in", json={"identifier": "0912345678", "password": "wrong-password"})
    database["throttles"].update_many({}, {"$set": {"ends_at": clock.now()}})
    assert doors.post("/sign-in", json={"identifier": "0912345678", **SIGN_IN}).status_code == 200


def test_passwords_are_hashed_again_when_the_parameters_changed(joined, doors, serve, database):
    from hoithi_registration.service import Doors

    user_id = joined(phone="0912345678")["user"]["user_id"]
    stronger = serve(Doors, password={"memory_kib": 128, "rounds": 2, "lanes": 1, "at_once": 1, "most_waiting": 9}).client
    assert stronger.post("/sign-in", json={"identifier": "0912345678", **SIGN_IN}).status_code == 200
    assert "m=128,t=2" in database["people"].find_one({"_id": user_id})["password_hash"]
    assert doors.post("/sign-in", json={"identifier": "0912345678", **SIGN_IN}).status_code == 200


def test_nothing_secret_is_kept_readable(joined, database):
    entered = joined()
    kept = str([list(database[name].find()) for name in database.list_collection_names()])
    assert SIGN_IN["password"] not in kept
    assert entered["refresh_token"].partition(".")[2] not in kept and entered["access_token"] not in kept


def refresh(doors, token):
    return doors.post("/refresh", json={"refresh_token": token})


def test_a_refresh_token_is_replaced_at_each_use(joined, doors, bearer):
    first = joined()["refresh_token"]
    second = refresh(doors, first).json()
    third = refresh(doors, second["refresh_token"])
    assert third.status_code == 200 and len({first, second["refresh_token"], third.json()["refresh_token"]}) == 3
    assert doors.get("/me", headers=bearer(third.json())).status_code == 200


def test_an_old_refresh_token_ends_the_session(joined, doors, bearer):
    entered = joined()
    second = refresh(doors, entered["refresh_token"]).json()
    third = refresh(doors, second["refresh_token"]).json()
    reused = refresh(doors, entered["refresh_token"])
    assert (reused.status_code, reused.json()["type"]) == (401, "/problems/refresh-reused")
    assert refresh(doors, third["refresh_token"]).json()["type"] == "/problems/session-ended"
    assert doors.get("/me", headers=bearer(third)).status_code == 401


def test_a_double_click_gets_the_same_refresh_token(joined, doors):
    first = joined()["refresh_token"]
    calls = [eventlet.spawn(refresh, doors, first) for _ in range(8)]
    answers = [call.wait() for call in calls]
    assert [answer.status_code for answer in answers] == [200] * 8
    [successor] = {answer.json()["refresh_token"] for answer in answers}
    assert refresh(doors, successor).status_code == 200


@pytest.mark.parametrize("text", ["nonsense", "a.b", "x" * 201, "\0"])
def test_what_is_no_refresh_token_is_refused(doors, text):
    assert refresh(doors, text).status_code in (401, 422)


def test_signing_out_ends_this_session_only(joined, doors, bearer):
    one = joined(phone="0912345678")
    other = doors.post("/sign-in", json={"identifier": "0912345678", **SIGN_IN}).json()
    assert doors.post("/sign-out", headers=bearer(one)).status_code == 204
    assert [refresh(doors, entered["refresh_token"]).status_code for entered in (one, other)] == [401, 200]
    assert doors.get("/me", headers=bearer(one)).status_code == 401


def test_signing_out_everywhere_ends_all_sessions(joined, doors, bearer):
    one = joined(phone="0912345678")
    other = doors.post("/sign-in", json={"identifier": "0912345678", **SIGN_IN}).json()
    assert doors.post("/sign-out-everywhere", headers=bearer(one)).status_code == 204
    assert [refresh(doors, entered["refresh_token"]).status_code for entered in (one, other)] == [401, 401]


def test_a_new_role_is_in_the_next_token(joined, doors, operator):
    entered = joined(phone="0912345678")
    doors.post("/roles", json={"identifier": "0912345678", "role": "officer", "kind": "unit", "id": "x1"}, headers=operator)
    renewed = refresh(doors, entered["refresh_token"]).json()
    assert jwt.decode(renewed["access_token"], options={"verify_signature": False})["roles"] == ["officer:unit:x1"]


def test_the_first_operator_exists_once_in_every_replica(doors, serve, settings, database):
    from hoithi_registration.service import Doors

    database["people"].delete_many({})
    ready = [eventlet.spawn(serve, Doors) for _ in range(3)]
    replicas = [each.wait() for each in ready]
    config = settings("registration")
    signing_in = {"identifier": config["operator_email"], "password": config["OPERATOR_PASSWORD"]}
    entered = replicas[0].client.post("/sign-in", json=signing_in).json()
    assert entered["user"]["roles"] == ["operator:platform:*", "organiser:contest:*"]
    assert database["people"].count_documents({}) == 1


def test_a_missing_setting_stops_the_start_with_a_sentence(database, serve):
    from hoithi_registration.service import Doors

    for name in ("OPERATOR_PASSWORD", "TOKEN_SIGNING_KEY", "SECOND_FACTOR", "SECOND_FACTOR_KEY"):
        with pytest.raises(SystemExit, match=f"HOITHI_{name}"):
            serve(Doors, **{name: ""})


def test_what_joined_is_heard_on_the_bus(province, application, serve, heard, eventually):
    from hoithi_registration.service import Worker

    events = heard(UserRegistered)
    user = province.post("/join", json=application()).json()["user"]
    serve(Worker)
    [event] = eventually(lambda: events)
    assert (event.user_id, event.phone, event.unit_id, event.revision) == (user["user_id"], user["phone"], "x1", 1)


def test_sign_ins_are_counted_by_outcome(joined, doors):
    joined(phone="0912345678")
    doors.post("/sign-in", json={"identifier": "0912345678", "password": "wrong-password"})
    shown = doors.get("/metrics").text
    assert 'hoithi_registration_sign_ins_total{outcome="WrongPassword"}' in shown
    assert "hoithi_registration_password_hash_seconds_bucket" in shown and "912345678" not in shown


def test_the_doors_are_healthy(doors):
    assert doors.get("/health").json()["checks"]["mongodb"]["ok"] is True
