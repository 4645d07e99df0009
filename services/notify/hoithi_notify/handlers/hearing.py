"""What other services tell. Every handler may be called again with the same event, and in any order."""

from collections.abc import Sequence
from datetime import datetime

from hoithi_contracts.emulation import AssessmentReviewed, AwardsNominated, CampaignOpened
from hoithi_contracts.exam import (
    ContestPublished,
    KeyCorrectionProposed,
    KeyCorrectionRefused,
    WeekClosed,
    WeekExtended,
    WeekOpened,
)
from hoithi_contracts.registration import (
    ErasureAnnounced,
    InvitationSent,
    OrganiserChanged,
    PasswordResetRequested,
    UserErased,
    UserRegistered,
)
from hoithi_contracts.scoring import (
    ComplaintDecided,
    ComplaintQuestioned,
    ComplaintReceived,
    PrizeAwarded,
    ReminderRequested,
    ResultsCorrected,
    ResultsProposed,
    ResultsPublished,
    ResultsRefused,
    UnitReportReady,
    WeekScored,
)
from hoithi_notify.domain import deliveries, occasions, people, rounds
from hoithi_notify.domain.deliveries import Delivery
from hoithi_notify.domain.people import Contact

NOT_REACHED = ("no-address", "failed")


def note_people(storage, events: Sequence[UserRegistered], now: datetime, muted: frozenset[str] = frozenset()) -> list[Delivery]:
    """Keep the contacts, welcome the new, tell latecomers what they missed; the deliveries that were made."""
    storage.contacts.note(_newest(events))
    known = storage.contacts.among(event.user_id for event in events)
    made = storage.deliveries.add([*_welcomes(known, events, now, muted), *_missed(storage, known.values(), now)])
    _second_chances(storage, known, now)
    return made


def _newest(events) -> list[Contact]:
    return list({event.user_id: people.contact_of(event) for event in sorted(events, key=lambda event: event.revision)}.values())


def _welcomes(known, events, now, muted) -> list[Delivery]:
    if "welcome" in muted:
        return []
    newcomers = {event.user_id for event in events if type(event) is UserRegistered}
    letters = (deliveries.welcome(known[user_id], now) for user_id in sorted(newcomers))
    return [letter for letter in letters if letter]


def _missed(storage, persons, now) -> list[Delivery]:
    """A registration that overtook nothing: the occasion it belongs to was spread before it reached us."""
    recent = storage.occasions.to_everybody_since(now - occasions.LATECOMERS)
    letters = (
        deliveries.delivery_to(occasion, person.user_id, person, now)
        for occasion in recent
        if not (occasion.muted or occasion.ended)
        for person in persons
        if person.registered_at and person.registered_at <= occasion.audience_before
    )
    return [letter for letter in letters if letter]


def _second_chances(storage, known, now):
    """Letters that had no address, or a wrong one, go out when there is another."""
    reachable = [person.user_id for person in known.values() if person.address]
    for letter in storage.deliveries.of(reachable, NOT_REACHED) if reachable else ():
        if letter.deserves_another(known[letter.user_id].address):
            storage.deliveries.requeue(letter.again(now), letter.state)


def forget_person(storage, event: UserErased, now: datetime, muted: frozenset[str] = frozenset()) -> list[Delivery]:
    """Delete the contact, cancel and strip the deliveries; one last letter carries the address until it is sent."""
    last = deliveries.last_letter(storage.contacts.get(event.user_id), now)
    made = storage.deliveries.add([last] if last and "data-erased" not in muted else [])
    storage.contacts.forget(event.user_id, event.erased_at)
    storage.organisers.forget(event.user_id)
    storage.deliveries.forget(event.user_id, now)
    return made


def invited(storage, event: InvitationSent, now: datetime, muted: frozenset[str] = frozenset()) -> list[Delivery]:
    """A letter with the link; hearing of it twice makes one."""
    return [] if "invitation" in muted else storage.deliveries.add([deliveries.invitation(event, now)])


def password_forgotten(
    storage, event: PasswordResetRequested, now: datetime, muted: frozenset[str] = frozenset()
) -> list[Delivery]:
    """A letter with the link; hearing of it twice makes one."""
    return [] if "password-reset" in muted else storage.deliveries.add([deliveries.password_reset(event, now)])


def contest_published(storage, event: ContestPublished, now):
    """Titles and plans; the announcement itself is muted unless the operator wants it."""
    storage.rounds.note_contest(rounds.Contest(event.contest_id, event.revision, event.title))
    for plan in rounds.plans(event):
        storage.rounds.note(plan)
    return occasions.contest_published(event, now)


def week_opened(storage, event: WeekOpened, now):
    """The round's window binds; the keys in the event are left where they are."""
    storage.rounds.note(rounds.opened(event))
    return occasions.week_opened(event, now)


def week_extended(storage, event: WeekExtended, now):
    """The new end counts for every letter that has not been sent yet."""
    storage.rounds.note(rounds.extended(event))
    return occasions.week_extended(event, now)


def week_closed(storage, event: WeekClosed, now):
    """No letter: the results will bring one. What invites to the round is no longer sent."""
    storage.rounds.note(rounds.closed(event))


def organiser_changed(storage, event: OrganiserChanged, now):
    """No letter: kept, so that the others can be told what waits for them."""
    storage.organisers.note(event)


def results_proposed(storage, event: ResultsProposed, now):
    """The other organisers, as they are known now."""
    return occasions.confirmation_needed(event, "official", storage.organisers.of(event.contest_id), now)


def key_correction_proposed(storage, event: KeyCorrectionProposed, now):
    """The other organisers, as they are known now."""
    return occasions.confirmation_needed(event, "keys", storage.organisers.of(event.contest_id), now)


FACTS = {
    ContestPublished: contest_published,
    WeekOpened: week_opened,
    WeekExtended: week_extended,
    WeekClosed: week_closed,
    WeekScored: lambda storage, event, now: occasions.results_provisional(event, now),
    ResultsPublished: lambda storage, event, now: occasions.results_published(event, now),
    ResultsCorrected: lambda storage, event, now: occasions.results_corrected(event, now),
    PrizeAwarded: lambda storage, event, now: occasions.prize_awarded(event, now),
    ReminderRequested: lambda storage, event, now: occasions.reminder_requested(event, now),
    ComplaintReceived: lambda storage, event, now: occasions.complaint_received(event, now),
    ComplaintQuestioned: lambda storage, event, now: occasions.complaint_questioned(event, now),
    ComplaintDecided: lambda storage, event, now: occasions.complaint_decided(event, now),
    UnitReportReady: lambda storage, event, now: occasions.unit_report(event, now),
    CampaignOpened: lambda storage, event, now: occasions.campaign_opened(event, now),
    AssessmentReviewed: lambda storage, event, now: occasions.assessment_reviewed(event, now),
    AwardsNominated: lambda storage, event, now: occasions.awards_nominated(event, now),
    OrganiserChanged: organiser_changed,
    ResultsProposed: results_proposed,
    KeyCorrectionProposed: key_correction_proposed,
    ResultsRefused: lambda storage, event, now: occasions.proposal_refused(event, "official", now),
    KeyCorrectionRefused: lambda storage, event, now: occasions.proposal_refused(event, "keys", now),
    ErasureAnnounced: lambda storage, event, now: occasions.erasure_announced(event, now),
}


def hear(storage, event, now: datetime, muted: frozenset[str] = frozenset()) -> None:
    """Keep what the event says and record the occasion, if it makes one; the worker spreads it later."""
    occasion = FACTS[type(event)](storage, event, now)
    if occasion:
        storage.occasions.note(occasion.silenced(muted))
