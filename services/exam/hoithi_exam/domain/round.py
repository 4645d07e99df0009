"""A round ("week"): planned, open, closing, closed. The clock moves it, the organiser may extend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hoithi_contracts.exam import AnswerKeyCorrected, Key, RoundPlan, WeekClosed, WeekExtended, WeekOpened
from hoithi_exam.domain.bank import Bank, Question
from hoithi_exam.domain.halt import Halt, HaltStands, RoundHalted, ended
from hoithi_exam.domain.rules import Rules

SETTLE = timedelta(seconds=1)
"""What a request that was in time may need from the door into the database, before the server submits instead."""


class UnknownRound(Exception):
    """There is no such round."""


class RoundNotOpen(Exception):
    """The round opens later."""

    def __init__(self, opens_at: datetime):
        self.opens_at = opens_at
        super().__init__(opens_at)


class RoundOpening(Exception):
    """The round's instant has come, but it could not be opened yet."""


class RoundClosed(Exception):
    """The round is over."""

    def __init__(self, closes_at: datetime):
        self.closes_at = closes_at
        super().__init__(closes_at)


class NotLonger(Exception):
    """An extension must end later than the round does now."""

    def __init__(self, closes_at: datetime):
        self.closes_at = closes_at
        super().__init__(closes_at)


class NextRoundOpens(Exception):
    """An extension must not reach into the next round."""

    def __init__(self, opens_at: datetime):
        self.opens_at = opens_at
        super().__init__(opens_at)


class UnknownQuestion(Exception):
    """The round's banks have no such question."""

    def __init__(self, question_id: str):
        self.question_id = question_id
        super().__init__(question_id)


class KeyNotPossible(Exception):
    """The question cannot have this key. `fields`: {"right": reason}."""

    def __init__(self, reason: str):
        self.fields = {"right": reason}
        super().__init__(reason)


@dataclass(frozen=True)
class Extension:
    """More time for everybody, with its public, signed notice."""

    previous_closes_at: datetime
    closes_at: datetime
    reason: str
    notice: str
    announced_at: datetime
    signature: str = ""


@dataclass(frozen=True)
class Correction:
    """A corrected key; the latest of a question counts."""

    question_id: str
    right: str
    reason: str
    corrected_at: datetime


