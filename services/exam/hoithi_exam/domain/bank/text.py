"""The bank as plain text.

    # a comment
    BANK: chuyen-doi-so
    TITLE: Chuyển đổi số cho mọi người
    LANGUAGE: vi

    TOPIC: dinh-danh | Định danh điện tử và căn cước

    ID: dinh-danh-001
    LEVEL: easy
    Question text (one or more lines)
    A. first option
    B. second option
    ANSWER: A
    WHY: explanation (one or more lines, up to an empty line)
    SOURCE: optional
    PRACTICE: yes (only for questions of the practice paper)

A backslash at the start of a line makes the rest of it prose ("\\# not a comment"); alone, an empty line.
"""

import re
from collections.abc import Iterator

from .draft import Draft, Field, build, lettered
from .model import LETTERS, MOST_ROWS, Bank, Finding, Question, capped, error, has_errors, quote
from .spelling import line

MOST_MB = 10
KEY = re.compile("(BANK|TITLE|LANGUAGE|TOPIC|ID|LEVEL|ANSWER|WHY|SOURCE|PRACTICE):(.*)", re.DOTALL)
OPTION = re.compile(r"([A-J])[.)](?: (.*))?", re.DOTALL)
HEAD = {"BANK": "bank", "TITLE": "title", "LANGUAGE": "language"}


