"""A forgotten password: a link by e-mail, or a code handed out by somebody who is responsible for the person."""

from datetime import UTC, datetime, timedelta

import pytest

from hoithi_bus import clock
from hoithi_registration.domain import password_reset
from hoithi_registration.domain.password_reset import (
    LIFETIME,
    HasEmail,
    HoldsRole,
    NotYourPerson,
    OwnAccount,
    ResetVoid,
)
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.role import Grant, Role
from hoithi_store.outbox import unpacked

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
OLD, NEW = "mot-mat-khau-dai", "mot-mat-khau-khac"
TOKEN = "T0K3N" * 8
MAIL, PHONE = "mai@example.vn", "0912345678"
WHY = {"reason": "gặp trực tiếp ở xã"}


def person(**changes) -> Person:
    known = {"revision": 1, "name": "Mai", "division": "citizens", "language": "vi", "registered_at": NOW, "unit_id": "x1"}
    return Person("u1", **{**known, "phone": "+84912345678", **changes})


# The rules


def test_a_link_is_good_for_half_an_hour():
    made = password_reset.by_link("r1", person(email=MAIL), TOKEN, NOW)
    made.check_open(NOW + LIFETIME - timedelta(seconds=1))
    with pytest.raises(ResetVoid):
        made.check_open(NOW + LIFETIME)


def test_nobody_and_who_has_no_address_get_no_letter():
    for who in (None, person()):
        made = password_reset.by_link("r1", who, TOKEN, NOW)
        assert made.facts(who, TOKEN) == []
        with pytest.raises(ResetVoid):
            made.check_open(NOW)


def test_only_the_letter_has_the_token():
    made = password_reset.by_link("r1", person(email=MAIL), TOKEN, NOW)
    assert TOKEN not in str(made) and made.facts(person(email=MAIL), TOKEN)[0].token == TOKEN


@pytest.mark.parametrize(
    "roles", [("officer:unit:x1",), ("officer:unit:t02",), ("organiser:contest:c",), ("operator:platform:*",)]
)
def test_a_code_is_handed_out_by_who_is_responsible(roles):
    password_reset.check_may_hand_out("o1", roles, person(), {"x1", "t02"})


@pytest.mark.parametrize(
    "actor, roles, who, refusal",
    [
        ("o1", ("officer:unit:x2",), person(), NotYourPerson),
        ("o1", ("officer:unit:x1",), None, NotYourPerson),
        ("u1", ("officer:unit:x1",), person(), OwnAccount),
        ("u1", ("operator:platform:*",), person(), OwnAccount),
        ("o1", ("organiser:contest:*",), person(grants=(Grant(Role("officer", "unit", "x1"), "o", NOW),)), HoldsRole),
        ("o1", ("officer:unit:x1",), person(email=MAIL), HasEmail),
        ("o1", ("operator:platform:*",), person(email=MAIL), HasEmail),
    ],
)
def test_nobody_else_gets_a_code_out_of_the_platform(actor, roles, who, refusal):
    with pytest.raises(refusal):
        password_reset.check_may_hand_out(actor, roles, who, {"x1", "t02"})


# The doors


@pytest.fixture
def tokens(database):
    """`tokens()`: the tokens of the letters that wait to be sent."""

    def read() -> list[str]:
        waiting = [unpacked(one) for each in database["password_resets"].find() for one in each["outbox"]]
        return [each["data"]["token"] for each in waiting]

    return read


@pytest.fixture
def later(monkeypatch):
    """`later(timedelta)`: the doors' clock stands that much further on."""

    def go_on(step):
        then = clock.now() + step
        monkeypatch.setattr(clock, "now", lambda: then)

    return go_on


