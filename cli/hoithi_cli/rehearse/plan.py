"""The compressed contest of a rehearsal: how long its weeks are, its body for POST /contests."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoithi_cli.rehearse.people import DIVISIONS

TITLE = "Tập dượt: xây dựng công dân số"
SHORTEST_WEEK_S = 12
VISITS_A_SECOND = 20  # what two cores manage beside everything else, measured
LEAD_S = 4
GRACE_S = 2
COUNTING_S = 7  # exam settles the last papers, scoring ranks


@dataclass(frozen=True)
class Plan:
    """What is played. Times in seconds; `pause_s` lies between two weeks."""

    contest_id: str
    people: int
    weeks: int
    week_s: int
    pause_s: int
    paper_size: int
    paper_s: int
    attempts: int

    def windows(self, first: datetime) -> list[tuple[datetime, datetime]]:
        """Opening and close of every week."""
        step = timedelta(seconds=self.week_s + self.pause_s)
        return [(first + step * week, first + step * week + timedelta(seconds=self.week_s)) for week in range(self.weeks)]


def plan(
    people: int, contest_id: str, weeks: int = 4, week_s: int | None = None, paper_size: int = 10, attempts: int = 2
) -> Plan:
    """A plan in which everybody can finish comfortably: visits end after 70 % of a week, papers at its close."""
    length = week_s or max(SHORTEST_WEEK_S, round(people / VISITS_A_SECOND / 0.7))
    return Plan(
        contest_id=contest_id,
        people=people,
        weeks=weeks,
        week_s=length,
        pause_s=GRACE_S + COUNTING_S,
        paper_size=paper_size,
        paper_s=max(5, length // 2),
        attempts=attempts,
    )


def default_contest_id(seed: int, now: datetime) -> str:
    """A new one every second: "tap-duot-7-20221008-0930"."""
    return f"tap-duot-{seed}-{now:%Y%m%d-%H%M%S}"


def contest_body(plan: Plan, bank_id: str, first: datetime) -> dict:
    """The body for POST /contests: the shipped compressed template with this plan's times."""
    return {
        "contest_id": plan.contest_id,
        "title": TITLE,
        "template": "compressed",
        "rules": rules(plan, bank_id),
        "rounds": [
            {"title": f"Tuần {number}", "opens_at": opens.isoformat(), "closes_at": closes.isoformat()}
            for number, (opens, closes) in enumerate(plan.windows(first), 1)
        ],
    }


def rules(plan: Plan, bank_id: str) -> dict:
    """What the rehearsal changes of the template."""
    return {
        "paper_size": plan.paper_size,
        "paper_seconds": plan.paper_s,
        "grace_seconds": GRACE_S,
        "attempts_per_day": None,
        "attempts_per_round": plan.attempts,
        "prediction": "perfect",
        "divisions": [{"name": name, "bank": bank_id, "blueprint": blueprint(plan.paper_size)} for name in DIVISIONS],
    }


def blueprint(size: int) -> list[dict]:
    """Half easy, three in ten medium, the rest hard."""
    counts = {"easy": size - size // 2 + size // 10, "medium": size * 3 // 10}
    counts["hard"] = size - sum(counts.values())
    return [{"level": level, "count": count} for level, count in counts.items() if count]
