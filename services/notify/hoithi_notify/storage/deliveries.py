"""Letters and what became of them."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from pymongo import ASCENDING, InsertOne
from pymongo.collection import Collection
from pymongo.errors import BulkWriteError

from hoithi_notify.domain.deliveries import Delivery
from hoithi_notify.storage.documents import KEPT, named, plain

DUPLICATE_KEY = 11000


class Deliveries:
    """Letters, one document each; `_id` is made of occasion and person, so there is never a second one."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def ensure_indexes(self):
        """`due` for the worker, `state` and `contest` for the list, `user` for a person's own and for erasure."""
        self.collection.create_index(
            [("state", ASCENDING), ("priority", ASCENDING), ("due_at", ASCENDING)],
            name="due",
            partialFilterExpression={"state": "queued"},
        )
        self.collection.create_index([("state", ASCENDING), ("_id", ASCENDING)], name="state")
        self.collection.create_index([("contest_id", ASCENDING), ("_id", ASCENDING)], name="contest")
        self.collection.create_index([("user_id", ASCENDING), ("noted_at", ASCENDING)], name="user")
        self.collection.create_index([("noted_at", ASCENDING)], name="kept", expireAfterSeconds=int(KEPT.total_seconds()))

    def add(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Insert those that are not there yet, and return them."""
        deliveries = list(deliveries)
        try:
            if deliveries:
                self.collection.bulk_write([InsertOne(_delivery_document(each)) for each in deliveries], ordered=False)
        except BulkWriteError as error:
            known = _already_there(error)
            return [each for number, each in enumerate(deliveries) if number not in known]
        return deliveries

    def claim(self, most: int, now: datetime, seconds: float) -> list[Delivery]:
        """Up to `most` due ones, urgent and old ones first, for `seconds`: then they are due again."""
        due = {"state": "queued", "priority": {"$in": [0, 1]}, "due_at": {"$lte": now}}
        order = [("priority", ASCENDING), ("due_at", ASCENDING)]
        wanted = [document["_id"] for document in self.collection.find(due, {"_id": 1}).sort(order).limit(most)]
        if not wanted:
            return []
        claim = uuid.uuid4().hex
        until = now + timedelta(seconds=seconds)
        # Another worker may have taken some of them in between: the filter is checked again, document by document.
        self.collection.update_many({"_id": {"$in": wanted}, **due}, {"$set": {"claim": claim, "due_at": until}})
        mine = self.collection.find({"_id": {"$in": wanted}, "claim": claim})
        return sorted(map(_delivery, mine), key=lambda each: (each.priority, each.delivery_id))

    def settle(self, delivery: Delivery, claim: str) -> bool:
        """Save what became of a claimed delivery; False when the claim was lost (taken over, or cancelled)."""
        return self._change({"_id": delivery.delivery_id, "state": "queued", "claim": claim}, delivery)

    def release(self, deliveries: Iterable[Delivery], now: datetime):
        """Give claimed deliveries back untouched."""
        for each in deliveries:
            found = {"_id": each.delivery_id, "state": "queued", "claim": each.claim}
            self.collection.update_one(found, {"$set": {"due_at": now, "claim": None}})

    def requeue(self, delivery: Delivery, from_state: str) -> bool:
        """Queue it again if it is still as it was; False when somebody else was faster."""
        return self._change({"_id": delivery.delivery_id, "state": from_state}, delivery)

    def _change(self, found: dict, delivery: Delivery) -> bool:
        document = {**_delivery_document(delivery), "claim": None}
        del document["_id"]
        return self.collection.update_one(found, {"$set": document}).modified_count == 1

    def forget(self, user_id: str, now: datetime):
        """An erased person: nothing more is sent, no address is kept. The last letter goes its own way."""
        theirs = {"user_id": user_id, "occasion": {"$ne": "data-erased"}}
        cancelled = {"state": "cancelled", "reason": "erased", "ended_at": now, "claim": None}
        self.collection.update_many({**theirs, "state": {"$in": ["queued", "no-address", "failed"]}}, {"$set": cancelled})
        self.collection.update_many({**theirs, "to": {"$ne": None}}, {"$set": {"to": None}})

    def drop(self, occasion: str, noted_before: datetime, now: datetime) -> int:
        """Cancel what still waits of an occasion since then, and forget its addresses; how many."""
        late = {"state": "queued", "priority": 0, "occasion": occasion, "noted_at": {"$lt": noted_before}}
        ended = {"state": "cancelled", "reason": "too-late", "to": None, "facts": None, "claim": None, "ended_at": now}
        return self.collection.update_many(late, {"$set": ended}).modified_count

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery, or None."""
        document = self.collection.find_one({"_id": delivery_id})
        return _delivery(document) if document else None

    def of(self, user_ids: Iterable[str], states: Iterable[str] | None = None) -> list[Delivery]:
        """Deliveries to these people, newest first."""
        wanted: dict = {"user_id": {"$in": list(user_ids)}}
        if states:
            wanted["state"] = {"$in": list(states)}
        return [_delivery(document) for document in self.collection.find(wanted).sort("noted_at", -1).limit(1000)]

    def page(self, state: str | None, occasion: str | None, contest_ids: list[str] | None, after: str, most: int) -> list:
        """Deliveries in the order of ids, which begin with the occasion."""
        wanted: dict = {"_id": {"$gt": after}}
        if occasion:
            wanted["_id"] = {"$gt": max(after, f"{occasion}:"), "$lt": f"{occasion};"}
        if state:
            wanted["state"] = state
        if contest_ids is not None:
            wanted["contest_id"] = {"$in": contest_ids}
        return [_delivery(document) for document in self.collection.find(wanted).sort("_id", ASCENDING).limit(most)]

    def queued(self) -> int:
        """How many letters wait or are on their way."""
        return self.collection.count_documents({"state": "queued"}, hint="due")

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the longest waiting due letter has been due."""
        firsts = [
            self.collection.find_one(
                {"state": "queued", "priority": priority, "due_at": {"$lte": now}}, {"due_at": 1}, sort=[("due_at", ASCENDING)]
            )
            for priority in (0, 1)
        ]
        return min((first["due_at"] for first in firsts if first), default=None)


def _already_there(error: BulkWriteError) -> set[int]:
    """Positions of the duplicates; any other failure is raised."""
    failed = error.details["writeErrors"]
    if any(each["code"] != DUPLICATE_KEY for each in failed) or error.details["writeConcernErrors"]:
        raise error
    return {each["index"] for each in failed}


def _delivery_document(delivery: Delivery) -> dict:
    return {"_id": delivery.delivery_id, **plain(delivery), "priority": delivery.priority}


def _delivery(document: dict) -> Delivery:
    return Delivery(**named(Delivery, document))
