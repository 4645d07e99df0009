"""The practice paper: for everybody, with its answers; nothing of it is kept and nothing counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from hoithi_exam.domain.bank import Bank, Question
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.paper import Paper, Press, fits
from hoithi_exam.domain.rules import Draw, Rules

PAPERS = 5
"""How many papers there are to go through. They are the same for everybody, so that they are made once and kept by caches."""
BLUEPRINT = (Draw(level="easy", count=5), Draw(level="medium", count=3), Draw(level="hard", count=2))
SIZE = sum(draw.count for draw in BLUEPRINT)


class UnknownPractice(Exception):
    """The contest has no practice paper of this number."""


@dataclass(frozen=True)
class Practice:
    """A practice paper of a contest; `seconds`: in proportion to a real paper's time."""

    contest_id: str
    title: str
    number: int
    seconds: int
    paper: Paper


def questions(banks: Iterable[Bank], rules: Rules) -> list[Question]:
    """The practice questions of a contest's banks that look like its real ones, by id."""
    found = {question.id: question for bank in banks for question in bank.questions if question.practice}
    return sorted((question for question in found.values() if fits(question, rules)), key=lambda question: question.id)


def practice(contest: Contest, banks: Iterable[Bank], number: int) -> Practice:
    """The paper of a number, 1 to PAPERS, always the same for the same banks. Raises UnknownPractice."""
    pool = questions(banks, contest.rules)
    if not pool or not 1 <= number <= PAPERS:
        raise UnknownPractice()
    drawn = Press(_lines(pool), shuffle_questions=True, shuffle_options=True).paper(f"practice:{contest.contest_id}:{number}")
    return Practice(contest.contest_id, contest.title, number, _seconds(len(drawn.items), contest.rules), drawn)


def _lines(pool: list[Question]):
    """The blueprint's lines; what a level lacks is taken from any."""
    lines = [(_line(pool, draw), draw.count) for draw in BLUEPRINT]
    missing = SIZE - sum(min(len(line), count) for line, count in lines)
    return (*lines, (tuple(pool), missing))


def _line(pool: list[Question], draw: Draw) -> tuple[Question, ...]:
    return tuple(question for question in pool if draw.takes(question.topic, question.level))


def _seconds(size: int, rules: Rules) -> int:
    return max(60, round(rules.paper_seconds * size / rules.paper_size))


def papers(banks: Iterable[Bank], rules: Rules) -> int:
    """How many practice papers the contest has: none without practice questions."""
    return PAPERS if questions(banks, rules) else 0
