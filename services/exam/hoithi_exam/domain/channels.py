"""Which way people came: counts by channel and day, of nobody in particular (docs/decisions/0093)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

CODE = r"[A-Za-z0-9-]{1,32}"
KINDS = ("visits", "joins", "starts")
LEAST_GROUP = 10  # the same bound as for figures about units (docs/decisions/0036)


@dataclass(frozen=True)
class Shown:
    """A count as an organiser sees it; None: 1 to 9, or needed to hide such a one."""

    day: str
    counts: dict[str, int | None]


@dataclass(frozen=True)
class Channel:
    """A channel's days, and all of them together."""

    code: str
    days: tuple[Shown, ...]
    in_all: dict[str, int | None]


def channels(counted: Iterable[tuple[str, str, str, int]]) -> list[Channel]:
    """(day, code, kind, count) of a contest as channels, those that brought most starts, then visits, first."""
    codes: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: dict.fromkeys(KINDS, 0)))
    for day, code, kind, count in counted:
        codes[code][day][kind] += count
    made = [(_sums(days), _channel(code, days)) for code, days in codes.items()]
    made.sort(key=lambda each: (-each[0]["starts"], -each[0]["visits"], each[1].code))
    return [channel for _, channel in made]


def _sums(days: dict[str, dict[str, int]]) -> dict[str, int]:
    return {kind: sum(counts[kind] for counts in days.values()) for kind in KINDS}


def _channel(code: str, days: dict[str, dict[str, int]]) -> Channel:
    hidden = {kind: _hidden({day: counts[kind] for day, counts in days.items()}) for kind in KINDS}
    shown = tuple(
        Shown(day, {kind: None if day in hidden[kind] else counts[kind] for kind in KINDS})
        for day, counts in sorted(days.items())
    )
    return Channel(code, shown, {kind: None if is_small(number) else number for kind, number in _sums(days).items()})


def _hidden(counts: dict[str, int]) -> set[str]:
    """The small days; a single one could be had by subtraction from the sum, so the next smallest goes with it."""
    small = {day for day, count in counts.items() if is_small(count)}
    others = [day for day, count in counts.items() if count and day not in small]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda day: (counts[day], day)))
    return small


def is_small(count: int) -> bool:
    """Whether so few people might be known by name to who reads it."""
    return 0 < count < LEAST_GROUP
