"""Counts of failed sign-ins; MongoDB removes them after their window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from pymongo import ASCENDING, ReturnDocument, WriteConcern
from pymongo.database import Database

from hoithi_registration.domain.throttle import WINDOW, Tries, WrongPassword


class Throttles:
    def __init__(self, database: Database):
        # A count that a crash of the database takes along gives somebody one more try; nobody waits for the journal.
        self.throttles = database.get_collection("throttles", write_concern=WriteConcern(w=1, j=False))
        self.unwritten: set[str] = set()

    def ensure_indexes(self) -> None:
        self.throttles.create_index([("ends_at", ASCENDING)], expireAfterSeconds=0)

    def count(self, key: str, now: datetime) -> Tries:
        """One more try; the first one after a window begins a new window. Atomic, so that a burst cannot slip through."""
        running = {"$gt": ["$ends_at", now]}
        counted = {
            "count": {"$cond": [running, {"$add": ["$count", 1]}, 1]},
            "ends_at": {"$cond": [running, "$ends_at", now + WINDOW]},
        }
        found = self.throttles.find_one_and_update(
            {"_id": key}, [{"$set": counted}], upsert=True, return_document=ReturnDocument.AFTER
        )
        return Tries(found["count"], found["ends_at"])

    @contextmanager
    def attempt(self, key: str, now: datetime) -> Iterator[Tries]:
        """One more try with a password. WrongPassword in the block is a failure; a quiet end forgets the earlier ones.

        Nearly every sign-in is right at once. So the only one under way here for somebody without failures is written down when
        it fails, all others before the work: a burst gets one try more in every further process.
        """
        tries = self._begin(key, now)
        try:
            yield tries
        except WrongPassword:
            if not tries.is_written:
                self.count(key, now)
            raise
        finally:
            if not tries.is_written:
                self.unwritten.discard(key)
        if tries.is_written:
            self.clear(key)

    def _begin(self, key: str, now: datetime) -> Tries:
        if key in self.unwritten:
            counted = self.count(key, now)
            return replace(counted, count=counted.count + 1)
        self.unwritten.add(key)  # before the question, while which others may come
        is_first = False
        try:
            is_first = self.throttles.find_one({"_id": key, "ends_at": {"$gt": now}}, {"_id": 1}) is None
        finally:
            if not is_first:
                self.unwritten.discard(key)
        return Tries(1, now + WINDOW, is_written=False) if is_first else self.count(key, now)

    def clear(self, key: str) -> None:
        """Forget the failures: the password was right."""
        self.throttles.delete_one({"_id": key})
