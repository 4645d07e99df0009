"""Who is officer of which unit, as registration tells; whom reports are announced to."""

from collections import defaultdict

from pymongo import ASCENDING

from hoithi_contracts.registration import OfficerChanged
from hoithi_store import replace_older


class Officers:
    def __init__(self, officers):
        self.officers = officers

    def ensure_indexes(self):
        self.officers.create_index([("user_id", ASCENDING)], name="person")

    def keep(self, event: OfficerChanged):
        """The later change stays; a role that was taken is kept as such, so that an older event cannot bring it back."""
        kept = {
            "revision": int(event.changed_at.timestamp() * 1000),
            "user_id": event.user_id,
            "unit_id": event.unit_id,
            "holds": event.holds,
        }
        self.officers.bulk_write([replace_older({"_id": event.officer_id, **kept})])

    def forget(self, user_id: str):
        self.officers.update_many({"user_id": user_id}, {"$set": {"holds": False}})

    def by_unit(self) -> dict[str, list[str]]:
        """unit -> ids of its officers; a platform has some hundreds, they are read whole."""
        found = defaultdict(list)
        for each in self.officers.find({"holds": True}).sort("_id", ASCENDING):
            found[each["unit_id"]].append(each["user_id"])
        return dict(found)
