"""Who did what, when, why. Entries are added in the step that does it, and never changed."""

from datetime import datetime

from pymongo import ASCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database


class AuditLog:
    """The audit log of one service, in its collection `audit`.

    Every entry has `what`, `subject` (the id of what it was done to), `by` (a user id) and `at`; what else
    belongs to it (`before`, `after`, `reason`, ...) is the service's.
    """

    def __init__(self, database: Database):
        self.entries = database["audit"]

    def ensure_indexes(self) -> None:
        self.entries.create_index([("subject", ASCENDING), ("at", ASCENDING)])

    def note(self, what: str, subject: str, by: str, now: datetime, session: ClientSession | None = None, **more) -> None:
        """`by` did `what` to `subject`."""
        self.entries.insert_one({"what": what, "subject": subject, "by": by, "at": now, **more}, session=session)

    def about(self, subject: str) -> list[dict]:
        """The entries about a subject, oldest first."""
        return list(self.entries.find({"subject": subject}, {"_id": 0}).sort("at", ASCENDING))

    def blank(self, subject: str, session: ClientSession | None = None) -> None:
        """Forget the words in the entries about somebody who was erased; who did what and when stays."""
        worded = {"subject": subject, "reason": {"$exists": True}}
        self.entries.update_many(worded, {"$set": {"reason": ""}}, session=session)
