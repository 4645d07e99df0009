"""An attempt: one person's paper in a round, from the start to the accepted answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from hoithi_contracts.exam import AttemptSubmitted
from hoithi_exam.domain.halt import limit_after, rested_ms
from hoithi_exam.domain.paper import Paper
from hoithi_exam.domain.receipt import answers_digest
from hoithi_exam.domain.round import Round


class Person(Protocol):
    """Who takes part, as the access token says."""

    user_id: str
    division: str
    unit_id: str
    party_unit_id: str | None
    registered_at: datetime


class UnknownAttempt(Exception):
    """There is no such attempt."""


class NotYourAttempt(Exception):
    """The attempt is another person's."""


class NotInDivision(Exception):
    """The contest is not for this person's division."""


class NoAttemptsLeftToday(Exception):
    """The day's attempts are used up."""

    def __init__(self, limit: int):
        self.limit = limit
        super().__init__(limit)


class NoAttemptsLeft(Exception):
    """The round's attempts are used up."""

    def __init__(self, limit: int):
        self.limit = limit
        super().__init__(limit)


class NoAttemptsLeftInAll(Exception):
    """The contest's attempts are used up."""

    def __init__(self, limit: int):
        self.limit = limit
        super().__init__(limit)


class AlreadySubmitted(Exception):
    """The answers were accepted; nothing can be changed."""

    def __init__(self, submitted_at: datetime):
        self.submitted_at = submitted_at
        super().__init__(submitted_at)


class TimeOver(Exception):
    """The deadline and its grace have passed; the server submits what was saved."""

    def __init__(self, deadline_at: datetime):
        self.deadline_at = deadline_at
        super().__init__(deadline_at)


class SavedElsewhere(Exception):
    """A save that is not newer than the last one, with other answers: another device saved meanwhile, or it was late itself."""

    def __init__(self, seq: int):
        self.seq = seq
        super().__init__(seq)


class PredictionNotPossible(Exception):
    """A percentage over 100. `fields`: {"prediction": reason}."""

    def __init__(self):
        self.fields = {"prediction": "out-of-range:0:100"}
        super().__init__()


class NotSubmittedYet(Exception):
    """There is nothing to review before the paper is submitted."""


class AnswersNotShown(Exception):
    """The rules do not show answers, or not yet."""


