"""Pictures of questions across versions: files of banks cannot hold them, so they stay where the same is asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from .model import LONGEST, PICTURE, Bank, Finding, Question, error


def carried(before: Bank | None, after: Bank) -> Bank:
    """The bank with the pictures of the version before, for questions of the same id and words that name none."""
    known = {_asked(question): question for question in before.questions if question.picture} if before else {}
    return replace(after, questions=tuple(_with(question, known.get(_asked(question))) for question in after.questions))


def _asked(question: Question) -> tuple:
    return question.id, question.text, question.options


def _with(question: Question, before: Question | None) -> Question:
    return replace(question, picture=before.picture, alt=before.alt) if before and not question.picture else question


def errors(question: Question, at: Callable[[str], str]) -> Iterator[Finding]:
    """A picture needs words for who does not see it (WCAG 2.1, 1.1.1); words alone would be a riddle."""
    if question.picture and not PICTURE.fullmatch(question.picture):
        yield error("picture-wrong", at("picture"))
    if question.picture and not question.alt:
        yield error("alt-missing", at("picture"))
    if question.alt and not question.picture:
        yield error("picture-missing", at("picture"))
    if len(question.alt) > LONGEST["alt"]:
        yield error("too-long", at("picture"), field="alt", length=len(question.alt), most=LONGEST["alt"])
