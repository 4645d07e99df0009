"""What scoring's worker makes by itself, for tests that have none."""

from datetime import datetime

from hoithi_scoring.handlers import building
from hoithi_scoring.handlers.building import Built, Elsewhere


def make_due(storage, now: datetime, elsewhere: Elsewhere | None = None) -> list[Built]:
    """Rankings that are out of date, then what is made from them; the rankings."""
    built = building.rank_due(storage, "test", 0, now, elsewhere)
    building.follow_up(storage, "test", 0, now, elsewhere)
    return built
