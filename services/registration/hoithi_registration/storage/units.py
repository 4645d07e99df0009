"""Units, searchable with and without diacritics, and their changes with the events."""

import dataclasses
import re
from datetime import date, datetime

from pymongo import ASCENDING, ReplaceOne
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import envelope
from hoithi_contracts.registration import Unit
from hoithi_registration.domain.refusal import ChangedMeanwhile, Missing
from hoithi_registration.domain.unit import Forest, UnitsChange, folded
from hoithi_store import Audit, Entry, in_one_step


class Units:
    def __init__(self, database: Database):
        self.database = database
        self.units = database["units"]
        self.changes = database["unit_changes"]
        self.audit = Audit(database)

    def ensure_indexes(self) -> None:
        self.units.create_index([("folded", ASCENDING), ("_id", ASCENDING)])
        self.units.create_index([("words", ASCENDING)])
        self.units.create_index([("parent_id", ASCENDING), ("folded", ASCENDING), ("_id", ASCENDING)])

    def some(self, unit_ids: list[str | None]) -> dict[str, Unit]:
        """Those of the units that exist, by id."""
        return {document["_id"]: _unit(document) for document in self.units.find({"_id": {"$in": unit_ids}})}

    def get(self, unit_id: str) -> Unit:
        """Raises Missing."""
        found = self.some([unit_id])
        if not found:
            raise Missing()
        return found[unit_id]

    def forest(self) -> Forest:
        """All units. The revision is read first: a change in between is found out when saving."""
        revision = self._revision()
        return Forest(revision, {document["_id"]: _unit(document) for document in self.units.find()})

    def save(self, change: UnitsChange, actor_id: str, now: datetime) -> UnitsChange:
        """Keep all units of the change, with its events. Raises ChangedMeanwhile."""
        kept = {
            "_id": change.revision,
            "by": actor_id,
            "at": now,
            "units": [unit.id for unit in change.units],
            "outbox": [envelope(fact, now) for fact in change.facts()],
        }
        replacements = [ReplaceOne({"_id": unit.id}, _document(unit), upsert=True) for unit in change.units]

        def work(session: ClientSession):
            self.changes.insert_one(kept, session=session)
            self.units.bulk_write(replacements, ordered=False, session=session)
            self.audit.note(_entry(change, actor_id, now), session)

        try:
            in_one_step(self.database, work)
        except DuplicateKeyError as error:  # the revision was given to somebody else's change
            raise ChangedMeanwhile() from error
        return change

    def search(self, wishes: dict, on: date, limit: int) -> list[Unit]:
        """Units valid that day, by name. Wishes: tree, kind, parent_id, q (beginnings of words), after (a unit's id)."""
        conditions = [_valid(on), *_equal(wishes), *_words(wishes.get("q", "")), *self._after(wishes.get("after"))]
        found = self.units.find({"$and": conditions}).sort([("folded", ASCENDING), ("_id", ASCENDING)]).limit(limit)
        return [_unit(document) for document in found]

    def _revision(self) -> int:
        last = self.changes.find_one({}, {"_id": 1}, sort=[("_id", -1)])
        return last["_id"] if last else 0

    def _after(self, unit_id: str | None) -> list[dict]:
        if unit_id is None:
            return []
        last = folded(self.get(unit_id).name)
        return [{"$or": [{"folded": {"$gt": last}}, {"folded": last, "_id": {"$gt": unit_id}}]}]


def _entry(change: UnitsChange, actor_id: str, now: datetime) -> Entry:
    """The units themselves are in the change of that revision."""
    after = {"revision": change.revision, "units": len(change.units)}
    return Entry("units-changed", actor_id, now, "unit:*", "units", before={"revision": change.revision - 1}, after=after)


def _valid(on: date) -> dict:
    day = on.isoformat()
    return {"valid_from": {"$lte": day}, "$or": [{"valid_to": None}, {"valid_to": {"$gt": day}}]}


def _equal(wishes: dict) -> list[dict]:
    return [{name: wishes[name]} for name in ("tree", "kind", "parent_id") if name in wishes]


def _words(wanted: str) -> list[dict]:
    return [{"words": {"$regex": f"^{re.escape(word)}"}} for word in folded(wanted).split()]


def _document(unit: Unit) -> dict:
    document = dataclasses.asdict(unit)
    name = folded(unit.name)
    return {"_id": document.pop("id"), **document, "folded": name, "words": sorted(set(name.split()))}


def _unit(document: dict) -> Unit:
    known = {field.name: document[field.name] for field in dataclasses.fields(Unit) if field.name in document}
    return Unit(id=document["_id"], **known)
