"""What a question bank is, and what can be found wrong with one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hoithi_exam.domain.picture import Picture

from .sentences import FIELDS, PLACES, SENTENCES

LEVELS = ("easy", "medium", "hard")
LETTERS = "abcdefghij"
LEAST_OPTIONS, MOST_OPTIONS = 2, len(LETTERS)
LONGEST = {"id": 60, "title": 200, "topic": 120, "text": 1000, "option": 400, "why": 2000, "source": 500, "alt": 300}
MOST_ROWS = 20_000
MOST_FINDINGS = 300
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
PICTURE = re.compile(r"[A-Za-z0-9_-]{16}\.[1-9]\d{0,3}x[1-9]\d{0,3}")
INVISIBLE = {"Cc", "Cs", "Co", "Cn", "Cf"}


@dataclass(frozen=True)
class Question:
    """One question; `topic` is a slug of the bank, `right` rising letters in the bank's order ("a", "ac").

    A `practice` question is for everybody to try, with its answer: no paper that counts ever has it.
    `picture`: the reference of a kept picture, which `alt` says in words.
    """

    id: str
    topic: str
    level: str
    text: str
    options: tuple[str, ...]
    right: str
    why: str = ""
    source: str = ""
    practice: bool = False
    picture: str = ""
    alt: str = ""

    @property
    def plain(self) -> dict:
        """As a dictionary, with the key: for organisers only."""
        return {**vars(self), "options": list(self.options)}


@dataclass(frozen=True)
class Bank:
    """A question bank; `topics` maps slug to name.

    `pictures`, by reference: those that came with its file, or are to be written into one. They are kept beside the bank, and no
    part of what it is.
    """

    id: str
    title: str
    language: str
    topics: dict[str, str]
    questions: tuple[Question, ...]
    pictures: Mapping[str, Picture] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Finding:
    """Something wrong or doubtful: where it is, what it is (`code`), and the values its sentence needs."""

    severity: Literal["error", "warning"]
    where: str
    code: str
    detail: dict = field(default_factory=dict)

    def sentence(self, language: str = "vi") -> str:
        """What and where and what to do, in "vi" or "en" (any other language: "en")."""
        return ": ".join(self.parts(language))

    def parts(self, language: str = "vi") -> tuple[str, str]:
        """(where, what and what to do)."""
        column = 0 if language == "vi" else 1
        words = {key: _word(key, value, column) for key, value in self.detail.items()}
        return place(self.where, column), SENTENCES[self.code][column].format(**words)

    def described(self, language: str = "vi") -> dict[str, str]:
        """As the door answers it: {severity, where, code, message}."""
        return {"severity": self.severity, "where": self.where, "code": self.code, "message": self.sentence(language)}


def error(code: str, where: str, **detail) -> Finding:
    """A finding that stops the import."""
    return Finding("error", where, code, detail)


def warning(code: str, where: str, **detail) -> Finding:
    """A finding to think about."""
    return Finding("warning", where, code, detail)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings stops the import."""
    return any(finding.severity == "error" for finding in findings)


def capped(findings: list[Finding]) -> list[Finding]:
    """At most MOST_FINDINGS of them, errors kept first, and one that says how many are not shown."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    kept = sorted(findings, key=lambda finding: finding.severity)[:MOST_FINDINGS]
    return [*kept, Finding(kept[0].severity, "file", "more-findings", {"count": len(findings) - MOST_FINDINGS})]


def quote(value: object, most: int = 60) -> str:
    """A piece of the input that is safe to show: short, without invisible characters."""
    text = str(value)
    shown = "".join("\ufffd" if unicodedata.category(sign) in INVISIBLE else sign for sign in text[:most])
    return shown + "…" if len(text) > most else shown


def place(where: str, column: int) -> str:
    """The place in Vietnamese (column 0) or English (column 1): "row 14, column Mã" -> "Dòng 14, cột Mã"."""
    for pattern, words in PLACES:
        known = pattern.fullmatch(where)
        if known:
            return words[column].format(*known.groups())
    return where


def _word(key: str, value: object, column: int) -> object:
    if key in ("where", "other"):
        return place(str(value), column)
    return FIELDS[value][column] if key == "field" and value in FIELDS else value
