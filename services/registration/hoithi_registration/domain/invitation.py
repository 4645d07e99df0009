"""Invitations: a role offered by e-mail, once, for a week.

Whoever has the token of the letter may accept it, signed in or by joining; the token shows that the letter was read. Only its
fingerprint is kept. What was offered is given only while the inviter may still give it (docs/decisions/0114).
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoithi_contracts.registration import InvitationSent
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.refusal import Refused
from hoithi_registration.domain.role import Role

LIFETIME = timedelta(days=7)
KEPT = timedelta(days=365)
MOST_OPEN = 300
"""Open invitations of one person: an officer of the province with all communes below, twice."""


class InvitationVoid(Refused):
    """Accepted, withdrawn, expired, or never made; which of these is nobody's business."""


class InvitationClosed(Refused):
    """Only an open invitation can be withdrawn. `state` says what it is."""


class TooManyInvitations(Refused):
    """`most` invitations of this person are open."""


@dataclass(frozen=True)
class Invitation:
    """`place`: the unit's name or the contest's id, for the letter. `by_name`: the inviter's, likewise."""

    invitation_id: str
    token_hash: str
    email: str
    language: str
    role: Role
    place: str
    by: str
    by_name: str
    invited_at: datetime
    expires_at: datetime
    state: str = "open"
    closed_by: str | None = None
    closed_at: datetime | None = None

    def state_at(self, now: datetime) -> str:
        """open, accepted, withdrawn, expired."""
        return "expired" if self.state == "open" and self.expires_at <= now else self.state

    def check_open(self, now: datetime) -> None:
        """Raises InvitationVoid."""
        if self.state_at(now) != "open":
            raise InvitationVoid()

    def accepted(self, user_id: str, now: datetime) -> "Invitation":
        """Raises InvitationVoid."""
        self.check_open(now)
        return replace(self, state="accepted", closed_by=user_id, closed_at=now)

    def withdrawn(self, user_id: str, now: datetime) -> "Invitation":
        """Raises InvitationClosed."""
        if self.state_at(now) != "open":
            raise InvitationClosed(state=self.state_at(now))
        return replace(self, state="withdrawn", closed_by=user_id, closed_at=now)

    def fact(self, token: str) -> InvitationSent:
        """The event that makes notify write."""
        return InvitationSent(
            invitation_id=self.invitation_id,
            email=self.email,
            language=self.language,
            role=self.role.role,
            place=self.place,
            invited_by=self.by_name,
            token=token,
            expires_at=self.expires_at,
        )


def invite(invitation_id: str, token: str, wanted: dict, inviter: Person, now: datetime) -> Invitation:
    """An open invitation. `wanted`: email, language, role (a Role), place."""
    by = {"by": inviter.user_id, "by_name": inviter.name}
    return Invitation(invitation_id, fingerprint(token), **wanted, **by, invited_at=now, expires_at=now + LIFETIME)


def fingerprint(token: str) -> str:
    """What is kept of a token (256 random bits)."""
    return hashlib.sha256(token.encode()).hexdigest()