def parse(text: str | bytes) -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong, each with its line. Bytes are UTF-8."""
    if len(text) > MOST_MB * 2**20:
        return None, [error("file-too-big", "file", most=MOST_MB)]
    if isinstance(text, bytes):
        text, found = _decoded(text)
        if found:
            return None, found
    reader = _Reader()
    for number, row in enumerate(_rows(text), 1):
        reader.read(row, f"line {number}")
    bank, found = reader.bank()
    return bank, capped(found)


def write(bank: Bank) -> str:
    """The text of a bank without errors; `parse` gives the same bank again."""
    return "".join(pieces(bank))


def pieces(bank: Bank) -> Iterator[str]:
    """The same, question by question."""
    yield f"BANK: {bank.id}\nTITLE: {bank.title}\nLANGUAGE: {bank.language}\n"
    for slug, question in by_topic(bank):
        yield "\n" + (_written(question) if question else _topic(bank, slug))


def by_topic(bank: Bank) -> Iterator[tuple[str, Question | None]]:
    """A bank in the order of a file: (topic, None) where a topic begins, also those without questions, and questions."""
    used = {question.topic for question in bank.questions}
    yield from ((slug, None) for slug in bank.topics if slug not in used)
    current = None
    for question in bank.questions:
        if question.topic != current:
            current = question.topic
            yield current, None
        yield current, question


def _topic(bank: Bank, slug: str) -> str:
    return f"TOPIC: {slug} | {bank.topics[slug]}\n"


def _written(question: Question) -> str:
    rows = [f"ID: {question.id}", f"LEVEL: {question.level}"]
    rows += [_prose(row) for row in question.text.split("\n")]
    rows += [f"{letter.upper()}. {option}" for letter, option in zip(LETTERS, question.options, strict=False)]
    rows.append(f"ANSWER: {', '.join(question.right.upper())}")
    if question.why:
        first, *more = question.why.split("\n")
        rows += [f"WHY: {first}", *map(_prose, more)]
    if question.source:
        rows.append(f"SOURCE: {question.source}")
    if question.practice:
        rows.append("PRACTICE: yes")
    return "\n".join(rows) + "\n"


def _prose(row: str) -> str:
    special = not row or row[0] in "\\#" or KEY.match(row) or OPTION.fullmatch(row)
    return "\\" + row if special else row


def opened(data: bytes) -> tuple[list[str], list[Finding]]:
    """The lines of a file of text, each without blanks outside, or why it is not read."""
    if len(data) > MOST_MB * 2**20:
        return [], [error("file-too-big", "file", most=MOST_MB)]
    text, found = _decoded(data)
    return _rows(text), found


def _decoded(data: bytes) -> tuple[str, list[Finding]]:
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as failure:
        return "", [error("not-utf8", f"line {data.count(10, 0, failure.start) + 1}")]


def _rows(text: str) -> list[str]:
    return [line(row) for row in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")]


class _Reader:
    """Line by line; keeps what was read and what was not understood."""

    def __init__(self):
        self.head: dict[str, str] = {}
        self.topics: dict[str, str] = {}
        self.topic = ""
        self.drafts: list[Draft] = []
        self.open: Draft | None = None
        self.prose = ""  # the field that a line of prose continues
        self.found: list[Finding] = []

    def read(self, row: str, where: str) -> None:
        """Take one line in; `row` without blanks outside."""
        if not row:
            self.prose = "" if self.prose != "text" else self.prose
        elif row.startswith("\\"):
            self._continue(row[1:], where)
        elif row.startswith("#"):
            return
        elif key := KEY.fullmatch(row):
            self._key(key[1], key[2].strip(" "), where)
        elif (option := OPTION.fullmatch(row)) and self.open:
            self._option(option[1].lower(), option[2] or "", where)
        else:
            self._continue(row, where)

    def bank(self) -> tuple[Bank | None, list[Finding]]:
        """What was read, as a bank."""
        if len(self.drafts) > MOST_ROWS:
            return None, [error("too-many-rows", "file", most=MOST_ROWS)]
        empty = Bank(self.head.get("BANK", ""), self.head.get("TITLE", ""), self.head.get("LANGUAGE", "vi"), self.topics, ())
        bank, found = build(empty, self.drafts, lettered)
        return (None if has_errors(self.found) else bank), self.found + found

    def _key(self, key: str, value: str, where: str) -> None:
        if key in HEAD:
            self._head(key, value, where)
        elif key == "TOPIC":
            self._topic(value, where)
        elif key == "ID":
            self._start(value, where)
        else:
            self._field(key.lower(), value, where)

    def _head(self, key: str, value: str, where: str) -> None:
        if key in self.head:
            self.found.append(error("field-twice", where, field=HEAD[key]))
        self.head.setdefault(key, value)

    def _topic(self, value: str, where: str) -> None:
        slug, _, name = (part.strip(" ") for part in value.partition("|"))
        known = self.topics.setdefault(slug, name or slug)
        if name and name != known:
            self.found.append(error("topic-renamed", where, value=quote(slug)))
        self.topic, self.open, self.prose = slug, None, ""

    def _start(self, value: str, where: str) -> None:
        fields = {"id": Field(value, where)}
        if self.topic:
            fields["topic"] = Field(self.topic, where)
        self.open, self.prose = Draft(where, fields, ()), "text"
        self.drafts.append(self.open)

    def _field(self, name: str, value: str, where: str) -> None:
        if self.open is None:
            self.found.append(error("line-not-understood", where, value=quote(value)))
        elif name in self.open.fields:
            self.found.append(error("field-twice", where, field=name))
        else:
            self._set(name, Field(value, where))
            self.prose = {"why": "why", "level": self.prose}.get(name, "")

    def _set(self, name: str, value: Field) -> None:
        self.open.fields[name] = value

    def _option(self, letter: str, value: str, where: str) -> None:
        expected = LETTERS[len(self.open.options)] if len(self.open.options) < len(LETTERS) else "-"
        if letter != expected:
            self.found.append(error("option-order", where, found=letter.upper(), expected=expected.upper()))
            return
        self.open = Draft(self.open.where, self.open.fields, (*self.open.options, Field(value, where)))
        self.drafts[-1], self.prose = self.open, ""

    def _continue(self, row: str, where: str) -> None:
        if self.open is None or not self.prose:
            self.found.append(error("line-not-understood", where, value=quote(row)))
            return
        before = self.open.fields.get(self.prose)
        self._set(self.prose, Field(f"{before.value}\n{row}", before.where) if before else Field(row, where))
