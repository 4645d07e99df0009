"""The audit log. Entries are added and never changed."""

import dataclasses
from collections.abc import Iterator

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database

from hoithi_registration.domain.audit import Entry

FIELDS = tuple(field.name for field in dataclasses.fields(Entry) if field.name != "entry_id")


class Audit:
    def __init__(self, database: Database):
        self.audit = database["audit"]

    def ensure_indexes(self) -> None:
        for name in ("subject", "by", "what"):
            self.audit.create_index([(name, ASCENDING), ("_id", ASCENDING)])

    def note(self, entry: Entry, session: ClientSession) -> None:
        """Keep an entry, with the change it tells of (the transaction of `session`)."""
        self.audit.insert_one({name: getattr(entry, name) for name in FIELDS}, session=session)

    def about(self, user_id: str) -> list[Entry]:
        """The entries about a person, oldest first."""
        return [_entry(document) for document in self.audit.find({"subject": user_id}).sort("_id", ASCENDING)]

    def page(self, wanted: dict, after: str | None, limit: int) -> list[Entry]:
        """Newest first, those that were noted before the entry `after`. `wanted`: subject, by, what, since, until."""
        older = {"_id": {"$lt": ObjectId(after)}} if after else {}
        found = self.audit.find(_filter(wanted) | older).sort("_id", DESCENDING).limit(limit)
        return [_entry(document) for document in found]

    def all(self, wanted: dict) -> Iterator[Entry]:
        """Oldest first."""
        return map(_entry, self.audit.find(_filter(wanted)).sort("_id", ASCENDING))


def _filter(wanted: dict) -> dict:
    equal = {name: wanted[name] for name in ("subject", "by", "what") if name in wanted}
    span = {sign: wanted[name] for name, sign in (("since", "$gte"), ("until", "$lt")) if name in wanted}
    return {**equal, **({"at": span} if span else {})}


def _entry(document: dict) -> Entry:
    known = {name: document[name] for name in FIELDS if name in document}
    return Entry(**known, entry_id=str(document["_id"]))
