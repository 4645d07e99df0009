"""Attempts that scoring lacks are published again. Doing it twice harms nobody: scoring knows an attempt by its id."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from hoithi_contracts.scoring import BUCKETS, AttemptsMissing, bucket
from hoithi_exam.domain.round import Round

PAGE = 500


def tell_missing(storage, asked: AttemptsMissing, now: datetime) -> int:
    """Publish again the accepted attempts of every bucket whose number differs; returns how many."""
    round_ = storage.rounds.get(asked.round_id)
    ids = _differing(list(storage.attempts.submitted_ids(round_.round_id)), asked.buckets)
    return sum(_tell(storage, round_, page, now) for page in _pages(ids))


def _differing(ids: list[str], received: list[int]) -> list[str]:
    mine = Counter(map(bucket, ids))
    differ = {number for number in range(BUCKETS) if mine[number] != received[number]}
    return [attempt_id for attempt_id in ids if bucket(attempt_id) in differ]


def _pages(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while page := list(islice(rest, PAGE)):
        yield page


def _tell(storage, round_: Round, ids: list[str], now: datetime) -> int:
    attempts = storage.attempts.submitted(ids)
    papers = ((attempt, storage.press(round_, attempt.division).paper(attempt.seed)) for attempt in attempts)
    return storage.attempts.tell_again(((attempt.attempt_id, attempt.event(paper)) for attempt, paper in papers), now)
