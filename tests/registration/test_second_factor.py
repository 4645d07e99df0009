"""The second factor at the doors: switching it on, signing in with it, losing the phone."""

import itertools
from base64 import b32decode
from datetime import timedelta

import eventlet
import pytest

from hoithi_bus import clock
from hoithi_registration.domain import second_factor
from hoithi_registration.service.vault import SealedElsewhere, Vault, open_vault

PASSWORD = "mot-mat-khau-dai"
PHONE = "0912345678"
PAGE = {"X-Hoithi-Page": "1"}
EVERY_CONTEST = {"role": "organiser", "kind": "contest", "id": "*"}
FAST = {"memory_kib": 64, "rounds": 1, "lanes": 1, "at_once": 2, "most_waiting": 100}


@pytest.fixture
def strict(province, serve):
    """Doors of a platform whose organisers and operators need a second factor."""
    from hoithi_registration.service import Doors

    return serve(Doors, password=FAST, SECOND_FACTOR="organiser operator").client


@pytest.fixture
def boss(strict, joined, operator):
    """The answer of somebody signing in who became an organiser, still with a password alone."""
    joined(phone=PHONE)
    assert strict.post("/roles", json={**EVERY_CONTEST, "identifier": PHONE}, headers=operator).status_code == 201
    return sign_in(strict).json()


@pytest.fixture
def enrolled(strict, boss, bearer):
    """`enrolled.code()` gives a code that was not used yet."""
    return Enrolled(strict, bearer(boss))


class Enrolled:
    def __init__(self, doors, header):
        begun = doors.post("/me/second-factor", json={"password": PASSWORD}, headers=header).json()
        self.secret, self.uri = b32decode(begun["secret"]), begun["uri"]
        self.ahead = itertools.count()
        confirmed = doors.post("/me/second-factor/confirmation", json={"code": self.code()}, headers=header)
        assert confirmed.status_code == 200, confirmed.text
        self.recovery_codes = confirmed.json()["recovery_codes"]

    def code(self) -> str:
        """Now, then half a minute ahead: what the platform's slack takes. A third one waits for the next step."""
        if next(self.ahead) == 0:
            return second_factor.code_at(self.secret, clock.now())
        return second_factor.code_at(self.secret, clock.now() + timedelta(seconds=second_factor.STEP_S))

    def wrong(self) -> str:
        right = {second_factor.code_at(self.secret, clock.now() + timedelta(seconds=30 * step)) for step in range(-2, 4)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in right)