def slug(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def ask(doors, identifier=MAIL):
    return doors.post("/password-resets", json={"identifier": identifier})


def by_link(doors, token, password=NEW):
    return doors.post("/password-resets/by-link", json={"token": token, "new_password": password})


def by_code(doors, code, identifier=PHONE):
    return doors.post("/password-resets/by-code", json={"identifier": identifier, "code": code, "new_password": NEW})


def enters(doors, identifier, password) -> bool:
    return doors.post("/sign-in", json={"identifier": identifier, "password": password}).status_code == 200


def test_a_link_gives_a_new_password_once_and_ends_all_sessions(joined, doors, tokens, database):
    entered = joined(email=MAIL, phone=PHONE)
    assert ask(doors, PHONE).status_code == 204
    [token] = tokens()
    assert by_link(doors, token).status_code == 204
    assert enters(doors, MAIL, NEW) and not enters(doors, MAIL, OLD)
    assert doors.post("/refresh", json={"refresh_token": entered["refresh_token"]}).status_code == 401
    assert slug(by_link(doors, token, "ca-mot-mat-khau-nua")) == (409, "reset-void")
    [entry] = database["audit"].find({"what": "password-reset"})
    assert (entry["subject"], entry["by"], entry["after"]) == (
        entered["user"]["user_id"],
        entered["user"]["user_id"],
        {"by": "link"},
    )


def test_only_a_fingerprint_of_the_token_is_kept(joined, doors, tokens, database):
    joined(email=MAIL)
    ask(doors)
    [token] = tokens()
    database["password_resets"].update_many({}, {"$set": {"outbox": []}})  # what the relay does
    assert token not in str(list(database["password_resets"].find()))


def test_the_answer_does_not_tell_whether_there_is_an_account(joined, doors, tokens, database):
    joined(email=MAIL)
    joined(phone=PHONE)
    answers = [ask(doors, identifier) for identifier in (MAIL, PHONE, "nobody@example.vn", "không phải gì cả")]
    assert {(each.status_code, each.content) for each in answers} == {(204, b"")}
    assert len(tokens()) == 1 and database["password_resets"].count_documents({}) == 4


def test_a_link_is_void_after_half_an_hour(joined, doors, tokens, later):
    joined(email=MAIL)
    ask(doors)
    [token] = tokens()
    later(LIFETIME)
    assert slug(by_link(doors, token)) == (409, "reset-void")
    assert not enters(doors, MAIL, NEW)


def test_one_new_password_ends_every_other_link(joined, doors, tokens):
    joined(email=MAIL)
    for _ in range(2):
        ask(doors)
    one, other = tokens()
    assert by_link(doors, one).status_code == 204
    assert slug(by_link(doors, other)) == (409, "reset-void")


def test_a_mailbox_is_not_flooded(joined, doors, tokens):
    joined(email=MAIL)
    answers = [ask(doors) for _ in range(4)]
    assert [each.status_code for each in answers] == [204, 204, 204, 429] and len(tokens()) == 3
    assert slug(answers[-1]) == (429, "too-many-resets") and int(answers[-1].headers["Retry-After"]) > 0
    assert [ask(doors, "nobody@example.vn").status_code for _ in range(4)] == [204, 204, 204, 429]


def test_a_new_password_is_not_the_address(joined, doors, tokens, reasons):
    joined(email="mai-tu-dong-van@example.vn")
    ask(doors, "mai-tu-dong-van@example.vn")
    [token] = tokens()
    assert reasons(by_link(doors, token, "mai-tu-dong-van@example.vn")) == {"password": "password-is-identifier"}
    assert by_link(doors, token).status_code == 204


def test_who_waits_after_wrong_passwords_waits_no_longer(joined, doors, tokens):
    joined(email=MAIL)
    for _ in range(6):
        enters(doors, MAIL, "sai-mat-khau")
    assert not enters(doors, MAIL, OLD)
    ask(doors)
    by_link(doors, tokens()[0])
    assert enters(doors, MAIL, NEW)


def test_who_was_erased_has_no_link_any_more(joined, doors, tokens, bearer):
    entered = joined(email=MAIL)
    ask(doors)
    [token] = tokens()
    assert doors.post("/me/erasure", json={"password": OLD}, headers=bearer(entered)).status_code == 204
    assert slug(by_link(doors, token)) == (409, "reset-void")


@pytest.fixture
def officer(auth):
    return auth("officer1", roles=("officer:unit:t02",))


def hand_out(doors, header, identifier=PHONE):
    return doors.post("/password-resets/codes", json={"identifier": identifier, **WHY}, headers=header)


def test_an_officer_above_hands_out_a_code_that_works_once(joined, doors, officer, database):
    entered = joined(phone=PHONE)
    given = hand_out(doors, officer)
    assert (given.status_code, given.json()["name"]) == (201, "Vàng Thị Mỷ")
    code = given.json()["code"]
    assert code not in str(list(database["password_resets"].find()))
    assert by_code(doors, code.upper().replace("-", " ")).status_code == 204
    assert enters(doors, PHONE, NEW) and not enters(doors, PHONE, OLD)
    assert slug(by_code(doors, code)) == (409, "reset-void")
    given, used = database["audit"].find({"subject": entered["user"]["user_id"]}).sort("_id")
    assert (given["what"], given["by"], given["reason"]) == ("password-code-given", "officer1", WHY["reason"])
    assert (used["what"], used["after"]) == ("password-reset", {"by": "code"})


def test_an_officer_learns_nothing_of_people_elsewhere(joined, doors, auth):
    joined(phone=PHONE)
    elsewhere = auth("officer2", roles=("officer:unit:x2",))
    theirs, nobodys = hand_out(doors, elsewhere), hand_out(doors, elsewhere, "0987654321")
    assert slug(theirs) == slug(nobodys) == (404, "not-your-person")
    assert theirs.json()["detail"] == nobodys.json()["detail"]


def test_a_code_is_not_guessed(joined, doors, officer):
    joined(phone=PHONE)
    code = hand_out(doors, officer).json()["code"]
    assert [by_code(doors, f"aaaa-aaaa-aaa{n}").status_code for n in range(2, 8)] == [409] * 5 + [429]
    assert by_code(doors, code).status_code == 429
    assert enters(doors, PHONE, OLD)


def test_a_code_of_one_person_opens_nobody_elses_account(joined, doors, officer):
    joined(phone=PHONE)
    joined(phone="0987654321")
    code = hand_out(doors, officer).json()["code"]
    assert slug(by_code(doors, code, "0987654321")) == (409, "reset-void")
