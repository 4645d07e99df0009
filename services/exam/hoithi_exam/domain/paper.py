"""The paper: a pure function of (frozen bank version, blueprint, seed), reproducible years later.

The generator is our own and fixed for ever by its label, since Python's `random` promises nothing
between versions: SHA-256 in counter mode, numbers by rejection, Fisher-Yates shuffles. The recipe in
words and a test vector: docs/reference/rules.md.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from struct import unpack

from hoithi_exam.domain.bank import Bank, Question
from hoithi_exam.domain.rules import Division, Draw, Rules

LABEL = b"hoithi-paper-1"
SHOWN = "ABCDEFGHIJ"
KEPT = "abcdefghij"
WORD = 2**32
PLACES = {str(number): number - 1 for number in range(1, 1000)}
"""Number of a question, as clients write it -> its place in the paper."""
PAPERS, ITEMS = 20_000, 50_000
"""How many papers (200 bytes each) and questions as shown (1 kB each) a process remembers per division and round."""


class NotOnPaper(Exception):
    """Answers that the paper cannot take. `fields`: "answers.21" -> reason."""

    def __init__(self, fields: dict[str, str]):
        self.fields = fields
        super().__init__(fields)


class Numbers:
    """The generator: the words of SHA-256(label, 0x00, seed, 0x00, block number), block after block."""

    def __init__(self, seed: str):
        self.words = _words(LABEL + b"\0" + seed.encode() + b"\0")

    def draw(self, pool: Iterable, count: int) -> list:
        """`count` different items of the pool in random order: the first steps of a Fisher-Yates shuffle.

        Each step takes a number below what is left, each as likely: words of the last, incomplete stretch are
        thrown away.
        """
        items, words = list(pool), self.words
        size = len(items)
        for place in range(min(count, size - 1)):
            left = size - place
            complete = WORD - WORD % left
            while (word := next(words)) >= complete:
                pass
            other = place + word % left
            items[place], items[other] = items[other], items[place]
        return items[:count]

    def shuffled(self, items: Iterable) -> list:
        """All items in random order."""
        items = list(items)
        return self.draw(items, len(items))


def _words(prefix: bytes) -> Iterator[int]:
    block = 0
    while True:
        digest = sha256(prefix + block.to_bytes(8, "big")).digest()
        yield from unpack(">8I", digest)
        block += 1


@dataclass(frozen=True)
class Item:
    """One question as shown. `order[i]` is the place in the bank of the option shown as the i-th letter."""

    question: Question
    order: tuple[int, ...]

    @cached_property
    def letters(self) -> dict[str, str]:
        """Letter as shown -> letter in the bank's order."""
        return {shown: KEPT[place] for shown, place in zip(SHOWN, self.order, strict=False)}

    def kept(self, shown: str) -> str:
        """Letters as shown ("BD") -> letters in the bank's order ("ac")."""
        if len(shown) == 1:
            return self.letters[shown]
        return "".join(sorted(self.letters[letter] for letter in shown))

    def shown(self, kept: str) -> str:
        """Letters in the bank's order -> letters as shown."""
        return "".join(sorted(SHOWN[self.order.index(KEPT.index(letter))] for letter in kept))

    @cached_property
    def several(self) -> bool:
        return len(self.question.right) > 1

    @property
    def options(self) -> list[dict[str, str]]:
        """The options in the order in which they are shown."""
        texts = self.question.options
        return [{"letter": letter, "text": texts[place]} for letter, place in zip(SHOWN, self.order, strict=False)]

    @property
    def picture(self) -> dict:
        """What a question without one says nothing of: a paper has 12 KB."""
        asked = self.question
        return {"picture": {"reference": asked.picture, "alt": asked.alt}} if asked.picture else {}

    @cached_property
    def rendered(self) -> bytes:
        """All but the number and the opening brace, as JSON: made once for all who get the question in this order."""
        shown = {"text": self.question.text, "several": self.several, "options": self.options, **self.picture}
        return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()[1:]

    def wrong(self, chosen: str) -> str | None:
        """Why these letters cannot be an answer to the question; None when they can."""
        if not chosen or chosen in self.letters:
            return None
        if not set(chosen) <= set(self.letters):
            return f"no-such-option:{max(self.letters)}"
        return "one-option" if not self.several else None


