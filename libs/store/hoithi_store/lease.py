"""A lease: work that one replica does at a time, taken over when its holder is gone."""

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
        try:
            # When the filter does not match, the upsert collides with the holder's document.
            self.leases.update_one(
                {"_id": name, "$expr": free_or_mine}, [{"$set": {"owner": owner, "until": until}}], upsert=True
            )
        except DuplicateKeyError:
            return False
        return True

    def release(self, name: str, owner: str) -> None:
        """Give the lease back, so that another replica need not wait for its end."""
        self.leases.delete_one({"_id": name, "owner": owner})
