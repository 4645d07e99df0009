"""Complaints about an own result: filed within the period, asked about, decided with a reason.

A complaint is `received`; it may be `questioned` by an organiser and then `answered` by the person; it ends `upheld` or
`rejected` by an organiser, or `withdrawn` by the person. Deciding changes no result: an organiser who upholds a complaint
corrects the key or an invalidation as ever, which everybody can see.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from hoithi_contracts.exam import Publication
from hoithi_contracts.scoring import ComplaintDecided, ComplaintQuestioned, ComplaintReceived
from hoithi_scoring.domain.refusals import (
    AttemptUnknown,
    ComplaintsOpen,
    NoOwnResult,
    NotNow,
    NotYet,
    OneIsOpen,
    OwnComplaint,
    PastHoliday,
    PeriodOver,
)
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.working_days import end_of

KINDS = ("score", "time", "missing-attempt", "invalidation", "prize", "other")
WITHOUT_RESULT = ("missing-attempt", "invalidation", "other")
"""What also somebody who has no attempt that counts may complain about."""
OPEN = ("received", "questioned", "answered")
OUTCOMES = ("upheld", "rejected")
STATES = (*OPEN, *OUTCOMES, "withdrawn")
PERSON, ORGANISER = "person", "organiser"


@dataclass(frozen=True)
class Period:
    """When complaints about a round are taken (`until` itself is too late), and by when results are to be official."""

    since: datetime
    until: datetime
    official_by: datetime

    def check(self, now: datetime) -> None:
        """Raises PeriodOver."""
        if now >= self.until:
            raise PeriodOver(self.until)


def period(round: Round, holidays: frozenset[date]) -> Period:
    """The rules' working days, from the first provisional results on. Raises NotYet before those."""
    if not round.is_public:
        raise NotYet(round.state)
    rules, zone = round.publication or Publication(), round.rules.time_zone
    until = end_of(round.provisional_since, rules.complaint_working_days, holidays, zone)
    official_by = end_of(round.provisional_since, rules.official_within_working_days, holidays, zone)
    return Period(round.provisional_since, until, max(until, official_by))


@dataclass(frozen=True)
class Word:
    """Something said about a complaint, by the "person" or by an "organiser"."""

    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Complaint:
    """`person` is the pseudonym of the results. `decide_by`: when results are to be official. `said`: questions, answers."""

    complaint_id: str
    contest_id: str
    round_id: str
    user_id: str
    person: str
    kind: str
    text: str
    received_at: datetime
    decide_by: datetime
    attempt_number: int | None = None
    state: str = "received"
    said: tuple[Word, ...] = ()
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    erased: bool = False
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        return self.is_open and now >= self.decide_by

    def question(self, by: str, text: str, now: datetime) -> tuple["Complaint", list]:
        """The organiser needs to know more. Raises NotNow, OwnComplaint."""
        self._check(OPEN, by)
        asked = self._say(ORGANISER, text, now, "questioned")
        revision = sum(word.by == ORGANISER for word in asked.said)
        return asked, [ComplaintQuestioned(**self._about(), revision=revision, asked_at=now, decide_by=self.decide_by)]

    def answer(self, text: str, now: datetime) -> tuple["Complaint", list]:
        """The person answers a question. Raises NotNow."""
        self._check(("questioned",))
        return self._say(PERSON, text, now, "answered"), []

    def decide(self, by: str, outcome: str, reason: str, now: datetime) -> tuple["Complaint", list]:
        """The same decision again is quiet; another one is refused. Raises NotNow, OwnComplaint."""
        if (self.state, self.reason) == (outcome, reason):
            return self, []
        self._check(OPEN, by)
        decided = replace(self, state=outcome, reason=reason, decided_by=by, decided_at=now)
        return decided, [ComplaintDecided(**self._about(), outcome=outcome, decided_at=now)]

    def withdraw(self, now: datetime) -> tuple["Complaint", list]:
        """The person changed the mind. Again is quiet. Raises NotNow."""
        if self.state == "withdrawn":
            return self, []
        self._check(OPEN)
        return replace(self, state="withdrawn", decided_at=now), []

    def forgotten(self, now: datetime) -> "Complaint":
        """The person was erased: no word stays, and nobody waits for a decision any more."""
        ended = replace(self, state="withdrawn", decided_at=now) if self.is_open else self
        return replace(ended, text="", said=(), reason="", erased=True)

    def _check(self, states: Collection[str], organiser: str | None = None) -> None:
        if organiser == self.user_id:
            raise OwnComplaint()
        if self.state not in states:
            raise NotNow(self.state)

    def _say(self, by: str, text: str, now: datetime, state: str) -> "Complaint":
        return replace(self, state=state, said=(*self.said, Word(by, text, now)))

    def _about(self) -> dict:
        names = ("complaint_id", "contest_id", "round_id", "user_id", "kind")
        return {name: getattr(self, name) for name in names}


def file(
    round: Round, when: Period, user_id: str, person: str, body: dict, numbers: Collection[int], earlier: list[Complaint],
    now: datetime,
) -> tuple[Complaint, list]:  # fmt: skip
    """A new complaint. `numbers`: the person's attempts in the round; `earlier`: complaints of this kind about it.

    Raises PeriodOver, OneIsOpen, NoOwnResult, AttemptUnknown.
    """
    when.check(now)
    _check_subject(body, numbers)
    if any(complaint.is_open for complaint in earlier):
        raise OneIsOpen()
    made = Complaint(
        complaint_id=f"{beginning(round.round_id, person, body['kind'])}{len(earlier) + 1}", contest_id=round.contest_id,
        round_id=round.round_id, user_id=user_id, person=person, kind=body["kind"], text=body["text"], received_at=now,
        decide_by=when.official_by, attempt_number=body["attempt_number"],
    )  # fmt: skip
    return made, [ComplaintReceived(**made._about(), received_at=now, decide_by=made.decide_by)]


def beginning(round_id: str, person: str, kind: str) -> str:
    """How the ids of a person's complaints of one kind about a round begin; a number follows."""
    return f"{round_id}:{person}:{kind}:"


def _check_subject(body: dict, numbers: Collection[int]) -> None:
    if not numbers and body["kind"] not in WITHOUT_RESULT:
        raise NoOwnResult()
    number = body["attempt_number"]
    # An attempt that is missing has a number the person knows and we do not.
    if number is not None and number not in numbers and body["kind"] != "missing-attempt":
        raise AttemptUnknown(number)


def check_settled(open_complaints: int, when: Period, reason: str, now: datetime) -> None:
    """Raises ComplaintsOpen. With a reason results may become official once the day for it is over."""
    if open_complaints and not (reason and now >= when.official_by):
        raise ComplaintsOpen(open_complaints, when.official_by)


def check_holidays(before: frozenset[date], after: frozenset[date], today: date) -> None:
    """Raises PastHoliday: a deadline that people went by is not moved afterwards."""
    moved = sorted(day for day in before ^ after if day <= today)
    if moved:
        raise PastHoliday(moved[0].strftime("%d/%m/%Y"))
