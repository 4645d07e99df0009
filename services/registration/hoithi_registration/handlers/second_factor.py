"""Switching the second factor on and off, and asking for it when somebody signs in."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_registration.domain import second_factor, throttle
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.second_factor import CodeNeeded, FactorIsOff, FactorIsOn, OwnFactor, SecondFactor
from hoithi_registration.domain.throttle import TooManyCodes
from hoithi_registration.handlers.accounts import check_password
from hoithi_registration.handlers.again import again_if_changed
from hoithi_registration.handlers.own_data import show
from hoithi_store import Entry


@dataclass(frozen=True)
class Begun:
    """Shown once: the secret for the app, and the address that a QR code of it holds."""

    secret: bytes
    uri: str


def show_factor(storage, claims, now: datetime) -> SecondFactor | None:
    """The own one; None when there is none that counts."""
    show(storage, claims, now)
    found = storage.second_factors.get(claims.user_id)
    return found if found and found.is_on else None


def begin(storage, passwords, vault, claims, password: str, secret: bytes, now: datetime) -> Begun:
    """A secret for the person's app; nothing is asked of anybody before a code confirms it. Raises FactorIsOn."""
    found = show(storage, claims, now)
    known = storage.second_factors.get(found.user_id)
    if known and known.is_on:
        raise FactorIsOn()
    check_password(storage, passwords, found.user_id, password, found, now)
    storage.second_factors.begin(SecondFactor(found.user_id, vault.seal(found.user_id, secret), now))
    return Begun(secret, second_factor.uri_of(secret, found.email or found.phone or found.user_id))


@again_if_changed
def confirm(storage, vault, claims, code: str, codes: list[str], now: datetime) -> None:
    """The app shows the right code: on from now on. Other sessions end; this one has the factor from its next refresh."""
    show(storage, claims, now)
    begun = _of(storage, claims.user_id)
    _count(storage, claims.user_id, now)
    confirmed = begun.confirmed(vault.open(claims.user_id, begun.sealed), code, codes, now)
    entry = _entry("second-factor-on", claims.user_id, claims.user_id, now)
    storage.second_factors.confirm(begun, confirmed, claims.session_id, entry)
    storage.throttles.clear(_key(claims.user_id))


def prove(storage, vault, person: Person, code: str | None, now: datetime) -> bool:
    """True when the person showed the second factor, False when the account has none.

    Raises CodeNeeded, WrongCode, CodeUsed, TooManyCodes.
    """
    found = storage.second_factors.get(person.user_id)
    if found is None or not found.is_on:
        return False
    if code is None:
        raise CodeNeeded()
    _use(storage, vault, person.user_id, code, now)
    return True


def remove(storage, vault, claims, code: str, now: datetime) -> None:
    """Off, against a code: a new phone, or no need any more. Other sessions end."""
    show(storage, claims, now)
    if not _of(storage, claims.user_id).is_on:
        raise FactorIsOff()
    _use(storage, vault, claims.user_id, code, now)
    entry = _entry("second-factor-off", claims.user_id, claims.user_id, now)
    storage.second_factors.remove(claims.user_id, claims.session_id, entry)


def reset(storage, claims, user_id: str, reason: str, now: datetime) -> None:
    """An operator lifts the factor of somebody whose phone and recovery codes are lost; all their sessions end."""
    if user_id == claims.user_id:
        raise OwnFactor()
    entry = _entry("second-factor-reset", user_id, claims.user_id, now, reason)
    storage.second_factors.remove(user_id, None, entry)
    storage.throttles.clear(_key(user_id))


def _entry(what: str, user_id: str, by: str, now: datetime, reason: str = "") -> Entry:
    before, after = ("off", "on") if what == "second-factor-on" else ("on", "off")
    sides = {"second_factor": before}, {"second_factor": after}
    return Entry(what, by, now, f"person:{user_id}", user_id, reason, *sides)


@again_if_changed
def _use(storage, vault, user_id: str, code: str, now: datetime) -> None:
    _count(storage, user_id, now)
    found = _of(storage, user_id)
    storage.second_factors.use(found, found.used(vault.open(user_id, found.sealed), code, now))
    storage.throttles.clear(_key(user_id))


def _of(storage, user_id: str) -> SecondFactor:
    found = storage.second_factors.get(user_id)
    if found is None:
        raise FactorIsOff()
    return found


def _count(storage, user_id: str, now: datetime) -> None:
    """Counted before the code is looked at, so that a burst gets no extra tries."""
    storage.throttles.count(_key(user_id), now).check(now, TooManyCodes)


def _key(user_id: str) -> str:
    return throttle.key_of(f"code:{user_id}")
