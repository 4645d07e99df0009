"""Results of units: every person once per tree, rolled up from the leaf to the root."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from hoithi_contracts.exam import ResultRules
from hoithi_scoring.domain.ranking import Row, places
from hoithi_scoring.domain.season import SeasonRow

LEAST_GROUP = 10  # public figures about fewer people are not shown
TREES = ("administrative", "party")


@dataclass(frozen=True)
class Unit:
    """A unit as registration announced it. `valid_to` is the first day on which it no longer exists."""

    id: str
    name: str
    kind: str
    tree: str
    parent_id: str | None = None
    valid_from: str = ""
    valid_to: str | None = None

    def exists_on(self, day: str) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class UnitRow:
    """A unit's result with everything below it. `place` among units of the same kind; None: not eligible.

    `roster` is None when no headcount is known, `points` the sum of the people's counted points.
    """

    unit_id: str
    name: str
    kind: str
    tree: str
    parent_id: str | None
    participants: int
    roster: int | None
    attempts: int
    points: int
    perfect: int
    eligible: bool = False
    place: int | None = None
    suppressed: bool = False

    @property
    def rate(self) -> Fraction | None:
        """Participants per head of the roster."""
        return Fraction(self.participants, self.roster) if self.roster else None

    @property
    def mean(self) -> Fraction:
        """Mean of the counted points of those who took part."""
        return Fraction(self.points, self.participants) if self.participants else Fraction(0)


class _Sum:
    """People, attempts, points and perfect people below a unit."""

    __slots__ = ("participants", "attempts", "points", "perfect")

    def __init__(self):
        self.participants = self.attempts = self.points = self.perfect = 0

    def take(self, row: Row):
        self.participants += 1
        self.attempts += row.attempts
        self.points += row.points
        self.perfect += row.perfect

    def add(self, other):
        self.participants += other.participants
        self.attempts += other.attempts
        self.points += other.points
        self.perfect += other.perfect


class Group(NamedTuple):
    """The people of a unit of each tree, and what they have together; as in UnitRow."""

    unit_id: str
    party_unit_id: str | None
    participants: int
    attempts: int
    points: int
    perfect: int


def grouped(rows: Iterable[Row | SeasonRow]) -> list[Group]:
    """In rows of a season points, attempts and perfect papers are sums over its rounds (docs/decisions/0148)."""
    sums = defaultdict(_Sum)
    for row in rows:
        sums[row.unit_id, row.party_unit_id].take(row)
    return [Group(*key, found.participants, found.attempts, found.points, found.perfect) for key, found in sums.items()]


def roll_up(
    groups: Iterable[Group], units: dict[str, Unit], rosters: dict[str, int], rules: ResultRules, day: str
) -> list[UnitRow]:
    """Rows of both trees by tree and id. Units that did not exist on `day` appear only when they have people.

    `rosters`: headcount of a unit itself, without the units below.
    """
    groups = list(groups)
    made = []
    for tree, unit_of in zip(TREES, (attrgetter("unit_id"), attrgetter("party_unit_id")), strict=True):
        made += ranked(_tree(groups, unit_of, tree, units, rosters, day), rules)
    return made


def _tree(groups, unit_of, tree, units, rosters, day):
    own = defaultdict(_Sum)
    for group in groups:
        if unit_of(group) is not None:
            own[unit_of(group)].add(group)
    known = {unit.id: unit for unit in units.values() if unit.tree == tree}
    known.update({id: Unit(id, "", "unknown", tree) for id in own if id not in known})
    sums, heads = _upwards(own, known), _heads(rosters, known)
    shown = (unit for unit in known.values() if unit.id in sums or unit.exists_on(day))
    return [_row(unit, sums.get(unit.id) or _Sum(), heads.get(unit.id)) for unit in sorted(shown, key=lambda unit: unit.id)]


def _row(unit, total, roster):
    return UnitRow(unit.id, unit.name, unit.kind, unit.tree, unit.parent_id,
                   total.participants, roster, total.attempts, total.points, total.perfect)  # fmt: skip


def _upwards(own, known):
    sums = defaultdict(_Sum)
    for unit_id, found in own.items():
        for above in line(unit_id, known):
            sums[above].add(found)
    return sums


def _heads(rosters, known):
    heads = defaultdict(int)
    for unit_id, headcount in rosters.items():
        for above in line(unit_id, known) if unit_id in known else ():
            heads[above] += headcount
    return heads


def line(unit_id: str, units: dict[str, Unit]) -> list[str]:
    """The unit and those above it, up to the root; a circle in the data ends where it closes."""
    found = []
    while unit_id is not None and unit_id not in found:
        found.append(unit_id)
        unit_id = units[unit_id].parent_id if unit_id in units else None
    return found


def newcomers(rows: Iterable[Row], first_days: Mapping[str, int], units: dict[str, Unit]) -> list[tuple]:
    """(parent id, unit id, day, people): how many below a unit took part for the first time on a day of the round.

    `first_days`: person -> number of the day. A person counts where the counting attempt was made, as in the table, once in
    each tree.
    """
    own, total = defaultdict(int), defaultdict(int)
    for row in rows:
        for unit_id in {row.unit_id, row.party_unit_id} - {None}:
            own[unit_id, first_days[row.person]] += 1
    for (unit_id, day), people in own.items():
        for above in line(unit_id, units):
            total[above, day] += people
    parents = {unit_id: units[unit_id].parent_id if unit_id in units else None for unit_id, _ in total}
    return sorted(
        ((parents[unit_id], unit_id, day, people) for (unit_id, day), people in total.items()), key=lambda row: (row[1], row[2])
    )


def below(unit_id: str, units: dict[str, Unit]) -> set[str]:
    """The unit and everything below it."""
    children = defaultdict(list)
    for unit in units.values():
        children[unit.parent_id].append(unit.id)
    found, waiting = set(), [unit_id]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += children[current]
    return found


# What decides between collectives, the least first; the last three are the same for all.
_FIRST = {
    "participation": lambda row: -(row.rate or 0),
    "attempts": lambda row: -row.attempts,
    "headcount": lambda row: -row.participants,
    "points": lambda row: -row.points,
}


def ranked(rows: list[UnitRow], rules: ResultRules) -> list[UnitRow]:
    """The rows with places: by kind of unit, among those that reach the least rate; in the order they came."""
    rows = [replace(row, eligible=is_eligible(row, rules)) for row in rows]
    blocks = defaultdict(list)
    for row in rows:
        if row.eligible:
            blocks[row.kind].append(row)
    placed = {}
    for block in blocks.values():
        placed.update(_placed(block, _FIRST[rules.collective]))
    return [replace(row, place=placed.get(row.unit_id)) for row in rows]


def is_eligible(row: UnitRow, rules: ResultRules) -> bool:
    """Somebody took part, and the least rate is reached (0: no roster is needed)."""
    if not row.participants or row.kind == "unknown":
        return False
    return rules.collective_least_rate == 0 or (row.rate or 0) * 100 >= rules.collective_least_rate


def competing(rows: Iterable[UnitRow], rules: ResultRules) -> list[tuple[int, UnitRow]]:
    """(place, row) of units that compete with each other, whatever their kinds; the best first."""
    block = {row.unit_id: row for row in rows if row.eligible}
    return [(place, block[unit_id]) for unit_id, place in _placed(block.values(), _FIRST[rules.collective]).items()]


def _placed(block, first):
    key = {row.unit_id: (first(row), -(row.rate or 0), -row.mean, -row.perfect) for row in block}
    order = sorted(key, key=lambda unit_id: (key[unit_id], unit_id))
    return dict(zip(order, places(key[unit_id] for unit_id in order), strict=True))


def public(rows: list[UnitRow]) -> list[UnitRow]:
    """The children of one unit as the public sees them: groups under ten people hidden.

    One hidden row could be had by subtraction from the row above; then the next smallest is hidden as well.
    """
    hidden = {row.unit_id for row in rows if _is_small(row)}
    open_rows = [row for row in rows if row.unit_id not in hidden and row.participants]
    if len(hidden) == 1 and open_rows:
        hidden.add(min(open_rows, key=lambda row: (row.participants, row.unit_id)).unit_id)
    return [replace(row, suppressed=True) if row.unit_id in hidden else row for row in rows]


def _is_small(row):
    few = 0 < row.participants < LEAST_GROUP
    return few or (row.roster is not None and 0 < row.roster < LEAST_GROUP)
