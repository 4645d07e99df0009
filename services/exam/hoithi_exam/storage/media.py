"""Files that are named after their content: audio, pictures. One document each, less than 1 MB."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bson import Binary

ALONE = "alone_since"
TOGETHER = 1000


class Media:
    """By reference: what is there already is never written again. `kind(reference, content_type, body)`; `unknown` is raised.

    `alone_since`: since when nothing refers to a file. Who is about to refer to one takes that away first (`keep`, `missing`).
    """

    def __init__(self, collection, kind: type, unknown: type[Exception]):
        self.collection, self.kind, self.unknown = collection, kind, unknown

    def keep(self, made) -> None:
        content = {"content_type": made.content_type, "body": Binary(made.body)}
        self.collection.update_one({"_id": made.reference}, {"$setOnInsert": content, "$unset": {ALONE: ""}}, upsert=True)

    def weight(self, references: Iterable[str]) -> int:
        """Bytes of those that are kept, in all."""
        sizes = [{"$match": _named(references)}, {"$group": {"_id": None, "bytes": {"$sum": {"$binarySize": "$body"}}}}]
        return next((found["bytes"] for found in self.collection.aggregate(sizes)), 0)

    def several(self, references: Iterable[str]) -> Iterator:
        """Those of them that are kept."""
        return map(self._made, self.collection.find(_named(references)))

    def get(self, reference: str):
        """Raises `unknown`."""
        found = self.collection.find_one({"_id": reference})
        if found is None:
            raise self.unknown()
        return self._made(found)

    def missing(self, references: Iterable[str]) -> set[str]:
        """Those that are not kept; the others stay for a while, because somebody is about to refer to them."""
        wanted = set(references)
        self.refer(wanted)
        return wanted - {found["_id"] for found in self.collection.find(_named(wanted), {"_id": 1})}

    # Collecting (domain/collecting)

    def alone_since(self) -> dict[str, datetime | None]:
        """Every file -> since when nothing refers to it, None when something does."""
        return {found["_id"]: found.get(ALONE) for found in self.collection.find({}, {ALONE: 1})}

    def begin(self, references: Iterable[str], now: datetime) -> None:
        """Nothing refers to them, for the first time now."""
        for some in _parts(references):
            self.collection.update_many({**_named(some), ALONE: None}, {"$set": {ALONE: now}})

    def refer(self, references: Iterable[str]) -> None:
        """Something refers to them, or is about to."""
        for some in _parts(references):
            self.collection.update_many({**_named(some), ALONE: {"$ne": None}}, {"$unset": {ALONE: ""}})

    def drop(self, references: Iterable[str], until: datetime) -> int:
        """Delete those that nothing has referred to since then, and still nobody is about to; returns how many."""
        conditions = ({**_named(some), ALONE: {"$lte": until}} for some in _parts(references))
        return sum(self.collection.delete_many(each).deleted_count for each in conditions)

    def waiting(self) -> int:
        return self.collection.count_documents({ALONE: {"$ne": None}})

    def _made(self, found: dict):
        return self.kind(found["_id"], found["content_type"], bytes(found["body"]))


def _parts(references: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(references)
    return (ordered[start : start + TOGETHER] for start in range(0, len(ordered), TOGETHER))


def _named(references: Iterable[str]) -> dict:
    return {"_id": {"$in": sorted(references)}}
