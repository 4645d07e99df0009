"""Who gave or took which role, when. Entries are added and never changed."""

from datetime import datetime

from pymongo import ASCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database


class Audit:
    def __init__(self, database: Database):
        self.audit = database["audit"]

    def ensure_indexes(self) -> None:
        self.audit.create_index([("subject", ASCENDING), ("at", ASCENDING)])

    def note(self, what: str, subject: str, role: str, actor_id: str, now: datetime, session: ClientSession) -> None:
        """`actor_id` did `what` with a role of the person `subject`."""
        self.audit.insert_one({"what": what, "subject": subject, "role": role, "by": actor_id, "at": now}, session=session)

    def about(self, user_id: str) -> list[dict]:
        """The entries about a person, oldest first."""
        return list(self.audit.find({"subject": user_id}, {"_id": 0}).sort("at", ASCENDING))
