"""Sessions; MongoDB removes them when they expire."""

import dataclasses

from pymongo import ASCENDING, WriteConcern
from pymongo.database import Database

from hoithi_registration.domain.refusal import ChangedMeanwhile
from hoithi_registration.domain.session import Session, SessionEnded


class Sessions:
    def __init__(self, database: Database):
        self.sessions = database["sessions"]
        # A session that a crash of the database takes along is a sign-in more; an end of one must not be lost.
        self.begun = self.sessions.with_options(write_concern=WriteConcern(w=1, j=False))

    def ensure_indexes(self) -> None:
        self.sessions.create_index([("user_id", ASCENDING)])
        self.sessions.create_index([("expires_at", ASCENDING)], expireAfterSeconds=0)

    def add(self, session: Session) -> None:
        self.begun.insert_one(_document(session))

    def get(self, session_id: str) -> Session:
        """Raises SessionEnded when there is none."""
        found = self.sessions.find_one({"_id": session_id})
        if found is None:
            raise SessionEnded()
        return _session(found)

    def of(self, user_id: str) -> list[Session]:
        """A person's sessions, oldest first."""
        return [_session(document) for document in self.sessions.find({"user_id": user_id}).sort("created_at", ASCENDING)]

    def replace(self, before: Session, after: Session) -> None:
        """Raises ChangedMeanwhile when the token was used at the same time."""
        same = {"_id": before.session_id, "refresh_hash": before.refresh_hash}
        if not self.sessions.replace_one(same, _document(after)).matched_count:
            raise ChangedMeanwhile()

    def end(self, session_id: str) -> None:
        self.sessions.delete_one({"_id": session_id})

    def end_own(self, user_id: str, session_id: str) -> None:
        """One of the person's own; quietly nothing when it is somebody else's or none."""
        self.sessions.delete_one({"_id": session_id, "user_id": user_id})

    def end_all(self, user_id: str) -> None:
        self.sessions.delete_many({"user_id": user_id})


def _document(session: Session) -> dict:
    document = dataclasses.asdict(session)
    return {"_id": document.pop("session_id"), **document}


def _session(document: dict) -> Session:
    return Session(session_id=document.pop("_id"), **document)
