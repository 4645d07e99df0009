"""People who may get letters, and who organises which contest."""

from collections.abc import Iterable
from datetime import datetime

from pymongo import ASCENDING, UpdateOne
from pymongo.collection import Collection

from hoithi_contracts.registration import OrganiserChanged
from hoithi_notify.domain.people import Contact
from hoithi_notify.storage.documents import if_newer, named


class Contacts:
    """People by id. Needs no index but _id: the audience is read in the order of ids."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def note(self, people: Iterable[Contact]):
        """Keep what is newer than what is known; who was erased stays erased."""
        self._write([UpdateOne({"_id": person.user_id}, if_newer(person), upsert=True) for person in people])

    def forget(self, user_id: str, erased_at: datetime):
        """Leave a tombstone, so that an older event that comes later does not bring the person back."""
        self.collection.replace_one({"_id": user_id}, {"erased_at": erased_at}, upsert=True)

    def get(self, user_id: str) -> Contact | None:
        """The person, or None."""
        return self.among([user_id]).get(user_id)

    def among(self, user_ids: Iterable[str]) -> dict[str, Contact]:
        """Those of the people who are known, by id."""
        return {document["_id"]: _contact(document) for document in self.collection.find({"_id": {"$in": list(set(user_ids))}})}

    def page(self, after: str, registered_before: datetime, most: int) -> list[Contact]:
        """People who had registered by then, in the order of their ids."""
        found = self.collection.find({"_id": {"$gt": after}, "registered_at": {"$lte": registered_before}})
        return [_contact(document) for document in found.sort("_id", ASCENDING).limit(most)]

    def _write(self, writes: list):
        if writes:
            self.collection.bulk_write(writes, ordered=False)


def _contact(document: dict) -> Contact:
    return Contact(**named(Contact, document, user_id=document["_id"], revision=document.get("revision", 0)))


class Organisers:
    """Who organises which contest ("*": all), by ids alone; whom proposals are told."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def ensure_indexes(self):
        """`contest` for a proposal's audience, `user` for erasure."""
        self.collection.create_index([("contest_id", ASCENDING)], name="contest")
        self.collection.create_index([("user_id", ASCENDING)], name="user")

    def note(self, event: OrganiserChanged):
        """The later change stays; a role that was taken is kept as such, so that an older event cannot bring it back."""
        key = f"{event.contest_id}:{event.user_id}"
        known = {name: getattr(event, name) for name in ("user_id", "contest_id", "holds", "changed_at")}
        newer = {"$lt": ["$changed_at", event.changed_at]}  # a missing instant is less than every other
        update = [{"$replaceWith": {"$cond": [newer, {"$literal": {"_id": key, **known}}, "$$ROOT"]}}]
        self.collection.update_one({"_id": key}, update, upsert=True)

    def forget(self, user_id: str):
        """An erased person organises nothing."""
        self.collection.delete_many({"user_id": user_id})

    def of(self, contest_id: str) -> list[str]:
        """Ids of the organisers of a contest, those of all contests among them."""
        found = self.collection.find({"contest_id": {"$in": [contest_id, "*"]}, "holds": True}, {"user_id": 1})
        return [each["user_id"] for each in found]
