"""Roles: who may do what, bound to a unit, a contest or the platform. Everybody is a participant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hoithi_registration.domain.refusal import Refused, refuse_if

BOUND_TO = {"officer": "unit", "organiser": "contest", "operator": "platform"}
EVERYTHING = "*"


class NotYours(Refused):
    """The signed-in person may not give or take this role."""


class OwnRole(Refused):
    """An operator tried to take the own operator role away: nobody might be left to give it back."""


@dataclass(frozen=True)
class Role:
    """`role` for the thing `id` of a `kind`; written "officer:unit:x00688" in tokens."""

    role: str
    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.role}:{self.kind}:{self.id}"

    @property
    def scope(self) -> str:
        """Whose log tells of it: a role for a contest is for its organisers to read, any other one for operators."""
        return self.id if self.kind == "contest" else f"{self.kind}:{self.id}"

    def check(self) -> "Role":
        """Refuse an officer of a contest, an operator of a unit, an officer of everything."""
        reasons = {}
        if self.kind != BOUND_TO[self.role]:
            reasons["kind"] = f"role-bound-to:{BOUND_TO[self.role]}"
        elif (self.role == "operator") != (self.id == EVERYTHING) and self.role != "organiser":
            reasons["id"] = "only-everything" if self.role == "operator" else "not-everything"
        refuse_if(reasons)
        return self


@dataclass(frozen=True)
class Grant:
    """A role, and who gave it when."""

    role: Role
    granted_by: str
    granted_at: datetime


OPERATOR = Role("operator", "platform", EVERYTHING)
EVERY_CONTEST = Role("organiser", "contest", EVERYTHING)


def may_change(actor_roles: Iterable[str], role: Role, above: Iterable[str] = ()) -> bool:
    """Who gives and takes which role. `above`: the units above the role's own one.

    Operators every role; organisers those of unit officers, and of others of the same contest (of any named contest, when
    they have all); officers those of officers of units below their own.
    """
    held = set(actor_roles)
    if str(OPERATOR) in held:
        return True
    if role.role == "officer":
        return any(each.startswith("organiser:") for each in held) or any(f"officer:unit:{unit}" in held for unit in above)
    return role.role == "organiser" and role.id != EVERYTHING and bool({str(EVERY_CONTEST), str(role)} & held)


def told(asker_roles: Iterable[str], held: Iterable[str]) -> list[str]:
    """Of the roles that somebody holds, or held, those that who reads the log is told; with none of them no name either.

    An organiser of some contests is not told who organises another one.
    """
    asking, theirs = set(asker_roles), sorted(set(held) - {""})
    if {str(OPERATOR), str(EVERY_CONTEST)} & asking:
        return theirs
    return [each for each in theirs if not each.startswith("organiser:") or each in asking | {str(EVERY_CONTEST)}]


def officer_units(roles: Iterable[str]) -> set[str]:
    """Ids of the units somebody is officer of."""
    mark = "officer:unit:"
    return {held.removeprefix(mark) for held in roles if held.startswith(mark)}


def check_may_change(actor_roles: Iterable[str], role: Role, above: Iterable[str] = ()) -> None:
    """Raises NotYours unless `may_change`."""
    if not may_change(actor_roles, role, above):
        raise NotYours()


def check_may_revoke(actor_id: str, actor_roles: tuple[str, ...], user_id: str, role: Role, above: Iterable[str] = ()) -> None:
    """As `check_may_change`; the own operator role stays."""
    check_may_change(actor_roles, role, above)
    if actor_id == user_id and role == OPERATOR:
        raise OwnRole()
