"""Working days: Monday to Friday, but for the holidays an organiser named.

A period of days begins on the day after the event and lasts until the end of its last day (Civil Code of Việt Nam
91/2015/QH13, articles 147 and 148).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SATURDAY = 5


def is_working(day: date, holidays: frozenset[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def end_of(begin: datetime, days: int, holidays: frozenset[date], zone: str) -> datetime:
    """The midnight that ends the `days`-th working day after the day of `begin`; none to wait for: `begin` itself."""
    day, here = begin.astimezone(ZoneInfo(zone)).date(), ZoneInfo(zone)
    for _ in range(days):
        day = _next(day, holidays)
    return datetime.combine(day + DAY, time(), here).astimezone(UTC) if days else begin


def _next(day: date, holidays: frozenset[date]) -> date:
    following = day + DAY
    while not is_working(following, holidays):
        following += DAY
    return following
