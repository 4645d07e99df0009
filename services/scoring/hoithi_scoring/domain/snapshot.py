"""What a round knows of its tables, whole ones and live ones."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_scoring.domain.prizes import Award


@dataclass(frozen=True)
class Snapshot:
    """A finished ranking: its figures, where its pages are (`build`), and how long it took.

    `seconds` of CPU: behind those who take papers a build may wait longer than it works.
    """

    revision: int
    build: str
    digest: str
    units_digest: str
    attempts: int
    valid: int
    participants: int
    perfect: int
    unscored: int
    actual: int | None
    divisions: dict[str, int]
    awards: tuple[Award, ...]
    built_at: datetime
    seconds: float = 0.0


LIVE = "live"
"""The `build` of tables by units that are made from the standings of a running round, one after the other in the same place."""


@dataclass(frozen=True)
class LiveUnits:
    """When such tables were made, how long it took, how many changes they have seen; valid attempts, people, perfect ones."""

    built_at: datetime
    seconds: float
    seen: int
    attempts: int
    participants: int
    perfect: int
