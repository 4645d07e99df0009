from datetime import UTC, datetime, timedelta

import pytest

from hoithi_registration.domain import session, throttle
from hoithi_registration.domain.session import RefreshReused, SessionEnded
from hoithi_registration.domain.throttle import TooManyFailures, Tries

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)


def begun():
    return session.begin("s1", "u1", "first", NOW)


def test_only_the_hash_of_a_secret_is_kept():
    assert "first" not in repr(begun())


def test_a_refresh_token_is_replaced_at_each_use():
    once, second = begun().renewed("first", "seed1", LATER)
    twice, third = once.renewed(second, "seed2", LATER)
    assert len({"first", second, third}) == 3
    assert twice.refresh_hash == session.fingerprint(third)


def test_an_old_refresh_token_ends_the_session():
    once, second = begun().renewed("first", "seed1", LATER)
    twice, _ = once.renewed(second, "seed2", LATER)
    with pytest.raises(RefreshReused):
        twice.renewed("first", "seed3", LATER)


def test_the_same_token_soon_again_gets_the_same_successor():
    once, second = begun().renewed("first", "seed1", LATER)
    again, same = once.renewed("first", "another seed", LATER + session.REPEAT_WITHIN)
    assert (again, same) == (once, second)


def test_the_same_token_later_ends_the_session():
    once, _ = begun().renewed("first", "seed1", LATER)
    with pytest.raises(RefreshReused):
        once.renewed("first", "seed2", LATER + session.REPEAT_WITHIN + timedelta(milliseconds=1))


def test_a_wrong_secret_ends_the_session():
    with pytest.raises(RefreshReused):
        begun().renewed("guessed", "seed", LATER)


def test_a_session_lasts_30_days_however_often_it_is_renewed():
    once, second = begun().renewed("first", "seed1", NOW + timedelta(days=29))
    with pytest.raises(SessionEnded):
        once.renewed(second, "seed2", NOW + timedelta(days=30))


def test_on_an_own_device_the_page_keeps_a_session_as_long_as_everybody():
    assert session.begin("s1", "u1", "first", NOW, session.OWN).expires_at == NOW + session.LIFETIME


@pytest.mark.parametrize("device", [session.SHARED, session.ASSISTED])
def test_on_a_device_of_others_a_session_lasts_as_long_as_it_is_used(device):
    first, idle = session.begin("s1", "u1", "first", NOW, device), session.IDLE[device]
    once, second = first.renewed("first", "seed1", NOW + idle / 2)
    assert (first.expires_at, once.expires_at) == (NOW + idle, NOW + idle * 1.5)
    with pytest.raises(SessionEnded):
        once.renewed(second, "seed2", once.expires_at)


def test_on_a_device_of_others_a_session_ends_the_same_day_however_much_it_is_used():
    used, secret, now = session.begin("s1", "u1", "first", NOW, session.SHARED), "first", NOW
    while now < NOW + session.AWAY_FROM_HOME - timedelta(minutes=40):
        now += timedelta(minutes=30)
        used, secret = used.renewed(secret, "seed", now)
    assert used.expires_at == NOW + session.AWAY_FROM_HOME


def test_the_token_of_a_cookie_may_be_repeated_until_its_successor_was_used():
    once, second = session.begin("s1", "u1", "first", NOW, session.OWN).renewed("first", "seed1", LATER)
    assert once.renewed("first", "seed2", LATER + timedelta(days=3)) == (once, second)
    twice, _ = once.renewed(second, "seed2", LATER + timedelta(days=3))
    with pytest.raises(RefreshReused):
        twice.renewed("first", "seed3", LATER + timedelta(days=3))


@pytest.mark.parametrize("text", ["", ".", "s1", "s1.", ".secret"])
def test_what_is_no_refresh_token_is_refused(text):
    with pytest.raises(SessionEnded):
        session.taken_apart(text)


def test_the_sixth_try_within_the_window_must_wait():
    Tries(5, NOW + throttle.WINDOW).check(NOW)
    with pytest.raises(TooManyFailures) as refusal:
        Tries(6, NOW + timedelta(minutes=14)).check(NOW)
    assert (refusal.value.retry_after, refusal.value.minutes) == (840, 14)


def test_tries_are_not_counted_under_the_identifier_itself():
    assert "84912345678" not in throttle.key_of("+84912345678")
