"""What a person does with the own data. The session must still be open: an access token outlives it by minutes."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_registration.domain import person
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.session import Session, SessionEnded
from hoithi_registration.handlers.accounts import check_password, check_units
from hoithi_registration.handlers.again import again_if_changed


def show(storage, claims, now: datetime) -> Person:
    """The signed-in person. Raises SessionEnded, AccountGone."""
    if storage.sessions.get(claims.session_id).expires_at <= now:
        raise SessionEnded()
    return storage.people.get(claims.user_id)


@again_if_changed
def change(storage, claims, wishes: dict, purposes, now: datetime) -> Person:
    """The changed person; quietly the same one when nothing differs."""
    before = show(storage, claims, now)
    after = person.change(before, wishes, purposes, now)
    if (after.unit_id, after.party_unit_id) != (before.unit_id, before.party_unit_id):
        check_units(storage, after, now)
    return after if after is before else storage.people.save(after, now)


def change_password(storage, passwords, claims, body: dict, now: datetime) -> None:
    """A new password; all other sessions end."""
    found = show(storage, claims, now)
    person.check_password(body["new_password"], found)
    check_password(storage, passwords, found.user_id, body["password"], found, now)
    storage.people.change_password(found, passwords.hash(body["new_password"]), claims.session_id, now)


@dataclass(frozen=True)
class Exported:
    """Everything kept about a person."""

    exported_at: datetime
    person: Person
    sessions: list[Session]
    audit: list[dict]


def export(storage, claims, now: datetime) -> Exported:
    """The own data, to be shown without hashes."""
    found = show(storage, claims, now)
    entries = storage.audit.about(found.user_id)
    # `role`: an entry tells of one, which was held before or is held after.
    audit = [{**entry.before, **entry.after, **vars(entry)} for entry in entries]
    return Exported(now, found, storage.sessions.of(found.user_id), audit)


def erase(storage, passwords, claims, password: str, now: datetime) -> None:
    """Forget the person: only id and time stay. Raises StillOperator."""
    found = show(storage, claims, now)
    found.erased(now)
    check_password(storage, passwords, found.user_id, password, found, now)
    storage.people.erase(found, now)
