"""Pictures and audio files that nothing refers to any more: they wait for a while, and then they go."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(days=30)
"""Since nothing refers to a file. Longer than anybody edits a draft, keeps a paper's page open or looks at what was read."""


@dataclass(frozen=True)
class Sorted:
    """References of files whose time begins, of those that are referred to again, and of those whose time is over."""

    begun: frozenset[str]
    again: frozenset[str]
    over: frozenset[str]


def sort(kept: Mapping[str, datetime | None], referred: Set[str], now: datetime) -> Sorted:
    """`kept`: reference -> since when nothing refers to it, None for a file that is (or was, at the last look) referred to."""
    alone = {reference: since for reference, since in kept.items() if reference not in referred}
    begun = frozenset(reference for reference, since in alone.items() if since is None)
    over = frozenset(reference for reference, since in alone.items() if since and is_over(since, now))
    again = frozenset(reference for reference, since in kept.items() if since and reference in referred)
    return Sorted(begun, again, over)


def is_over(since: datetime, now: datetime) -> bool:
    return now - since >= GRACE
