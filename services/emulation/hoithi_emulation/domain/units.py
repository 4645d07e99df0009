"""Units of both trees as registration announces them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

TREES = ("administrative", "party")


@dataclass(frozen=True)
class Unit:
    """`valid_to` is the first day on which it no longer exists."""

    id: str
    name: str
    kind: str
    tree: str
    parent_id: str | None = None
    valid_from: str = ""
    valid_to: str | None = None

    def exists_on(self, day: str) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def line(unit_id: str, units: Mapping[str, Unit]) -> list[str]:
    """The unit and those above it, up to the root; a circle in the data ends where it closes."""
    found: list[str] = []
    at: str | None = unit_id
    while at is not None and at not in found:
        found.append(at)
        at = units[at].parent_id if at in units else None
    return found


def below(unit_id: str, units: Mapping[str, Unit]) -> set[str]:
    """The unit and everything below it."""
    return {each for each in units if unit_id in line(each, units)}


def rolled_up(counts: Mapping[str, int], units: Mapping[str, Unit]) -> Counter:
    """Counts of units themselves as counts of units with everything below."""
    total: dict[str, int] = defaultdict(int)
    for unit_id, count in counts.items():
        for above in line(unit_id, units):
            total[above] += count
    return Counter(total)
