"""Codes, recovery codes, sleeping roles: no I/O."""

from datetime import UTC, datetime, timedelta

import pytest

from hoithi_registration.domain import second_factor
from hoithi_registration.domain.second_factor import CodeUsed, FactorIsOn, SecondFactor, WrongCode

NOW = datetime(2026, 9, 8, 2, 30, 10, tzinfo=UTC)
STEP = timedelta(seconds=second_factor.STEP_S)
SECRET = b"12345678901234567890"
CODES = ["abcd-efgh-jkmn-pqrs", "2345-6789-abcd-efgh"]
ROLES = ["officer:unit:x1", "organiser:contest:c1", "operator:platform:*"]


def begun() -> SecondFactor:
    return SecondFactor("u1", b"sealed", NOW)


def confirmed() -> SecondFactor:
    return begun().confirmed(SECRET, code(NOW), CODES, NOW)


def code(at: datetime) -> str:
    return second_factor.code_at(SECRET, at)


@pytest.mark.parametrize("second, expected", [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_codes_are_those_of_rfc_6238(second, expected):
    assert code(datetime.fromtimestamp(second, UTC)) == expected


def test_a_factor_is_on_once_a_code_confirmed_it():
    assert not begun().is_on and confirmed().is_on
    with pytest.raises(WrongCode):
        begun().confirmed(SECRET, "000000", CODES, NOW)
    with pytest.raises(FactorIsOn):
        confirmed().confirmed(SECRET, code(NOW + STEP), CODES, NOW + STEP)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_phones_clock_may_be_half_a_minute_off(off):
    later = NOW + 10 * STEP
    assert confirmed().used(SECRET, code(later + off * STEP), later)


@pytest.mark.parametrize("off", [-3, -2, 2, 3])
def test_older_and_later_codes_do_not_count(off):
    later = NOW + 10 * STEP
    with pytest.raises(WrongCode):
        confirmed().used(SECRET, code(later + off * STEP), later)


def test_a_code_counts_once_and_so_do_those_before_it():
    later = NOW + 10 * STEP
    used = confirmed().used(SECRET, code(later), later)
    for same_or_older in (code(later), code(later - STEP)):
        with pytest.raises(CodeUsed):
            used.used(SECRET, same_or_older, later)
    assert used.used(SECRET, code(later + STEP), later)


def test_the_code_that_confirmed_does_not_sign_in():
    with pytest.raises(CodeUsed):
        confirmed().used(SECRET, code(NOW), NOW)


def test_a_recovery_code_counts_once_however_it_is_typed():
    used = confirmed().used(SECRET, "ABCD efgh jkmn PQRS", NOW)
    assert len(used.recovery) == 1
    with pytest.raises(WrongCode):
        used.used(SECRET, CODES[0], NOW)
    assert used.used(SECRET, CODES[1], NOW).recovery == ()


def test_a_recovery_code_belongs_to_one_person():
    assert second_factor.fingerprint("u1", CODES[0]) != second_factor.fingerprint("u2", CODES[0])
    assert all(each not in str(confirmed()) for each in CODES)


def test_blanks_in_a_code_do_not_matter():
    later = NOW + STEP
    given = code(later)
    assert confirmed().used(SECRET, f" {given[:3]} {given[3:]} ", later)


@pytest.mark.parametrize("nonsense", ["", "abc", "12345", "1234567", "０００００００", "²²²²²²"])
def test_what_is_no_code_is_a_wrong_one(nonsense):
    with pytest.raises(WrongCode):
        confirmed().used(SECRET, nonsense, NOW + STEP)


def test_roles_that_need_a_second_factor_sleep_without_it():
    needing = ("organiser", "operator")
    assert second_factor.awake(ROLES, False, needing) == (["officer:unit:x1"], ["organiser:contest:c1", "operator:platform:*"])
    assert second_factor.awake(ROLES, True, needing) == (ROLES, [])
    assert second_factor.awake(ROLES, False, ()) == (ROLES, [])


def test_the_uri_holds_secret_and_account_for_the_app():
    uri = second_factor.uri_of(SECRET, "mai@example.vn")
    assert uri.startswith("otpauth://totp/") and "mai%40example.vn" in uri and "issuer=hoithi" in uri
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in uri
