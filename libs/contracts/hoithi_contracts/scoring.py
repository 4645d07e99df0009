"""Events published by scoring: results, prizes, reminders."""

from datetime import datetime
from typing import Literal, Optional

from hoithi_contracts.event import Event, event


@event("week-scored", publisher="scoring", queues=("notify.results",))
class WeekScored(Event):
    """Sent when the round's provisional results are complete: every attempt that was accepted is scored."""

    round_id: str
    revision: int
    contest_id: str
    number: int
    attempts: int
    participants: int
    digest: str
    scored_at: datetime


@event("results-published", publisher="scoring", queues=("notify.results",))
class ResultsPublished(Event):
    """Sent when the organiser made a round's results official. `digest`: SHA-256 of the exported results."""

    round_id: str
    revision: int
    contest_id: str
    number: int
    attempts: int
    participants: int
    digest: str
    published_at: datetime


@event("results-corrected", publisher="scoring", queues=("notify.results",))
class ResultsCorrected(Event):
    """Sent when official results changed (a key corrected, a complaint upheld)."""

    round_id: str
    revision: int
    contest_id: str
    previous_digest: str
    digest: str
    reason: str
    corrected_at: datetime


@event("prize-awarded", publisher="scoring", queues=("notify.results",))
class PrizeAwarded(Event):
    """Sent when a person or a unit won something in official results."""

    award_id: str
    revision: int
    contest_id: str
    round_id: str
    division: str
    prize: str
    place: int
    winner_kind: Literal["person", "unit"]
    winner_id: str
    awarded_at: datetime


@event("reminder-requested", publisher="scoring", queues=("notify.reminders",))
class ReminderRequested(Event):
    """Sent when an officer urges the people of a unit who have not taken part; at most 1,000 people each."""

    reminder_id: str
    contest_id: str
    round_id: str
    unit_id: str
    user_ids: list[str]
    requested_by: str
    note: Optional[str] = None
    requested_at: datetime
