"""A shelf: finished bytes under the digest of what they were made of, for a while."""

from datetime import datetime, timedelta

from pymongo import ASCENDING


class Shelf:
    """What is asked for again within `kept_for` need not be made again. Documents of at most 16 MB, each kept once.

    `personal`: some are about a person, and are forgotten with the person.
    """

    def __init__(self, collection, kept_for: timedelta, personal: bool = False):
        self.collection, self.kept_for, self.personal = collection, kept_for, personal

    def ensure_indexes(self) -> None:
        self.collection.create_index([("until", ASCENDING)], name="until", expireAfterSeconds=0)
        if self.personal:
            self.collection.create_index([("about", ASCENDING)], name="about", sparse=True)

    def get(self, key: str) -> bytes | None:
        found = self.collection.find_one({"_id": key}, {"content": 1})
        return found and bytes(found["content"])

    def put(self, key: str, content: bytes, now: datetime, about: str | None = None) -> None:
        """`about`: the person whose data is in it, so that it can be forgotten with the person."""
        kept = {"content": content, "until": now + self.kept_for, **({"about": about} if about else {})}
        self.collection.replace_one({"_id": key}, kept, upsert=True)

    def forget(self, about: str) -> None:
        self.collection.delete_many({"about": about})
