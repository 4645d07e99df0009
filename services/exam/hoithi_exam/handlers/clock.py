"""What the clock does, once a second, in any number of replicas: every change is conditional on the state it leaves."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from hoithi_exam.domain.attempt import Attempt
from hoithi_exam.domain.findings import check_banks
from hoithi_exam.domain.round import Round
from hoithi_exam.handlers.contests import settle_contest

log = logging.getLogger(__name__)

BATCH = 500
MOST_BATCHES = 10
"""Per round and tick: tens of thousands of overdue papers must not hold up the closing of another round."""


def tick(storage, now: datetime) -> Counter:
    """Everything that is due. Counts: opened, submitted, voided, postponed, stopped, closed, failed."""
    for contest in storage.contests.unsettled():
        settle_contest(storage, contest)
    unfinished = sorted(storage.rounds.unfinished(now), key=lambda round_: not round_.is_due(now))
    stray = set(storage.attempts.rounds_with_open()) - {round_.round_id for round_ in unfinished}
    done: Counter = Counter()
    for round_ in [*unfinished, *(storage.rounds.get(round_id) for round_id in sorted(stray))]:
        done += _isolated(storage, round_, now)
    return done


def _isolated(storage, round_: Round, now: datetime) -> Counter:
    """A round in trouble must not stop the clock of the others; the next tick tries again."""
    try:
        return advance(storage, round_, now)
    except Exception:
        log.exception("the clock could not advance round %s", round_.round_id)
        return Counter(failed=1)


def advance(storage, round_: Round, now: datetime) -> Counter:
    """One round's next step."""
    if round_.is_due(now):
        return Counter(opened=open_round(storage, round_, now))
    if round_.halt:
        return Counter()
    done = sweep(storage, round_, now)
    if round_.is_over(now) and not storage.attempts.any_open(round_.round_id):
        done["stopped"] += storage.rounds.change(round_, round_.stop(), now=now)
    elif round_.state == "closing" and storage.rounds.is_fenced(round_):
        done["closed"] += close_round(storage, round_, now)
    return done


def open_round(storage, round_: Round, now: datetime) -> bool:
    """Open a due round; False when another replica did."""
    opened, event = round_.open(_banks(storage, round_), now)
    return storage.rounds.change(round_, opened, event, now)


def _banks(storage, round_: Round) -> dict:
    """The newest approved versions; should they not fill the papers, those that were checked at publication."""
    newest = {division.name: storage.banks.newest(division.bank, approved=True) for division in round_.rules.divisions}
    loaded = {version.bank_id: storage.banks.get(version.reference) for version in newest.values()}
    fit = not check_banks(round_.rules, loaded)
    chosen = {name: version.reference for name, version in newest.items()} if fit else round_.banks
    return {name: (reference, storage.banks.get(reference)) for name, reference in chosen.items()}


def sweep(storage, round_: Round, now: datetime) -> Counter:
    """Settle the overdue attempts of a round."""
    done: Counter = Counter()
    due = now - round_.patience if round_.state == "open" else now
    for _ in range(MOST_BATCHES):
        overdue = storage.attempts.overdue(round_.round_id, due, BATCH)
        if not overdue:
            break
        done += settle_attempts(storage, round_.round_id, overdue, now)
    return done


def settle_attempts(storage, round_id: str, attempts: Sequence[Attempt], now: datetime) -> Counter:
    """Submit, void or postpone open attempts, by the round as it is after they were read (decision record 0021)."""
    round_ = storage.rounds.get(round_id)
    verdicts: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        verdicts.setdefault(attempt.verdict(round_, now), []).append(attempt)
    submissions = [_submission(storage, attempt, round_) for attempt in verdicts.get("submit", ())]
    moved = [(attempt, attempt.deadline(round_)) for attempt in verdicts.get("postpone", ())]
    return Counter(
        submitted=storage.attempts.submit_many(submissions, now),
        voided=storage.attempts.void_many(verdicts.get("void", ())),
        postponed=storage.attempts.postpone_many(moved),
    )


def _submission(storage, attempt: Attempt, round_: Round):
    paper = storage.press(round_, attempt.division).paper(attempt.seed)
    return attempt, *attempt.submit_overdue(paper, round_)


def close_round(storage, round_: Round, now: datetime) -> bool:
    """Count and close, once nothing is open any more; False when something is or another replica did."""
    if storage.attempts.any_open(round_.round_id):
        return False
    closed, event = round_.close(storage.attempts.count_submitted(round_.round_id), now)
    return storage.rounds.change(round_, closed, event, now)
