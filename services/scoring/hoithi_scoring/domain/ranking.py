"""The ranking of a round: a pure function of attempts, rules and decisions.

The order of the input never matters. Times are whole milliseconds since 1970 in UTC, because a million
attempts pass through here; `docs/reference/results.md` says every rule in words.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hoithi_contracts.exam import ResultRules

# Worse than any error that can be made: who made no prediction comes after all who did.
NO_PREDICTION = 2**62
PERCENT = 100  # errors of the kind "percentage" are counted in hundredths of a percentage point


class Attempt(NamedTuple):
    """What the ranking needs of a scored attempt. `person` is the pseudonym within the contest."""

    person: str
    number: int
    right: int
    points: int
    perfect: bool
    duration_ms: int
    started_ms: int
    submitted_ms: int
    registered_ms: int
    prediction: int | None
    division: str
    unit_id: str
    party_unit_id: str | None


class Row(NamedTuple):
    """One person's result. `place` overall, `division_place` within the division; equal results share a place.

    `number` is the counting attempt (of sum-of-days: the last counted one), `days` how many attempts count,
    `error` the distance of the prediction (None: none was made or asked for).
    """

    place: int
    division_place: int
    person: str
    division: str
    unit_id: str
    party_unit_id: str | None
    points: int
    right: int
    perfect: bool
    duration_ms: int
    submitted_ms: int
    registered_ms: int
    number: int
    days: int
    attempts: int
    prediction: int | None
    error: int | None


class Figures(NamedTuple):
    """What is counted over the whole round: valid attempts, people with one, people whose counting attempt is perfect."""

    attempts: int
    participants: int
    perfect: int


class Ranking(NamedTuple):
    """Rows in order, the figures, and the number that was to be predicted (None when none was)."""

    rows: list[Row]
    figures: Figures
    actual: int | None


class _Person:
    """What is kept of a person while attempts pass by: the counting one, not all of them."""

    __slots__ = ("attempts", "predicted_in", "prediction", "counting")

    def __init__(self):
        self.attempts, self.predicted_in, self.prediction, self.counting = 0, None, None, None


class Counted(NamedTuple):
    """A row before it has a place."""

    person: str
    division: str
    unit_id: str
    party_unit_id: str | None
    points: int
    right: int
    perfect: bool
    duration_ms: int
    submitted_ms: int
    registered_ms: int
    number: int
    days: int
    attempts: int
    prediction: int | None


def rank(attempts: Iterable[Attempt], rules: ResultRules, invalidated: frozenset[tuple[str, int]] = frozenset()) -> Ranking:
    """The ranking. `invalidated` names attempts as (person, number): they count for nothing."""
    rows = counted(attempts, rules, invalidated)
    figures = Figures(sum(row.attempts for row in rows), len(rows), sum(1 for row in rows if row.perfect))
    actual = actual_of(rules.prediction, figures)
    return Ranking(placed(rows, rules, actual), figures, actual)


def counted(
    attempts: Iterable[Attempt], rules: ResultRules, invalidated: frozenset[tuple[str, int]] = frozenset()
) -> list[Counted]:
    """What of the attempts counts: a row a person, in no order. Needs all attempts of the people it is about."""
    people = _gather(attempts, rules, invalidated)
    rows = [_counted(person, kept) for person, kept in people.items()]
    people.clear()
    return rows


NOBODY: Mapping[str, int] = {}


def placed(rows: list[Counted], rules: ResultRules, actual: int | None, above: Mapping[str, int] = NOBODY) -> list[Row]:
    """Rows in order with places: 1, 2, 2, 4 - people with an equal deciding key share the place.

    `above`: division -> how many people come before all of these rows.
    """
    overall = Places(sum(above.values()))
    divisions = {division: Places(people) for division, people in above.items()}
    made = []
    for key, _, _, row, error in _ordered(rows, rules, actual):
        own = divisions.setdefault(row.division, Places()).next(key)
        person, division, *rest = row
        made.append(Row(overall.next(key), own, person, division, *rest, error))
    return made


def actual_of(kind: str, figures: Figures) -> int | None:
    """The number that was to be predicted; a percentage in hundredths of a per cent, rounded half up."""
    if kind == "percentage":
        people = figures.participants
        return (2 * PERCENT * 100 * figures.perfect + people) // (2 * people) if people else 0
    return None if kind == "none" else getattr(figures, kind)


def error_of(prediction: int | None, kind: str, actual: int | None) -> int | None:
    """Distance between prediction and truth; None when there is nothing to compare."""
    if prediction is None or actual is None:
        return None
    return abs(prediction * PERCENT - actual) if kind == "percentage" else abs(prediction - actual)


def _gather(attempts, rules, invalidated):
    """Per person: how many attempts are valid, the sealed prediction, the counting attempt(s)."""
    people, keep = {}, _KEEPERS[rules.counting](ZoneInfo(rules.time_zone))
    for attempt in attempts:
        if invalidated and (attempt[0], attempt[1]) in invalidated:
            continue
        kept = people.get(attempt[0])
        if kept is None:
            kept = people[attempt[0]] = _Person()
        kept.attempts += 1
        if attempt.prediction is not None and (kept.predicted_in is None or attempt[1] < kept.predicted_in):
            kept.predicted_in, kept.prediction = attempt[1], attempt.prediction
        keep(kept, attempt)
    return people


def _better(one: Attempt, other: Attempt) -> bool:
    """More points, then the shorter time, then the earlier submission, then the lower number."""
    mine = (-one.points, one.duration_ms, one.submitted_ms, one.number)
    return mine < (-other.points, other.duration_ms, other.submitted_ms, other.number)


def _keep_one(wins):
    def keeper(_zone):
        def keep(kept, attempt):
            if kept.counting is None or wins(attempt, kept.counting):
                kept.counting = attempt

        return keep

    return keeper


def _keep_days(zone):
    """The best attempt of each calendar day in the contest's zone; the day on which it was started."""

    def keep(kept, attempt):
        day = datetime.fromtimestamp(attempt.started_ms // 1000, zone).toordinal()
        kept.counting = kept.counting or {}
        if day not in kept.counting or _better(attempt, kept.counting[day]):
            kept.counting[day] = attempt

    return keep


_KEEPERS = {
    "best": _keep_one(_better),
    "first": _keep_one(lambda one, other: one.number < other.number),
    "last": _keep_one(lambda one, other: one.number > other.number),
    "sum-of-days": _keep_days,
}


def _counted(person, kept):
    if not isinstance(kept.counting, dict):
        return _sum(person, kept, kept.counting, [kept.counting])
    days = list(kept.counting.values())
    return _sum(person, kept, max(days, key=lambda attempt: attempt.number), days)


def _sum(person, kept, last, days):
    """The counted attempts as one; division, units and registration are those of the last."""
    return Counted(
        person, last.division, last.unit_id, last.party_unit_id,
        sum(day.points for day in days), sum(day.right for day in days), any(day.perfect for day in days),
        sum(day.duration_ms for day in days), max(day.submitted_ms for day in days), last.registered_ms,
        last.number, len(days), kept.attempts, kept.prediction,
    )  # fmt: skip


# What decides, in this order, the least first. The brief's four variants.
TIE_BREAKS = {
    "A": lambda row, error: (-row.points, error, row.duration_ms, row.submitted_ms),
    "B": lambda row, error: (-row.points, row.duration_ms, error),
    "C": lambda row, error: (-row.points, error, row.submitted_ms),
    "D": lambda row, error: (-row.points, row.duration_ms, row.attempts, row.registered_ms),
}


def _ordered(counted, rules, actual):
    """[(deciding key, submission instant, pseudonym, row, error)], sorted; the pseudonym makes the order total."""
    key, decorated = TIE_BREAKS[rules.tie_break], []
    for row in counted:
        error = error_of(row.prediction, rules.prediction, actual)
        decorated.append((key(row, NO_PREDICTION if error is None else error), row.submitted_ms, row.person, row, error))
    decorated.sort()
    return decorated


class Places:
    """Counts places along keys in order; equal neighbours share one."""

    __slots__ = ("count", "place", "key")

    def __init__(self, before: int = 0):
        self.count, self.place, self.key = before, 0, None

    def next(self, key):
        self.count += 1
        if key != self.key:
            self.place, self.key = self.count, key
        return self.place


def places(keys: Iterable) -> list[int]:
    """Places of keys that are in order already: 1, 2, 2, 4."""
    counter = Places()
    return [counter.next(key) for key in keys]
