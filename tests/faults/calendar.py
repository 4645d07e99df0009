"""Contests of short rounds, one right after the other: there is always an open round, and one closes every few seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hoithi_cli.content import BANK_ID
from hoithi_cli.front_door import Person
from hoithi_cli.rehearse.people import DIVISIONS
from hoithi_cli.trouble import Refused

ROUNDS = 3
LEAD_S = 4
PAPER_SIZE = 5


@dataclass(frozen=True)
class Round:
    """One round of the run."""

    round_id: str
    contest_id: str
    opens_at: datetime
    closes_at: datetime


class Calendar:
    """Publishes the next contest while the present one still runs."""

    def __init__(self, organiser: Person, name: str, round_s: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.organiser, self.name, self.round_s, self.now = organiser, name, round_s, now
        self.rounds: list[Round] = []

    def current(self) -> Round | None:
        """The round that should be open now."""
        now = self.now()
        return next((each for each in reversed(self.rounds) if each.opens_at <= now < each.closes_at), None)

    def ends_at(self) -> datetime:
        return self.rounds[-1].closes_at if self.rounds else self.now()

    def is_short(self) -> bool:
        """Whether the next contest should be published."""
        return self.ends_at() - self.now() < timedelta(seconds=self.round_s)

    def publish_next(self) -> None:
        """One more contest; every step may be repeated."""
        first = max(self.ends_at(), self.now() + timedelta(seconds=LEAD_S))
        contest_id = f"{self.name}-{len(self.rounds) // ROUNDS + 1}"
        self._tolerant("/contests", body(contest_id, first, self.round_s))
        self._tolerant(f"/contests/{contest_id}/publish")
        found = self.organiser.call("GET", "exam", f"/contests/{contest_id}")
        assert found["state"] == "published", found
        self.rounds += sorted((_round(contest_id, each) for each in found["rounds"]), key=lambda each: each.opens_at)

    def _tolerant(self, path: str, json=None) -> None:
        """409: an earlier try, whose answer was lost, has done it."""
        try:
            self.organiser.call("POST", "exam", path, json=json)
        except Refused as refused:
            if refused.status != 409:
                raise


def body(contest_id: str, first: datetime, round_s: int) -> dict:
    """The body of POST /contests."""
    opens = [first + timedelta(seconds=round_s * index) for index in range(ROUNDS)]
    blueprint = [{"count": PAPER_SIZE}]
    return {
        "contest_id": contest_id,
        "title": "Chịu lỗi",
        "template": "compressed",
        "rules": {
            "paper_size": PAPER_SIZE,
            "paper_seconds": max(5, round_s // 2),
            "grace_seconds": 1,
            "attempts_per_day": None,
            "attempts_per_round": None,
            "prediction": "perfect",
            "tie_break": "A",
            "counting": "best",
            "divisions": [{"name": name, "bank": BANK_ID, "blueprint": blueprint} for name in DIVISIONS],
        },
        "rounds": [
            {"title": f"Vòng {number}", "opens_at": at.isoformat(), "closes_at": (at + timedelta(seconds=round_s)).isoformat()}
            for number, at in enumerate(opens, 1)
        ],
    }


def _round(contest_id: str, found: dict) -> Round:
    opens, closes = (datetime.fromisoformat(found[name]) for name in ("opens_at", "closes_at"))
    return Round(found["round_id"], contest_id, opens, closes)
