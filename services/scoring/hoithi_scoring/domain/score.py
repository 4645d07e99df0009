"""Points of an attempt from the round's keys."""

from typing import NamedTuple

from hoithi_contracts.exam import AttemptSubmitted


class Score(NamedTuple):
    """How many questions are right, their points, and whether all of the paper is right."""

    right: int
    points: int
    perfect: bool


class ScoredAttempt(NamedTuple):
    """An attempt as it came, under its pseudonym; `score` is None while keys are unknown."""

    event: AttemptSubmitted
    person: str
    score: Score | None
    keys_version: int


def normal(letters: str) -> str:
    """Options as a set written one way: distinct letters, rising, lower case."""
    return "".join(sorted(set(letters.lower())))


def score(questions: list[str], answers: dict[str, str], keys: dict[str, tuple[str, int]]) -> Score | None:
    """The score of one paper; None while the key of one of its questions is unknown.

    A question counts when the chosen options are exactly the right ones; there are no part points.
    `keys` maps a question to (right options as `normal` writes them, points).
    """
    if any(question not in keys for question in questions):
        return None
    earned = [keys[question][1] for question in questions if _is_right(answers.get(question), keys[question][0])]
    return Score(len(earned), sum(earned), bool(questions) and len(earned) == len(questions))


def _is_right(chosen: str | None, right: str) -> bool:
    return bool(chosen) and (chosen == right or normal(chosen) == right)