@dataclass(frozen=True)
class Round:
    """A round with the rules that bind it.

    `banks`: division -> "bank:version", from publication the versions that were checked, from the opening
    on the frozen ones. `revision` rises with every stored change. `closing` is the moment between: no
    more answers are accepted, the submitted attempts are being counted (decision record 0021).
    """

    round_id: str
    contest_id: str
    number: int
    title: str
    opens_at: datetime
    closes_at: datetime
    rules: Rules
    rules_version: int
    banks: Mapping[str, str] = field(default_factory=dict)
    state: str = "planned"
    revision: int = 1
    attempts: int | None = None
    closed_at: datetime | None = None
    extensions: tuple[Extension, ...] = ()
    corrections: tuple[Correction, ...] = ()
    halts: tuple[Halt, ...] = ()

    @property
    def grace(self) -> timedelta:
        return timedelta(seconds=self.rules.grace_seconds)

    @property
    def patience(self) -> timedelta:
        """How long after a deadline the server waits before it submits a paper itself."""
        return self.grace + SETTLE

    def phase(self, now: datetime) -> str:
        """What the public is told: planned, open, closing, closed."""
        if self.halt:
            return "open"
        if self.state in ("planned", "open") and now >= self.closes_at:
            return "closing"
        return "open" if self.is_due(now) else self.state  # the first start opens it

    @property
    def halt(self) -> Halt | None:
        """The halt that is on, None while the round runs."""
        return self.halts[-1] if self.halts and self.halts[-1].resumed_at is None else None

    def require_running(self) -> None:
        """Raises RoundHalted while everything rests."""
        if self.halt:
            raise RoundHalted(self.halt.halted_at)

    def require_open(self, now: datetime) -> None:
        """Raises unless a paper may be started now."""
        self.require_running()
        if now < self.opens_at:
            raise RoundNotOpen(self.opens_at)
        if self.state not in ("planned", "open") or now >= self.closes_at:
            raise RoundClosed(self.closes_at)
        if self.state == "planned":
            raise RoundOpening()

    def replanned(self, plan: RoundPlan) -> "Round":
        """With the title and window of an amendment; the rules and banks stay."""
        return replace(self, title=plan.title, opens_at=plan.opens_at, closes_at=plan.closes_at)

    # The clock

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to open."""
        return self.state == "planned" and now >= self.opens_at

    def open(self, banks: Mapping[str, tuple[str, Bank]], now: datetime) -> tuple["Round", WeekOpened]:
        """Freeze rules and banks; `banks`: division -> (version's reference, bank)."""
        opened = replace(self, state="open", banks={division: reference for division, (reference, _) in banks.items()})
        counting = (question for _, bank in banks.values() for question in bank.questions if not question.practice)
        keys = {question.id: Key(question.right) for question in counting}
        return opened, WeekOpened(
            round_id=self.round_id,
            contest_id=self.contest_id,
            number=self.number,
            title=self.title,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            rules=self.rules.for_results(),
            rules_version=self.rules_version,
            paper_size=self.rules.paper_size,
            keys=keys,
        )

    def is_over(self, now: datetime) -> bool:
        """Whether the last deadline and its grace have passed."""
        return self.state == "open" and not self.halt and now >= self.closes_at + self.patience

    def stop(self) -> "Round":
        """Accept nothing more: from here on only leftovers are settled."""
        return replace(self, state="closing")

    def close(self, attempts: int, now: datetime) -> tuple["Round", WeekClosed]:
        """Closed, with the number of submitted attempts."""
        closed = replace(self, state="closed", attempts=attempts, closed_at=now)
        return closed, WeekClosed(
            round_id=self.round_id, contest_id=self.contest_id, number=self.number, attempts=attempts, closed_at=now
        )

    # The organiser

    def extend(self, extension: Extension, next_opens_at: datetime | None, now: datetime) -> tuple["Round", WeekExtended]:
        """More time for everybody; raises HaltStands, RoundNotOpen, RoundClosed, NotLonger, NextRoundOpens."""
        self._require_no_halt()
        self.require_open(now)
        if extension.closes_at <= self.closes_at:
            raise NotLonger(self.closes_at)
        if next_opens_at and extension.closes_at > next_opens_at:
            raise NextRoundOpens(next_opens_at)
        return self.lengthened(extension)

    def lengthened(self, extension: Extension) -> tuple["Round", WeekExtended]:
        """With the extension's close, unasked."""
        extended = replace(self, closes_at=extension.closes_at, extensions=(*self.extensions, extension))
        return extended, WeekExtended(
            round_id=self.round_id,
            revision=len(extended.extensions),
            contest_id=self.contest_id,
            previous_closes_at=self.closes_at,
            closes_at=extension.closes_at,
            reason=extension.reason,
            notice=extension.notice,
        )

    def halted(self, halt: Halt, now: datetime) -> "Round":
        """Nothing is started, saved or submitted until `resumed`; raises HaltStands, RoundNotOpen, RoundClosed."""
        self._require_no_halt()
        self.require_open(now)
        return replace(self, halts=(*self.halts, halt))

    def _require_no_halt(self) -> None:
        if self.halt:
            raise HaltStands()

    def resumed(self, now: datetime) -> "Round":
        """It goes on; raises NotHalted. The lost time is given back by an extension (`closes_after`)."""
        return replace(self, halts=ended(self.halts, now))

    def closes_after(self, now: datetime, next_opens_at: datetime | None) -> datetime:
        """The close when the present halt ends now: later by its length, but not into the next round."""
        later = self.closes_at + (now - self.halt.halted_at) if self.halt else self.closes_at
        return max(self.closes_at, min(later, next_opens_at)) if next_opens_at else later

    def correct(self, correction: Correction, question: Question | None) -> tuple["Round", AnswerKeyCorrected]:
        """Another key for a question of the opened round; raises RoundNotOpen, UnknownQuestion, KeyNotPossible."""
        if self.state == "planned":
            raise RoundNotOpen(self.opens_at)
        if question is None:
            raise UnknownQuestion(correction.question_id)
        self._require_possible(correction.right, question)
        corrected = replace(self, corrections=(*self.corrections, correction))
        return corrected, AnswerKeyCorrected(
            round_id=self.round_id,
            revision=len(corrected.corrections),
            contest_id=self.contest_id,
            question_id=correction.question_id,
            right=correction.right,
            reason=correction.reason,
            corrected_at=correction.corrected_at,
        )

    def _require_possible(self, right: str, question: Question) -> None:
        letters = "abcdefghij"[: len(question.options)]
        if not set(right) <= set(letters):
            raise KeyNotPossible(f"no-such-option:{letters[-1].upper()}")
        # People could choose one option only: with another number of right ones nobody could be right.
        if (len(right) > 1) != (len(question.right) > 1):
            raise KeyNotPossible("one-option" if len(question.right) == 1 else "several-options")

    def right(self, question: Question) -> str:
        """The key that counts: the latest correction, else the bank's."""
        corrected = [correction.right for correction in self.corrections if correction.question_id == question.id]
        return corrected[-1] if corrected else question.right


def planned(plan: RoundPlan, contest_id: str, rules: Rules, rules_version: int, banks: Mapping[str, str]) -> Round:
    """A round of a published contest, before it opens."""
    return Round(
        round_id=plan.round_id,
        contest_id=contest_id,
        number=plan.number,
        title=plan.title,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        rules=rules,
        rules_version=rules_version,
        banks=dict(banks),
    )
