"""Counts of failed sign-ins; MongoDB removes them after their window."""

from datetime import datetime

from pymongo import ASCENDING, ReturnDocument, WriteConcern
from pymongo.database import Database

from hoithi_registration.domain.throttle import WINDOW, Tries


class Throttles:
    def __init__(self, database: Database):
        # A count that a crash of the database takes along gives somebody one more try; nobody waits for the journal.
        self.throttles = database.get_collection("throttles", write_concern=WriteConcern(w=1, j=False))

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

    def clear(self, key: str) -> None:
        """Forget the failures: the password was right."""
        self.throttles.delete_one({"_id": key})
