"""Deliveries: one letter to one person on one occasion, from queued to its end."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoithi_notify.domain.occasions import PERSONAL, SELF_CONTAINED, Occasion, is_too_late
from hoithi_notify.domain.people import Contact, spoken, usable
from hoithi_notify.domain.rounds import Round

STATES = ("queued", "sent", "failed", "no-address", "cancelled")
EMAIL = "email"
ANSWER_LENGTH = 300


class DeliveryUnknown(Exception):
    """No such delivery, or not one this person may see."""


class NotRetriable(Exception):
    """Only what failed or had no address can be tried again. `state` says what it is."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class Refused(Exception):
    """The server will never take this letter (5xx). The text is its answer."""


class Deferred(Exception):
    """The server did not take this letter this time (4xx, or the line broke). The text is its answer."""


class Unreachable(Exception):
    """The server is away or does not serve us at all; no letter is to blame. The text says why."""


@dataclass(frozen=True)
class Patience:
    """How often to try: after `first_s` seconds, then twice as long each time up to `most_s`, `tries` times in all."""

    first_s: float = 60
    most_s: float = 6 * 3600
    tries: int = 8

    def next_at(self, tries: int, now: datetime, roll: float) -> datetime:
        """When to try again after `tries` tries; `roll` in [0, 1) spreads the letters of one outage."""
        delay_s = min(self.first_s * 2 ** (tries - 1), self.most_s)
        return now + timedelta(seconds=delay_s * (0.5 + roll / 2))


@dataclass(frozen=True)
class Delivery:
    """A letter. While "queued" it is due at `due_at`; a worker that claims it moves `due_at` to the end of its claim.

    `to` is the address it went to (or, for a self-contained letter, has to go to). `facts`: what such a letter says.
    """

    occasion: str
    subject: str
    user_id: str
    noted_at: datetime
    due_at: datetime
    channel: str = EMAIL
    contest_id: str | None = None
    state: str = "queued"
    reason: str | None = None
    tries: int = 0
    to: str | None = None
    language: str | None = None
    answer: str | None = None
    ended_at: datetime | None = None
    claim: str | None = None
    facts: dict | None = None

    @property
    def delivery_id(self) -> str:
        """`<occasion>:<subject>:<user_id>`: one per person and occasion."""
        return f"{self.occasion}:{self.subject}:{self.user_id}"

    @property
    def occasion_id(self) -> str:
        """Where its facts are."""
        return f"{self.occasion}:{self.subject}"

    @property
    def priority(self) -> int:
        """Lower goes first: a person's own letter does not wait behind half a million others."""
        return 0 if self.occasion in PERSONAL else 1

    def sent(self, to: str, answer: str, now: datetime) -> "Delivery":
        """The server took it. A last letter's address is forgotten at once."""
        return replace(self, to=to, tries=self.tries + 1)._ended("sent", None, answer, now)

    def refused(self, to: str, answer: str, now: datetime) -> "Delivery":
        """The server will never take it; sent after all if the person corrects the address."""
        return replace(self, to=to, tries=self.tries + 1)._ended("failed", "refused", answer, now)

    def deferred(self, to: str, answer: str, patience: Patience, now: datetime, roll: float) -> "Delivery":
        """Not this time: later again, or never after the last try."""
        tried = replace(self, to=to, tries=self.tries + 1)
        if tried.tries >= patience.tries:
            return tried._ended("failed", "gave-up", answer, now)
        due_at = patience.next_at(tried.tries, now, roll)
        return replace(tried, reason="deferred", answer=answer[:ANSWER_LENGTH], due_at=due_at)

    def waiting(self, patience: Patience, now: datetime, roll: float) -> "Delivery":
        """The person's registration has not reached us yet: events overtook each other."""
        tried = replace(self, tries=self.tries + 1)
        if tried.tries >= patience.tries:
            return tried.cancelled("person-unknown", now)
        return replace(tried, reason="person-unknown", due_at=patience.next_at(tried.tries, now, roll))

    def cancelled(self, reason: str, now: datetime) -> "Delivery":
        """Not worth sending any more."""
        return self._ended("cancelled", reason, None, now)

    def without_address(self, reason: str, now: datetime) -> "Delivery":
        """Nothing to send it to; goes out after all if the person gives an address in time."""
        return self._ended("no-address", reason, None, now)

    def broken(self, reason: str, now: datetime) -> "Delivery":
        """Our own fault (a template that does not render): kept for a retry after the repair."""
        return self._ended("failed", "not-rendered", reason, now)

    def again(self, now: datetime) -> "Delivery":
        """From the beginning, because somebody asked for it."""
        if self.state not in ("failed", "no-address") or self.occasion in SELF_CONTAINED:
            raise NotRetriable(self.state)
        return replace(self, state="queued", reason=None, answer=None, tries=0, due_at=now, ended_at=None)

    def deserves_another(self, address: str | None) -> bool:
        """It failed for its address, and the person has another one now."""
        if address is None or self.occasion in SELF_CONTAINED:
            return False
        return self.state == "no-address" or (self.state == "failed" and self.to is not None and self.to != address)

    def _ended(self, state, reason, answer, now) -> "Delivery":
        # The address of somebody who has no account outlives neither success nor failure.
        gone = {"to": None, "facts": None} if self.occasion in SELF_CONTAINED else {}
        cut = answer[:ANSWER_LENGTH] if answer else answer
        return replace(self, state=state, reason=reason, answer=cut, ended_at=now, **gone)


