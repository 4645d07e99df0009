"""When units' reports are made, and the yearly evaluation: points for participation by a table the organiser chose."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hoithi_scoring.domain.rounds import Round

KINDS = ("daily", "weekly")
# A report still tells something new so long after the last round closed.
WORTH = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}


@dataclass(frozen=True)
class Times:
    """When reports go out, in the contest's zone; None: never. `weekly_on`: 1 is Monday. The defaults are the brief's."""

    daily_at: str | None = "11:00"
    weekly_at: str | None = "08:00"
    weekly_on: int = 1

    def due(self, now: datetime, zone: str) -> list[tuple[str, str]]:
        """(kind, day) of the reports whose time has come today; what was made already is for the caller to know."""
        here = now.astimezone(ZoneInfo(zone))
        clock, day = f"{here:%H:%M}", here.date().isoformat()
        is_day = here.isoweekday() == self.weekly_on
        wanted = (("daily", self.daily_at, True), ("weekly", self.weekly_at, is_day))
        return [(kind, day) for kind, at, today in wanted if today and at is not None and at <= clock]


def subject(rounds: Iterable[Round], kind: str, now: datetime) -> Round | None:
    """The round a report is about: the last one that opened, while it runs or closed not long ago."""
    opened = max((round for round in rounds if round.opened), key=lambda round: round.number, default=None)
    if opened is None or (opened.state != "running" and opened.closes_at + WORTH[kind] < now):
        return None
    return opened


@dataclass(frozen=True)
class Step:
    """Points for a rate of at least so many percent."""

    least_rate: int
    points: float


@dataclass(frozen=True)
class Evaluation:
    """How participation counts in the yearly evaluation of units."""

    criterion: str = "Tham gia cuộc thi trực tuyến tìm hiểu chuyển đổi số"
    steps: tuple[Step, ...] = field(default=(Step(90, 10), Step(70, 7), Step(50, 5), Step(0, 0)))

    def points(self, rate: Fraction | None) -> float | None:
        """Of the highest step that is reached; None without a rate: nobody can say."""
        if rate is None:
            return None
        reached = (step for step in sorted(self.steps, key=lambda step: -step.least_rate) if rate * 100 >= step.least_rate)
        return next((step.points for step in reached), 0)


def mean_rate(rates: Iterable[Fraction | None]) -> Fraction | None:
    """The mean over the official rounds; a round without roster is left out. None when no round has one."""
    known = [rate for rate in rates if rate is not None]
    return sum(known, Fraction(0)) / len(known) if known else None
