"""Letters to people who are invited to a role: sent once, then address and token are forgotten."""

from datetime import timedelta

import pytest

from hoithi_bus import clock
from hoithi_contracts.registration import InvitationSent
from hoithi_notify.domain import deliveries
from hoithi_notify.domain.deliveries import NotRetriable, judge
from notify.moment import NOW

TOKEN = "T0K3N" * 8


def invited(**changes) -> InvitationSent:
    told = {"invitation_id": "i1", "email": "mai@example.vn", "role": "officer", "place": "Xã Đồng Văn", "token": TOKEN}
    return InvitationSent(**{**told, "invited_by": "Nguyễn Thị Ban", "expires_at": NOW + timedelta(days=7), **changes})


def test_an_invitation_needs_no_account():
    letter = deliveries.invitation(invited(), NOW)
    assert (judge(letter, None, None, None, NOW).what, letter.priority) == ("send", 0)


def test_an_invitation_that_ran_out_is_not_sent():
    letter = deliveries.invitation(invited(), NOW)
    assert judge(letter, None, None, None, NOW + timedelta(days=8)).reason == "too-late"


@pytest.mark.parametrize("end", ["sent", "refused", "cancelled"])
def test_address_and_token_are_forgotten_with_the_end(end):
    letter = deliveries.invitation(invited(), NOW)
    ended = {
        "sent": lambda: letter.sent(letter.to, "250 ok", NOW),
        "refused": lambda: letter.refused(letter.to, "550 no", NOW),
        "cancelled": lambda: letter.cancelled("too-late", NOW),
    }[end]()
    assert ended.to is None and ended.facts is None
    with pytest.raises(NotRetriable):
        ended.again(NOW)


def test_an_address_that_no_server_takes_is_not_tried():
    letter = deliveries.invitation(invited(email="a..b@example.vn"), NOW)
    assert (letter.state, letter.reason, letter.facts) == ("no-address", "address-not-usable", None)


@pytest.mark.parametrize("language, words", [("vi", "Lời mời"), ("en", "Invitation")])
def test_the_letter_with_its_link_is_sent_once(work, publish, post_office, settled, eventually, storage, language, words):
    work()
    event = invited(language=language, expires_at=clock.now() + timedelta(days=7))
    publish(event)
    publish(event)
    settled()
    [letter] = eventually(lambda: post_office.letters_to("mai@example.vn"))
    body = letter.get_body(("plain",)).get_content()
    assert words in letter["Subject"] and f"/#/invitation/{TOKEN}" in body and "Nguyễn Thị Ban" in body
    kept = eventually(lambda: storage.deliveries.page("sent", "invitation", None, "", 10))
    assert [(each.to, each.facts) for each in kept] == [(None, None)]
    assert TOKEN not in str(list(storage.database["deliveries"].find()))
    assert len(post_office.letters_to("mai@example.vn")) == 1
