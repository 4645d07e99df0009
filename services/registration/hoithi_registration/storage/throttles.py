"""Counts of failed sign-ins; MongoDB removes them after their window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from pymongo import ASCENDING, ReturnDocument, WriteConcern
from pymongo.database import Database

from hoithi_registration.domain.throttle import WINDOW, Tries, WrongPassword


@dataclass
class _UnderWay:
    """Tries of one identifier in this process that are not over; `unwritten` of them (0 or 1) are not in the database."""

    number: int = 0
    unwritten: int = 0
    turn: Lock = field(default_factory=Lock)


class Throttles:
    def __init__(self, database: Database):
        # A count that a crash of the database takes along gives somebody one more try; nobody waits for the journal.
        self.throttles = database.get_collection("throttles", write_concern=WriteConcern(w=1, j=False))
        self.under_way: dict[str, _UnderWay] = {}

    def ensure_indexes(self) -> None:
        self.throttles.create_index([("ends_at", ASCENDING)], expireAfterSeconds=0)

    def count(self, key: str, now: datetime, tries: int = 1) -> Tries:
        """So many more tries; the first one after a window begins a new window. Atomic, so that a burst cannot slip through."""
        running = {"$gt": ["$ends_at", now]}
        counted = {
            "count": {"$cond": [running, {"$add": ["$count", tries]}, tries]},
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
        it fails or when another one comes, all others before the work: a burst gets one try more in every further process.
        """
        here = self.under_way.setdefault(key, _UnderWay())
        comes_first, here.number = not here.number, here.number + 1
        try:
            is_first = comes_first and self._begins(key, here, now)
            yield Tries(1, now + WINDOW) if is_first else self._written(key, here, now, 1)
        except WrongPassword:
            if is_first:
                self._written(key, here, now, 0)
            raise
        else:
            if not (is_first and here.unwritten):
                self.clear(key)
        finally:
            here.number -= 1
            if comes_first:
                here.unwritten = 0  # refused or broken off: it was no try
            if not here.number:
                self.under_way.pop(key)

    def _begins(self, key: str, here: "_UnderWay", now: datetime) -> bool:
        """Whether there is no failure yet; then this try stays unwritten."""
        if self.throttles.find_one({"_id": key, "ends_at": {"$gt": now}}, {"_id": 1}) is not None:
            return False
        here.unwritten = 1
        return True

    def _written(self, key: str, here: "_UnderWay", now: datetime, tries: int) -> Tries | None:
        """So many more, with the one that is not written yet. By turns: who comes meanwhile must find it counted."""
        with here.turn:
            tries, here.unwritten = tries + here.unwritten, 0
            return self.count(key, now, tries) if tries else None

    def clear(self, key: str) -> None:
        """Forget the failures: the password was right."""
        self.throttles.delete_one({"_id": key})
