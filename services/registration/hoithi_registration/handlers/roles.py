"""Giving and taking roles."""

from datetime import datetime

from hoithi_registration.domain import contact, role
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.refusal import NotAcceptable
from hoithi_registration.domain.role import Grant, Role
from hoithi_registration.domain.unit import check_known


def give_role(storage, claims, body: dict, now: datetime) -> tuple[Person, Grant]:
    """The person has the role; quietly when that was so before. Raises NotYours, NotAcceptable."""
    wanted = Role(body["role"], body["kind"], body["id"]).check()
    role.check_may_change(claims.roles, wanted, above(storage, wanted))
    if wanted.kind == "unit":
        check_known([wanted.id], set(storage.units.some([wanted.id])), "id")
    found = _account(storage, body["identifier"])
    storage.people.give_role(found.user_id, Grant(wanted, claims.user_id, now), body["reason"])
    return _granted(storage.people.get(found.user_id), wanted)


def take_role(storage, claims, user_id: str, unwanted: Role, reason: str, now: datetime) -> None:
    """Raises NotYours, OwnRole, Missing."""
    role.check_may_revoke(claims.user_id, claims.roles, user_id, unwanted, above(storage, unwanted))
    storage.people.take_role(user_id, unwanted, claims.user_id, now, reason)


def people_with_roles(storage, claims, after: str, limit: int) -> tuple[list[tuple[Person, Grant]], str | None]:
    """Roles the caller may give and take, and those of officers of the own unit, by user id; where the next page begins."""
    people, forest = storage.people.with_roles(after, limit), storage.units.forest()
    held = [(person, grant) for person in people for grant in person.grants]
    seen = [(person, grant) for person, grant in held if role.may_change(claims.roles, grant.role, _line(forest, grant.role))]
    return seen, people[-1].user_id if len(people) == limit else None


def above(storage, wanted: Role) -> list[str]:
    """The units above a role's unit; none for other roles."""
    return storage.units.forest().above(wanted.id) if wanted.kind == "unit" else []


def _line(forest, held: Role) -> list[str]:
    return [held.id, *forest.above(held.id)] if held.kind == "unit" else []


def _account(storage, text: str) -> Person:
    found = storage.people.find(contact.identifier(text))
    if found is None:
        raise NotAcceptable({"identifier": "unknown-account"})
    return found


def _granted(found: Person, wanted: Role) -> tuple[Person, Grant]:
    return found, next(grant for grant in found.grants if grant.role == wanted)
