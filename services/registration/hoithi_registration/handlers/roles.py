"""Giving and taking roles; who has which."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_registration.domain import contact, role
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.refusal import NotAcceptable
from hoithi_registration.domain.role import Grant, Role
from hoithi_registration.domain.unit import check_known


@dataclass(frozen=True)
class Held:
    """A role somebody holds. `place`: the unit's name, else the id; `granted_by_name`: empty when that account is gone."""

    person: Person
    grant: Grant
    place: str
    granted_by_name: str
    second_factor: bool


def give_role(storage, claims, body: dict, now: datetime) -> Held:
    """The person has the role; quietly when that was so before. Raises NotYours, NotAcceptable."""
    wanted = Role(body["role"], body["kind"], body["id"]).check()
    role.check_may_change(claims.roles, wanted, above(storage, wanted))
    if wanted.kind == "unit":
        check_known([wanted.id], set(storage.units.some([wanted.id])), "id")
    found = _account(storage, body["identifier"])
    storage.people.give_role(found.user_id, Grant(wanted, claims.user_id, now), body["reason"])
    return _shown(storage, storage.units.forest(), [_granted(storage.people.get(found.user_id), wanted)])[0]


def take_role(storage, claims, user_id: str, unwanted: Role, reason: str, now: datetime) -> None:
    """Raises NotYours, OwnRole, Missing."""
    role.check_may_revoke(claims.user_id, claims.roles, user_id, unwanted, above(storage, unwanted))
    storage.people.take_role(user_id, unwanted, claims.user_id, now, reason)


def people_with_roles(storage, claims, after: str, limit: int) -> tuple[list[Held], str | None]:
    """Roles the caller may give and take, and those of officers of the own unit, by user id; where the next page begins."""
    people, forest = storage.people.with_roles(after, limit), storage.units.forest()
    held = [(person, grant) for person in people for grant in person.grants]
    seen = [(person, grant) for person, grant in held if role.may_change(claims.roles, grant.role, _line(forest, grant.role))]
    return _shown(storage, forest, seen), people[-1].user_id if len(people) == limit else None


def names(storage, claims, user_ids: list[str]) -> list[tuple[str, str, list[str]]]:
    """(id, name, roles now or once) of those of the people whose name the reader of the log may know."""
    found = ((each, role.told(claims.roles, each.roles)) for each in storage.names.of(user_ids))
    return [(each.user_id, each.name, roles) for each, roles in found if roles]


def above(storage, wanted: Role) -> list[str]:
    """The units above a role's unit; none for other roles."""
    return storage.units.forest().above(wanted.id) if wanted.kind == "unit" else []


def _line(forest, held: Role) -> list[str]:
    return [held.id, *forest.above(held.id)] if held.kind == "unit" else []


def _shown(storage, forest, held: list[tuple[Person, Grant]]) -> list[Held]:
    givers = {each.user_id: each.name for each in storage.names.of([grant.granted_by for _, grant in held])}
    safe = storage.second_factors.on([person.user_id for person, _ in held])
    return [
        Held(person, grant, _place(forest, grant.role), givers.get(grant.granted_by, ""), person.user_id in safe)
        for person, grant in held
    ]


def _place(forest, held: Role) -> str:
    return forest.units[held.id].name if held.id in forest.units else held.id


def _account(storage, text: str) -> Person:
    found = storage.people.find(contact.identifier(text))
    if found is None:
        raise NotAcceptable({"identifier": "unknown-account"})
    return found


def _granted(found: Person, wanted: Role) -> tuple[Person, Grant]:
    return found, next(grant for grant in found.grants if grant.role == wanted)
