"""Previews of corrected keys: asked for by a door, found by a worker, read as often as one likes."""

import dataclasses

from pymongo import ASCENDING

from hoithi_scoring.domain.preview import Preview
from hoithi_scoring.domain.refusals import PreviewUnknown


class Previews:
    def __init__(self, previews):
        self.previews = previews

    def ensure_indexes(self):
        self.previews.create_index([("state", ASCENDING)], name="waiting", partialFilterExpression={"state": "waiting"})

    def ask(self, preview: Preview) -> Preview:
        kept = dataclasses.asdict(preview)
        self.previews.insert_one({"_id": kept.pop("preview_id"), **kept})
        return preview

    def get(self, preview_id: str) -> Preview:
        """Raises PreviewUnknown."""
        found = self.previews.find_one({"_id": preview_id})
        if found is None:
            raise PreviewUnknown(preview_id)
        return Preview(found.pop("_id"), **found)

    def waiting(self) -> list[str]:
        return [found["_id"] for found in self.previews.find({"state": "waiting"}, {"_id": 1})]

    def progress(self, preview_id: str, done: int, total: int):
        self.previews.update_one({"_id": preview_id}, {"$set": {"done": done, "total": total}})

    def answer(self, preview_id: str, keys_version: int, found: dict):
        self.previews.update_one({"_id": preview_id}, {"$set": {"state": "done", "keys_version": keys_version, "found": found}})
