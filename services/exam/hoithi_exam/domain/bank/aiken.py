"""Moodle's Aiken format: a line of question, options "A." or "A)", "ANSWER: B". Nothing else, so nothing else is written.

https://docs.moodle.org/en/Aiken_format
"""

import re
from collections.abc import Iterator

from .draft import Field, Given
from .foreign import Reading
from .model import LETTERS, Bank, Finding, Question, quote
from .text import opened

OPTION = re.compile(r"\s*([A-Ja-j])[.)]\s+(.*)")
ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)


def parse(data: bytes, given: Given) -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong, each with its line."""
    rows, found = opened(data)
    if found:
        return None, found
    reader = _Reader(given)
    for number, row in enumerate(rows, 1):
        if row:
            reader.read(row, f"line {number}")
    return reader.bank()


def carries(question: Question) -> bool:
    """Whether Aiken can hold it: one right option, and not practice, which would come back as a question of real papers."""
    return len(question.right) == 1 and not question.practice


def write(bank: Bank) -> Iterator[str]:
    """The questions that it carries, piece by piece; ids, topics, levels and explanations have no place."""
    for question in filter(carries, bank.questions):
        rows = [question.text.replace("\n", " ")]
        rows += [f"{letter.upper()}. {option}" for letter, option in zip(LETTERS, question.options, strict=False)]
        yield "\n".join([*rows, f"ANSWER: {question.right.upper()}", "", ""])


class _Reader:
    """Line by line: text until the first option, options, the answer."""

    def __init__(self, given: Given):
        self.reading = Reading(given)
        self.text: list[Field] = []
        self.options: list[Field] = []

    def read(self, row: str, where: str) -> None:
        if answer := ANSWER.fullmatch(row):
            self._finish(answer[1], where)
        elif (option := OPTION.fullmatch(row)) and self.text and option[1].lower() == self._next:
            self.options.append(Field(option[2], where))
        elif self.options:
            self.reading.refuse("aiken-line", where, value=quote(row), expected=self._next.upper())
        else:
            self.text.append(Field(row, where))

    def bank(self) -> tuple[Bank | None, list[Finding]]:
        if self.text:
            self._finish("", self.text[0].where)
        return self.reading.bank()

    @property
    def _next(self) -> str:
        return LETTERS[len(self.options)] if len(self.options) < len(LETTERS) else "-"

    def _finish(self, answer: str, where: str) -> None:
        start = self.text[0].where if self.text else where
        text = "\n".join(row.value for row in self.text)
        self.reading.add(start, {"text": Field(text, start), "answer": Field(answer, where)}, self.options)
        self.text, self.options = [], []
