"""Pictures of questions: taken from a bank's file, kept across versions, counted where a file does not hold them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from hoithi_exam.domain.picture import MOST_KB, NotPicture, Picture, picture

from .model import PICTURE, Bank, Finding, Question, error

MOST_WRITTEN_MB = 6
"""Of all pictures in one file: in base64 they are 8 of the 10 MB that a file may have to be brought back."""
LEFT_OUT = "picture-left-out"


class NotTaken(Exception):
    """What a file has there is no picture that a question can have. `code`, `detail`: as of a finding."""

    def __init__(self, code: str, **detail):
        self.code, self.detail = code, detail
        super().__init__(code)


@dataclass(frozen=True)
class Attached:
    """A picture as it was met in a file, with its words, or why it cannot be a question's (`fault`, `detail`: of a finding)."""

    made: Picture | None = None
    alt: str = ""
    fault: str = ""
    detail: dict = field(default_factory=dict)


def attached(read: Callable[[], bytes], alt: str) -> Attached:
    """The picture whose bytes `read()` gives; it may raise NotTaken."""
    try:
        return Attached(taken(read()), alt)
    except NotTaken as why:
        return Attached(None, alt, why.code, why.detail)


def taken(raw: bytes) -> Picture:
    """As an uploaded picture is taken, within the same limits. Raises NotTaken."""
    require_small(len(raw))
    try:
        return picture(raw)
    except NotPicture as wrong:
        raise NotTaken("picture-not-readable", most=wrong.most) from wrong


def require_small(size: int) -> None:
    """Raises NotTaken for more bytes than a picture may have."""
    if size > MOST_KB * 1024:
        raise NotTaken("picture-too-big", size=-(-size // 1024), most=MOST_KB)


def brought(bank: Bank) -> list[Picture]:
    """What came with the bank's file and its questions show."""
    return [bank.pictures[reference] for reference in sorted(shown(bank) & bank.pictures.keys())]


def shown(bank: Bank) -> set[str]:
    """References of all that its questions show."""
    return {question.picture for question in bank.questions if question.picture}


def without(bank: Bank) -> int:
    """How many questions have a picture that is not at hand to be written."""
    return sum(bool(question.picture) and question.picture not in bank.pictures for question in bank.questions)


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
