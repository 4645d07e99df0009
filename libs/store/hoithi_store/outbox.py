"""The outbox inside documents: state and event are saved by the same write.

A document carries `outbox`, a list of envelopes (`hoithi_contracts.event.envelope`). The relay takes
them, publishes them with confirms and removes them. A crash in between publishes again: listeners
are idempotent.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.read_concern import ReadConcern

from hoithi_store.lease import Lease

PENDING = {"outbox.time": {"$gt": ""}}


def packed(envelope: dict) -> dict:
    """An envelope as it may lie in an outbox when many come: encoded already, beside what the relay asks for.

    The relay then neither decodes nor encodes it, and MongoDB keeps one value instead of fifty.
    """
    return {**{name: envelope[name] for name in ("id", "type", "source", "time")}, "body": orjson.dumps(envelope)}


def unpacked(stored: dict) -> dict:
    """The envelope of what lies in an outbox, `packed` or not."""
    return orjson.loads(stored["body"]) if "body" in stored else stored


@dataclass(frozen=True)
class Entry:
    """One unpublished event: where it lies and what lies there, an envelope or a `packed` one."""

    collection: str
    key: Any
    stored: dict

    @property
    def id(self) -> str:
        return self.stored["id"]

    @property
    def type(self) -> str:
        return self.stored["type"]

    @property
    def source(self) -> str:
        return self.stored["source"]

    @property
    def body(self) -> bytes:
        """What travels: the envelope as JSON."""
        return self.stored["body"] if "body" in self.stored else orjson.dumps(self.stored)


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

    def take(self, most: int, without: Iterable[str] = (), of: Iterable[str] | None = None) -> list[Entry]:
        """The oldest unpublished events, about `most` of each collection, except those of the types `without`.

        They stay until `done`. `of`: look into these collections only.
        """
        skipped = list(without)
        wanted = {"time": {"$gt": ""}, **({"type": {"$nin": skipped}} if skipped else {})}
        entries: list[Entry] = []
        for name in self.collections if of is None else of:
            found = self.collections[name].find({**PENDING, "outbox": {"$elemMatch": wanted}}, {"outbox": 1})
            for document in found.sort("outbox.time", ASCENDING).limit(most):
                entries += [Entry(name, document["_id"], each) for each in document["outbox"] if each["type"] not in skipped]
        return entries

    def done(self, entries: Iterable[Entry]) -> None:
        """Remove published events."""
        by_collection = defaultdict(list)
        for entry in entries:
            by_collection[entry.collection].append(entry)
        for name, published in by_collection.items():
            # An id names one fact: wherever it lies, it was published.
            ids, keys = [entry.id for entry in published], [entry.key for entry in published]
            self.collections[name].update_many({"_id": {"$in": keys}}, {"$pull": {"outbox": {"id": {"$in": ids}}}})

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
