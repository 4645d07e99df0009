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
