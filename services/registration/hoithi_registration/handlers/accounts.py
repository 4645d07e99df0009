"""Joining, signing in and out."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from hoithi_registration.domain import contact, person, session, throttle, unit
from hoithi_registration.domain.calendar import day_of
from hoithi_registration.domain.invitation import InvitationVoid
from hoithi_registration.domain.person import AccountGone, IdentifierTaken, Person
from hoithi_registration.domain.session import RefreshReused, Session, SessionEnded
from hoithi_registration.domain.throttle import WrongPassword
from hoithi_registration.handlers import invitations
from hoithi_registration.handlers.again import again_if_changed


@dataclass(frozen=True)
class Fresh:
    """New random texts, made at the door."""

    user_id: str
    session_id: str
    secret: str
    client: str = ""


@dataclass(frozen=True)
class Entered:
    """A person with an open session. `refresh_token` is shown once and not kept."""

    person: Person
    session: Session
    refresh_token: str


def join(storage, passwords, purposes, body: dict, fresh: Fresh, now: datetime, device: str | None = None) -> Entered:
    """A new account and its first session. Everything cheap is checked before the password is hashed.

    With the token of an `invitation` it has the offered role. Raises InvitationVoid: then there is no account either.
    """
    if "invitation" in body:
        invitations.look(storage, body["invitation"], now)
    joining = person.join(body, fresh.user_id, purposes, now)
    check_units(storage, joining, now)
    storage.people.refuse_taken(joining)
    joined = storage.people.add(replace(joining, password_hash=passwords.hash(body["password"])), now)
    if "invitation" in body:
        joined = _accepted(storage, joined, body["invitation"], now)
    return _enter(storage, joined, fresh, now, device)


def _accepted(storage, joined: Person, token: str, now: datetime) -> Person:
    """The account stays when somebody else accepted the invitation in this very moment."""
    try:
        invitations.accept(storage, token, joined.user_id, now)
    except InvitationVoid:
        return joined
    return storage.people.get(joined.user_id)


Prove = Callable[[Person, str | None, datetime], bool]


def sign_in(storage, passwords, prove: Prove, body: dict, fresh: Fresh, now: datetime, device: str | None = None) -> Entered:
    """A session for the right password and, where the account asks for it, the second factor: `prove(person, code, now)`.

    An unknown identifier costs the same work.
    """
    identifier = contact.identifier(body["identifier"])
    found = storage.people.find(identifier)
    check_password(storage, passwords, identifier, body["password"], found, now)
    proved = prove(found, body.get("code"), now)
    storage.people.note_activity(found, now)
    if passwords.outdated(found.password_hash):
        storage.people.replace_hash(found, passwords.hash(body["password"]))
    return _enter(storage, found, fresh, now, device, proved)


def check_password(storage, passwords, identifier: str, password: str, found: Person | None, now: datetime) -> None:
    """Raise WrongPassword; TooManyFailures after several, before the work, so that a burst gets no extra tries."""
    with storage.throttles.attempt(throttle.key_of(identifier), now) as tries:
        tries.check(now)
        if not passwords.verify(password, found.password_hash if found else None):
            raise WrongPassword()


@again_if_changed
def refresh(storage, refresh_token: str, seed: str, now: datetime) -> Entered:
    """The session with its next refresh token; a used one ends the session."""
    session_id, secret = session.taken_apart(refresh_token)
    found = storage.sessions.get(session_id)
    renewed, next_secret = _renewed(storage, found, secret, seed, now)
    if renewed is not found:
        storage.sessions.replace(found, renewed)
    owner = _owner(storage, renewed)
    storage.people.note_activity(owner, now)
    return Entered(owner, renewed, session.token(session_id, next_secret))


def sign_out(storage, session_id: str) -> None:
    storage.sessions.end(session_id)


def sign_out_of(storage, user_id: str, session_id: str) -> None:
    """End one of the person's sessions, for example that of a lost phone."""
    storage.sessions.end_own(user_id, session_id)


def sign_out_by(storage, refresh_token: str) -> None:
    """Ends the session of a refresh token, also of one that was used; quiet when there is none."""
    with suppress(SessionEnded):
        storage.sessions.end(session.taken_apart(refresh_token)[0])


def sign_out_everywhere(storage, user_id: str) -> None:
    storage.sessions.end_all(user_id)


def check_units(storage, wanted: Person, now: datetime) -> None:
    """Refuse units that do not exist today."""
    places = {"unit_id": wanted.unit_id, "party_unit_id": wanted.party_unit_id}
    unit.check_place(places, storage.units.some(list(places.values())), day_of(now))


def ensure_first_operator(storage, passwords, email: str, password: str, now: datetime) -> None:
    """The account `operator` exists from now on; an existing one keeps its password and roles.

    Raises IdentifierTaken when somebody else has the e-mail address.
    """
    operator = person.first_operator(email, "", now)
    if storage.people.knows(operator.user_id):
        return
    try:
        storage.people.add(replace(operator, password_hash=passwords.hash(password)), now)
    except IdentifierTaken:  # or another replica was quicker
        if not storage.people.knows(operator.user_id):
            raise


def _enter(storage, entering: Person, fresh: Fresh, now: datetime, device: str | None, second_factor: bool = False) -> Entered:
    begun = session.begin(fresh.session_id, entering.user_id, fresh.secret, now, device, fresh.client, second_factor)
    storage.sessions.add(begun)
    return Entered(entering, begun, session.token(fresh.session_id, fresh.secret))


def _renewed(storage, found: Session, secret: str, seed: str, now: datetime) -> tuple[Session, str]:
    try:
        return found.renewed(secret, seed, now)
    except RefreshReused as reused:
        storage.sessions.end(reused.session_id)
        raise


def _owner(storage, renewed: Session) -> Person:
    try:
        return storage.people.get(renewed.user_id)
    except AccountGone as error:
        raise SessionEnded() from error