@dataclass(frozen=True)
class Paper:
    """The questions in the order in which they are shown; question n is items[n - 1]."""

    items: tuple[Item, ...]

    def item(self, number: str) -> Item | None:
        """The question of that number, None when there is none."""
        place = PLACES.get(number, len(self.items))
        return self.items[place] if place < len(self.items) else None

    @property
    def rendered(self) -> bytes:
        """The questions as a JSON list."""
        return b"[" + b",".join([b'{"n":%d,%b' % (n, item.rendered) for n, item in enumerate(self.items, 1)]) + b"]"

    @property
    def question_ids(self) -> list[str]:
        return [item.question.id for item in self.items]

    def accept(self, answers: dict[str, str]) -> None:
        """Raises NotOnPaper unless every answer fits its question."""
        reasons = {number: reason for number, chosen in answers.items() if (reason := self._wrong(number, chosen))}
        if reasons:
            raise NotOnPaper({f"answers.{_printable(number)}": reason for number, reason in reasons.items()})

    def _wrong(self, number: str, chosen: str) -> str | None:
        item = self.item(number)
        return item.wrong(chosen) if item else "not-on-paper"

    def kept(self, answers: dict[str, str]) -> dict[str, str]:
        """Answers as shown -> by the bank's question ids, in the bank's letters."""
        items = ((self.items[PLACES[number]], chosen) for number, chosen in answers.items())
        return {item.question.id: item.kept(chosen) for item, chosen in items}


def _printable(number: str) -> str:
    return number.encode("ascii", "backslashreplace").decode()[:40]


@dataclass(frozen=True)
class Press:
    """A division's frozen bank laid out for drawing: one pool per blueprint line, in the order of drawing."""

    lines: tuple[tuple[tuple[Question, ...], int], ...]
    shuffle_questions: bool
    shuffle_options: bool

    def paper(self, seed: str) -> Paper:
        """The paper of a seed."""
        return self._papers(seed)

    @cached_property
    def _papers(self):
        return lru_cache(PAPERS)(self._drawn)

    @cached_property
    def _items(self):
        """Papers share their items: there are few orders of four options."""
        known = {question.id: question for pool, _ in self.lines for question in pool}
        return lru_cache(ITEMS)(lambda question_id, order: Item(known[question_id], order))

    def _drawn(self, seed: str) -> Paper:
        numbers = Numbers(seed)
        questions = self._questions(numbers)
        if self.shuffle_questions:
            questions = numbers.shuffled(questions)
        return Paper(tuple([self._items(question.id, self._order(question, numbers)) for question in questions]))

    def _questions(self, numbers: Numbers) -> list[Question]:
        drawn: list[Question] = []
        taken: set[str] = set()
        for pool, count in self.lines:
            left = [question for question in pool if question.id not in taken] if taken else pool
            line = numbers.draw(left, count)
            drawn += line
            taken.update(question.id for question in line)
        return drawn

    def _order(self, question: Question, numbers: Numbers) -> tuple[int, ...]:
        places = range(len(question.options))
        return tuple(numbers.shuffled(places) if self.shuffle_options else places)


def press(bank: Bank, division: Division, rules: Rules) -> Press:
    """Lay out a bank for a division's blueprint."""
    usable = [question for question in bank.questions if eligible(question, rules)]
    usable.sort(key=lambda question: question.id)
    lines = tuple((tuple(_pool(usable, draw)), draw.count) for draw in in_drawing_order(division.blueprint))
    return Press(lines, rules.shuffle_questions, rules.shuffle_options)


def eligible(question: Question, rules: Rules) -> bool:
    """Whether a paper that counts may have it: no practice, not too many options, one right one unless several may be."""
    return not question.practice and fits(question, rules)


def fits(question: Question, rules: Rules) -> bool:
    """Whether the question has the form that the rules allow."""
    return len(question.options) <= rules.options and (rules.several or len(question.right) == 1)


def in_drawing_order(blueprint: Iterable[Draw]) -> list[Draw]:
    """Exact lines first, so that lines for "any" take from what is left; otherwise as written."""
    return sorted(blueprint, key=lambda draw: (draw.topic == "*") + (draw.level == "*"))


def _pool(questions: list[Question], draw: Draw) -> list[Question]:
    return [question for question in questions if draw.takes(question.topic, question.level)]


def shortages(bank: Bank, division: Division, rules: Rules) -> list[tuple[Draw, int]]:
    """The blueprint lines that could run short, each with what is certainly left for it.

    An earlier line may take any of the questions that two lines share, so all it asks for is subtracted.
    """
    usable = [question for question in bank.questions if eligible(question, rules)]
    found, earlier = [], []
    for draw in in_drawing_order(division.blueprint):
        pool = {question.id for question in _pool(usable, draw)}
        left = len(pool) - sum(min(other.count, len(pool & theirs)) for other, theirs in earlier)
        if left < draw.count:
            found.append((draw, max(0, left)))
        earlier.append((draw, pool))
    return found
