"""A new password for somebody who forgot it."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_registration.domain import contact, password_reset, person, throttle
from hoithi_registration.domain.password_reset import MOST_ASKED, Reset, ResetVoid, TooManyResets
from hoithi_registration.domain.person import AccountGone, Person
from hoithi_registration.domain.throttle import TooManyCodes
from hoithi_store import Entry


@dataclass(frozen=True)
class Fresh:
    """Made at the door: an id, and the secret of the link or the code."""

    reset_id: str
    secret: str


def ask(storage, text: str, fresh: Fresh, now: datetime) -> None:
    """A letter with a link, when there is an account with an address; the caller does not learn which. Raises TooManyResets."""
    identifier = contact.identifier(text)
    storage.throttles.count(throttle.key_of(f"reset:{identifier}"), now).check(now, TooManyResets, MOST_ASKED)
    found = storage.people.find(identifier)
    reset = password_reset.by_link(fresh.reset_id, found, fresh.secret, now)
    storage.password_resets.add(reset, reset.facts(found, fresh.secret), now)


def hand_out(storage, claims, body: dict, fresh: Fresh, now: datetime) -> tuple[Person, Reset]:
    """A code to be read out to the person, noted in the log. Raises NotYourPerson, OwnAccount, HoldsRole, HasEmail."""
    found = storage.people.find(contact.identifier(body["identifier"]))
    password_reset.check_may_hand_out(claims.user_id, claims.roles, found, _line(storage, found))
    reset = password_reset.by_code(fresh.reset_id, found, fresh.secret, claims.user_id, now)
    entry = Entry("password-code-given", claims.user_id, now, f"person:{found.user_id}", found.user_id, body["reason"])
    storage.password_resets.add(reset, [], now, entry)
    return found, reset


def finish_by_link(storage, passwords, body: dict, now: datetime) -> None:
    """Raises ResetVoid, NotAcceptable."""
    found = storage.password_resets.of_link(password_reset.link_hash(body["token"]))
    _finish(storage, passwords, found, body["new_password"], now)


def finish_by_code(storage, passwords, body: dict, now: datetime) -> None:
    """Counted before the code is looked at. Raises TooManyCodes, ResetVoid, NotAcceptable."""
    identifier = contact.identifier(body["identifier"])
    key = throttle.key_of(f"reset-code:{identifier}")
    storage.throttles.count(key, now).check(now, TooManyCodes)
    somebody = storage.people.find(identifier)
    if somebody is None:
        raise ResetVoid()
    found = storage.password_resets.of_code(somebody.user_id, password_reset.code_hash(somebody.user_id, body["code"]))
    _finish(storage, passwords, found, body["new_password"], now)
    storage.throttles.clear(key)


def _finish(storage, passwords, reset: Reset, new_password: str, now: datetime) -> None:
    """Everything cheap is checked before the password is hashed; who waits for wrong passwords waits no longer."""
    reset.check_open(now)
    found = _owner(storage, reset)
    person.check_password(new_password, found)
    sides = {}, {"by": "code" if reset.given_by else "link"}
    entry = Entry("password-reset", found.user_id, now, f"person:{found.user_id}", found.user_id, "", *sides)
    storage.password_resets.use(reset, passwords.hash(new_password), entry, now)
    for identifier in (found.phone, found.email):
        if identifier:
            storage.throttles.clear(throttle.key_of(identifier))


def _owner(storage, reset: Reset) -> Person:
    try:
        return storage.people.get(reset.user_id)
    except AccountGone as error:
        raise ResetVoid() from error


def _line(storage, found: Person | None) -> set[str]:
    """The person's units in both trees, and all above."""
    forest = storage.units.forest()
    own = [unit for unit in (found.unit_id, found.party_unit_id) if unit] if found else []
    return {each for unit in own for each in (unit, *forest.above(unit))}
