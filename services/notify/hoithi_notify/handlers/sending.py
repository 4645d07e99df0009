"""Sending what is due. Any number of workers share the work: each claims letters for a while."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hoithi_notify.domain.deliveries import Deferred, Delivery, Patience, Refused, Unreachable, judge
from hoithi_notify.domain.occasions import LIFETIME, SELF_CONTAINED, values
from hoithi_notify.domain.people import Contact
from hoithi_notify.letters import Letters, NotRendered

log = logging.getLogger(__name__)

BATCH = 50
CLAIM_S = 300
# Of a claim's time only this part is used to begin a letter; the rest is for a slow server to finish one.
BEGIN_WITHIN = 1 / 3


@dataclass(frozen=True)
class Office:
    """What sending needs. `channels`: name of the channel -> something with `send` and `is_resting` (see mail.EMail)."""

    storage: object
    channels: dict
    letters: Letters
    clock: Callable[[], datetime]
    roll: Callable[[], float]
    patience: Patience = field(default_factory=Patience)
    claim_s: float = CLAIM_S


@dataclass(frozen=True)
class Facts:
    """What the letters of a batch speak of."""

    occasions: dict
    rounds: dict
    contests: dict

    def of(self, delivery: Delivery) -> tuple:
        """Occasion, contest and round of a delivery."""
        occasion = self.occasions.get(delivery.occasion_id)
        if occasion is None:
            return None, None, None
        return occasion, self.contests.get(occasion.contest_id), self.rounds.get(occasion.round_id)


def send_due(office: Office, most: int = BATCH) -> list[Delivery]:
    """Claim up to `most` due letters and settle each; those whose state changed."""
    if any(channel.is_resting for channel in office.channels.values()):
        return []
    now = office.clock()
    claimed = office.storage.deliveries.claim(most, now, office.claim_s)
    begin_until = now + timedelta(seconds=office.claim_s * BEGIN_WITHIN)
    return _settle_each(office, claimed, facts_of(office.storage, claimed), begin_until)


def facts_of(storage, deliveries: list[Delivery]) -> Facts:
    """The facts of these deliveries, read once."""
    occasions = storage.occasions.among(delivery.occasion_id for delivery in deliveries)
    rounds = storage.rounds.among({occasion.round_id for occasion in occasions.values() if occasion.round_id})
    return Facts(occasions, rounds, storage.rounds.contests_among({occasion.contest_id for occasion in occasions.values()}))


def _settle_each(office, claimed, facts, begin_until) -> list[Delivery]:
    settled = []
    for position, delivery in enumerate(claimed):
        if office.clock() >= begin_until:
            office.storage.deliveries.release(claimed[position:], office.clock())
            break
        try:
            result = _attempt(office, delivery, facts)
        except Unreachable as error:
            log.warning("the %s server is not reachable: %s", delivery.channel, error)
            office.storage.deliveries.release(claimed[position:], office.clock())
            break
        except Exception:
            # A letter nobody foresaw waits until its claim ends and then meets the same end; the others do not wait for it.
            office.storage.deliveries.release(claimed[position + 1 :], office.clock())
            raise
        if office.storage.deliveries.settle(result, delivery.claim):
            settled.append(result)
    return settled


def _attempt(office: Office, delivery: Delivery, facts: Facts) -> Delivery:
    """What becomes of a claimed delivery. The person is read now: they may have been erased a moment ago."""
    occasion, contest, round_ = facts.of(delivery)
    person = office.storage.contacts.get(delivery.user_id)
    verdict = judge(delivery, person, occasion, round_, office.clock())
    if verdict.what == "cancel":
        return delivery.cancelled(verdict.reason, office.clock())
    if verdict.what == "wait":
        return delivery.waiting(office.patience, office.clock(), office.roll())
    if verdict.what == "no-address":
        return delivery.without_address(verdict.reason, office.clock())
    return _send(office, delivery, person, verdict.to, (occasion, contest, round_))


def _send(office: Office, delivery: Delivery, person: Contact | None, to: str, about: tuple) -> Delivery:
    try:
        letter = letter_for(office.letters, delivery, person, *about)
        name = person.name if person else ""
        answer = office.channels[delivery.channel].send(delivery.delivery_id, to, name, letter, office.clock())
    except NotRendered as error:
        log.error("%s was not rendered: %s", delivery.delivery_id, error)
        return delivery.broken(str(error), office.clock())
    except Refused as error:
        return delivery.refused(to, str(error), office.clock())
    except Deferred as error:
        return delivery.deferred(to, str(error), office.patience, office.clock(), office.roll())
    return delivery.sent(to, answer, office.clock())


def forget_last_letters(storage, now: datetime) -> int:
    """Drop self-contained letters that could not be sent in time, also while the server is away: they hold an address."""
    return sum(storage.deliveries.drop(name, now - LIFETIME[name], now) for name in sorted(SELF_CONTAINED))


def letter_for(letters: Letters, delivery: Delivery, person: Contact | None, occasion, contest, round_):
    """The letter in the person's language."""
    language = delivery.language or person.language
    if delivery.facts is not None:
        return letters.render(delivery.occasion, language, delivery.facts)
    if delivery.occasion == "data-erased":
        return letters.render(delivery.occasion, language, {"erased_at": delivery.noted_at})
    round_id = occasion.round_id if occasion else None
    return letters.render(delivery.occasion, language, {**values(person, occasion, contest, round_), "round_id": round_id})
