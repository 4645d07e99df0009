"""A forgotten password: a link by e-mail, or a code that somebody hands out who knows the person (docs/decisions/0135).

Both open it once, for half an hour, and end every session. Only fingerprints are kept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoithi_contracts.registration import PasswordResetRequested
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.refusal import Refused
from hoithi_registration.domain.role import OPERATOR
from hoithi_registration.domain.second_factor import plain
from hoithi_registration.domain.throttle import TooManyFailures

LIFETIME = timedelta(minutes=30)
MOST_ASKED = 3
"""Letters to one identifier within the throttle's window: a mailbox is not to be flooded."""


class ResetVoid(Refused):
    """Used, too old, or never made; which of these is nobody's business."""


class TooManyResets(TooManyFailures):
    """As TooManyFailures, for letters."""


class NotYourPerson(Refused):
    """No such account, or one the caller is not responsible for: which of these is not said."""


class HasEmail(Refused):
    """The account has an e-mail address: the link goes there, and nobody in between can use it."""


class HoldsRole(Refused):
    """The account has a role: whoever resets its password could act by it. That is an operator's to do."""


class OwnAccount(Refused):
    """Nobody hands out a code for the own account: a session left open would be enough to take it over."""


@dataclass(frozen=True)
class Reset:
    """`user_id` None: nobody has that identifier, or no address; it is kept all the same, so that both take the same time.

    `given_by`: who handed the code out; None for a link.
    """

    reset_id: str
    user_id: str | None
    secret_hash: str
    made_at: datetime
    given_by: str | None = None

    @property
    def expires_at(self) -> datetime:
        return self.made_at + LIFETIME

    def check_open(self, now: datetime) -> None:
        """Raises ResetVoid."""
        if self.user_id is None or self.expires_at <= now:
            raise ResetVoid()

    def facts(self, person: Person | None, token: str) -> list[PasswordResetRequested]:
        """The event that makes notify write; none for nobody."""
        if person is None or self.user_id is None:
            return []
        told = {"email": person.email, "language": person.language, "token": token, "expires_at": self.expires_at}
        return [PasswordResetRequested(reset_id=self.reset_id, **told)]


def by_link(reset_id: str, person: Person | None, token: str, now: datetime) -> Reset:
    """Only who has an address gets a link."""
    reached = person is not None and person.email is not None
    return Reset(reset_id, person.user_id if reached else None, link_hash(token), now)


def by_code(reset_id: str, person: Person, code: str, given_by: str, now: datetime) -> Reset:
    """A code for the person's own eyes."""
    return Reset(reset_id, person.user_id, code_hash(person.user_id, code), now, given_by)


def check_may_hand_out(actor_id: str, roles: tuple[str, ...], person: Person | None, line: set[str]) -> None:
    """Officers to people of their units and those below, organisers to everybody, both only where no letter could go.

    `line`: the person's units and all above. Raises NotYourPerson, OwnAccount, HoldsRole, HasEmail.
    """
    operates = str(OPERATOR) in roles
    responsible = operates or any(each.startswith("organiser:") or _unit(each) in line for each in roles)
    if person is None or not responsible:
        raise NotYourPerson()
    if person.user_id == actor_id:
        raise OwnAccount()
    if person.grants and not operates:
        raise HoldsRole()
    if person.email:
        raise HasEmail()


def _unit(role: str) -> str:
    return role.removeprefix("officer:unit:") if role.startswith("officer:unit:") else ""


def link_hash(token: str) -> str:
    """What is kept of a link's token (256 random bits)."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(user_id: str, code: str) -> str:
    """What is kept of a code (59 random bits, for half an hour), however it was typed."""
    return hashlib.sha256(f"{user_id}:{plain(code)}".encode()).hexdigest()
