"""A round brought to a halt in an emergency: time stands still for everybody until it goes on (docs/decisions/0110)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


class RoundHalted(Exception):
    """Everything rests; try again later."""

    def __init__(self, halted_at: datetime):
        self.halted_at = halted_at
        super().__init__(halted_at)


class HaltStands(Exception):
    """An organiser's act that needs a running round: resume it first."""


class NotHalted(Exception):
    """There is nothing to resume."""


@dataclass(frozen=True)
class Halt:
    """From when to when (None: still) everything rests, with its public, signed notice."""

    halted_at: datetime
    reason: str
    notice: str
    signature: str = ""
    resumed_at: datetime | None = None


def ended(halts: Sequence[Halt], now: datetime) -> tuple[Halt, ...]:
    """With the last one ended; raises NotHalted."""
    if not halts or halts[-1].resumed_at is not None:
        raise NotHalted()
    return (*halts[:-1], replace(halts[-1], resumed_at=now))


def limit_after(halts: Sequence[Halt], started_at: datetime, limit_at: datetime) -> datetime:
    """The end of a paper's time: later by what each ended halt took from it."""
    for halt in halts:
        if halt.resumed_at and halt.halted_at <= limit_at:
            limit_at += max(timedelta(), halt.resumed_at - max(halt.halted_at, started_at))
    return limit_at


def rested_ms(halts: Sequence[Halt], start: datetime, end: datetime) -> int:
    """Milliseconds between two instants in which everything rested."""
    spans = (min(halt.resumed_at or end, end) - max(halt.halted_at, start) for halt in halts)
    return sum((max(timedelta(), span) for span in spans), timedelta()) // timedelta(milliseconds=1)
