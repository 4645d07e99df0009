"""What people ask through the doors."""

import logging
from datetime import datetime, timedelta

from hoithi_notify.domain.access import Reach
from hoithi_notify.domain.deliveries import Delivery, DeliveryUnknown, NotRetriable
from hoithi_notify.domain.occasions import Occasion
from hoithi_notify.domain.people import Contact, masked
from hoithi_notify.handlers.sending import facts_of, letter_for
from hoithi_notify.letters import Letters, NotRendered, languages

log = logging.getLogger(__name__)

SHOWN = ("queued", "sent", "failed", "no-address")
REMEMBERED = timedelta(days=60)
MOST_MESSAGES = 50
DELIVERY = (
    "occasion",
    "subject",
    "user_id",
    "contest_id",
    "channel",
    "state",
    "reason",
    "tries",
    "answer",
    "noted_at",
    "ended_at",
)
CONTACT = ("name", "email", "language", "registered_at")
OWN_DELIVERY = ("occasion", "contest_id", "channel", "state", "noted_at", "ended_at")
OCCASION = (
    "occasion_id",
    "subject",
    "contest_id",
    "round_id",
    "state",
    "ended",
    "muted",
    "made",
    "without_address",
    "noted_at",
)


def deliveries(storage, reach: Reach, state: str | None, occasion: str | None, after: str, limit: int) -> dict:
    """A page of deliveries in the order of their ids; `next` goes into `after` for the following page."""
    contest_ids = None if reach.contest_ids is None else list(reach.contest_ids)
    page = storage.deliveries.page(state, occasion, contest_ids, after, limit)
    return {"deliveries": [_shown(each, reach) for each in page], "next": page[-1].delivery_id if len(page) == limit else None}


def delivery(storage, reach: Reach, delivery_id: str) -> dict:
    """One delivery; raises DeliveryUnknown."""
    return _shown(_visible(storage, reach, delivery_id), reach)


def retry(storage, reach: Reach, delivery_id: str, now: datetime) -> dict:
    """Queue it again; raises DeliveryUnknown or NotRetriable."""
    found = _visible(storage, reach, delivery_id)
    again = found.again(now)
    if not storage.deliveries.requeue(again, found.state):
        raise NotRetriable("queued")
    return _shown(again, reach)


def _visible(storage, reach: Reach, delivery_id: str) -> Delivery:
    found = storage.deliveries.get(delivery_id)
    if found is None or not reach.covers(found.contest_id):
        raise DeliveryUnknown(delivery_id)
    return found


def _shown(each: Delivery, reach: Reach) -> dict:
    return {
        "delivery_id": each.delivery_id,
        **{name: getattr(each, name) for name in DELIVERY},
        "due_at": each.due_at if each.state == "queued" else None,
        "address": each.to if reach.sees_addresses else masked(each.to),
    }


def occasions(storage, reach: Reach, limit: int) -> list[dict]:
    """The newest occasions with how many people they went to, and how many had no address."""
    contest_ids = None if reach.contest_ids is None else list(reach.contest_ids)
    return [_told(each) for each in storage.occasions.newest(contest_ids, limit)]


def _told(each: Occasion) -> dict:
    return {"occasion": each.name, **{name: getattr(each, name) for name in OCCASION}}


def templates(letters: Letters) -> list[dict]:
    """All templates with purpose and placeholders."""
    return [{**_about(letters, name), "languages": list(languages())} for name in letters.about]


def template(letters: Letters, name: str, language: str) -> dict:
    """A template with its sample values; raises TemplateUnknown."""
    letter = letters.sample(name, language)
    parts = {"language": language, "subject": letter.subject, "text": letter.text, "html": letter.html}
    return {**_about(letters, name), **parts}


def _about(letters: Letters, name: str) -> dict:
    about = letters.about[name]
    placeholders = [{"name": each, "meaning": meaning} for each, meaning in about["placeholders"].items()]
    return {"name": name, "purpose": about["purpose"], "placeholders": placeholders}


def my_messages(storage, letters: Letters, user_id: str, now: datetime) -> list[dict]:
    """What the person was told, newest first, also when there was no address to send it to."""
    person = storage.contacts.get(user_id)
    if person is None or person.erased_at:
        return []
    messages = [*storage.deliveries.of([user_id], SHOWN), *_public(storage, person, now)]
    distinct = {each.delivery_id: each for each in reversed(messages)}
    newest = sorted(distinct.values(), key=lambda each: each.noted_at, reverse=True)[:MOST_MESSAGES]
    facts = facts_of(storage, newest)
    shown = (_message(letters, each, person, facts) for each in newest if _stands(each, facts))
    return [message for message in shown if message]


def export(storage, letters: Letters, user_id: str, now: datetime) -> dict:
    """Everything kept of a person; an erased one has nothing (Law 91/2025/QH15: to see and to receive the own data)."""
    person = storage.contacts.get(user_id)
    if person is None or person.erased_at:
        return {"exported_at": now, "contact": None, "deliveries": [], "messages": []}
    contact = {name: getattr(person, name) for name in CONTACT}
    sent = [_own_delivery(each) for each in storage.deliveries.of([user_id])]
    messages = my_messages(storage, letters, user_id, now)
    return {"exported_at": now, "contact": contact, "deliveries": sent, "messages": messages}


def _own_delivery(each: Delivery) -> dict:
    return {**{name: getattr(each, name) for name in OWN_DELIVERY}, "address": each.to}


def _public(storage, person: Contact, now: datetime) -> list[Delivery]:
    """Occasions everybody was told of, as if there were a delivery."""
    return [
        Delivery(occasion.name, occasion.subject, person.user_id, occasion.noted_at, occasion.noted_at, state="no-address")
        for occasion in storage.occasions.to_everybody_since(now - REMEMBERED)
        if person.registered_at <= occasion.audience_before
    ]


def _stands(each: Delivery, facts) -> bool:
    occasion, _, round_ = facts.of(each)
    return each.occasion == "welcome" or (occasion is not None and occasion.includes(each.user_id) and occasion.stands(round_))


def _message(letters: Letters, each: Delivery, person: Contact, facts) -> dict | None:
    try:
        letter = letter_for(letters, each, person, *facts.of(each))
    except NotRendered as error:
        log.error("%s was not rendered: %s", each.occasion_id, error)
        return None
    return {
        "message_id": each.delivery_id,
        "occasion": each.occasion,
        "subject": letter.subject,
        "text": letter.text,
        "language": letter.language,
        "by_email": each.state == "sent",
        "at": each.noted_at,
    }
