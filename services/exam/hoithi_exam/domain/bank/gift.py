r"""Moodle's GIFT format, with its ids and tags ("// [id:x] [tag:easy]") and categories as topics.

What GIFT has no word for - the bank's id, language and title, a topic's slug - stands in comments "// hoithi ...", which
Moodle passes over. https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterator

from .draft import Field, Given
from .foreign import Reading, answer_of, last_step, level_of, practice_of, tags_of, with_source, without_source
from .markup import plain_text
from .model import LETTERS, Bank, Finding, Question, quote
from .naming import declare, is_slug
from .pictures import LEFT_OUT
from .text import by_topic, opened

OURS = re.compile(r"//\s*hoithi (bank_id|title|language|topic): (.*)")
NAMED = re.compile(r"\[(id|tag):((?:\\.|[^\]\\])*)\]")
CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")
TITLE = re.compile(r"::((?:\\.|[^:\\]|:(?!:))*)::", re.DOTALL)
FORM = re.compile(r"\[(html|moodle|plain|markdown)\]")
SPECIAL = re.compile(r"([\\~=#{}:])")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
MARK = re.compile(r"\\.|[~=]", re.DOTALL)
WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,7})?)%")
TRUE, FALSE = {"t", "true"}, {"f", "false"}
TRUTH = {"vi": ("Đúng", "Sai"), "en": ("True", "False")}


def parse(data: bytes, given: Given) -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong, each with its line."""
    rows, found = opened(data)
    if found:
        return None, found
    reader = _Reader(Reading(given))
    for number, row in enumerate([*rows, ""], 1):
        reader.read(row, number)
    return reader.reading.bank()


# Writing


def write(bank: Bank) -> Iterator[str]:
    """The bank piece by piece; `parse` gives the same bank again."""
    yield f"// hoithi bank_id: {bank.id}\n// hoithi title: {bank.title}\n// hoithi language: {bank.language}\n"
    for slug, question in by_topic(bank):
        yield _question(bank, question) if question else _category(bank, slug)


def _category(bank: Bank, slug: str) -> str:
    title, name = (part.replace("/", "//") for part in (bank.title, bank.topics[slug]))
    return f"\n// hoithi topic: {slug} | {bank.topics[slug]}\n$CATEGORY: $course$/top/{title}/{name}\n"


def _question(bank: Bank, question: Question) -> str:
    marks = _weights(question)
    tags = "".join(f" [tag:{tag}]" for tag in tags_of(question))
    rows = [f"\n// [id:{question.id}]{tags}", f"::{question.id}::[plain]{_escaped(question.text)} {{"]
    rows += [f"\t{mark}{_formed(option)}" for mark, option in zip(marks, question.options, strict=True)]
    if why := with_source(question.why, question.source, bank.language):
        rows.append(f"\t####{_formed(why)}")
    return "\n".join([*rows, "}\n"])


def _weights(question: Question) -> list[str]:
    right = [letter in question.right for letter in LETTERS[: len(question.options)]]
    if sum(right) == 1:
        return ["=" if is_right else "~" for is_right in right]
    share = f"~%{100 / sum(right):.5f}%"
    return [share if is_right else "~%-100%" for is_right in right]


def _formed(text: str) -> str:
    """Escaped; words in brackets that name a form stay words."""
    return ("[plain]" if FORM.match(text) else "") + _escaped(text)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


# Reading


