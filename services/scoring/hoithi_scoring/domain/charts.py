"""What charts of a round or a season are drawn from: days, scores, and the way from registered to everything right.

Counted while the ranking is built, because then all attempts pass by anyway; a request only reads. A season is counted from what
was noted of its rounds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hoithi_scoring.domain.ranking import Attempt, Row
from hoithi_scoring.domain.season import SeasonRow
from hoithi_scoring.domain.units import LEAST_GROUP, Unit, line

DAY_MS = 86_400_000
MOST_BARS = 40
EVERYBODY = ""
"""The id of the chart of all together."""


class Sketch:
    """What is noted while attempts pass by, or rounds are joined. Invalid attempts are not looked at.

    `days`: number of the day (0: that of the opening) -> valid attempts; `firsts`: person -> day of the first valid one;
    `handed_in`: people who submitted a valid paper themselves, so not only ones that the server took at the deadline.
    """

    def __init__(self, start_ms: int = 0, invalid: frozenset[tuple[str, int]] = frozenset()):
        self.start_ms, self.invalid = start_ms, invalid
        self.days: dict[int, int] = {}
        self.firsts: dict[str, int] = {}
        self.handed_in: set[str] = set()

    def passing(self, attempts: Iterable[tuple[str, Attempt]]) -> Iterator[Attempt]:
        """The attempts of (by whom submitted, attempt), as they came."""
        start, invalid, days, firsts, handed_in = self.start_ms, self.invalid, self.days, self.firsts, self.handed_in
        for by, attempt in attempts:
            if not invalid or (attempt.person, attempt.number) not in invalid:
                day = (attempt.submitted_ms - start) // DAY_MS
                days[day] = days.get(day, 0) + 1
                if day < firsts.get(attempt.person, day + 1):
                    firsts[attempt.person] = day
                if by == "person":
                    handed_in.add(attempt.person)
            yield attempt

    def join(self, offset: int, days: Mapping[int, int], people: Iterable[tuple[str, int, bool]]) -> None:
        """A round whose day 0 is day `offset` here. `people`: (person, day of the first valid attempt, handed one in)."""
        for day, attempts in days.items():
            self.days[day + offset] = self.days.get(day + offset, 0) + attempts
        for person, day, by_self in people:
            self.firsts[person] = min(day + offset, self.firsts.get(person, day + offset))
            if by_self:
                self.handed_in.add(person)


@dataclass(frozen=True)
class Chart:
    """A unit with everything below it. `scores`: (least points of the bar, people whose counting points lie in it), by points."""

    unit_id: str
    parent_id: str | None
    registered: int
    participants: int
    handed_in: int
    perfect: int
    scores: tuple[tuple[int, int], ...]


class _Sum:
    __slots__ = ("participants", "handed_in", "perfect", "scores")

    def __init__(self):
        self.participants = self.handed_in = self.perfect = 0
        self.scores = defaultdict(int)

    def take(self, least: int, handed_in: bool, perfect: bool):
        self.participants += 1
        self.handed_in += handed_in
        self.perfect += perfect
        self.scores[least] += 1

    def add(self, other):
        self.participants += other.participants
        self.handed_in += other.handed_in
        self.perfect += other.perfect
        for least, people in other.scores.items():
            self.scores[least] += people

    def chart(self, unit_id: str, parent_id: str | None, registered: int) -> Chart:
        scores = tuple(sorted(self.scores.items()))
        return Chart(unit_id, parent_id, registered, self.participants, self.handed_in, self.perfect, scores)


def bar_width(rows: Iterable[Row | SeasonRow]) -> int:
    """How many points one bar of the scores holds: one, unless there were more than MOST_BARS."""
    return 1 + max((row.points for row in rows), default=0) // MOST_BARS


def charts(
    rows: list[Row] | list[SeasonRow], handed_in: set[str], registered: Mapping[str, int], units: dict[str, Unit], width: int
) -> list[Chart]:
    """Everybody's, then those of the units of both trees that have somebody; a person counts where the table counts.

    `registered`: people by unit with everything below it, under EVERYBODY all of them. Over a season perfect is who was so in
    one round at least.
    """
    own, everybody = defaultdict(_Sum), _Sum()
    for row in rows:
        told = (row.points // width * width, row.person in handed_in, bool(row.perfect))
        everybody.take(*told)
        for unit_id in {row.unit_id, row.party_unit_id} - {None}:
            own[unit_id].take(*told)
    total = defaultdict(_Sum)
    for unit_id, found in own.items():
        for above in line(unit_id, units):
            total[above].add(found)
    known = sorted({*total, *registered} - {EVERYBODY})
    found = (total[id].chart(id, units[id].parent_id if id in units else None, registered.get(id, 0)) for id in known)
    return [everybody.chart(EVERYBODY, None, registered.get(EVERYBODY, 0)), *found]


# What outsiders may see: no count of 1 to 9 people


def hidden(counts: list[int]) -> set[int]:
    """The positions of counts that are not shown: small ones, and one more when a single one could be had by subtraction."""
    few = {place for place, count in enumerate(counts) if is_small(count)}
    others = [place for place, count in enumerate(counts) if count >= LEAST_GROUP]
    return few | {min(others, key=lambda place: counts[place])} if len(few) == 1 and others else few


def is_small(count: int) -> bool:
    return 0 < count < LEAST_GROUP


def merged(scores: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same people in wider bars of ten people or more each; none when there are fewer than ten in all."""
    bars: list[tuple[int, int]] = []
    least, people = None, 0
    for points, count in scores:
        least, people = (points if least is None else least), people + count
        if people >= LEAST_GROUP:
            bars.append((least, people))
            least, people = None, 0
    if people and bars:
        bars[-1] = (bars[-1][0], bars[-1][1] + people)
    return bars


def for_the_public(chart: Chart) -> Chart:
    return replace(chart, scores=tuple(merged(chart.scores)))


def counted(count: int, full: bool) -> int | None:
    """The count, None where it is too small to be shown."""
    return count if full or not is_small(count) else None


STEPS: dict[str, Callable[[Chart], int]] = {
    "registered": lambda chart: chart.registered,
    "started": lambda chart: chart.participants,
    "submitted": lambda chart: chart.handed_in,
    "perfect": lambda chart: chart.perfect,
}
