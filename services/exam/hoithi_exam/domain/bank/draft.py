"""Questions as read, each field with its place, and how they become a bank or findings.

text and excel both read into `Draft`s, so that both refuse the same things in the same words.
"""

import re
from dataclasses import dataclass, field, replace

from .check import errors
from .model import LETTERS, LEVELS, MOST_OPTIONS, Bank, Finding, Question, error, has_errors, quote
from .naming import declare
from .spelling import fold, line, lines, same

LEVEL_WORDS = {
    "easy": ("easy", "de", "1", "nhan biet", "muc 1", "cap 1", "co ban"),
    "medium": ("medium", "trung binh", "tb", "2", "thong hieu", "vua", "muc 2", "cap 2", "normal"),
    "hard": ("hard", "kho", "3", "van dung", "van dung cao", "muc 3", "cap 3", "nang cao", "difficult"),
}
LEVEL_OF = {word: level for level in LEVELS for word in LEVEL_WORDS[level]}
YES = {"yes", "co", "x", "1", "true", "dung", "luyen tap", "practice"}
NO = {"", "no", "khong", "0", "false", "sai"}
SEPARATOR = re.compile(r"[\s,;/.&+|()\-]+")
AND = {"va", "và", "and"}


@dataclass(frozen=True)
class Field:
    """A piece of the input and its place."""

    value: str
    where: str


@dataclass(frozen=True)
class Draft:
    """A question as read. `fields` by name (id, topic, level, text, answer, why, source, practice, picture, alt): those it has.

    `columns` names the place of a field that is missing: field -> place.
    """

    where: str
    fields: dict[str, Field]
    options: tuple[Field, ...]
    columns: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """The text of a field, "" when missing."""
        return self.fields[name].value if name in self.fields else ""

    def place(self, name: str) -> str:
        """Where a field (or an option, by its letter) is, or would be."""
        if name in self.fields:
            return self.fields[name].where
        if name in LETTERS and LETTERS.index(name) < len(self.options):
            return self.options[LETTERS.index(name)].where
        return self.columns.get(name, self.where)


@dataclass(frozen=True)
class Given:
    """What is taken where a file does not say it; `topic` and `level` in the words of people."""

    bank_id: str = "bank"
    title: str = ""
    language: str = "vi"
    topic: str = ""
    level: str = ""

    @property
    def known(self) -> set[str]:
        """The fields that every question has through this."""
        return {name for name in ("topic", "level") if getattr(self, name)}


def with_given(drafts: list[Draft], topics: dict[str, str], given: Given) -> list[Draft]:
    """The drafts with the given topic and level where they have none; the topic is added to `topics` when it is used."""
    if not given.known:
        return drafts
    return [_completed(draft, topics, given) for draft in drafts]


def _completed(draft: Draft, topics: dict[str, str], given: Given) -> Draft:
    fields = dict(draft.fields)
    if given.topic and "topic" not in fields:
        fields["topic"] = Field(declare(topics, given.topic), draft.place("topic"))
    if given.level and "level" not in fields:
        fields["level"] = Field(given.level, draft.place("level"))
    return replace(draft, fields=fields)


def build(empty: Bank, drafts: list[Draft], read_answer) -> tuple[Bank | None, list[Finding]]:
    """The bank with the drafts as its questions, or None and everything that is wrong; nothing is half read.

    read_answer(draft, options) -> (letters, findings): `lettered` or `loose`.
    """
    read = [_question(draft, read_answer) for draft in drafts]
    found = [finding for _, findings in read for finding in findings]
    kept = [(draft, question) for draft, (question, _) in zip(drafts, read, strict=True) if question]
    bank = replace(empty, questions=tuple(question for _, question in kept))

    def where(index: int, name: str) -> str:
        return kept[index][0].place(name)

    found += errors(bank, where)
    if not drafts:
        found.append(error("no-questions", "file"))
    return (None if has_errors(found) else bank), found


