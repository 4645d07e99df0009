"""A lease: work that one replica does at a time, taken over when its holder is gone."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo import ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError


class Lease:
    """Leases of one service, in its collection `leases`. Time is MongoDB's, so a wrong clock cannot steal one."""

    def __init__(self, database: Database):
        self.leases = database["leases"]

    def hold(self, name: str, owner: str, seconds: float) -> bool:
        """Take or prolong the lease; False when another owner holds it."""
        free_or_mine = {"$or": [{"$eq": ["$owner", owner]}, {"$lt": ["$until", "$$NOW"]}]}
        until = {"$add": ["$$NOW", int(seconds * 1000)]}
        claim = {"owner": {"$cond": [free_or_mine, owner, "$owner"]}, "until": {"$cond": [free_or_mine, until, "$until"]}}
        try:
            held = self.leases.find_one_and_update(
                {"_id": name}, [{"$set": claim}], upsert=True, return_document=ReturnDocument.AFTER
            )
        except DuplicateKeyError:
            return False  # two replicas made the document at the same instant; the other one has it
        return held["owner"] == owner

    @contextmanager
    def turn(self, name: str, owner: str, seconds: float) -> Iterator[bool]:
        """Whether it is this owner's turn; the lease is given back at the end of the block, whatever happens in it.

        Work that comes now and then holds it no longer: a backup is not put back under somebody's lease.
        """
        held = self.hold(name, owner, seconds)
        try:
            yield held
        finally:
            if held:
                self.release(name, owner)

    def release(self, name: str, owner: str) -> None:
        """Give the lease back, so that another replica need not wait for its end."""
        self.leases.delete_one({"_id": name, "owner": owner})
