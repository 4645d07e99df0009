"""What is told again is what the others should know by now, once however often it is asked for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hoithi_contracts.event import open_envelope
from hoithi_contracts.registration import RosterFrozen, UnitsChanged, UserErased, UserRegistered, UserUpdated
from hoithi_registration.domain.person import Person, first_operator
from hoithi_registration.domain.roster import Roster
from hoithi_registration.handlers.retelling import retell_people, retell_units_and_rosters
from hoithi_registration.handlers.units import import_units
from hoithi_registration.storage import WITH_OUTBOX, Storage

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
UNITS = [
    {"id": f"x{n}", "name": f"Xã {n}", "kind": "commune", "tree": "administrative", "valid_from": "2020-01-01"} for n in range(3)
]


@pytest.fixture
def storage(database):
    """Two people and an erased one, an operator, units, a frozen roster; everything was published."""
    made = Storage(database)
    made.ensure_indexes()
    import_units(made, UNITS, "me", NOW)
    people = [Person(f"u{n}", 1, f"Người {n}", "citizens", "vi", NOW, unit_id="x1", email=f"u{n}@a.example") for n in range(3)]
    for person in (*people, first_operator("op@a.example", "hash", NOW)):
        made.people.add(person, NOW)
    made.people.save(replace(people[1], revision=2, name="Tên mới"), NOW)
    made.people.erase(people[2], NOW)
    draft = made.rosters.save(Roster("c1").drafted([{"unit_id": "x1", "headcount": 9}], "me", NOW), NOW)
    made.rosters.save(draft.frozen("me", NOW), NOW)
    made.rosters.save(Roster("c2").drafted([{"unit_id": "x1", "headcount": 9}], "me", NOW), NOW)
    for name in WITH_OUTBOX:
        database[name].update_many({}, {"$set": {"outbox": []}})
    return made


def waiting(database, name) -> list:
    found = database[name].find({"outbox.id": {"$exists": True}}).sort("_id", 1)
    return [open_envelope(envelope) for document in found for envelope in document["outbox"]]


def test_people_are_told_again_page_by_page(storage, database):
    pages, after = [], ""
    while after is not None:
        told, after = retell_people(storage, after, 2, NOW)
        pages.append(told)
    assert sum(pages) == 3
    told = sorted(waiting(database, "people"), key=lambda event: event.user_id)
    assert [type(event) for event in told] == [UserRegistered, UserUpdated, UserErased]
    assert (told[1].name, told[1].revision) == ("Tên mới", 2)


def test_units_and_frozen_rosters_are_told_again(storage, database):
    retell_units_and_rosters(storage, NOW)
    [units], [roster] = waiting(database, "unit_changes"), waiting(database, "rosters")
    assert isinstance(units, UnitsChanged) and [unit.id for unit in units.units] == ["x0", "x1", "x2"]
    assert isinstance(roster, RosterFrozen) and roster.roster_id == "c1:x1"


def test_what_waits_already_is_not_told_twice(storage, database):
    retell_people(storage, "", 100, NOW)
    retell_units_and_rosters(storage, NOW)
    assert retell_people(storage, "", 100, NOW)[0] == 0
    assert retell_units_and_rosters(storage, NOW) == 0
    assert len(waiting(database, "people")) == 3
