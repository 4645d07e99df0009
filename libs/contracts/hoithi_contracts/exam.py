"""Events published by exam: contests, rounds ("weeks"), attempts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Optional

from hoithi_contracts.event import Event, event
from hoithi_contracts.fields import Answers


@dataclass(frozen=True)
class Prize:
    """How many of a prize a division has in a round, best first: first 1, second 2, third 3, consolation 5."""

    name: str
    count: int


@dataclass(frozen=True)
class ResultRules:
    """The part of a contest's rules that results depend on. Words as in docs/reference/rules.md."""

    counting: Literal["best", "first", "last", "sum-of-days"]
    tie_break: Literal["A", "B", "C", "D"]
    prediction: Literal["perfect", "participants", "attempts", "percentage", "none"]
    divisions: list[str]
    prizes: list[Prize]
    collective: Literal["participation", "attempts", "headcount", "points"]
    collective_least_rate: int  # per cent of the roster
    answers_shown: Literal["after-close", "at-once", "never"]
    time_zone: str = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class RoundPlan:
    """Number and window of a round."""

    round_id: str
    number: int
    title: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Publication:
    """Working days after the provisional results: how long complaints are taken, by when results are to be official.

    `winners_verified`: only when a person has verified every winner.
    """

    complaint_working_days: int = 3
    official_within_working_days: int = 5
    winners_verified: bool = False


@event("contest-published", publisher="exam", queues=("scoring.rounds", "notify.rounds", "registration.contests"))
class ContestPublished(Event):
    """Sent when a contest was announced: title, rounds and rules (the rules bind at each round's opening)."""

    contest_id: str
    revision: int
    title: str
    rules: ResultRules
    rounds: list[RoundPlan]
    published_at: datetime
    publication: Optional[Publication] = None
    season_prizes: Optional[list[Prize]] = None


@dataclass(frozen=True)
class Key:
    """The right options of a question, as letters in the bank's order, and its points."""

    right: str
    points: int = 1


@event("week-opened", publisher="exam", queues=("scoring.rounds", "notify.rounds"))
class WeekOpened(Event):
    """Sent when a round opened: from now on its rules and keys are binding. Not for the public (keys)."""

    round_id: str
    contest_id: str
    number: int
    title: str
    opens_at: datetime
    closes_at: datetime
    rules: ResultRules
    rules_version: int
    paper_size: int
    keys: dict[str, Key]


@event("week-extended", publisher="exam", queues=("scoring.rounds", "notify.rounds"))
class WeekExtended(Event):
    """Sent when the organiser gave everybody more time after an outage, with a public notice."""

    round_id: str
    revision: int
    contest_id: str
    previous_closes_at: datetime
    closes_at: datetime
    reason: str
    notice: str


@event("attempt-submitted", publisher="exam", queues=("scoring.attempts",))
class AttemptSubmitted(Event):
    """Sent when answers were accepted: by the person, or at the deadline by the server.

    `answers` maps the bank's question to the chosen options as letters in the bank's order ("a" is
    the first); questions left out were not answered. `late`: arrived within the grace after the
    deadline. `prediction`: the person's sealed one for the round, repeated in each later attempt.
    """

    attempt_id: str
    contest_id: str
    round_id: str
    user_id: str
    unit_id: str
    party_unit_id: Optional[str] = None
    division: str
    number: int
    started_at: datetime
    submitted_at: datetime
    duration_ms: int
    by: Literal["person", "server"]
    late: bool
    questions: list[str]
    answers: dict[str, str] = field(metadata={"marshmallow_field": Answers(required=True)})
    answers_digest: str
    prediction: Optional[int] = None
    registered_at: datetime


@event("week-closed", publisher="exam", queues=("scoring.rounds", "notify.rounds", "registration.contests"))
class WeekClosed(Event):
    """Sent when the last paper of the round was accepted. `attempts` is how many were: completeness is a fact."""

    round_id: str
    contest_id: str
    number: int
    attempts: int
    closed_at: datetime


@event("answer-key-corrected", publisher="exam", queues=("scoring.rounds",))
class AnswerKeyCorrected(Event):
    """Sent when the organiser corrected the key of one question in a round that had opened."""

    round_id: str
    revision: int
    contest_id: str
    question_id: str
    right: str
    reason: str
    corrected_at: datetime


@event("key-correction-proposed", publisher="exam", queues=("notify.proposals",))
class KeyCorrectionProposed(Event):
    """Sent when an organiser proposed to correct a key, which is not told: another organiser has to confirm it."""

    proposal_id: str
    contest_id: str
    round_id: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime


@event("key-correction-refused", publisher="exam", queues=("notify.proposals",))
class KeyCorrectionRefused(Event):
    """Sent when a second organiser refused a key's correction, which is not told: whoever proposed it learns why."""

    proposal_id: str
    contest_id: str
    round_id: str
    proposed_by: str
    proposed_at: datetime
    refused_at: datetime
    reason: str
