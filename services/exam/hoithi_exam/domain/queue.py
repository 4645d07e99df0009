"""The line before the start: over capacity people get an appointment instead of an error (docs/decisions/0070)."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from math import ceil
from zoneinfo import ZoneInfo

from hoithi_exam.domain.attempt import local_day
from hoithi_exam.domain.round import Round

BURST_S = 1.0
"""Who would wait less goes in at once: one second of capacity may come in the same moment."""
CALM_S, FULL_S = 2.0, 4.0
"""Starts under way, in seconds of capacity: with more than the first turns are given more slowly, with more than the second
nobody goes in, not even with an appointment."""
SHARE = 20
"""Nobody waits longer than this part (1/20) of the time in which a start is still worth as much."""
EARLY, LATE = timedelta(seconds=0.5), timedelta(minutes=10)
"""When an appointment is good: clocks of browsers are not exact, and a weak signal may come back late."""


@dataclass(frozen=True)
class Line:
    """The appointments of one process. Instants are seconds of a clock that never jumps (monotonic).

    `rate`: starts a second when all is well, 0 for no line at all; `end`: the last turn given.
    """

    rate: float
    end: float = float("-inf")

    def turn(self, now: float, running: int, longest_s: float = float("inf")) -> tuple["Line", float]:
        """The line after giving the next turn, and the seconds until that turn; 0: go in.

        `running`: starts under way. `longest_s`: a turn later than that would be worth less.
        """
        if not self.rate:
            return self, 0.0
        earliest = max(now + self.recess_s(running), self.end + 1 / self.pace(running))
        turn = min(earliest, now + longest_s)
        wait_s = turn - now
        return replace(self, end=turn), wait_s if wait_s > BURST_S else 0.0

    def pace(self, running: int) -> float:
        """Turns a second. By Little's law `running / rate` is how long a start takes: too long, and fewer are let in."""
        calm = CALM_S * self.rate
        return self.rate * min(1.0, calm / running) if running else self.rate

    def recess_s(self, running: int) -> float:
        """How long nobody should go in, so that those who are in come out."""
        return running / self.rate - CALM_S if self.rate and running > FULL_S * self.rate else 0.0

    def wait_s(self, now: float, running: int) -> float:
        """What the next one would wait."""
        return self.turn(now, running)[1]

    def position(self, wait_s: float, running: int) -> int:
        """How many are before somebody who waits so long, at this process."""
        return max(1, ceil(wait_s * self.pace(running)))


@dataclass(frozen=True)
class Waiting:
    """Somebody's appointment."""

    ticket: str
    position: int
    turn_at: datetime
    now: datetime

    @property
    def wait_s(self) -> float:
        return max(0.0, (self.turn_at - self.now).total_seconds())


@dataclass(frozen=True)
class Tickets:
    """Appointments that prove themselves: "<turn in ms since 1970>.<HMAC over person, round and turn>".

    Every process with the same key takes them, also after a restart; nothing is stored.
    """

    key: bytes

    def give(self, user_id: str, round_id: str, turn_at: datetime) -> str:
        """The ticket of this person for this round."""
        moment = str(_ms(turn_at))
        return f"{moment}.{self._seal(user_id, round_id, moment)}"

    def read(self, ticket: str | None, user_id: str, round_id: str) -> datetime | None:
        """The turn; None for anything that is not this person's ticket for this round."""
        if not ticket:
            return None
        moment, _, seal = ticket.partition(".")
        known = self._seal(user_id, round_id, moment)
        if not hmac.compare_digest(seal.encode("utf-8", "replace"), known.encode()):
            return None
        return datetime.fromtimestamp(int(moment) / 1000, UTC)

    def _seal(self, user_id: str, round_id: str, moment: str) -> str:
        told = "\0".join((round_id, user_id, moment)).encode("utf-8", "replace")
        return urlsafe_b64encode(hmac.digest(self.key, told, sha256)[:18]).decode()


def _ms(instant: datetime) -> int:
    return ceil(instant.timestamp() * 1000)


def is_good(turn_at: datetime, now: datetime) -> bool:
    """Whether an appointment still holds; earlier than its turn it does."""
    return now <= turn_at + LATE


def is_due(turn_at: datetime, now: datetime) -> bool:
    """Whether the turn has come."""
    return now >= turn_at - EARLY


def longest_wait_s(round_: Round, now: datetime) -> float:
    """How long a wait may be: a small part of what remains to the close, or to midnight where attempts are counted by the day.

    So a turn never lies behind either of them, and the order of turns stays the order of coming.
    """
    until = round_.closes_at
    if round_.rules.attempts_per_day is not None:
        until = min(until, _midnight(round_, now))
    return max(0.0, (until - now).total_seconds() / SHARE)


def _midnight(round_: Round, now: datetime) -> datetime:
    tomorrow = datetime.fromisoformat(local_day(round_, now)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(round_.rules.time_zone))
