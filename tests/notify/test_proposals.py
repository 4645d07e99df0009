"""Organisers are told what another one proposed: everybody who may confirm it, once, and nobody else."""

from datetime import timedelta

import pytest

from hoithi_bus import clock
from hoithi_contracts.exam import KeyCorrectionProposed, KeyCorrectionRefused
from hoithi_contracts.registration import OrganiserChanged, UserErased
from hoithi_contracts.scoring import ResultsProposed, ResultsRefused
from hoithi_notify.handlers import forget_person, hear, note_people, spread
from notify.moment import NOW

WEEK = timedelta(days=7)


def organises(user_id, contest_id="c1", holds=True, at=NOW) -> OrganiserChanged:
    change_id = f"{contest_id}:{user_id}:{int(at.timestamp() * 1000)}"
    return OrganiserChanged(change_id=change_id, changed_at=at, user_id=user_id, contest_id=contest_id, holds=holds)


def proposed(cls=ResultsProposed, by="o1", at=NOW, **changes):
    about = {"proposal_id": "p1", "contest_id": "c1", "round_id": "c1-w1", "proposed_by": by}
    return cls(**{**about, "proposed_at": at, "expires_at": at + WEEK, **changes})


@pytest.fixture
def told(storage, registered, published):
    """`told(event, ...)`: who has a letter after these events, of people o1 to o4 who are known."""

    def hear_and_spread(*events) -> set[str]:
        note_people(storage, [registered(f"o{number}") for number in range(1, 5)], NOW)
        for event in (published(), *events):
            hear(storage, event, NOW)
        while spread(storage, NOW) is not None:
            pass
        return {each.user_id for each in storage.deliveries.page(None, "confirmation-needed", None, "", 50)}

    return hear_and_spread


def test_all_other_organisers_of_the_contest_are_told(told):
    everywhere = organises("o3", "*")
    assert told(organises("o1"), organises("o2"), everywhere, organises("o4", "c2"), proposed()) == {"o2", "o3"}


def test_hearing_of_a_proposal_twice_makes_one_letter(told, storage):
    assert told(organises("o2"), proposed(), proposed()) == {"o2"}
    assert len(storage.deliveries.page(None, "confirmation-needed", None, "", 50)) == 1


def test_a_corrected_key_waits_in_the_same_way(told):
    assert told(organises("o2"), proposed(KeyCorrectionProposed)) == {"o2"}


def test_who_organises_no_longer_is_not_told_whatever_comes_first(told):
    gone = organises("o2", holds=False, at=NOW + timedelta(seconds=1))
    assert told(gone, organises("o2"), organises("o3"), proposed()) == {"o3"}


def test_who_was_erased_is_forgotten_as_organiser(storage):
    hear(storage, organises("o2"), NOW)
    forget_person(storage, UserErased(user_id="o2", erased_at=NOW), NOW)
    assert storage.organisers.of("c1") == []


@pytest.mark.parametrize(
    "event, language, words",
    [(ResultsProposed, "vi", "công bố chính thức kết quả"), (KeyCorrectionProposed, "en", "correct a key")],
)
def test_the_letter_leads_to_the_desk(
    work, publish, post_office, settled, eventually, registered, published, event, language, words
):
    work()
    for each in (published(), registered("o2", language=language), organises("o2")):
        publish(each)
    settled()
    publish(proposed(event, at=clock.now()))
    [letter] = eventually(lambda: [each for each in post_office.letters_to("o2@example.vn") if words in each["Subject"]])
    body = letter.get_body(("plain",)).get_content()
    assert "/desk/#/confirmations" in body and "Vàng Thị Mai" in body


REASON = "Còn hai khiếu nại chưa kết luận"


def refused(cls=ResultsRefused, at=NOW):
    about = {"proposal_id": "p1", "contest_id": "c1", "round_id": "c1-w1", "proposed_by": "o1"}
    return cls(**about, proposed_at=at, refused_at=at, reason=REASON)


def test_a_refusal_is_told_once_and_to_who_proposed_it_alone(told, storage):
    told(organises("o1"), organises("o2"), organises("o3"), proposed(), refused(), refused(KeyCorrectionRefused), refused())
    letters = storage.deliveries.page(None, "proposal-refused", None, "", 50)
    assert [each.user_id for each in letters] == ["o1"]


@pytest.mark.parametrize(
    "event, language, words",
    [(ResultsRefused, "vi", "công bố chính thức kết quả"), (KeyCorrectionRefused, "en", "correct a key")],
)
def test_the_letter_of_a_refusal_says_why(
    work, publish, post_office, settled, eventually, registered, published, event, language, words
):
    work()
    for each in (published(), registered("o1", language=language)):
        publish(each)
    settled()
    publish(refused(event, at=clock.now()))
    [letter] = eventually(lambda: [each for each in post_office.letters_to("o1@example.vn") if words in each["Subject"]])
    body = letter.get_body(("plain",)).get_content()
    assert REASON in body and "/desk/#/confirmations" in body
