"""Invitations, with the event that sends the letter. The address stays only as long as the invitation is open."""

import dataclasses
from collections.abc import Callable
from datetime import datetime

from pymongo import ASCENDING, DESCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database

from hoithi_contracts.event import envelope
from hoithi_registration.domain import contact
from hoithi_registration.domain.invitation import KEPT, Invitation, InvitationVoid
from hoithi_registration.domain.refusal import ChangedMeanwhile, Missing
from hoithi_registration.domain.role import Role
from hoithi_store import Audit, Entry, in_one_step


class Invitations:
    def __init__(self, database: Database):
        self.database = database
        self.invitations = database["invitations"]
        self.audit = Audit(database)

    def ensure_indexes(self) -> None:
        """`token` for the letter's link, `by` for the inviter's list and the bound; by the last one MongoDB removes old ones."""
        self.invitations.create_index([("token_hash", ASCENDING)], name="token")
        self.invitations.create_index([("by", ASCENDING), ("_id", ASCENDING)], name="by")
        self.invitations.create_index([("invited_at", ASCENDING)], name="kept", expireAfterSeconds=int(KEPT.total_seconds()))

    def add(self, invitation: Invitation, token: str, entry: Entry, now: datetime) -> Invitation:
        """Keep it, with the event and the audit entry."""
        document = _document(invitation) | {"outbox": [envelope(invitation.fact(token), now)]}

        def work(session: ClientSession):
            self.invitations.insert_one(document, session=session)
            self.audit.note(entry, session)

        in_one_step(self.database, work)
        return invitation

    def get(self, invitation_id: str) -> Invitation:
        """Raises Missing."""
        return self._found({"_id": invitation_id}, Missing)

    def of_token(self, token_hash: str) -> Invitation:
        """Raises InvitationVoid."""
        return self._found({"token_hash": token_hash}, InvitationVoid)

    def open_of(self, user_id: str, now: datetime) -> int:
        """How many of a person's invitations are open."""
        return self.invitations.count_documents({"by": user_id, "state": "open", "expires_at": {"$gt": now}})

    def page(self, by: str | None, after: str | None, limit: int) -> list[Invitation]:
        """Newest first (ids rise with time); of one inviter, or of all."""
        wanted = ({"by": by} if by else {}) | ({"_id": {"$lt": after}} if after else {})
        found = self.invitations.find(wanted, {"outbox": 0}).sort("_id", DESCENDING).limit(limit)
        return [_invitation(document) for document in found]

    def close(self, after: Invitation, entry: Entry, also: Callable[[ClientSession], None] | None = None) -> Invitation:
        """An open one is accepted or withdrawn, once; an unsent letter is not sent any more. Raises ChangedMeanwhile."""
        closed = dataclasses.replace(after, email=contact.masked_email(after.email))
        changes = {"$set": {**_closing(closed), "outbox": []}}

        def work(session: ClientSession):
            still_open = {"_id": after.invitation_id, "state": "open"}
            if not self.invitations.update_one(still_open, changes, session=session).matched_count:
                raise ChangedMeanwhile()
            self.audit.note(entry, session)
            if also:
                also(session)

        in_one_step(self.database, work)
        return closed

    def _found(self, wanted: dict, refusal: type[Exception]) -> Invitation:
        found = self.invitations.find_one(wanted, {"outbox": 0})
        if found is None:
            raise refusal()
        return _invitation(found)


def _closing(invitation: Invitation) -> dict:
    return {name: getattr(invitation, name) for name in ("state", "closed_by", "closed_at", "email")}


def _document(invitation: Invitation) -> dict:
    document = dataclasses.asdict(invitation)
    return {"_id": document.pop("invitation_id"), **document}


def _invitation(document: dict) -> Invitation:
    role = Role(**document.pop("role"))
    return Invitation(invitation_id=document.pop("_id"), role=role, **document)
