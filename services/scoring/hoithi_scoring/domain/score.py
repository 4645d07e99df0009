"""Points of an attempt from the round's keys."""

from functools import lru_cache
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


@lru_cache(maxsize=10_000)
def normal(letters: str) -> str:
    """Options as a set written one way: distinct letters, rising, lower case. Nearly all are one letter: remembered."""
    return "".join(sorted(set(letters.lower())))


def score(questions: list[str], answers: dict[str, str], keys: dict[str, tuple[str, int]]) -> Score | None:
    """The score of one paper; None while the key of one of its questions is unknown.

    A question counts when the chosen options are exactly the right ones; there are no part points.
    `keys` maps a question to (right options as `normal` writes them, points).
    """
    if not keys.keys() >= set(questions):
        return None
    pairs = zip(map(keys.get, questions), map(answers.get, questions), strict=True)
    earned = [points for (right, points), chosen in pairs if chosen and normal(chosen) == right]
    return Score(len(earned), sum(earned), bool(questions) and len(earned) == len(questions))
