"""How long people are kept: their identity goes twelve months after the award, with a notice thirty days before.

Nobody tells registration who took part in what, and it need not know: whoever takes part signs in or renews the session,
so a contest can only concern people who were active after it had been announced. A person's time therefore begins at the
last activity, or at the end of the last contest announced before that, whichever is later (docs/decisions/0087).
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoithi_registration.domain.person import Notice, Person

NOTICE = timedelta(days=30)
KEPT_BY_CONSENT = "later-contests"
"""Whoever agreed to this purpose is kept until the consent is withdrawn (consents.yml)."""
KEEP, ANNOUNCE, ERASE = "keep", "announce", "erase"


@dataclass(frozen=True)
class ContestTime:
    """When a contest was announced (None: not heard yet) and when the last thing happened in it, or is planned to."""

    contest_id: str
    began_at: datetime | None
    ends_at: datetime

    def may_concern(self, active_at: datetime) -> bool:
        return self.began_at is None or self.began_at <= active_at


def due_at(active_at: datetime, contests: Iterable[ContestTime], months: int) -> datetime:
    """When the time is over for somebody who was last active then."""
    ends = [contest.ends_at for contest in contests if contest.may_concern(active_at)]
    return moved(max([active_at, *ends]), months)


def inactive_since(months: int, now: datetime) -> datetime:
    """Only people who were last active before that can have to be told."""
    return moved(now + NOTICE, -months)


def decide(person: Person, contests: Iterable[ContestTime], months: int, now: datetime) -> tuple[str, datetime]:
    """What to do with a person now, and when the data go (or would go)."""
    due = due_at(person.active_at, contests, months)
    if is_exempt(person) or now < due - NOTICE:
        return KEEP, due
    if not _was_told(person, due):
        return ANNOUNCE, max(due, now + NOTICE)
    return (ERASE if now >= person.notice.erase_at else KEEP), person.notice.erase_at


def is_exempt(person: Person) -> bool:
    """Who serves the platform with a role, or agreed to be kept for later contests."""
    return bool(person.grants) or any(consent.purpose == KEPT_BY_CONSENT for consent in person.consents)


def notice(erase_at: datetime, now: datetime) -> Notice:
    return Notice(told_at=now, erase_at=erase_at)


def moved(instant: datetime, months: int) -> datetime:
    """The same day so many months later (or earlier); the last day of a month that has no such day."""
    year, month = divmod(instant.year * 12 + instant.month - 1 + months, 12)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


def _was_told(person: Person, due: datetime) -> bool:
    """A notice counts until the person comes back, or until a contest goes on longer than was known."""
    told = person.notice
    return told is not None and told.told_at >= person.active_at and told.erase_at >= due
