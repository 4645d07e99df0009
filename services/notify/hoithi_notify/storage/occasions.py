"""Facts that people are written about."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from pymongo import ASCENDING, ReturnDocument
from pymongo.collection import Collection

from hoithi_notify.domain.occasions import Occasion
from hoithi_notify.storage.documents import named, plain


class Occasions:
    """Facts with their audiences; few documents, however many people."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def ensure_indexes(self):
        """`next` for the worker; `noted` for latecomers, people's own messages and the list."""
        self.collection.create_index([("state", ASCENDING), ("due_at", ASCENDING)], name="next")
        self.collection.create_index([("noted_at", ASCENDING)], name="noted")

    def note(self, occasion: Occasion):
        """Keep the occasion; a known one changes only by a higher revision, which is then spread anew."""
        document = {**plain(occasion), "due_at": occasion.noted_at, "claim": None}
        document["_id"] = occasion.occasion_id
        newer = {"$lt": [{"$ifNull": ["$revision", -1]}, occasion.revision]}
        update = [{"$replaceWith": {"$cond": [newer, {"$literal": document}, "$$ROOT"]}}]
        self.collection.update_one({"_id": occasion.occasion_id}, update, upsert=True)

    def claim(self, now: datetime, seconds: float) -> tuple[Occasion, str] | None:
        """One that is to be spread, for `seconds`; with the proof of the claim."""
        claim = uuid.uuid4().hex
        document = self.collection.find_one_and_update(
            {"state": "spreading", "due_at": {"$lte": now}},
            {"$set": {"due_at": now + timedelta(seconds=seconds), "claim": claim}},
            sort=[("due_at", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )
        return (_occasion(document), claim) if document else None

    def advance(self, occasion: Occasion, claim: str, due_at: datetime) -> bool:
        """Save how far it was spread; False when the claim was lost to another worker."""
        changes = {name: getattr(occasion, name) for name in ("state", "cursor", "made", "without_address", "ended")}
        found = {"_id": occasion.occasion_id, "claim": claim, "revision": occasion.revision}
        return self.collection.update_one(found, {"$set": {**changes, "due_at": due_at}}).matched_count == 1

    def among(self, occasion_ids: Iterable[str]) -> dict[str, Occasion]:
        """Those of the occasions that are known, by id."""
        found = self.collection.find({"_id": {"$in": list(set(occasion_ids))}})
        return {document["_id"]: _occasion(document) for document in found}

    def to_everybody_since(self, since: datetime) -> list[Occasion]:
        """Occasions with everybody as audience that became known since then, newest first."""
        found = self.collection.find({"noted_at": {"$gte": since}, "audience_before": {"$ne": None}})
        return [_occasion(document) for document in found.sort("noted_at", -1).limit(100)]

    def newest(self, contest_ids: list[str] | None, most: int) -> list[Occasion]:
        """Newest first; only of these contests unless None."""
        wanted = {} if contest_ids is None else {"contest_id": {"$in": contest_ids}}
        return [_occasion(document) for document in self.collection.find(wanted).sort("noted_at", -1).limit(most)]


def _occasion(document: dict) -> Occasion:
    user_ids = document.get("user_ids")
    return Occasion(**named(Occasion, document, user_ids=None if user_ids is None else tuple(user_ids)))
