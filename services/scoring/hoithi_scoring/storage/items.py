"""Item analyses in pages, one set per round; a header says of which table and keys they are."""

from dataclasses import asdict
from datetime import datetime

from pymongo import ASCENDING

from hoithi_scoring.domain.items import Choice, Item
from hoithi_scoring.domain.pieces import chunks

PAGE = 200


class ItemPages:
    def __init__(self, items):
        self.items = items

    def ensure_indexes(self):
        self.items.create_index([("round_id", ASCENDING), ("token", ASCENDING), ("first", ASCENDING)], name="pages")

    def tokens(self) -> dict[str, str]:
        """Round -> what its analysis was made from (see handlers.analysing)."""
        return {found["_id"]: found["token"] for found in self.items.find({"round_id": None}, {"token": 1})}

    def header(self, round_id: str) -> dict | None:
        return self.items.find_one({"_id": round_id})

    def write(self, round_id: str, token: str, items: list[Item], attempts: int, now: datetime):
        """The pages, then the header that points to them; older pages go."""
        pages = [
            {"_id": f"{round_id}|{token}|{number}", "round_id": round_id, "token": token, "first": number * PAGE,
             "items": [asdict(item) for item in some]}
            for number, some in enumerate(chunks(items, PAGE))
        ]  # fmt: skip
        self.items.delete_many({"round_id": round_id, "token": token})
        if pages:
            self.items.insert_many(pages)
        header = {"round_id": None, "token": token, "questions": len(items), "attempts": attempts, "made_at": now}
        self.items.replace_one({"_id": round_id}, header, upsert=True)
        self.items.delete_many({"round_id": round_id, "token": {"$ne": token}})

    def read(self, round_id: str, token: str, after: int = 0, limit: int | None = None) -> list[Item]:
        """Questions from position `after`, at most `limit` (None: all)."""
        wanted = {"round_id": round_id, "token": token, "first": {"$gt": after - PAGE}}
        pages = self.items.find(wanted).sort("first", ASCENDING).limit(0 if limit is None else limit // PAGE + 2)
        start = after % PAGE if after else 0
        found = [_item(kept) for page in pages for kept in page["items"]][start:]
        return found if limit is None else found[:limit]


def _item(kept: dict) -> Item:
    return Item(**{**kept, "choices": tuple(Choice(**choice) for choice in kept["choices"]), "flags": tuple(kept["flags"])})
