"""The figures of running rounds, sampled by one worker for all who watch."""

from collections.abc import Callable
from datetime import datetime
from time import perf_counter

from hoithi_exam.domain.live import is_due, sampled
from hoithi_exam.domain.round import Round

RUNNING = ("open", "closing")


def sample(storage, now: datetime, timer: Callable[[], float] = perf_counter) -> int:
    """Count in every running round whose time it is; returns in how many."""
    running = [round_ for round_ in storage.rounds.unfinished(now) if round_.state in RUNNING]
    return sum(_sample(storage, round_, now, timer) for round_ in running)


def _sample(storage, round_: Round, now: datetime, timer) -> bool:
    before = storage.live.get(round_.round_id)
    if not is_due(before, now):
        return False
    began = timer()
    begun, still_open = storage.attempts.count_begun(round_.round_id), storage.attempts.count_open(round_.round_id)
    storage.live.keep(sampled(before, round_.round_id, begun, still_open, timer() - began, now))
    return True
