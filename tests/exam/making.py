"""Banks, rules, rounds and people for the tests of exam."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hoithi_contracts.exam import RoundPlan
from hoithi_exam.domain.bank import LEVELS, Bank, Question
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.rules import Division, Draw, Rules

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday 23 November 2026, noon in Hà Giang."""
MINUTE = timedelta(minutes=1)
TOPICS = {"an-toan": "An toàn", "dich-vu": "Dịch vụ công"}


@dataclass(frozen=True)
class Someone:
    user_id: str = "u1"
    division: str = "citizens"
    unit_id: str = "x1"
    party_unit_id: str | None = None
    registered_at: datetime = NOON - timedelta(days=30)


def question(number: int, topic: str = "an-toan", level: str = "easy", options: int = 4, right: str = "a") -> Question:
    texts = tuple(f"phương án {number}.{option}" for option in range(1, options + 1))
    return Question(f"q{number:03}", topic, level, f"Câu hỏi số {number}?", texts, right, f"Vì {number}", "Luật")


def bank(size: int = 24, bank_id: str = "bank", first: int = 1) -> Bank:
    """Questions spread evenly over two topics and three levels."""
    slugs = list(TOPICS)
    made = (question(first + n, slugs[n % 2], LEVELS[n // 2 % 3], right="abcd"[n % 4]) for n in range(size))
    return Bank(bank_id, "Ngân hàng", "vi", TOPICS, tuple(made))


def rules(**more) -> Rules:
    """Four questions in ten minutes for citizens."""
    blueprint = (Draw("an-toan", "easy", 1), Draw("*", "medium", 1), Draw("*", "*", 2))
    usual = {"paper_size": 4, "paper_seconds": 600, "divisions": (Division("citizens", "bank", blueprint),)}
    return Rules(**{**usual, **more})


def round_(state: str = "open", **more) -> Round:
    """Open from an hour before noon to an hour after."""
    usual = {
        "round_id": "hg-w1", "contest_id": "hg", "number": 1, "title": "Tuần 1", "opens_at": NOON - 60 * MINUTE,
        "closes_at": NOON + 60 * MINUTE, "rules": rules(), "rules_version": 1, "banks": {"citizens": "bank:1"}, "state": state,
    }  # fmt: skip
    return Round(**{**usual, **more})


def plan(number: int = 1, opens_at: datetime = NOON, length: timedelta = 60 * MINUTE) -> RoundPlan:
    return RoundPlan(f"hg-w{number}", number, f"Tuần {number}", opens_at, opens_at + length)


def contest(**more) -> Contest:
    usual = {
        "contest_id": "hg", "title": "Cuộc thi", "rules": rules(), "rounds": (plan(),), "template": None, "created_at": NOON,
    }  # fmt: skip
    return Contest(**{**usual, **more})


def with_rules(found: Round, **more) -> Round:
    return replace(found, rules=replace(found.rules, **more))