class _Reader:
    """Line by line; a question ends at an empty line, as in Moodle."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.topic: Field | None = None
        self.own: tuple[str, str] | None = None  # slug and name of the topic that follows, from our comment
        self.named: dict[str, list[str]] = {}
        self.block: list[tuple[int, str]] = []

    def read(self, row: str, number: int) -> None:
        if not row:
            self._close()
        elif row.startswith("//"):
            self._comment(row)
        elif category := CATEGORY.match(row):
            self._category(category[1], f"line {number}")
        else:
            self.block.append((number, row))

    def _comment(self, row: str) -> None:
        if ours := OURS.fullmatch(row):
            self._own(ours[1], ours[2])
        else:
            for name, value in NAMED.findall(row):
                self.named.setdefault(name, []).append(_plain(value))

    def _own(self, name: str, value: str) -> None:
        if name == "topic":
            slug, _, topic = value.partition(" | ")
            self.own = (slug, topic) if is_slug(slug) else None
        else:
            self.reading.head[name] = value

    def _category(self, path: str, where: str) -> None:
        if self.own:
            self.reading.topics.setdefault(*self.own)
        self.topic = Field(self.own[0] if self.own else last_step(path), where)
        self.own, self.named = None, {}

    def _close(self) -> None:
        if self.block:
            self._question(_Block(self.block))
            self.block, self.named = [], {}

    def _question(self, block: "_Block") -> None:
        inside = block.braces()
        if inside is None:
            self.reading.refuse("gift-no-braces", block.place(0), value=quote(block.text))
            return
        start, end = inside
        before, after = block.text[:start], block.text[end + 1 :]
        title, text = _titled(before)
        if after.strip():
            text = f"{text} ____ {after.strip()}"
        html = FORM.match(text) is not None and FORM.match(text)[1] == "html"
        fields = {"id": Field(self._id(title), block.place(0)), "text": Field(self._shown(text, html, block, 0), block.place(0))}
        if self.topic:
            fields["topic"] = Field(declare(self.reading.topics, self.topic.value), self.topic.where)
        tags = self.named.get("tag", [])
        fields |= {"level": Field(level_of(tags), block.place(0)), "practice": Field(practice_of(tags), block.place(0))}
        self._answers(fields, block, start + 1, end, html)

    def _id(self, title: str) -> str:
        given = self.named.get("id", [""])[0] or title
        return given if is_slug(given) else ""

    def _shown(self, text: str, html: bool, block: "_Block", at: int) -> str:
        form = FORM.match(text.lstrip())
        bare = text.lstrip()[form.end() :] if form else text
        shown = plain_text(_plain(bare), html if form is None else form[1] == "html")
        if shown.images or shown.others:
            self.reading.doubt(LEFT_OUT, block.place(at))
        return shown.text

    def _answers(self, fields: dict[str, Field], block: "_Block", start: int, end: int, html: bool) -> None:
        inside, general = _split(block.text[start:end], "####")
        where, language = block.place(start), "vi" if self.reading.given.language == "vi" else "en"
        truth = _plain(_split(inside, "#")[0]).strip().lower()
        why = general
        if truth in TRUE | FALSE:
            fields["answer"] = Field("a" if truth in TRUE else "b", where)
            options = [Field(word, where) for word in TRUTH[language]]
        else:
            answers = [_Answer(mark, text, at + start) for mark, text, at in _marked(inside)]
            if not _is_choice(inside, answers):
                self.reading.refuse("kind-unsupported", block.place(0), value=quote(inside.strip()))
                return
            options = [Field(self._shown(each.text, html, block, each.at), block.place(each.at)) for each in answers]
            fields["answer"] = Field(answer_of(each.right for each in answers), where)
            why = general or next((each.feedback for each in answers if each.right), "")
        told, source = without_source(self._shown(why, html, block, start))
        self.reading.add(block.place(0), {**fields, "why": Field(told, where), "source": Field(source, where)}, options)


class _Answer:
    """One marked answer: `=text#feedback`, `~%50%text`."""

    def __init__(self, mark: str, text: str, at: int):
        weight = WEIGHT.match(text)
        text = text[weight.end() :] if weight else text
        self.mark = mark
        self.right = float(weight[1]) > 0 if weight else mark == "="
        self.text, self.feedback = _split(text, "#")
        self.at = at


class _Block:
    """The lines of one question as one text, and which line a position is on."""

    def __init__(self, rows: list[tuple[int, str]]):
        self.numbers = [number for number, _ in rows]
        self.text = "\n".join(row for _, row in rows)

    def place(self, at: int) -> str:
        return f"line {self.numbers[self.text.count(chr(10), 0, at)]}"

    def braces(self) -> tuple[int, int] | None:
        """Where the answers begin and end."""
        signs = [(match.start(), match[0]) for match in re.finditer(r"\\.|[{}]", self.text, re.DOTALL)]
        opened = [at for at, sign in signs if sign == "{"]
        closed = [at for at, sign in signs if sign == "}"]
        return (opened[0], closed[0]) if len(opened) == len(closed) == 1 and opened[0] < closed[0] else None


def _is_choice(inside: str, answers: list[_Answer]) -> bool:
    """Not an essay (nothing), a number (#), nor a short answer or matching (only =)."""
    return not inside.lstrip().startswith("#") and any(each.mark == "~" for each in answers)


def _titled(text: str) -> tuple[str, str]:
    title = TITLE.match(text.lstrip())
    return (_plain(title[1]).strip(), text.lstrip()[title.end() :].strip()) if title else ("", text.strip())


def _split(text: str, sign: str) -> tuple[str, str]:
    """Before and behind the first sign that is not escaped."""
    found = next((match for match in re.finditer(rf"\\.|{sign}", text, re.DOTALL) if match[0] == sign), None)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _marked(text: str) -> Iterator[tuple[str, str, int]]:
    """(mark, text, position) of each answer."""
    marks = [match for match in MARK.finditer(text) if len(match[0]) == 1]
    ends = [*(match.start() for match in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield mark[0], text[mark.end() : end], mark.start()


def _plain(text: str) -> str:
    """Line ends are blanks, escapes what they stand for."""
    return ESCAPED.sub(lambda sign: "\n" if sign[1] == "n" else sign[1], text.replace("\n", " "))