def _question(draft: Draft, read_answer) -> tuple[Question | None, list[Finding]]:
    options = tuple(line(option.value) for option in draft.options)
    level, found = _level(draft)
    right, wrong = read_answer(draft, options)
    practice, unclear = _practice(draft)
    found = _missing(draft) + found + wrong + unclear
    if has_errors(found):
        return None, found
    names = {name: line(draft.value(name)) for name in ("id", "topic", "source", "picture", "alt")}
    texts = {name: lines(draft.value(name)) for name in ("text", "why")}
    return Question(**names, **texts, level=level, options=options, right=right, practice=practice), found


def _missing(draft: Draft) -> list[Finding]:
    needed = [name for name in ("id", "topic", "level", "text", "answer") if not lines(draft.value(name))]
    return [error("missing", draft.place(name), field=name) for name in needed]


def _level(draft: Draft) -> tuple[str, list[Finding]]:
    value = line(draft.value("level"))
    level = LEVEL_OF.get(fold(value), "")
    if value and not level:
        return "", [error("level-unknown", draft.place("level"), value=quote(value))]
    return level, []


def _practice(draft: Draft) -> tuple[bool, list[Finding]]:
    value = line(draft.value("practice"))
    unclear = fold(value) not in YES | NO
    found = [error("practice-unknown", draft.place("practice"), value=quote(value))] if unclear else []
    return fold(value) in YES, found


def lettered(draft: Draft, options: tuple[str, ...]) -> tuple[str, list[Finding]]:
    """The answer "A", "a, c", "A C", "AC" as rising letters."""
    value = line(draft.value("answer"))
    letters = _letters(value, options)
    return letters or "", [] if letters or not value else [_unknown(draft, value, options)]


def loose(draft: Draft, options: tuple[str, ...]) -> tuple[str, list[Finding]]:
    """As `lettered`; also numbers from 1 and the wording of one option, unless the two disagree."""
    value = line(draft.value("answer"))
    named = _letters(value, options) or _numbered(value, options)
    worded = _worded(value, options)
    if not value or _is_letter(value) and named:
        return named or "", []
    if named and worded and named != worded:
        words = {"value": quote(value), "text": worded.upper(), "letter": ", ".join(named.upper())}
        return "", [error("answer-ambiguous", draft.place("answer"), **words)]
    letters = named or worded
    return letters or "", [] if letters else [_unknown(draft, value, options)]


def _unknown(draft: Draft, value: str, options: tuple[str, ...]) -> Finding:
    last = LETTERS[min(max(len(options), 2), MOST_OPTIONS) - 1].upper()
    return error("answer-unknown", draft.place("answer"), value=quote(value), last=last)


def _is_letter(value: str) -> bool:
    return len(value.strip(" .,;)(")) == 1 and value.strip(" .,;)(").isalpha()


def _tokens(value: str) -> list[str]:
    return [token for token in SEPARATOR.split(value) if token and token.lower() not in AND]


def _letters(value: str, options: tuple[str, ...]) -> str | None:
    """Letters of existing options; letters written together must rise ("AC"), or they are a word ("bad")."""
    known, chosen = LETTERS[: len(options)], set()
    for token in _tokens(value):
        signs = token.lower()
        if not set(signs) <= set(known) or list(signs) != sorted(set(signs)):
            return None
        chosen |= set(signs)
    return "".join(sorted(chosen)) or None


def _numbered(value: str, options: tuple[str, ...]) -> str | None:
    known = {str(number): LETTERS[number - 1] for number in range(1, min(len(options), MOST_OPTIONS) + 1)}
    tokens = _tokens(value)
    return "".join(sorted({known[token] for token in tokens})) if tokens and set(tokens) <= set(known) else None


def _worded(value: str, options: tuple[str, ...]) -> str | None:
    matching = [letter for letter, option in zip(LETTERS, options, strict=False) if same(option) == same(value)]
    return matching[0] if len(matching) == 1 else None
