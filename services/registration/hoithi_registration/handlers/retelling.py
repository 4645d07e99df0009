"""What registration told is told again, for services that were restored to an older point. Listeners are idempotent."""

from datetime import datetime


def retell_people(storage, after: str, limit: int, now: datetime) -> tuple[int, str | None]:
    """A page of people, those after the given id: how many events, and the last id when there may be more."""
    return storage.retelling.people(after, limit, now)


def retell_units_and_rosters(storage, now: datetime) -> int:
    """Every change of units and every frozen roster; returns how many events."""
    return storage.retelling.units(now) + storage.retelling.rosters(now)
