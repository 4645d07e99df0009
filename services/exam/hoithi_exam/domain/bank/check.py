"""What is wrong or doubtful in a bank. `errors` are the rules every kept bank obeys; `check` adds the doubts."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from marshmallow import ValidationError

from hoithi_contracts.fields import DECEIVING, plain

from . import pictures
from .doubles import doubles, near_doubles
from .model import (
    LANGUAGE,
    LEAST_OPTIONS,
    LETTERS,
    LEVELS,
    LONGEST,
    MOST_OPTIONS,
    SLUG,
    Bank,
    Finding,
    Question,
    capped,
    error,
    has_errors,
    quote,
    warning,
)
from .spelling import fold, line, lines, same

LONGEST_LIMIT = 40
LEAST_FOR_SHARES = 20
Where = Callable[[int, str], str]  # index of the question, field -> place

TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,80}>?")
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
ABOVE = re.compile(
    r"(?:tat ca|ca (?:hai|ba|bon|nam|\d|cac))(?: (?:cac|nhung|deu))*(?: (?:phuong an|dap an|y|lua chon|cau|noi dung|truong hop))?"
    r"(?: (?:tren|neu tren|o tren|deu dung|deu sai|dung|sai|con lai))+"
    r"|(?:khong (?:co )?)?(?:phuong an|dap an|y|lua chon) (?:nao )?(?:o )?tren.*"
    r"|(?:ca )?(?:phuong an |dap an |y )?[a-j](?: va | )[a-j](?:(?: va | )[a-j])*(?: deu)?(?: dung| sai)?"
    r"|(?:all|none|both|neither) of the (?:above|options|answers).*|both [a-j] and [a-j].*"
    r"|(?:all|none) (?:are )?(?:correct|right).*"
    r"|khong co (?:phuong an|dap an) (?:nao )?(?:dung|sai)|tat ca cac (?:phuong an|dap an)"
)


def check(bank: Bank) -> list[Finding]:
    """Every error and warning of the bank, errors first by question; never raises for a bank of texts."""
    return capped(errors(bank, _by_id(bank)) + warnings(bank, _by_id(bank)))


def errors(bank: Bank, where: Where) -> list[Finding]:
    """The rules a bank must obey; `where(index, field)` names the place of a question's field."""
    found = list(_head(bank))
    for index, question in enumerate(bank.questions):
        found += _question(bank, question, lambda field, index=index: where(index, field))
    found += [*_twice(bank, where), *doubles(bank, where)]
    return [finding for finding in found if finding.severity == "error"]


def warnings(bank: Bank, where: Where) -> list[Finding]:
    """What an author should look at again."""
    found = []
    for index, question in enumerate(bank.questions):
        found += _doubtful(question, lambda field, index=index: where(index, field))
    found += [finding for finding in doubles(bank, where) if finding.severity == "warning"]
    found += near_doubles(bank, where)
    return found + list(_topics_empty(bank)) + list(_longest(bank)) + list(_unbalanced(bank))


def is_sound(bank: Bank) -> bool:
    """Whether the bank has no errors."""
    return not has_errors(errors(bank, _by_id(bank)))


def summary(bank: Bank) -> dict[str, dict[str, int]]:
    """Questions by topic and level, for blueprints: {"an-toan": {"easy": 12, "medium": 9, "hard": 0}}. Without practice."""
    counts = Counter((question.topic, question.level) for question in bank.questions if not question.practice)
    return {topic: {level: counts[topic, level] for level in LEVELS} for topic in bank.topics}


def matrix(bank: Bank) -> list[dict]:
    """The same for people to see: by topic its name, questions by level, and how many more are for practice."""
    practice = Counter(question.topic for question in bank.questions if question.practice)
    levels = summary(bank)
    return [
        {"topic": slug, "name": name, "levels": levels[slug], "practice": practice[slug]} for slug, name in bank.topics.items()
    ]


def longest_share(bank: Bank) -> tuple[int, int]:
    """(questions whose right option is strictly the longest, questions where that says something).

    Only questions with one right option of three or more count: in "Đúng/Sai" the words decide.
    """
    counted = [question for question in bank.questions if len(question.right) == 1 and len(question.options) > 2]
    return sum(_right_is_longest(question) for question in counted), len(counted)


def letter_shares(bank: Bank) -> dict[str, float]:
    """Share of each right letter among the single-answer questions of the most frequent option count."""
    size, counted = _commonest(bank)
    counts = Counter(question.right for question in counted)
    return {letter: counts[letter] / len(counted) for letter in LETTERS[:size]} if counted else {}


def _by_id(bank: Bank) -> Where:
    return lambda index, _field: f"question {quote(bank.questions[index].id)}"


def _head(bank: Bank) -> Iterator[Finding]:
    yield from _named(bank.id, "bank", "bank")
    yield from _text(bank.title, "title", "bank")
    if not LANGUAGE.fullmatch(bank.language):
        yield error("language-wrong", "bank", value=quote(bank.language))
    names = {}
    for slug, name in bank.topics.items():
        place = f"topic {quote(slug)}"
        yield from _named(slug, "topic", place)
        yield from _text(name, "topic", place)
        other = names.setdefault(fold(name) or name, slug)
        if other != slug:
            yield error("topic-name-twice", place, value=quote(other))


