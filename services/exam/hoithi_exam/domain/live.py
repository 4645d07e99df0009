"""What an organiser watches while a round runs: papers begun, open, submitted, and how it goes by the minute."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

SHOWN_MINUTES = 60
LEAST_PACE_S = 2.0
REST = 19
"""A sample rests this many times the time it took: counting costs at most a twentieth of one core."""


@dataclass(frozen=True)
class Minute:
    """The totals at the last sample of a minute."""

    at: datetime
    begun: int
    submitted: int
    open: int


@dataclass(frozen=True)
class Live:
    """The last sample, how long it took, and the minutes before."""

    round_id: str
    at: datetime
    took_s: float
    begun: int
    open: int
    minutes: tuple[Minute, ...] = field(default=())

    @property
    def submitted(self) -> int:
        """Begun and not open any more. Who watches may see a void paper counted too: those are hardly ever any."""
        return max(0, self.begun - self.open)


def is_due(live: Live | None, now: datetime) -> bool:
    """Whether it is time for another sample."""
    return live is None or now - live.at >= timedelta(seconds=max(LEAST_PACE_S, REST * live.took_s))


def sampled(before: Live | None, round_id: str, begun: int, still_open: int, took_s: float, now: datetime) -> Live:
    """With another sample; the minutes keep the last one of each."""
    minute = Minute(now.replace(second=0, microsecond=0), begun, max(0, begun - still_open), still_open)
    earlier = [each for each in (before.minutes if before else ()) if each.at < minute.at]
    return Live(round_id, now, took_s, begun, still_open, (*earlier, minute)[-SHOWN_MINUTES - 1 :])


def per_minute(live: Live) -> list[dict]:
    """What happened in each minute. Of the first one that is known nothing is: it may be older than the samples."""
    return [
        {"at": after.at, "begun": after.begun - before.begun, "submitted": after.submitted - before.submitted, "open": after.open}
        for before, after in pairwise(live.minutes)
    ]
