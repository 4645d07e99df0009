"""Who did what to which bank, when, from what to what, and why. Entries are added and never changed."""

from collections.abc import Callable
from datetime import datetime

from pymongo import ASCENDING
from pymongo.client_session import ClientSession


class Audit:
    def __init__(self, database):
        self.database = database
        self.audit = database["audit"]

    def ensure_indexes(self) -> None:
        self.audit.create_index([("subject", ASCENDING), ("at", ASCENDING)], name="subject")

    def note(self, what: str, subject: str, by: str, at: datetime, before, after, reason: str, session: ClientSession) -> None:
        """`by` did `what` to `subject` ("bank:id"): it was `before` and is `after`."""
        entry = {"what": what, "subject": subject, "by": by, "at": at, "before": before, "after": after, "reason": reason}
        self.audit.insert_one(entry, session=session)

    def about(self, subject: str) -> list[dict]:
        """The entries about a subject, oldest first."""
        return list(self.audit.find({"subject": subject}, {"_id": 0}).sort("at", ASCENDING))

    def together(self, work: Callable[[ClientSession], object]):
        """What `work` returns: all its writes are kept, or none."""
        with self.database.client.start_session() as session:
            return session.with_transaction(work)
