"""Inviting somebody to a role, and what becomes of it."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_registration.domain import invitation, role
from hoithi_registration.domain.invitation import MOST_OPEN, Invitation, InvitationVoid, TooManyInvitations
from hoithi_registration.domain.person import AccountGone
from hoithi_registration.domain.refusal import Missing
from hoithi_registration.domain.role import OPERATOR, Grant, NotYours, Role
from hoithi_registration.domain.unit import check_known
from hoithi_registration.handlers.again import again_if_changed
from hoithi_registration.handlers.roles import above
from hoithi_store import Entry


@dataclass(frozen=True)
class Fresh:
    """Made at the door: an id that rises with time, and 256 random bits."""

    invitation_id: str
    token: str


def invite(storage, claims, body: dict, fresh: Fresh, now: datetime) -> Invitation:
    """The letter goes out with the same write. Raises NotYours, NotAcceptable, TooManyInvitations."""
    offered = Role(body["role"], body["kind"], body["id"]).check()
    if offered.kind == "unit":
        check_known([offered.id], set(storage.units.some([offered.id])), "id")
    role.check_may_change(claims.roles, offered, above(storage, offered))
    if storage.invitations.open_of(claims.user_id, now) >= MOST_OPEN:
        raise TooManyInvitations(most=MOST_OPEN)
    wanted = {"email": body["email"], "language": body["language"], "role": offered, "place": _place(storage, offered)}
    inviter = storage.people.get(claims.user_id)
    made = invitation.invite(fresh.invitation_id, fresh.token, wanted, inviter, now)
    return storage.invitations.add(made, fresh.token, _entry("invited", made, claims.user_id, body["reason"], now), now)


def list_invitations(storage, claims, after: str | None, limit: int) -> list[Invitation]:
    """Operators see all, everybody else the own ones."""
    everybody = str(OPERATOR) in claims.roles
    return storage.invitations.page(None if everybody else claims.user_id, after, limit)


@again_if_changed
def withdraw(storage, claims, invitation_id: str, reason: str, now: datetime) -> None:
    """The inviter or an operator; the link in the letter leads nowhere from now on. Raises Missing, InvitationClosed."""
    found = storage.invitations.get(invitation_id)
    if found.by != claims.user_id and str(OPERATOR) not in claims.roles:
        raise Missing()
    closed = found.withdrawn(claims.user_id, now)
    storage.invitations.close(closed, _entry("invitation-withdrawn", closed, claims.user_id, reason, now))


def look(storage, token: str, now: datetime) -> Invitation:
    """What the letter offers. Raises InvitationVoid."""
    found = storage.invitations.of_token(invitation.fingerprint(token))
    found.check_open(now)
    _check_inviter(storage, found)
    return found


@again_if_changed
def accept(storage, token: str, user_id: str, now: datetime) -> Invitation:
    """The person has the role; invitation, role and audit entries in one step. Raises InvitationVoid."""
    found = look(storage, token, now)
    accepted = found.accepted(user_id, now)
    grant = Grant(found.role, found.by, now)
    entry = _entry("invitation-accepted", accepted, user_id, "", now)
    give = lambda session: storage.people.give_role(user_id, grant, f"invitation {found.invitation_id}", session)  # noqa: E731
    return storage.invitations.close(accepted, entry, give)


def _check_inviter(storage, found: Invitation) -> None:
    """Who lost the right to give a role meanwhile has given nothing."""
    try:
        role.check_may_change(storage.people.get(found.by).roles, found.role, above(storage, found.role))
    except (AccountGone, NotYours) as error:
        raise InvitationVoid() from error


def _place(storage, offered: Role) -> str:
    return storage.units.get(offered.id).name if offered.kind == "unit" else offered.id


def _entry(what: str, about: Invitation, by: str, reason: str, now: datetime) -> Entry:
    before = {} if what == "invited" else {"state": "open"}
    after = {"role": str(about.role), "state": about.state}
    return Entry(what, by, now, about.role.scope, about.invitation_id, reason, before, after)