@dataclass(frozen=True)
class Attempt:
    """States: open, submitted, void (begun too late to count, never had an accepted answer).

    `limit_at` is the start plus the paper's time; the deadline is the earlier of it and the round's
    close. `deadline_at` is that deadline as last stored, for finding overdue papers. `saves` counts
    accepted saves: whoever submits must have seen the last one. `seq`: the highest number a client gave one of
    its saves. `answers`: number of the question -> letters as shown. `rested_ms`: how long the round was halted meanwhile.
    """

    attempt_id: str
    contest_id: str
    round_id: str
    user_id: str
    unit_id: str
    party_unit_id: str | None
    division: str
    registered_at: datetime
    number: int
    day: str
    seed: str
    started_at: datetime
    limit_at: datetime
    deadline_at: datetime
    state: str = "open"
    answers: dict[str, str] = field(default_factory=dict)
    saves: int = 0
    seq: int = 0
    saved_at: datetime | None = None
    prediction: int | None = None
    submitted_at: datetime | None = None
    by: str | None = None
    late: bool = False
    answers_digest: str | None = None
    rested_ms: int = 0

    def _but(self, **changes) -> "Attempt":
        """dataclasses.replace without its constructor: to set 24 fields one by one costs a thirtieth of a save."""
        changed = object.__new__(type(self))
        vars(changed).update(vars(self), **changes)
        return changed

    def deadline(self, round_: Round) -> datetime:
        """The person's own deadline; moves when the round is extended, or goes on after a halt."""
        limit_at = limit_after(round_.halts, self.started_at, self.limit_at) if round_.halts else self.limit_at
        return min(limit_at, round_.closes_at)

    def is_overdue(self, round_: Round, now: datetime) -> bool:
        """Whether it is for the server to submit."""
        return self.state == "open" and not round_.halt and now > self.deadline(round_) + round_.patience

    def require_owner(self, user_id: str) -> None:
        if self.user_id != user_id:
            raise NotYourAttempt()

    def require_time(self, round_: Round, now: datetime) -> None:
        """Raises AlreadySubmitted, RoundHalted or TimeOver unless answers are still accepted.

        `round_` must have been read after the attempt: that keeps a late attempt out of a counted
        round even when a process was paused or its clock is wrong (decision record 0021).
        """
        if self.state == "submitted":
            raise AlreadySubmitted(self.submitted_at)
        round_.require_running()
        deadline = self.deadline(round_)
        if self.state != "open" or round_.state != "open" or now > deadline + round_.grace:
            raise TimeOver(deadline)

    def save(self, answers: dict[str, str], paper: Paper, round_: Round, now: datetime, seq: int | None = None) -> "Attempt":
        """Merge answers; "" clears one. Raises NotOnPaper, AlreadySubmitted, TimeOver, SavedElsewhere.

        `seq` rises with each save of a client and stands for all answers it has not seen accepted yet: what comes
        late, after a newer one, changes nothing. Repeating the last one gives the same attempt again.
        """
        self.require_time(round_, now)
        paper.accept(answers)
        after = merged(self.answers, answers)
        if seq is None or seq > self.seq:
            return self._but(answers=after, saves=self.saves + 1, seq=self.seq if seq is None else seq, saved_at=now)
        if seq == self.seq and after == self.answers:
            return self
        raise SavedElsewhere(self.seq)

    def submit(self, answers: dict[str, str], prediction: int | None, paper: Paper, round_: Round, now: datetime):
        """Accepted from the person; returns the attempt and its event. A sealed prediction stays as it is."""
        saved = self.save(answers, paper, round_, now)
        sealed = self.prediction if self.prediction is not None else _possible(prediction, round_)
        late = now > self.deadline(round_)
        return saved._submitted(paper, round_, now, "person", late, sealed)

    def submit_overdue(self, paper: Paper, round_: Round):
        """Accepted by the server, as of the deadline, with the answers saved so far."""
        deadline = self.deadline(round_)
        late = self.saved_at is not None and self.saved_at > deadline
        return self._submitted(paper, round_, deadline, "server", late, self.prediction)

    def _submitted(self, paper: Paper, round_: Round, at: datetime, by: str, late: bool, prediction: int | None):
        digest = answers_digest(self.answers)
        rested = rested_ms(round_.halts, self.started_at, at)
        accepted = {"submitted_at": at, "by": by, "late": late, "answers_digest": digest, "prediction": prediction}
        done = self._but(state="submitted", rested_ms=rested, **accepted)
        return done, done.event(paper)

    def event(self, paper: Paper) -> AttemptSubmitted:
        """What the others are told of a submitted attempt."""
        return AttemptSubmitted(
            attempt_id=self.attempt_id,
            contest_id=self.contest_id,
            round_id=self.round_id,
            user_id=self.user_id,
            unit_id=self.unit_id,
            party_unit_id=self.party_unit_id,
            division=self.division,
            number=self.number,
            started_at=self.started_at,
            submitted_at=self.submitted_at,
            duration_ms=self.duration_ms,
            by=self.by,
            late=self.late,
            questions=paper.question_ids,
            answers=paper.kept(self.answers),
            answers_digest=self.answers_digest,
            prediction=self.prediction,
            registered_at=self.registered_at,
        )

    @property
    def duration_ms(self) -> int:
        """Milliseconds from start to submission without halts; clocks of two processes may differ, so never below 0."""
        return max(0, (self.submitted_at - self.started_at) // timedelta(milliseconds=1) - self.rested_ms)

    def verdict(self, round_: Round, now: datetime) -> str:
        """What to do with an open attempt: submit, void, postpone (the round was extended), wait.

        `round_` must have been read after the attempt (decision record 0021). Who finds it open when the
        round is being counted or closed knows that it was stored too late to have answers - unless it has.
        """
        if round_.halt:
            return "wait"
        if round_.state == "closed" or (round_.state == "closing" and not self.saves):
            return "void"
        if round_.state == "closing" or self.is_overdue(round_, now):
            return "submit"
        return "postpone" if self.deadline(round_) != self.deadline_at else "wait"

    def require_review(self, round_: Round) -> None:
        """Raises unless the rules show this person right answers now."""
        if self.state != "submitted":
            raise NotSubmittedYet()
        shown = round_.rules.answers_shown
        if shown == "never" or (shown == "after-close" and round_.state != "closed"):
            raise AnswersNotShown()


def merged(before: dict[str, str], changes: dict[str, str]) -> dict[str, str]:
    """Answers after a save: later ones replace earlier ones, "" removes."""
    return {number: chosen for number, chosen in {**before, **changes}.items() if chosen}


def attempt_id(round_id: str, user_id: str, number: int) -> str:
    """The id that makes a double start impossible."""
    return f"{round_id}:{user_id}:{number}"


def current(attempts: Sequence[Attempt], round_: Round) -> Attempt | None:
    """The person's open attempt in the round."""
    return next((attempt for attempt in attempts if attempt.state == "open" and attempt.round_id == round_.round_id), None)


def begin(person: Person, round_: Round, earlier: Sequence[Attempt], seed: str, now: datetime) -> Attempt:
    """A new attempt; raises when the round is not open or no attempt is left.

    `earlier`: the person's attempts in the round (and, where the rules limit them, in the contest's
    other rounds); none of them open.
    """
    round_.require_open(now)
    if round_.rules.division(person.division) is None:
        raise NotInDivision()
    day = local_day(round_, now)
    _require_left(round_, earlier, day)
    mine = [attempt for attempt in earlier if attempt.round_id == round_.round_id]
    number = max((attempt.number for attempt in mine), default=0) + 1
    limit_at = now + timedelta(seconds=round_.rules.paper_seconds)
    return Attempt(
        attempt_id=attempt_id(round_.round_id, person.user_id, number),
        contest_id=round_.contest_id,
        round_id=round_.round_id,
        user_id=person.user_id,
        unit_id=person.unit_id,
        party_unit_id=person.party_unit_id,
        division=person.division,
        registered_at=person.registered_at,
        number=number,
        day=day,
        seed=seed,
        started_at=now,
        limit_at=limit_at,
        deadline_at=min(limit_at, round_.closes_at),
        prediction=sealed(mine),
    )


def left(round_: Round, earlier: Sequence[Attempt], day: str) -> dict[str, int | None]:
    """How many attempts are left today, in the round, in all; None: no limit. Void attempts do not count."""
    counted = [attempt for attempt in earlier if attempt.state != "void"]
    here = [attempt for attempt in counted if attempt.round_id == round_.round_id]
    today = [attempt for attempt in here if attempt.day == day]
    rules = round_.rules
    limits = {
        "today": (rules.attempts_per_day, today),
        "round": (rules.attempts_per_round, here),
        "in_all": (rules.attempts_in_all, counted),
    }
    return {name: None if limit is None else max(0, limit - len(used)) for name, (limit, used) in limits.items()}


def _require_left(round_: Round, earlier: Sequence[Attempt], day: str) -> None:
    remaining, rules = left(round_, earlier, day), round_.rules
    if remaining["in_all"] == 0:
        raise NoAttemptsLeftInAll(rules.attempts_in_all)
    if remaining["round"] == 0:
        raise NoAttemptsLeft(rules.attempts_per_round)
    if remaining["today"] == 0:
        raise NoAttemptsLeftToday(rules.attempts_per_day)


def local_day(round_: Round, now: datetime) -> str:
    """The calendar day (ISO) in the contest's time zone: days end at midnight there."""
    return now.astimezone(ZoneInfo(round_.rules.time_zone)).date().isoformat()


def sealed(attempts: Sequence[Attempt]) -> int | None:
    """The person's prediction for the round: the first one given."""
    given = sorted((attempt.number, attempt.prediction) for attempt in attempts if attempt.prediction is not None)
    return given[0][1] if given else None


def _possible(prediction: int | None, round_: Round) -> int | None:
    if round_.rules.prediction == "none":
        return None
    if prediction is not None and round_.rules.prediction == "percentage" and prediction > 100:
        raise PredictionNotPossible()
    return prediction
