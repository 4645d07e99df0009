"""Who gave or took which role, when. Entries are added and never changed."""

from datetime import datetime

from pymongo.client_session import ClientSession

from hoithi_store import AuditLog


class Audit(AuditLog):
    def note_role(self, what: str, subject: str, role: str, actor_id: str, now: datetime, session: ClientSession) -> None:
        """`actor_id` did `what` with a role of the person `subject`."""
        self.note(what, subject, actor_id, now, session, role=role)
