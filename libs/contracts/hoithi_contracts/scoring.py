"""Events published by scoring: results, prizes, reminders, complaints."""

from datetime import datetime
from hashlib import sha256
from typing import Literal, Optional

from hoithi_contracts.event import Event, event

BUCKETS = 256


def bucket(attempt_id: str) -> int:
    """The bucket of an attempt in `attempts-missing`: the first byte of SHA-256 of its id."""
    return sha256(attempt_id.encode()).digest()[0]


@event("attempts-missing", publisher="scoring", queues=("exam.repairs",))
class AttemptsMissing(Event):
    """Sent when a round has closed and scoring still lacks attempts: exam publishes again what differs.

    `buckets` tells what scoring has without naming it: how many attempts fall into each of 256 buckets,
    by the first byte of SHA-256 of the attempt's id. `revision` counts the requests for the round.
    """

    round_id: str
    revision: int
    contest_id: str
    expected: int
    received: int
    buckets: list[int]
    asked_at: datetime


@event("week-scored", publisher="scoring", queues=("notify.results", "exam.results"))
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


@event(
    "results-published",
    publisher="scoring",
    queues=("notify.results", "exam.results", "registration.contests", "emulation.results"),
)
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


@event("results-corrected", publisher="scoring", queues=("notify.results", "emulation.results"))
class ResultsCorrected(Event):
    """Sent when official results changed (a key corrected, a complaint upheld)."""

    round_id: str
    revision: int
    contest_id: str
    previous_digest: str
    digest: str
    reason: str
    corrected_at: datetime


@event("prize-awarded", publisher="scoring", queues=("notify.results", "registration.contests", "emulation.results"))
class PrizeAwarded(Event):
    """Sent when a person or a unit won something in official results.

    `scope` season: over all rounds; `round_id` is then the last of them. `pool_id`, `pool`: id and title of the local pool
    the prize is from; none: a prize of the contest. Of a unit's prize `division` is the block of units it competed in.
    """

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
    scope: Literal["round", "season"] = "round"
    pool_id: Optional[str] = None
    pool: Optional[str] = None


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


@event("complaint-received", publisher="scoring", queues=("notify.complaints",))
class ComplaintReceived(Event):
    """Sent when a person complained about an own result. What was written stays with scoring."""

    complaint_id: str
    contest_id: str
    round_id: str
    user_id: str
    kind: str
    received_at: datetime
    decide_by: datetime


@event("complaint-questioned", publisher="scoring", queues=("notify.complaints",))
class ComplaintQuestioned(Event):
    """Sent when the organiser needs to know more before deciding a complaint; `revision` counts the questions."""

    complaint_id: str
    revision: int
    contest_id: str
    round_id: str
    user_id: str
    kind: str
    asked_at: datetime
    decide_by: datetime


@event("complaint-decided", publisher="scoring", queues=("notify.complaints",))
class ComplaintDecided(Event):
    """Sent when the organiser decided a complaint. The reason is read on the site, by the person alone."""

    complaint_id: str
    contest_id: str
    round_id: str
    user_id: str
    kind: str
    outcome: Literal["upheld", "rejected"]
    decided_at: datetime


@event("unit-report-ready", publisher="scoring", queues=("notify.reminders",))
class UnitReportReady(Event):
    """Sent when the daily or weekly report of a unit is there for its officers, who sign in to read it."""

    report_id: str
    contest_id: str
    round_id: str
    unit_id: str
    unit_name: str
    kind: Literal["daily", "weekly"]
    day: str
    user_ids: list[str]
    made_at: datetime


@event("results-proposed", publisher="scoring", queues=("notify.proposals",))
class ResultsProposed(Event):
    """Sent when an organiser proposed to make a round's results official: another organiser has to confirm it."""

    proposal_id: str
    contest_id: str
    round_id: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime


@event("results-refused", publisher="scoring", queues=("notify.proposals",))
class ResultsRefused(Event):
    """Sent when a second organiser refused to make a round's results official: whoever proposed it learns why."""

    proposal_id: str
    contest_id: str
    round_id: str
    proposed_by: str
    proposed_at: datetime
    refused_at: datetime
    reason: str
