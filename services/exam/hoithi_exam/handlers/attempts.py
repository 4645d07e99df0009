"""Attempts: start, save, submit. One write each; round, bank and the attempts of the own people are remembered."""

import secrets
from collections.abc import Callable
from datetime import datetime

from hoithi_exam.domain.attempt import Attempt, Person, begin, current, left, local_day
from hoithi_exam.domain.paper import Paper
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.templates import round_id as round_id_of
from hoithi_exam.handlers import persistently
from hoithi_exam.handlers.clock import settle_attempts
from hoithi_exam.handlers.opening import opened


def fresh_seed() -> str:
    """128 bits nobody can guess, so that nobody knows a paper before its start."""
    return secrets.token_hex(16)


def start_attempt(storage, person: Person, round_id: str, now: datetime, seed: Callable[[], str] = fresh_seed):
    """(attempt, paper, round, resumed): a new attempt, or the open one again."""
    round_ = opened(storage, storage.rounds.remembered(round_id), now)
    attempt, resumed = persistently(lambda: _start(storage, person, round_, now, seed))
    return attempt, _paper(storage, attempt, round_), round_, resumed


def _start(storage, person: Person, round_: Round, now: datetime, seed) -> tuple[Attempt, bool] | None:
    earlier = storage.attempts.of(person.user_id, _counted_rounds(round_))
    running = current(earlier, round_)
    if running and running.is_overdue(round_, now):
        settle_attempts(storage, round_.round_id, [running], now)
        return None
    if running:
        return running, True
    attempt = begin(person, round_, earlier, seed(), now)
    return (attempt, False) if storage.attempts.insert(attempt) else None


def may_resume(storage, person: Person, round_: Round, now: datetime) -> bool:
    """Whether there is an open attempt to go on with. Raises what a start would raise when none could be begun either."""
    earlier = storage.attempts.of(person.user_id, _counted_rounds(round_))
    if current(earlier, round_):
        return True
    begin(person, round_, earlier, "", now)
    return False


def _counted_rounds(round_: Round) -> list[str]:
    """The rounds whose attempts count: this one; with a limit for the whole contest, those before it too."""
    first = 1 if round_.rules.attempts_in_all else round_.number
    return [round_id_of(round_.contest_id, number) for number in range(first, round_.number + 1)]


def save_answers(storage, user_id: str, attempt_id: str, answers: dict[str, str], now: datetime, seq: int | None = None):
    """(attempt, round) with the answers merged. Raises what `Attempt.save` raises."""
    return persistently(lambda: _save(storage, user_id, attempt_id, answers, seq, now))


def _save(storage, user_id: str, attempt_id: str, answers: dict[str, str], seq: int | None, now: datetime):
    before, round_ = _own(storage, _current(storage, attempt_id, now), user_id)
    after = before.save(answers, _paper(storage, before, round_), round_, now, seq)
    return (after, round_) if after is before or storage.attempts.save(before, after, answers) else None


def submit_attempt(storage, user_id: str, attempt_id: str, answers: dict[str, str], prediction: int | None, now: datetime):
    """(attempt, whether this call submitted it): accepted once; repeating gives what was accepted."""
    return persistently(lambda: _submit(storage, user_id, attempt_id, answers, prediction, now))


def _submit(storage, user_id: str, attempt_id: str, answers: dict[str, str], prediction: int | None, now: datetime):
    attempt, round_ = _own(storage, _current(storage, attempt_id, now), user_id)
    if attempt.state == "submitted":
        return attempt, False
    submitted, event = attempt.submit(answers, prediction, _paper(storage, attempt, round_), round_, now)
    return (submitted, True) if storage.attempts.submit(attempt, submitted, event, now) else None


def show_attempt(storage, user_id: str, attempt_id: str) -> tuple[Attempt, Paper, Round]:
    """The person's own attempt with its paper."""
    attempt, round_ = _own(storage, storage.attempts.get(attempt_id), user_id)
    return attempt, _paper(storage, attempt, round_), round_


def review_attempt(storage, user_id: str, attempt_id: str) -> tuple[Attempt, Paper, Round]:
    """The same, when the rules show right answers. Raises NotSubmittedYet, AnswersNotShown."""
    attempt, paper, round_ = show_attempt(storage, user_id, attempt_id)
    attempt.require_review(round_)
    return attempt, paper, round_


def own_attempts(storage, user_id: str, round_id: str, now: datetime) -> tuple[list[Attempt], Round, dict]:
    """The person's attempts in a round, and how many are left."""
    round_ = storage.rounds.remembered(round_id)
    earlier = storage.attempts.of(user_id, _counted_rounds(round_))
    here = [attempt for attempt in earlier if attempt.round_id == round_id]
    return here, round_, left(round_, earlier, local_day(round_, now))


def all_own_attempts(storage, user_id: str) -> list[Attempt]:
    """Every attempt of the person, for the person (Law 91/2025/QH15: to see and to receive the own data)."""
    return storage.attempts.of(user_id, storage.rounds.ids())


def _current(storage, attempt_id: str, now: datetime) -> Attempt:
    """As remembered while its time runs; then as it is stored: the server may have submitted it."""
    attempt = storage.attempts.remembered(attempt_id)
    return attempt if now < attempt.deadline_at else storage.attempts.get(attempt_id)


def _own(storage, attempt: Attempt, user_id: str) -> tuple[Attempt, Round]:
    attempt.require_owner(user_id)
    # After the attempt, never before: see Attempt.require_time.
    round_ = storage.rounds.remembered(attempt.round_id)
    if round_.state == "planned":
        # There is an attempt, so the round has opened: another process was quicker than this one's memory.
        round_ = storage.rounds.get(attempt.round_id)
    return attempt, round_


def _paper(storage, attempt: Attempt, round_: Round) -> Paper:
    return storage.press(round_, attempt.division).paper(attempt.seed)
