"""Events published by registration: people, units, rosters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from hoithi_contracts.event import Event, event


@event("user-registered", publisher="registration", queues=("scoring.people", "notify.people"))
class UserRegistered(Event):
    """Sent when a person joined. Carries personal data: only what listeners need.

    `identity_mark`, `mailbox_mark`: keyed digests of name and birth date, and of the mailbox behind the address; equal ones may
    be one person's accounts. Only registration has the key.
    """

    user_id: str
    revision: int
    name: str
    division: str
    unit_id: str
    party_unit_id: Optional[str] = None
    phone: Optional[str] = None
    email: Optional[str] = None
    language: str = "vi"
    registered_at: datetime
    identity_mark: Optional[str] = None
    mailbox_mark: Optional[str] = None


@event("user-updated", publisher="registration", queues=("scoring.people", "notify.people", "emulation.people"))
class UserUpdated(UserRegistered):
    """Sent when a person's own data changed; carries the whole new state, `revision` rises by one."""


@event("user-erased", publisher="registration", queues=("exam.people", "scoring.people", "notify.people", "emulation.people"))
class UserErased(Event):
    """Sent when a person was forgotten. Listeners delete name and contact, results stay without them."""

    user_id: str
    erased_at: datetime


@event("invitation-sent", publisher="registration", queues=("notify.invitations",))
class InvitationSent(Event):
    """Sent when somebody was invited to a role. `token` opens it once: listeners forget it and the address with the letter."""

    invitation_id: str
    email: str
    language: str = "vi"
    role: str
    place: str
    invited_by: str
    token: str
    expires_at: datetime


@event("password-reset-requested", publisher="registration", queues=("notify.passwords",))
class PasswordResetRequested(Event):
    """Sent when somebody forgot the password and has an e-mail address.

    `token` opens the account once, for half an hour: listeners forget it and the address with the letter.
    """

    reset_id: str
    email: str
    language: str = "vi"
    token: str
    expires_at: datetime


@event("erasure-announced", publisher="registration", queues=("notify.people",))
class ErasureAnnounced(Event):
    """Sent when a person's data are to be deleted soon, because they were kept as long as they may be (`erase_at`)."""

    notice_id: str
    user_id: str
    erase_at: datetime


@dataclass(frozen=True)
class Unit:
    """One unit of a tree. `valid_to` is the first day (ISO date) on which it no longer exists."""

    id: str
    name: str
    kind: str
    tree: str
    valid_from: str
    parent_id: Optional[str] = None
    valid_to: Optional[str] = None


@event("units-changed", publisher="registration", queues=("scoring.units", "emulation.units"))
class UnitsChanged(Event):
    """Sent when units became official or changed; at most 500 units each, upserted by id."""

    change_id: str
    revision: int
    units: list[Unit]


@event("roster-frozen", publisher="registration", queues=("scoring.units", "emulation.units"))
class RosterFrozen(Event):
    """Sent when the headcount of a unit (itself, without the units below) became official for a contest."""

    roster_id: str
    revision: int
    contest_id: str
    unit_id: str
    headcount: int
    frozen_at: datetime


@event("organiser-changed", publisher="registration", queues=("notify.people",))
class OrganiserChanged(Event):
    """Sent when a person became organiser of a contest ("*": of all), or is no longer (`holds`).

    `change_id`: "<contest_id>:<user_id>:<milliseconds>". Of two changes the later one (`changed_at`) counts.
    """

    change_id: str
    changed_at: datetime
    user_id: str
    contest_id: str
    holds: bool


@event("officer-changed", publisher="registration", queues=("scoring.people", "emulation.people"))
class OfficerChanged(Event):
    """Sent when a person became officer of a unit, or is no longer (`holds`). `officer_id`: "<unit_id>:<user_id>".

    Of two changes the later one (`changed_at`) counts.
    """

    officer_id: str
    changed_at: datetime
    user_id: str
    unit_id: str
    holds: bool
