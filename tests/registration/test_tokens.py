"""Access tokens as the other services read them."""

from datetime import UTC, datetime, timedelta

import pytest

from hoithi_bus.http.problems import Forbidden, SecondFactorNeeded, SessionExpired
from hoithi_bus.http.tokens import Tokens
from hoithi_registration.domain.person import first_operator
from hoithi_registration.service.tokens import open_signer

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)


@pytest.fixture
def config(settings):
    return settings("registration")


@pytest.fixture
def sign(config):
    return open_signer(config).access_token


def test_a_token_is_verified_without_a_call(sign, config):
    claims = Tokens(config["TOKEN_KEYS"]).verify(sign(first_operator("operator@hoithi.example", "", NOW), "s1", NOW), NOW)
    assert (claims.user_id, claims.session_id, claims.unit_id) == ("operator", "s1", None)
    assert claims.holds("operator") and claims.holds("organiser", "contest", "any")


def test_a_token_ends_after_ten_minutes(sign, config):
    token = sign(first_operator("operator@hoithi.example", "", NOW), "s1", NOW)
    tokens = Tokens(config["TOKEN_KEYS"])
    tokens.verify(token, NOW + timedelta(minutes=9, seconds=59))
    with pytest.raises(SessionExpired):
        tokens.verify(token, NOW + timedelta(minutes=10))


def test_roles_that_need_a_second_factor_sleep_in_a_token_without_it(config):
    sign = open_signer({**config, "SECOND_FACTOR": "operator"}).access_token
    operator, tokens = first_operator("operator@hoithi.example", "", NOW), Tokens(config["TOKEN_KEYS"])
    asleep = tokens.verify(sign(operator, "s1", NOW), NOW)
    assert not asleep.holds("operator") and asleep.holds("organiser")
    with pytest.raises(SecondFactorNeeded):
        asleep.require_any(("operator",))
    with pytest.raises(Forbidden):
        asleep.require_any(("officer",))
    assert tokens.verify(sign(operator, "s1", NOW, second_factor=True), NOW).holds("operator")


@pytest.mark.parametrize("millisecond", range(0, 1000, 37))
def test_the_instant_of_registration_is_told_to_the_millisecond(sign, config, millisecond):
    registered_at = NOW + timedelta(milliseconds=millisecond)
    token = sign(first_operator("operator@hoithi.example", "", registered_at), "s1", NOW)
    assert Tokens(config["TOKEN_KEYS"]).verify(token, NOW).registered_at == registered_at


def test_a_signing_key_nobody_trusts_stops_the_start(config, tmp_path):
    (tmp_path / "keys.json").write_text('{"keys": []}')
    with pytest.raises(SystemExit, match="nobody would trust"):
        open_signer({**config, "TOKEN_KEYS": str(tmp_path / "keys.json")})
