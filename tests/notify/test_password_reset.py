"""Letters to people who forgot the password: sent at once or not at all, then address and token are forgotten."""

from datetime import timedelta

from hoithi_bus import clock
from hoithi_contracts.registration import PasswordResetRequested
from hoithi_notify.domain import deliveries
from hoithi_notify.domain.deliveries import judge
from notify.moment import NOW

TOKEN = "T0K3N" * 8
HALF_AN_HOUR = timedelta(minutes=30)


def forgotten(**changes) -> PasswordResetRequested:
    told = {"reset_id": "r1", "email": "mai@example.vn", "token": TOKEN, "expires_at": NOW + HALF_AN_HOUR}
    return PasswordResetRequested(**{**told, **changes})


def test_a_link_that_ran_out_is_not_sent():
    letter = deliveries.password_reset(forgotten(), NOW)
    assert judge(letter, None, None, None, NOW).what == "send"
    assert judge(letter, None, None, None, NOW + HALF_AN_HOUR + timedelta(seconds=1)).reason == "too-late"


def test_no_list_of_letters_says_who_forgot_the_password():
    letter = deliveries.password_reset(forgotten(), NOW)
    assert letter.user_id == "r1" and letter.cancelled("too-late", NOW).to is None


def test_the_letter_with_its_link_is_sent_once(work, publish, post_office, settled, eventually, storage):
    work()
    event = forgotten(expires_at=clock.now() + HALF_AN_HOUR)
    publish(event)
    publish(event)
    settled()
    [letter] = eventually(lambda: post_office.letters_to("mai@example.vn"))
    assert f"/#/new-password/{TOKEN}" in letter.get_body(("plain",)).get_content()
    kept = eventually(lambda: storage.deliveries.page("sent", "password-reset", None, "", 10))
    assert [(each.to, each.facts) for each in kept] == [(None, None)]
    assert TOKEN not in str(list(storage.database["deliveries"].find()))
    assert len(post_office.letters_to("mai@example.vn")) == 1
