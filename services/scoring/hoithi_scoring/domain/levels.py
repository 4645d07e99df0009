"""The ranking of a running round, of which only the asked page is put in order.

Every tie-break begins with the points (`ranking.TIE_BREAKS`). So a place is decided among those with equal points - a level -
and by how many have more. How many are on each level is counted by the database; a page needs the people of its own levels.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hoithi_contracts.exam import ResultRules
from hoithi_scoring.domain.ranking import Counted, Figures, Row, actual_of, placed


class Level(NamedTuple):
    """People of a division who have so many points, their valid attempts, and how many have a perfect counting attempt."""

    points: int
    division: str
    people: int
    attempts: int
    perfect: int


@dataclass(frozen=True)
class Levels:
    """All levels of a round, in any order."""

    levels: tuple[Level, ...]
    rules: ResultRules

    @property
    def figures(self) -> Figures:
        counts = [(level.attempts, level.people, level.perfect) for level in self.levels]
        return Figures(*map(sum, zip((0, 0, 0), *counts, strict=True)))

    @property
    def actual(self) -> int | None:
        """What was to be predicted, as of now."""
        return actual_of(self.rules.prediction, self.figures)

    @property
    def divisions(self) -> dict[str, int]:
        """People of each division."""
        return dict(_people(self.levels))

    def page(self, division: str | None, after: int, limit: int, people_of: Callable[[int], list[Counted]]) -> list[Row]:
        """At most `limit` rows from position `after`, overall or of a division; `people_of(points)` are all of those levels."""
        found: list[Row] = []
        for points, first, people in self._stretches(division):
            if first < after + limit and after < first + people:
                rows = placed(people_of(points), self.rules, self.actual, self._above(points))
                own = [row for row in rows if division in (None, row.division)]
                found += own[max(0, after - first) : after + limit - first]
        return found

    def _stretches(self, division: str | None) -> Iterator[tuple[int, int, int]]:
        """(points, position of the first one, people), the most points first."""
        sizes: Counter = Counter()
        for level in self.levels:
            if division in (None, level.division):
                sizes[level.points] += level.people
        first = 0
        for points in sorted(sizes, reverse=True):
            yield points, first, sizes[points]
            first += sizes[points]

    def _above(self, points: int) -> Counter:
        return _people(level for level in self.levels if level.points > points)


def _people(levels: Iterable[Level]) -> Counter:
    people: Counter = Counter()
    for level in levels:
        people[level.division] += level.people
    return people
