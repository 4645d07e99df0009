"""Who did what, when and why, and what it was before and after. Entries are added with their change and never changed."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime

from pymongo import ASCENDING, DESCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database

from hoithi_contracts.fields import wire_instant


@dataclass(frozen=True)
class Entry:
    """One act. `scope`: whose it is to read (a contest, a bank); `before` and `after`: only what differs."""

    what: str
    by: str
    at: datetime
    scope: str
    subject: str
    reason: str = ""
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    entry_id: str = ""


class _Undone(Exception):
    """The change did not take place: nothing of it may stay."""


class Audit:
    """The log of one service. Ids begin with the instant, so that they sort like time."""

    def __init__(self, database: Database):
        self.client, self.entries = database.client, database["audit"]

    def ensure_indexes(self) -> None:
        self.entries.create_index([("scope", ASCENDING), ("_id", DESCENDING)], name="scope")

    def with_change(self, change: Callable[[ClientSession], bool], entry: Entry) -> bool:
        """Change and entry in one transaction. False, and nothing is kept of either, when `change` answers False.

        A passing trouble repeats `change`, so it must only touch the database, by the session it is given.
        """

        def work(session: ClientSession) -> None:
            if not change(session):
                raise _Undone()
            self.entries.insert_one(_document(entry), session=session)

        try:
            with self.client.start_session() as session:
                session.with_transaction(work)
        except _Undone:
            return False
        return True

    def page(self, scopes: Iterable[str] | None, before: str | None, limit: int) -> list[Entry]:
        """The newest entries before the id; `scopes`: None for all."""
        wanted = {} if scopes is None else {"scope": {"$in": list(scopes)}}
        if before:
            wanted["_id"] = {"$lt": before}
        found = self.entries.find(wanted).sort("_id", DESCENDING).limit(limit)
        return [_entry(document) for document in found]

    def every(self, scopes: Iterable[str] | None) -> Iterator[Entry]:
        """All entries, oldest first."""
        wanted = {} if scopes is None else {"scope": {"$in": list(scopes)}}
        return (_entry(document) for document in self.entries.find(wanted).sort("_id", ASCENDING))


def changed(before: dict, after: dict) -> tuple[dict, dict]:
    """The parts of both that differ."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def _document(entry: Entry) -> dict:
    kept = asdict(entry)
    kept.pop("entry_id")
    return {"_id": f"{wire_instant(entry.at)}-{secrets.token_hex(4)}", **kept}


def _entry(found: dict) -> Entry:
    return Entry(**{name: value for name, value in found.items() if name != "_id"}, entry_id=found["_id"])
