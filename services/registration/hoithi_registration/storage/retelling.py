"""Events put back into the outbox, made from what is kept, where they do not wait already."""

from datetime import datetime

from pymongo import ASCENDING, UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database

from hoithi_contracts.event import Event, envelope
from hoithi_contracts.registration import UserErased
from hoithi_registration.domain.marks import Marks
from hoithi_registration.domain.unit import UnitsChange
from hoithi_registration.storage.people import person_of, role_changed
from hoithi_registration.storage.rosters import Rosters
from hoithi_registration.storage.units import Units


class Retelling:
    def __init__(self, database: Database, marks: Marks | None = None):
        self.marks = marks
        self.people_kept, self.changes = database["people"], database["unit_changes"]
        self.rosters_kept, self.all_rosters, self.all_units = database["rosters"], Rosters(database), Units(database)

    def people(self, after: str, limit: int, now: datetime) -> tuple[int, str | None]:
        """A page of people by id, erased ones too: how many events, and the last id of a full page."""
        found = list(self.people_kept.find({"_id": {"$gt": after}}, {"outbox": 0}).sort("_id", ASCENDING).limit(limit))
        told = _put(self.people_kept, [(each["_id"], fact) for each in found for fact in self._of_person(each)], now)
        return told, found[-1]["_id"] if len(found) == limit else None

    def units(self, now: datetime) -> int:
        """Every change of units, with the units as they are now."""
        return sum(_put(self.changes, self._of_change(change), now) for change in self.changes.find({}, {"units": 1}))

    def rosters(self, now: datetime) -> int:
        """Every frozen roster."""
        frozen = [each["_id"] for each in self.rosters_kept.find({"frozen_at": {"$ne": None}}, {"_id": 1})]
        return sum(_put(self.rosters_kept, [(id_, fact) for fact in self.all_rosters.get(id_).facts()], now) for id_ in frozen)

    def _of_person(self, document: dict) -> list[Event]:
        if document.get("erased_at"):
            return [UserErased(user_id=document["_id"], erased_at=document["erased_at"])]
        person = person_of(document)
        # An account that only serves (the first operator) is not announced, and neither is what it may do.
        grants = person.grants if person.unit_id else ()
        held = (role_changed(person.user_id, grant.role, True, grant.granted_at) for grant in grants)
        return [*person.facts(self.marks), *(fact for facts in held for fact in facts)]

    def _of_change(self, change: dict) -> list[tuple[int, Event]]:
        units = self.all_units.some(change["units"])
        again = UnitsChange(change["_id"], tuple(units[id_] for id_ in change["units"]))
        return [(change["_id"], fact) for fact in again.facts()]


def _put(collection: Collection, told: list[tuple], now: datetime) -> int:
    updates = [
        UpdateOne({"_id": key, "outbox.id": {"$ne": fact.event_id}}, {"$push": {"outbox": envelope(fact, now)}})
        for key, fact in told
    ]
    return collection.bulk_write(updates, ordered=False).modified_count if updates else 0
