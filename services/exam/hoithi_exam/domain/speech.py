"""Questions in other languages and aloud: beside the bank, never in the papers.

A translation belongs to a question's words, not to a version of the bank: it holds in every version that asks the same, and is
silent where the original was changed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from hoithi_exam.domain.bank import Bank, Question
from hoithi_exam.domain.bank.model import LANGUAGE
from hoithi_exam.domain.paper import ITEMS, SHOWN, Paper
from hoithi_exam.domain.receipt import canonical


class UnknownLanguage(Exception):
    """The questions are not there in this language."""


class SpeechNotFitting(Exception):
    """What was sent does not fit the bank's questions. `fields`: "questions.an-toan-001" -> reason."""

    def __init__(self, fields: dict[str, str]):
        self.fields = fields
        super().__init__(fields)


@dataclass(frozen=True)
class Spoken:
    """A question in a language: its texts, its audio files by reference, or both. Options in the bank's order; "": none."""

    text: str = ""
    options: tuple[str, ...] = ()
    sound: str = ""
    option_sounds: tuple[str, ...] = ()

    @property
    def sounds(self) -> set[str]:
        return {sound for sound in (self.sound, *self.option_sounds) if sound}

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.sounds

    def wrong(self, question: Question) -> str | None:
        """Why it cannot be the question's; None when it can. A question is translated as a whole or not at all."""
        count = len(question.options)
        if self.options and len(self.options) != count or self.option_sounds and len(self.option_sounds) != count:
            return f"options-differ:{count}"
        whole = bool(self.text) and len(self.options) == count and all(self.options)
        return None if whole or not (self.text or any(self.options)) else "half-translated"


@dataclass(frozen=True)
class Language:
    """A language of a bank. `questions`: words of the original (`words_of`) -> how it is said. `revision` rises."""

    bank_id: str
    code: str
    name: str
    revision: int = 0
    questions: Mapping[str, Spoken] = field(default_factory=dict)


def words_of(question: Question) -> str:
    """A name for what a question asks: it changes with every letter of the question or its options."""
    return hashlib.sha256(canonical([question.text, *question.options])).hexdigest()[:24]


def fitting(bank: Bank, code: str, said: Mapping[str, Spoken]) -> dict[str, Spoken]:
    """By words, what was given by question id. Raises SpeechNotFitting."""
    known = {question.id: question for question in bank.questions}
    reasons = {f"questions.{name}": reason for name, each in said.items() if (reason := _wrong(known.get(name), each))}
    if not LANGUAGE.fullmatch(code):
        reasons["language"] = "not-a-language"
    if code == bank.language and any(each.text for each in said.values()):
        reasons["language"] = "own-language"
    if reasons:
        raise SpeechNotFitting(dict(list(reasons.items())[:100]))
    return {words_of(known[name]): each for name, each in said.items()}


def _wrong(question: Question | None, said: Spoken) -> str | None:
    return said.wrong(question) if question else "unknown-question"


@dataclass(frozen=True)
class Script:
    """A language's part of a frozen bank: question id -> how it is said."""

    code: str
    name: str
    questions: Mapping[str, Spoken]

    @cached_property
    def described(self) -> dict:
        """What a paper says of it: {code, name, texts, sounds}."""
        said = self.questions.values()
        texts, sounds = any(each.text for each in said), any(each.sounds for each in said)
        return {"code": self.code, "name": self.name, "texts": texts, "sounds": sounds}

    def rendered(self, paper: Paper) -> bytes:
        """The paper's questions as a JSON list, those that are not there left out."""
        parts = (b'{"n":%d,%b' % (n, said) for n, item in enumerate(paper.items, 1) if (said := self._rendered(item)))
        return b"[" + b",".join(parts) + b"]"

    @cached_property
    def _rendered(self):
        """Made once for all who get the question in this order, like the question itself."""
        made = lru_cache(ITEMS)(lambda question_id, order: _as_shown(self.questions[question_id], order))
        return lambda item: made(item.question.id, item.order) if item.question.id in self.questions else b""


def _as_shown(said: Spoken, order: tuple[int, ...]) -> bytes:
    shown: dict = {name: value for name, value in (("text", said.text), ("sound", said.sound)) if value}
    shown["options"] = [_option(said, letter, place) for letter, place in zip(SHOWN, order, strict=False)]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()[1:]


def _option(said: Spoken, letter: str, place: int) -> dict:
    text = said.options[place] if said.options else ""
    sound = said.option_sounds[place] if said.option_sounds else ""
    return {"letter": letter} | ({"text": text} if text else {}) | ({"sound": sound} if sound else {})


def script(bank: Bank, language: Language) -> Script:
    """What of the language the bank has."""
    said = ((question.id, language.questions.get(words_of(question))) for question in bank.questions)
    return Script(language.code, language.name, {question_id: each for question_id, each in said if each})


def joined(scripts: Iterable[Script]) -> tuple[Script, ...]:
    """The scripts of several banks as one of each language."""
    made: dict[str, Script] = {}
    for each in scripts:
        before = made.get(each.code)
        made[each.code] = Script(each.code, each.name, {**before.questions, **each.questions}) if before else each
    return tuple(made.values())


def described(scripts: Iterable[Script]) -> list[dict]:
    """What a paper says of its languages; those without a question left out."""
    return [each.described for each in scripts if each.questions]


def in_language(scripts: Iterable[Script], code: str) -> Script:
    """The script of a language; raises UnknownLanguage."""
    found = next((each for each in scripts if each.code == code and each.questions), None)
    if found is None:
        raise UnknownLanguage()
    return found
