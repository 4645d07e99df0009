"""Days and ages as people in Việt Nam count them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def day_of(now: datetime) -> date:
    """The calendar day in Việt Nam at this instant."""
    return now.astimezone(ZONE).date()


def age(birth_date: date, today: date) -> int:
    """Completed years of life; born on 29 February one is a year older on 1 March of a common year."""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)