def sign_in(doors, code=None, **changes):
    body = {"identifier": PHONE, "password": PASSWORD, **({"code": code} if code else {}), **changes}
    return doors.post("/sign-in", json=body, headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile"})


def slug(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_an_organisers_role_sleeps_without_a_second_factor(strict, boss, bearer):
    assert boss["asleep"] == ["organiser:contest:*"] and boss["user"]["roles"] == ["organiser:contest:*"]
    assert slug(strict.post("/units", json={"units": []}, headers=bearer(boss))) == (403, "second-factor-needed")
    assert strict.get("/me", headers=bearer(boss)).status_code == 200
    shown = strict.get("/me/second-factor", headers=bearer(boss)).json()
    assert shown == {"on": False, "since": None, "recovery_codes_left": 0, "needed_for": ["organiser", "operator"]}


def test_somebody_without_the_role_is_told_nothing_of_a_second_factor(strict, joined, bearer):
    assert slug(strict.post("/units", json={"units": []}, headers=bearer(joined()))) == (403, "not-allowed")


def test_the_role_is_awake_after_the_next_refresh(strict, boss, enrolled, bearer):
    assert enrolled.uri.startswith("otpauth://totp/") and len(enrolled.recovery_codes) == 10
    refreshed = strict.post("/refresh", json={"refresh_token": boss["refresh_token"]}).json()
    assert refreshed["asleep"] == []
    assert strict.get("/roles", headers=bearer(refreshed)).status_code == 200


def test_signing_in_asks_for_a_code_and_takes_it_once(strict, enrolled, bearer):
    assert slug(sign_in(strict)) == (401, "code-needed")
    assert slug(sign_in(strict, enrolled.wrong())) == (401, "wrong-code")
    code = enrolled.code()
    entered = sign_in(strict, code)
    assert (entered.status_code, entered.json()["asleep"]) == (200, [])
    assert strict.get("/roles", headers=bearer(entered.json())).status_code == 200
    assert slug(sign_in(strict, code)) == (401, "code-used")


def test_the_page_asks_for_the_code_as_well_and_its_cookie_keeps_what_was_proved(strict, enrolled, bearer):
    body = {"identifier": PHONE, "password": PASSWORD, "device": "own"}
    assert slug(strict.post("/session/sign-in", json=body, headers=PAGE)) == (401, "code-needed")
    entered = strict.post("/session/sign-in", json={**body, "code": enrolled.code()}, headers=PAGE)
    assert (entered.status_code, entered.json()["asleep"]) == (200, [])
    cookie = PAGE | {"Cookie": entered.headers["Set-Cookie"].partition(";")[0]}
    strict.cookies.clear()
    refreshed = strict.post("/session/refresh", headers=cookie).json()
    assert refreshed["asleep"] == []
    for session in (entered.json(), refreshed):
        assert strict.get("/roles", headers=bearer(session)).status_code == 200
    [listed] = [each for each in strict.get("/me/sessions", headers=bearer(refreshed)).json()["sessions"] if each["current"]]
    assert (listed["device"], listed["second_factor"]) == ("own", True)


def test_a_role_sleeps_in_the_pages_session_without_a_second_factor(strict, boss, bearer):
    body = {"identifier": PHONE, "password": PASSWORD, "device": "shared"}
    entered = strict.post("/session/sign-in", json=body, headers=PAGE).json()
    assert entered["asleep"] == ["organiser:contest:*"]
    assert slug(strict.get("/roles", headers=bearer(entered))) == (403, "second-factor-needed")


def test_a_wrong_password_does_not_tell_that_there_is_a_factor(strict, enrolled):
    assert slug(sign_in(strict, password="sai-mat-khau")) == (401, "wrong-password")


def test_of_two_uses_of_a_code_at_the_same_moment_one_counts(strict, enrolled):
    code = enrolled.code()
    answers = [eventlet.spawn(sign_in, strict, code) for _ in range(4)]
    assert sorted(each.wait().status_code for each in answers) == [200, 401, 401, 401]


def test_wrong_codes_are_throttled_like_passwords(strict, enrolled):
    tries = [sign_in(strict, enrolled.wrong()).status_code for _ in range(6)]
    assert tries == [401] * 5 + [429]
    answer = sign_in(strict, enrolled.code())
    assert slug(answer) == (429, "too-many-codes") and int(answer.headers["Retry-After"]) > 0


def test_recovery_codes_open_the_account_once_each(strict, enrolled, bearer):
    entered = sign_in(strict, enrolled.recovery_codes[3].upper())
    assert entered.status_code == 200
    assert slug(sign_in(strict, enrolled.recovery_codes[3])) == (401, "wrong-code")
    assert strict.get("/me/second-factor", headers=bearer(entered.json())).json()["recovery_codes_left"] == 9


def test_confirming_ends_all_other_sessions(strict, boss, joined, bearer):
    other = sign_in(strict).json()
    Enrolled(strict, bearer(boss))
    assert strict.post("/refresh", json={"refresh_token": other["refresh_token"]}).status_code == 401


def test_a_factor_that_was_never_confirmed_asks_nobody(strict, boss, bearer):
    strict.post("/me/second-factor", json={"password": PASSWORD}, headers=bearer(boss))
    assert sign_in(strict).status_code == 200
    wrong = strict.post("/me/second-factor", json={"password": "sai-mat-khau"}, headers=bearer(boss))
    assert slug(wrong) == (401, "wrong-password")


def test_a_second_one_is_not_begun_beside_the_first(strict, boss, enrolled, bearer):
    assert slug(strict.post("/me/second-factor", json={"password": PASSWORD}, headers=bearer(boss))) == (409, "second-factor-on")


def test_it_is_switched_off_against_a_code(strict, boss, enrolled, bearer, database):
    wrong = strict.post("/me/second-factor/removal", json={"code": enrolled.wrong()}, headers=bearer(boss))
    assert slug(wrong) == (401, "wrong-code")
    off = strict.post("/me/second-factor/removal", json={"code": enrolled.recovery_codes[0]}, headers=bearer(boss))
    assert off.status_code == 204
    refreshed = strict.post("/refresh", json={"refresh_token": boss["refresh_token"]}).json()
    assert refreshed["asleep"] == ["organiser:contest:*"]
    assert database["second_factors"].count_documents({}) == 0


def test_an_operator_lifts_it_when_the_phone_is_lost(strict, boss, enrolled, operator, bearer, database):
    user_id = boss["user"]["user_id"]
    path = f"/second-factors/{user_id}/reset"
    assert strict.post(path, json={"reason": "x"}, headers=operator).status_code == 422
    assert strict.post(path, json={"reason": "mất điện thoại, đã gặp trực tiếp"}, headers=operator).status_code == 204
    assert strict.post("/refresh", json={"refresh_token": boss["refresh_token"]}).status_code == 401
    assert sign_in(strict).json()["asleep"] == ["organiser:contest:*"]
    entry = database["audit"].find_one({"what": "second-factor-reset"})
    assert (entry["subject"], entry["by"], entry["before"], entry["after"]) == (
        user_id,
        "operator1",
        {"second_factor": "on"},
        {"second_factor": "off"},
    )
    assert "gặp trực tiếp" in entry["reason"]
    assert slug(strict.post(path, json={"reason": "nữa nhé"}, headers=operator)) == (409, "second-factor-off")


def test_nobody_lifts_the_own_factor_without_a_code(strict, operator):
    answer = strict.post("/second-factors/operator1/reset", json={"reason": "quên"}, headers=operator)
    assert slug(answer) == (409, "own-second-factor")


def test_the_secret_lies_encrypted_for_its_person(enrolled, database, settings):
    kept = database["second_factors"].find_one()
    assert enrolled.secret not in kept["sealed"]
    assert not any(code in str(kept) for code in enrolled.recovery_codes)
    vault = open_vault(settings("registration"))
    assert vault.open(kept["_id"], kept["sealed"]) == enrolled.secret
    for other in (vault, Vault(bytes(32))):
        with pytest.raises(SealedElsewhere):
            other.open("somebody-else", kept["sealed"])


def test_it_goes_with_the_person(strict, joined, bearer, database):
    entered = joined(phone="0912000777")
    Enrolled(strict, bearer(entered))
    assert strict.post("/me/erasure", json={"password": PASSWORD}, headers=bearer(entered)).status_code == 204
    assert database["second_factors"].count_documents({}) == 0


def test_the_export_and_the_log_hold_no_secret(strict, boss, enrolled, bearer):
    export = strict.get("/me/export", headers=bearer(boss)).text
    assert "second-factor-on" in export
    assert not any(code in export for code in enrolled.recovery_codes) and "sealed" not in export


@pytest.mark.parametrize("wrong", [{"SECOND_FACTOR": "boss"}, {"SECOND_FACTOR_KEY": ""}, {"SECOND_FACTOR_KEY": "abc"}])
def test_a_wrong_setting_stops_the_start_with_a_sentence(database, serve, wrong):
    from hoithi_registration.service import Doors

    with pytest.raises(SystemExit, match="SECOND_FACTOR"):
        serve(Doors, **wrong)