def _question(bank: Bank, question: Question, at: Callable[[str], str]) -> Iterator[Finding]:
    yield from _named(question.id, "id", at("id"))
    if question.topic not in bank.topics:
        yield error("topic-unknown", at("topic"), value=quote(question.topic))
    if question.level not in LEVELS:
        yield error("level-unknown", at("level"), value=quote(question.level))
    yield from _text(question.text, "text", at("text"), lines)
    yield from _options(question, at)
    yield from _text(question.why, "why", at("why"), lines, needed=False)
    yield from _text(question.source, "source", at("source"), needed=False)
    yield from _text(question.alt, "alt", at("picture"), str, needed=False)
    yield from pictures.errors(question, at)


def _options(question: Question, at: Callable[[str], str]) -> Iterator[Finding]:
    count = len(question.options)
    if not LEAST_OPTIONS <= count <= MOST_OPTIONS:
        yield error("options-count", at("option"), count=count, least=LEAST_OPTIONS, most=MOST_OPTIONS)
    first = {}
    for letter, option in zip(LETTERS, question.options, strict=False):
        yield from _text(option, "option", at(letter))
        other = first.setdefault(same(option), letter)
        if other != letter:
            yield error("option-twice", at(letter), letter=letter.upper(), first=other.upper())
    letters = LETTERS[:count]
    if not question.right or list(question.right) != sorted(set(question.right) & set(letters)):
        yield error("right-wrong", at("answer"), value=quote(question.right.upper()))


def _named(value: str, field: str, where: str) -> Iterator[Finding]:
    if not value:
        yield error("missing", where, field=field)
    elif len(value) > LONGEST["id"] or not SLUG.fullmatch(value):
        yield error("slug-wrong", where, field=field, value=quote(value))


def _text(text: str, field: str, where: str, form: Callable[[str], str] = line, *, needed: bool = True) -> Iterator[Finding]:
    """Limits of one text, as in `hoithi_contracts.fields`; a lone "<" (2 < 3) is allowed, a tag is not."""
    if needed and not text:
        yield error("missing", where, field=field)
    if len(text) > LONGEST[field]:
        yield error("too-long", where, field=field, length=len(text), most=LONGEST[field])
    keep = "\n" if form is lines else ""
    try:
        plain(text, keep)
    except ValidationError:
        yield _invisible(text, keep, field, where)
    if text != form(text):
        yield error("not-normal", where, field=field)
    if tag := TAG.search(text):
        yield error("markup", where, field=field, value=quote(tag[0], 30))


def _invisible(text: str, keep: str, field: str, where: str) -> Finding:
    at = next(index for index, sign in enumerate(text) if _refused(sign, keep))
    return error("control-character", where, field=field, sign=f"U+{ord(text[at]):04X}", before=quote(text[max(0, at - 20) : at]))


def _refused(sign: str, keep: str) -> bool:
    try:
        plain(sign, keep)
    except ValidationError:
        return True
    return DECEIVING.search(sign) is not None


def _twice(bank: Bank, where: Where) -> Iterator[Finding]:
    first = {}
    for index, question in enumerate(bank.questions):
        other = first.setdefault(question.id, index)
        if other != index:
            yield error("id-twice", where(index, "id"), id=quote(question.id), other=where(other, "id"))


def _doubtful(question: Question, at: Callable[[str], str]) -> Iterator[Finding]:
    if not question.why:
        yield warning("why-missing", at("why"))
    if len(question.options) > 1 and len(question.right) == len(question.options):
        yield warning("all-right", at("answer"))
    for letter, option in zip(LETTERS, question.options, strict=False):
        if ABOVE.fullmatch(fold(option)):
            yield warning("above-option", at(letter), letter=letter.upper(), value=quote(option))
        if option.lower() in set(LETTERS):
            yield warning("option-is-letter", at(letter), value=option.upper())
    texts = {"text": question.text, "why": question.why, "source": question.source}
    texts |= dict(zip(LETTERS, question.options, strict=False))
    for field, text in texts.items():
        if left := ENTITY.search(text):
            yield warning("entity", at(field), field="option" if field in LETTERS else field, value=quote(left[0]))


def _topics_empty(bank: Bank) -> Iterator[Finding]:
    used = {question.topic for question in bank.questions}
    return (warning("topic-empty", f"topic {quote(slug)}") for slug in bank.topics if slug not in used)


def _longest(bank: Bank) -> Iterator[Finding]:
    count, of = longest_share(bank)
    if of >= LEAST_FOR_SHARES and count * 100 > LONGEST_LIMIT * of:
        yield warning("longest-too-often", "bank", count=count, of=of, percent=round(100 * count / of), most=LONGEST_LIMIT)


def _right_is_longest(question: Question) -> bool:
    lengths = {letter: len(option) for letter, option in zip(LETTERS, question.options, strict=False)}
    right = lengths.pop(question.right, 0)
    return right > max(lengths.values())


def _commonest(bank: Bank) -> tuple[int, list[Question]]:
    single = [question for question in bank.questions if len(question.right) == 1]
    sizes = Counter(len(question.options) for question in single).most_common(1)
    size = sizes[0][0] if sizes else 0
    return size, [question for question in single if len(question.options) == size]


def _unbalanced(bank: Bank) -> Iterator[Finding]:
    """A letter that is right under half or over one and a half times as often as chance would have it."""
    size, counted = _commonest(bank)
    if len(counted) < max(LEAST_FOR_SHARES, 10 * size):
        return
    for letter, share in letter_shares(bank).items():
        if not 0.5 / size <= share <= 1.5 / size:
            yield warning("letters-unbalanced", "bank", letter=letter.upper(), percent=round(100 * share), fair=round(100 / size))
