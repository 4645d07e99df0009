"""How papers write figures and dates: in Vietnamese, whoever looks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def whole(number: int) -> str:
    """242.242"""
    return f"{number:,}".replace(",", ".")


def moment(instant: datetime) -> str:
    """8:00 ngày 7/9/2026, in the time of Việt Nam."""
    here = instant.astimezone(HERE)
    return f"{here.hour}:{here:%M} ngày {day(here)}"


def window(opens_at: datetime, closes_at: datetime) -> str:
    """Từ 8:00 ngày 7/9/2026 đến 22:00 ngày 13/9/2026."""
    return f"Từ {moment(opens_at)} đến {moment(closes_at)}"


def day(when: date) -> str:
    """7/9/2026"""
    return f"{when.day}/{when.month}/{when.year}"


def long_day(instant: datetime, place: str) -> str:
    """Tuyên Quang, ngày 18 tháng 9 năm 2026; days below 10 and the months 1 and 2 with a zero (Decree 30/2020, annex I)."""
    here = instant.astimezone(HERE)
    month = f"{here.month:02d}" if here.month < 3 else str(here.month)
    written = f"ngày {here.day:02d} tháng {month} năm {here.year}"
    return f"{place}, {written}" if place else written.capitalize()
