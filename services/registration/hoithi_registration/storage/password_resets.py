"""Links and codes for forgotten passwords; MongoDB removes them with their end."""

import dataclasses
from datetime import datetime

from pymongo import ASCENDING
from pymongo.database import Database

from hoithi_contracts.event import Event, envelope
from hoithi_registration.domain.password_reset import Reset, ResetVoid
from hoithi_registration.domain.person import HISTORY_KEPT
from hoithi_store import Audit, Entry, in_one_step

NAMES = [field.name for field in dataclasses.fields(Reset) if field.name != "reset_id"]


class PasswordResets:
    def __init__(self, database: Database):
        self.database = database
        self.resets, self.people, self.sessions = database["password_resets"], database["people"], database["sessions"]
        self.audit = Audit(database)

    def ensure_indexes(self) -> None:
        """`secret` for link and code, `person` for what one new password ends; by the last one MongoDB removes old ones."""
        self.resets.create_index([("secret_hash", ASCENDING)], name="secret")
        self.resets.create_index([("user_id", ASCENDING)], name="person")
        self.resets.create_index([("expires_at", ASCENDING)], name="kept", expireAfterSeconds=0)

    def add(self, reset: Reset, facts: list[Event], now: datetime, entry: Entry | None = None) -> None:
        """Keep it, with the event that sends the letter, or with the log's entry about the code."""
        kept = {name: getattr(reset, name) for name in NAMES}
        letters = {"outbox": [envelope(fact, now) for fact in facts]}
        document = {"_id": reset.reset_id, **kept, "expires_at": reset.expires_at, **letters}

        def work(session) -> bool:
            return bool(self.resets.insert_one(document, session=session).inserted_id)

        self.audit.with_change(work, entry)

    def of_link(self, secret_hash: str) -> Reset:
        """Raises ResetVoid."""
        return self._found({"secret_hash": secret_hash, "given_by": None})

    def of_code(self, user_id: str, secret_hash: str) -> Reset:
        """Raises ResetVoid."""
        return self._found({"secret_hash": secret_hash, "user_id": user_id})

    def use(self, reset: Reset, password_hash: str, entry: Entry, now: datetime) -> None:
        """The new password counts, this reset and every other one of the person are gone, all sessions end. Raises ResetVoid."""
        history = {"history": {"$each": [{"at": now, "what": "password-reset", "fields": []}], "$slice": -HISTORY_KEPT}}
        alive = {"_id": reset.user_id, "erased_at": None}

        def work(session):
            used = self.resets.delete_one({"_id": reset.reset_id}, session=session).deleted_count
            changes = {"$set": {"password_hash": password_hash}, "$push": history}
            if not used or not self.people.update_one(alive, changes, session=session).matched_count:
                raise ResetVoid()
            self.resets.delete_many({"user_id": reset.user_id}, session=session)
            self.sessions.delete_many({"user_id": reset.user_id}, session=session)
            self.audit.note(entry, session)

        in_one_step(self.database, work)

    def _found(self, wanted: dict) -> Reset:
        found = self.resets.find_one(wanted, {"outbox": 0})
        if found is None:
            raise ResetVoid()
        return Reset(reset_id=found["_id"], **{name: found[name] for name in NAMES})