@dataclass(frozen=True)
class Verdict:
    """What to do with a due delivery: "send" (to `to`), "wait", "cancel" or "no-address" (because of `reason`)."""

    what: str
    reason: str | None = None
    to: str | None = None


def judge(delivery: Delivery, person: Contact | None, occasion: Occasion | None, round_: Round | None, now: datetime) -> Verdict:
    """Whether a due delivery is still worth sending, and to which address."""
    obstacle = _obstacle(delivery, person, occasion, round_, now)
    if obstacle:
        return Verdict("cancel", obstacle)
    if delivery.to and delivery.occasion in SELF_CONTAINED:
        return Verdict("send", to=delivery.to)
    if person is None:
        return Verdict("wait")
    return Verdict("send", to=person.address) if person.address else Verdict("no-address", why_no_address(person))


def _obstacle(delivery, person, occasion, round_, now) -> str | None:
    if person is not None and person.erased_at and delivery.occasion not in SELF_CONTAINED:
        return "erased"
    if occasion and not (occasion.includes(delivery.user_id) and occasion.stands(round_)):
        return "superseded"
    return "too-late" if is_too_late(delivery.occasion, delivery.noted_at, round_, now) else None


def why_no_address(person: Contact) -> str:
    """An address that no server could take is not the same as none: it can be corrected."""
    return "address-not-usable" if person.email else "no-email"


def welcome(person: Contact, now: datetime) -> Delivery | None:
    """The first letter; none to people without e-mail, they have just seen the same words on the screen."""
    if person.erased_at or not person.address or is_too_late("welcome", person.registered_at, None, now):
        return None
    return Delivery("welcome", person.user_id, person.user_id, now, now)


def invitation(event, now: datetime) -> Delivery:
    """To whoever was invited to a role; `subject` and person are the invitation, there need be no account."""
    return _with_token("invitation", event.invitation_id, event, ("role", "place", "invited_by", "token", "expires_at"), now)


def password_reset(event, now: datetime) -> Delivery:
    """To somebody who forgot the password; `subject` and person are the request, so that no list of letters says who it was."""
    return _with_token("password-reset", event.reset_id, event, ("token", "expires_at"), now)


def _with_token(occasion: str, known_by: str, event, names: tuple[str, ...], now: datetime) -> Delivery:
    """A letter that carries its address and what it says, both forgotten with its end."""
    facts = {name: getattr(event, name) for name in names}
    letter = Delivery(occasion, known_by, known_by, now, now, language=spoken(event.language), facts=facts)
    to = usable(event.email)
    return replace(letter, to=to) if to else letter.without_address("address-not-usable", now)


def last_letter(person: Contact | None, now: datetime) -> Delivery | None:
    """Confirms an erasure. It carries the address itself: the contact is forgotten in the same moment."""
    if person is None or person.erased_at or not person.address:
        return None
    return Delivery(
        "data-erased",
        person.user_id,
        person.user_id,
        now,
        now,
        to=person.address,
        language=person.language,
    )


def delivery_to(occasion: Occasion, user_id: str, person: Contact | None, now: datetime) -> Delivery | None:
    """The delivery of an occasion to one of its audience; None where a missing address is only counted.

    Letters to everybody: most of half a million people have no e-mail, and a record of each of them
    for each round would say nothing the count does not say. Letters to a person by name: recorded.
    """
    made = Delivery(occasion.name, occasion.subject, user_id, now, now, contest_id=occasion.contest_id)
    if person is None:
        return made
    if person.erased_at:
        return None
    if person.address:
        return made
    return made.without_address(why_no_address(person), now) if occasion.user_ids is not None else None
