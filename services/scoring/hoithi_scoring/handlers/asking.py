"""A closed round that stays incomplete: exam is asked for what is missing, again and again until all is there."""

from datetime import datetime, timedelta

from hoithi_scoring.domain.rounds import Round


def ask_for_missing(storage, patience: timedelta, now: datetime) -> int:
    """Ask about every round that has lacked attempts for `patience`; returns how many questions were put."""
    return sum(_ask(storage, round, patience, now) for round in storage.rounds.all() if round.may_lack(patience, now))


def _ask(storage, round: Round, patience: timedelta, now: datetime) -> bool:
    buckets = storage.attempts.buckets(round.round_id)
    asked = storage.rounds.change(round.round_id, lambda known: known.ask(buckets, patience, now), now)
    return asked.asked > round.asked
