"""What exam told of a contest is told again, for services that were restored to an older point. Listeners are idempotent."""

from datetime import datetime

from hoithi_exam.domain import retelling
from hoithi_exam.domain.round import Round


def retell(storage, contest_id: str, now: datetime) -> int:
    """Put the events of the contest and its rounds back into the outbox; returns how many. Raises UnknownContest."""
    contest = storage.contests.get(contest_id)
    told = storage.contests.tell_again(contest_id, retelling.contest_told(contest), now)
    return told + sum(_retell_round(storage, round_, now) for round_ in storage.rounds.of(contest_id))


def _retell_round(storage, round_: Round, now: datetime) -> int:
    banks = {division: (reference, storage.banks.get(reference)) for division, reference in round_.banks.items()}
    return storage.rounds.tell_again(round_.round_id, retelling.round_told(round_, banks), now)
