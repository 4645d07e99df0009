"""Forgetting people in time. Every step is conditional on what it was decided from, so repeating it does no harm."""

from datetime import datetime
from typing import NamedTuple

from hoithi_contracts.exam import ContestPublished, WeekClosed
from hoithi_contracts.scoring import PrizeAwarded, ResultsPublished
from hoithi_registration.domain import retention
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.retention import ContestTime

PAGE = 500


class Swept(NamedTuple):
    """How many were told, how many were erased; whether everybody was looked at."""

    announced: int
    erased: int
    finished: bool


def sweep(storage, months: int, now: datetime, most: int = PAGE) -> Swept:
    """Tell and erase those whose time it is, at most about `most` of them."""
    storage.people.begin_counting(now)
    contests, done, after = storage.contests.all(), {retention.ANNOUNCE: 0, retention.ERASE: 0}, None
    while page := storage.people.inactive(retention.inactive_since(months, now), after, PAGE):
        for person in page:
            what = _step(storage, person, contests, months, now)
            done[what] = done.get(what, 0) + 1
        if done[retention.ANNOUNCE] + done[retention.ERASE] >= most:
            return Swept(done[retention.ANNOUNCE], done[retention.ERASE], False)
        after = page[-1]
    return Swept(done[retention.ANNOUNCE], done[retention.ERASE], True)


def _step(storage, person: Person, contests: list[ContestTime], months: int, now: datetime) -> str:
    what, erase_at = retention.decide(person, contests, months, now)
    if what == retention.ANNOUNCE:
        storage.people.announce_erasure(person, retention.notice(erase_at, now), now)
    elif what == retention.ERASE:
        storage.people.expire(person, now)
    return what


def hear_of_contest(storage, event) -> None:
    """Called again, or in another order, it changes nothing: the earliest beginning and the latest end stay."""
    storage.contests.note(event.contest_id, *TIMES[type(event)](event))


TIMES = {
    ContestPublished: lambda event: (event.published_at, max([event.published_at, *(plan.closes_at for plan in event.rounds)])),
    WeekClosed: lambda event: (None, event.closed_at),
    ResultsPublished: lambda event: (None, event.published_at),
    PrizeAwarded: lambda event: (None, event.awarded_at),
}
