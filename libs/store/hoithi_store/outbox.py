"""The outbox inside documents: state and event are saved by the same write.

A document carries `outbox`, a list of envelopes (`hoithi_contracts.event.envelope`). The relay takes
them, publishes them with confirms and removes them. A crash in between publishes again: listeners
are idempotent.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pymongo import ASCENDING, UpdateOne
from pymongo.database import Database
from pymongo.read_concern import ReadConcern

from hoithi_store.lease import Lease

PENDING = {"outbox.time": {"$gt": ""}}


@dataclass(frozen=True)
class Entry:
    """One unpublished event: where it lies and what travels."""

    collection: str
    key: Any
    envelope: dict


class Outbox:
    """The unpublished events of a service."""

    def __init__(self, database: Database, collections: Iterable[str]):
        # What a majority has not got may be rolled back when the primary falls: it must not be published.
        certain = ReadConcern("majority")
        self.collections = {name: database.get_collection(name, read_concern=certain) for name in collections}
        self.lease = Lease(database)

    def ensure_indexes(self) -> None:
        """One small index per collection: only documents with something unpublished are in it."""
        for collection in self.collections.values():
            collection.create_index(
                [("outbox.time", ASCENDING)], name="outbox", partialFilterExpression={"outbox.time": {"$exists": True}}
            )

    def lead(self, owner: str, seconds: float = 5) -> bool:
        """True when this process is the one that publishes."""
        return self.lease.hold("relay", owner, seconds)

    def resign(self, owner: str) -> None:
        """Let another process publish at once."""
        self.lease.release("relay", owner)

    def take(self, most: int, without: Iterable[str] = ()) -> list[Entry]:
        """The oldest unpublished events, about `most`, except those of the types `without`; they stay until `done`."""
        skipped = list(without)
        wanted = {"time": {"$gt": ""}, **({"type": {"$nin": skipped}} if skipped else {})}
        entries: list[Entry] = []
        for name, collection in self.collections.items():
            found = collection.find({**PENDING, "outbox": {"$elemMatch": wanted}}, {"outbox": 1})
            for document in found.sort("outbox.time", ASCENDING).limit(most):
                unpublished = [envelope for envelope in document["outbox"] if envelope["type"] not in skipped]
                entries += [Entry(name, document["_id"], envelope) for envelope in unpublished]
        return entries

    def done(self, entries: Iterable[Entry]) -> None:
        """Remove published events."""
        by_document = defaultdict(list)
        for entry in entries:
            by_document[entry.collection, entry.key].append(entry.envelope["id"])
        by_collection = defaultdict(list)
        for (name, key), ids in by_document.items():
            by_collection[name].append(UpdateOne({"_id": key}, {"$pull": {"outbox": {"id": {"$in": ids}}}}))
        for name, updates in by_collection.items():
            self.collections[name].bulk_write(updates, ordered=False)

    def oldest(self) -> str | None:
        """The time (RFC 3339) of the oldest unpublished event, None when all is published."""
        firsts = [
            collection.find_one(PENDING, {"outbox.time": 1}, sort=[("outbox.time", ASCENDING)])
            for collection in self.collections.values()
        ]
        return min((document["outbox"][0]["time"] for document in firsts if document), default=None)

    def backlog(self) -> int:
        """How many documents have something unpublished."""
        return sum(collection.count_documents(PENDING, hint="outbox") for collection in self.collections.values())
