"""What another key would change, found before it is decided: who gains and loses points, which prizes move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.ranking import Attempt, Ranking
from hoithi_scoring.domain.score import Score, normal, score

Keys = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Preview:
    """A question asked by an organiser; `found` is the answer, of the keys of `keys_version`."""

    preview_id: str
    round_id: str
    question_id: str
    right: str
    by: str
    asked_at: datetime
    state: str = "waiting"
    done: int = 0
    total: int = 0
    keys_version: int = 0
    found: dict = field(default_factory=dict)


class Rescored(NamedTuple):
    """An attempt whose score would be another one."""

    person: str
    number: int
    before: Score
    after: Score


def with_key(keys: Keys, question_id: str, right: str) -> Keys:
    """The keys with another right answer."""
    return {**keys, question_id: (normal(right), keys[question_id][1])}


def rescored(person: str, number: int, questions: list[str], answers: dict, keys: Keys, other: Keys) -> Rescored | None:
    """None when the score stays, or cannot be known yet."""
    before, after = score(questions, answers, keys), score(questions, answers, other)
    return Rescored(person, number, before, after) if before != after and before and after else None


def replaced(attempt: Attempt, other: Mapping[tuple[str, int], Score]) -> Attempt:
    """The attempt with its other score."""
    found = other.get((attempt.person, attempt.number))
    return attempt._replace(**found._asdict()) if found else attempt


def difference(changes: Iterable[Rescored], before: Ranking, after: Ranking) -> dict:
    """How many attempts and people gain and lose points, how many become or stop being perfect."""
    changes = list(changes)
    steps = [change.after.points - change.before.points for change in changes]
    people = _points(before, changes), _points(after, changes)
    moves = [people[1][person] - points for person, points in people[0].items()]
    return {
        "attempts_up": sum(step > 0 for step in steps),
        "attempts_down": sum(step < 0 for step in steps),
        "people_up": sum(move > 0 for move in moves),
        "people_down": sum(move < 0 for move in moves),
        "participants": before.figures.participants,
        "perfect_before": before.figures.perfect,
        "perfect_after": after.figures.perfect,
    }


def _points(ranking: Ranking, changes: list[Rescored]) -> dict[str, int]:
    touched = {change.person for change in changes}
    return {row.person: row.points for row in ranking.rows if row.person in touched}


def moved_prizes(before: Iterable[Award], after: Iterable[Award]) -> list[dict]:
    """The prizes whose winner would be another person; None where there is none."""
    old, new = ({award.award_id: award for award in awards} for awards in (before, after))
    pairs = [(old.get(award_id), new.get(award_id)) for award_id in dict.fromkeys((*old, *new))]
    return [_moved(*pair) for pair in pairs if _winner(pair[0]) != _winner(pair[1])]


def _winner(award: Award | None) -> str | None:
    return award.person if award else None


def _moved(before: Award | None, after: Award | None) -> dict:
    named = before or after
    sides = {"before": before and before.user_id, "after": after and after.user_id}
    return {"award_id": named.award_id, "division": named.division, "prize": named.prize, **sides}
