"""Item analysis: how each question of a closed round worked. One pass, exact numbers, the same whatever the order.

For each question, over the first attempts that had it on their paper:

* facility index p: share of attempts that answered it exactly right; a missing answer is a wrong one.
* rest score: right answers of the rest of the paper (Henrysson 1963: with the question itself in the score every question
  would look better than it is).
* discrimination index D: right share of the upper minus that of the lower 27 % by rest score (Kelley 1939, "The selection of
  upper and lower groups for the validation of test items"). Attempts on the border of a group are alike: all of
  them count with the part that still fits.
* point-biserial correlation of right/wrong with the rest score; none when all are alike.

Only counts by (choice, rest score) are kept, so memory depends on the questions, not on the attempts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from hoithi_scoring.domain.score import normal

GROUP = Fraction(27, 100)
LEAST = 30
"""Fewer answers say too little: nothing is called suspicious below."""
WEAK_D = 0.2  # Ebel & Frisbie (1991): below it a question is poor and to be revised
EASY, HARD = 0.95, 0.15
OMITTED = 0.2
NONE = ""
GRAVE = ("negative-discrimination", "distractor-beats-key")


@dataclass(frozen=True)
class Choice:
    """A chosen set of options ("a", "ac", "" for none): how many, and how many of the upper and lower group."""

    letters: str
    count: int
    upper: float
    lower: float


@dataclass(frozen=True)
class Item:
    """A question's figures, rounded to four decimals; `flags`: what looks wrong, the gravest first."""

    question_id: str
    right: str
    answers: int
    omitted: int
    facility: float
    discrimination: float
    point_biserial: float | None
    choices: tuple[Choice, ...]
    flags: tuple[str, ...]


class Items:
    """Takes attempts one by one. `keys`: question -> right options as `normal` writes them."""

    def __init__(self, keys: dict[str, str]):
        self.keys = keys
        self.attempts = 0
        self.seen: defaultdict[str, Counter] = defaultdict(Counter)

    def add(self, questions: list[str], answers: list[str]) -> None:
        """Count an attempt; one with a question whose key is unknown is left out."""
        keys = self.keys
        if any(question not in keys for question in questions):
            return
        self.attempts += 1
        chosen = [answer if len(answer) < 2 else normal(answer) for answer in answers]
        right = [answer == keys[question] for question, answer in zip(questions, chosen, strict=True)]
        total = sum(right)
        for question, answer, is_right in zip(questions, chosen, right, strict=True):
            self.seen[question][answer, total - is_right] += 1

    def items(self) -> list[Item]:
        """Every question that was on a paper, suspicious ones first, then the least discriminating."""
        found = [_item(question, self.keys[question], counts) for question, counts in self.seen.items()]
        return sorted(found, key=_order)


def _order(item: Item) -> tuple:
    grave = sum(flag in GRAVE for flag in item.flags)
    correlation = 0.0 if item.point_biserial is None else item.point_biserial
    return -grave, not item.flags, correlation, item.question_id


def _item(question: str, right: str, counts: Counter) -> Item:
    answers = sum(counts.values())
    by_rest = _by_rest(counts)
    upper, lower = _group(by_rest, answers, reverse=True), _group(by_rest, answers, reverse=False)
    choices = tuple(_choices(counts, upper, lower))
    size = GROUP * answers
    shown = {
        "answers": answers,
        "omitted": sum(count for (chosen, _), count in counts.items() if chosen == NONE),
        "facility": _rounded(Fraction(sum(count for (chosen, _), count in counts.items() if chosen == right), answers)),
        "discrimination": _rounded((upper[right] - lower[right]) / size),
        "point_biserial": _point_biserial(counts, right),
    }
    return Item(question, right, choices=choices, flags=tuple(_flags(shown, right, upper)), **shown)


def _by_rest(counts: Counter) -> dict[int, Counter]:
    """Rest score -> how often each choice was made."""
    found: defaultdict[int, Counter] = defaultdict(Counter)
    for (chosen, rest), count in counts.items():
        found[rest][chosen] += count
    return found


def _group(by_rest: dict[int, Counter], answers: int, reverse: bool) -> defaultdict[str, Fraction]:
    """Choice -> its weight in the upper (reverse) or lower 27 %."""
    left, group = GROUP * answers, defaultdict(Fraction)
    for rest in sorted(by_rest, reverse=reverse):
        here = sum(by_rest[rest].values())
        part = min(Fraction(1), left / here)
        for chosen, count in by_rest[rest].items():
            group[chosen] += count * part
        left -= here * part
        if not left:
            break
    return group


def _choices(counts: Counter, upper: dict, lower: dict) -> Iterable[Choice]:
    totals = Counter()
    for (chosen, _), count in counts.items():
        totals[chosen] += count
    for chosen in sorted(totals):
        yield Choice(chosen, totals[chosen], _rounded(upper.get(chosen, 0)), _rounded(lower.get(chosen, 0)))


def _point_biserial(counts: Counter, right: str) -> float | None:
    """Pearson's correlation of 1/0 with the rest score, from whole sums."""
    n = sum(counts.values())
    ones = sum(count for (chosen, _), count in counts.items() if chosen == right)
    score = sum(rest * count for (_, rest), count in counts.items())
    squares = sum(rest * rest * count for (_, rest), count in counts.items())
    both = sum(rest * count for (chosen, rest), count in counts.items() if chosen == right)
    spread = (n * squares - score * score) * (n * ones - ones * ones)
    return round((n * both - ones * score) / sqrt(spread), 4) + 0.0 if spread else None


def _flags(shown: dict, right: str, upper: dict[str, Fraction]) -> Iterable[str]:
    if shown["answers"] < LEAST:
        yield "few-answers"
        return
    correlation, facility = shown["point_biserial"], shown["facility"]
    if shown["discrimination"] < 0 or (correlation is not None and correlation < 0):
        yield "negative-discrimination"
    if any(weight > upper.get(right, 0) for chosen, weight in upper.items() if chosen not in (right, NONE)):
        yield "distractor-beats-key"
    if facility > EASY:
        yield "too-easy"
    elif facility < HARD:
        yield "too-hard"
    elif 0 <= shown["discrimination"] < WEAK_D:
        yield "weak-discrimination"
    if shown["omitted"] > OMITTED * shown["answers"]:
        yield "often-omitted"


def _rounded(value: Fraction | int) -> float:
    return round(float(value), 4)
