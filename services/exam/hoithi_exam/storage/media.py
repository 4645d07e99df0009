"""Files that are named after their content: audio, pictures. One document each, less than 1 MB."""

from collections.abc import Iterable

from bson import Binary


class Media:
    """By reference: what is there already is never written again. `kind(reference, content_type, body)`; `unknown` is raised."""

    def __init__(self, collection, kind: type, unknown: type[Exception]):
        self.collection, self.kind, self.unknown = collection, kind, unknown

    def keep(self, made) -> None:
        content = {"content_type": made.content_type, "body": Binary(made.body)}
        self.collection.update_one({"_id": made.reference}, {"$setOnInsert": content}, upsert=True)

    def get(self, reference: str):
        """Raises `unknown`."""
        found = self.collection.find_one({"_id": reference})
        if found is None:
            raise self.unknown()
        return self.kind(reference, found["content_type"], bytes(found["body"]))

    def missing(self, references: Iterable[str]) -> set[str]:
        """Those that are not kept."""
        wanted = set(references)
        return wanted - {found["_id"] for found in self.collection.find({"_id": {"$in": sorted(wanted)}}, {"_id": 1})}
