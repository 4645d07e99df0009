"""Questions that are the same, or nearly."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from math import ceil

from .model import LETTERS, Bank, Finding, Question, error, warning
from .spelling import fold, same

NEAR = 0.85
SHARED = 0.6  # share of words two texts must have in common before they are compared closely
MOST_NEAR = 100
MOST_IN_BLOCK = 300
MOST_FOUND = 1000
MOST_WORK = 200_000_000  # products of the lengths compared: a few seconds
LETTERWISE = 300  # characters; longer texts are compared word by word
Where = Callable[[int, str], str]


def doubles(bank: Bank, where: Where) -> list[Finding]:
    """The same words (diacritics, case, punctuation aside): an error when the right answer or all options
    are the same too, else a warning; "Phát biểu nào sau đây đúng?" may be asked more than once.

    `pair` in a finding's detail: both questions, to be seen side by side.
    """
    groups, found = defaultdict(list), []
    for index, question in enumerate(bank.questions):
        group = groups[fold(question.text) or question.text]
        other = next((one for one in group if _same_answer(bank.questions[one], question)), None)
        if other is not None:
            found.append(
                error("double", where(index, "text"), other=where(other, "text"), pair=(bank.questions[other], question))
            )
        else:
            if group:
                pair = bank.questions[group[0]], question
                found.append(warning("same-text", where(index, "text"), other=where(group[0], "text"), pair=pair))
            group.append(index)
    return found


def near_doubles(bank: Bank, where: Where) -> list[Finding]:
    """Pairs of different texts at least 85 % alike, the most alike first, at most 100 of them."""
    texts = [fold(question.text) for question in bank.questions]
    pairs, complete = _alike(texts)
    best = sorted(pairs, key=lambda pair: (-pair[2], pair[:2]))[:MOST_NEAR]
    found = [
        warning("near-double", where(second, "text"), other=where(first, "text"), percent=int(100 * ratio), pair=pair)
        for first, second, ratio in best
        for pair in [(bank.questions[first], bank.questions[second])]
    ]
    return found if complete else [*found, warning("near-doubles-incomplete", "bank")]


def _same_answer(one: Question, other: Question) -> bool:
    return _right(one) == _right(other) or _options(one) == _options(other)


def _right(question: Question) -> set[str]:
    return {same(option) for letter, option in zip(LETTERS, question.options, strict=False) if letter in question.right}


def _options(question: Question) -> set[str]:
    return {same(option) for option in question.options}


def _alike(texts: list[str]) -> tuple[list[tuple[int, int, float]], bool]:
    """Pairs (first, second, ratio) and whether every candidate could be compared."""
    words = [frozenset(text.split()) for text in texts]
    pairs, work = [], 0
    for first, second in _candidates(words):
        if texts[first] == texts[second] or not _share_words(words[first], words[second]):
            continue
        work += len(texts[first]) * len(texts[second])
        if work > MOST_WORK or len(pairs) >= MOST_FOUND:
            return pairs, False
        ratio = _ratio(texts[first], texts[second])
        if ratio >= NEAR:
            pairs.append((first, second, ratio))
    return pairs, True


def _candidates(words: list[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share one of their rarest words; two texts with 60 % of words in common always do.

    Prefix filtering (Chaudhuri, Ganti, Kaushik: A primitive operator for similarity joins, 2006).
    """
    frequency = defaultdict(int)
    for group in words:
        for word in group:
            frequency[word] += 1
    blocks = defaultdict(list)
    for index, group in enumerate(words):
        rarest = sorted(group, key=lambda word: (frequency[word], word))[: len(group) - ceil(SHARED * len(group)) + 1]
        met = set()
        for word in rarest:
            met.update(blocks[word][-MOST_IN_BLOCK:])
            blocks[word].append(index)
        yield from ((other, index) for other in sorted(met))


def _share_words(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SHARED * max(len(one), len(other))


def _ratio(one: str, other: str) -> float:
    parts = (one, other) if max(len(one), len(other)) <= LETTERWISE else (one.split(), other.split())
    matcher = SequenceMatcher(None, *parts, autojunk=False)
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0.0
    return matcher.ratio()
