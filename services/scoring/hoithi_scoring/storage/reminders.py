"""Reminders an officer asked for: one document per thousand people, event included."""

from datetime import datetime

from hoithi_contracts.event import envelope
from hoithi_contracts.scoring import ReminderRequested


class Reminders:
    def __init__(self, reminders):
        self.reminders = reminders

    def get(self, reminder_id: str) -> dict | None:
        """The finished reminder of this id."""
        return self.reminders.find_one({"_id": reminder_id}, {"_id": 0, "outbox": 0})

    def request(self, event: ReminderRequested, now: datetime):
        """Keep one event; again changes nothing."""
        kept = {"people": len(event.user_ids), "requested_at": event.requested_at, "outbox": [envelope(event, now)]}
        self.reminders.update_one({"_id": event.reminder_id}, {"$setOnInsert": kept}, upsert=True)

    def finish(self, reminder_id: str, summary: dict):
        self.reminders.update_one({"_id": reminder_id}, {"$setOnInsert": summary}, upsert=True)
