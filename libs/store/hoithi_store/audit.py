"""Who did what, when and why, and what it was before and after. Entries are added with their change and never changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database

from hoithi_contracts.fields import wire_instant
from hoithi_store.transaction import in_one_step


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


TOGETHER = 1000
"""Entries fetched at once: without a number MongoDB sends 16 MB of them, which are all in memory then."""
NAMES = set(Entry.__dataclass_fields__)
Change = Callable[[ClientSession | None], bool]


class _Undone(Exception):
    """The change did not take place: nothing of it may stay."""


class Audit:
    """The log of one service, its collection `audit`.

    Ids begin with the instant, so that they sort like time; what a process notes at the same instant it numbers.
    """

    def __init__(self, database: Database):
        self.database, self.entries = database, database["audit"]

    def ensure_indexes(self) -> None:
        self.entries.create_index([("scope", ASCENDING), ("_id", DESCENDING)], name="scope")
        self.entries.create_index([("subject", ASCENDING), ("at", ASCENDING)])
        for name in ("by", "what"):
            self.entries.create_index([(name, ASCENDING), ("_id", DESCENDING)], name=name)

    def with_change(self, change: Change, entry: Entry | None) -> bool:
        """Change and entry in one transaction. False, and nothing is kept of either, when `change` answers False.

        A passing trouble repeats `change`, so it must only touch the database, by the session it is given. What is
        nobody's act has no entry: then it is the change alone, without a session.
        """
        if entry is None:
            return change(None)

        def work(session: ClientSession) -> None:
            if not change(session):
                raise _Undone()
            self.note(entry, session)

        try:
            in_one_step(self.database, work)
        except _Undone:
            return False
        return True

    def note(self, entry: Entry, session: ClientSession) -> None:
        """Keep an entry in the transaction of a change that is larger than `with_change`."""
        self.entries.insert_one(_document(entry), session=session)

    def page(self, scopes: Iterable[str] | None, before: str | None, limit: int, wanted: dict | None = None) -> list[Entry]:
        """The newest entries before the id; `scopes`: None for all; `wanted`: see `matching`."""
        conditions = {**_within(scopes), **matching(wanted or {})}
        if before:
            conditions["_id"] = {"$lt": before}
        found = self.entries.find(conditions).sort("_id", DESCENDING).limit(limit)
        return [_entry(document) for document in found]

    def every(self, scopes: Iterable[str] | None, wanted: dict | None = None) -> Iterator[Entry]:
        """All entries, oldest first; `wanted`: see `matching`."""
        conditions = {**_within(scopes), **matching(wanted or {})}
        found = self.entries.find(conditions, batch_size=TOGETHER).sort("_id", ASCENDING)
        return (_entry(document) for document in found)

    def about(self, subject: str) -> list[Entry]:
        """The entries about a subject, oldest first."""
        found = self.entries.find({"subject": subject}).sort([("at", ASCENDING), ("_id", ASCENDING)])
        return [_entry(document) for document in found]

    def blank(self, subject: str, session: ClientSession | None = None) -> None:
        """Forget the words in the entries about somebody who was erased; who did what and when stays."""
        self.entries.update_many({"subject": subject}, {"$set": {"reason": ""}}, session=session)


def changed(before: dict, after: dict) -> tuple[dict, dict]:
    """The parts of both that differ."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def matching(wanted: dict) -> dict:
    """What is asked for as MongoDB's conditions: `subject`, `by`, `what`; `since` and, not included, `until`. None: any."""
    equal = {name: wanted[name] for name in ("subject", "by", "what") if wanted.get(name)}
    span = {sign: wanted[name] for name, sign in (("since", "$gte"), ("until", "$lt")) if wanted.get(name)}
    return {**equal, **({"at": span} if span else {})}


def _within(scopes: Iterable[str] | None) -> dict:
    return {} if scopes is None else {"scope": {"$in": list(scopes)}}


def _document(entry: Entry) -> dict:
    kept = asdict(entry)
    kept.pop("entry_id")
    return {"_id": f"{wire_instant(entry.at)}-{ObjectId()}", **kept}


def _entry(found: dict) -> Entry:
    """An entry of before all had one shape lacks some parts and may say more: that belongs to what it became."""
    known = {"scope": "", **{name: value for name, value in found.items() if name in NAMES}}
    beside = {name: value for name, value in found.items() if name not in NAMES and name != "_id"}
    return Entry(**{**known, "after": {**beside, **known.get("after", {})}, "entry_id": str(found["_id"])})
