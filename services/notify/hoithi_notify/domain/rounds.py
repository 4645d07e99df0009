"""Contests and rounds as letters need them: titles and windows. Keys of questions are never kept."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Contest:
    """The title of a contest."""

    contest_id: str
    revision: int
    title: str


@dataclass(frozen=True)
class Window:
    """Number, title and time of a round, as planned (contest-published) or as opened (week-opened)."""

    number: int
    title: str
    opens_at: datetime
    closes_at: datetime
    revision: int = 0


@dataclass(frozen=True)
class Extension:
    """The round's last extension."""

    revision: int
    closes_at: datetime


@dataclass(frozen=True)
class Round:
    """What is known of a round. Each event fills its own part, so the order of their arrival does not matter."""

    round_id: str
    contest_id: str
    plan: Window | None = None
    opening: Window | None = None
    extension: Extension | None = None
    closed_at: datetime | None = None

    @property
    def window(self) -> Window | None:
        """The opening binds; before it the plan is the best that is known."""
        return self.opening or self.plan

    @property
    def closes_at(self) -> datetime | None:
        """The end that counts: the last extension's, otherwise the window's."""
        if self.extension:
            return self.extension.closes_at
        return self.window.closes_at if self.window else None

    def is_over(self, now: datetime) -> bool:
        """Nobody can take part any more."""
        return self.closed_at is not None or (self.closes_at is not None and now >= self.closes_at)


def plans(event) -> list[Round]:
    """The rounds a contest-published event announces."""
    return [Round(plan.round_id, event.contest_id, plan=_planned(plan, event.revision)) for plan in event.rounds]


def _planned(plan, revision: int) -> Window:
    return Window(plan.number, plan.title, plan.opens_at, plan.closes_at, revision)


def opened(event) -> Round:
    """The round a week-opened event tells of. Its rules and keys stay behind."""
    window = Window(event.number, event.title, event.opens_at, event.closes_at)
    return Round(event.round_id, event.contest_id, opening=window)


def extended(event) -> Round:
    """The round a week-extended event tells of."""
    return Round(event.round_id, event.contest_id, extension=Extension(event.revision, event.closes_at))


def closed(event) -> Round:
    """The round a week-closed event tells of."""
    return Round(event.round_id, event.contest_id, closed_at=event.closed_at)
