"""Who needs a due round opens it: the first start of a process as well as the worker's clock."""

import logging
from datetime import datetime

from hoithi_exam.domain.round import Round, RoundOpening
from hoithi_exam.handlers import persistently
from hoithi_exam.handlers.clock import open_round

log = logging.getLogger(__name__)


def opened(storage, round_: Round, now: datetime) -> Round:
    """The round; a due one is opened. Raises RoundOpening when that failed, RoundHalted.

    One caller of a process opens, everybody else waits for it and takes what it found. Processes may
    try at the same time: the change is conditional on the revision. A failure is remembered like a
    round, for a second, so that thousands who wait do not each repeat it.
    """
    round_.require_running()
    if not round_.is_due(now) or now >= round_.closes_at:
        return round_
    found = storage.openings.get(round_.round_id, lambda: _open(storage, round_, now))
    if found.is_due(now):
        raise RoundOpening()
    return found


def _open(storage, round_: Round, now: datetime) -> Round:
    """The round as it is now: still due when it could not be opened. The worker's clock goes on trying."""
    try:
        # Not `now`: in a rush it may be seconds old, while the round's instant has come all the same.
        storage.require_come(round_.opens_at)
        return persistently(lambda: _open_once(storage, round_.round_id, now))
    except Exception:
        log.exception("a door could not open round %s", round_.round_id)
        return round_


def _open_once(storage, round_id: str, now: datetime) -> Round | None:
    """The opened round; None to look again after a try, because another process may have been quicker."""
    round_ = storage.rounds.get(round_id)
    if round_.is_due(now):
        open_round(storage, round_, now)
        return None
    return round_
