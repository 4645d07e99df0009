"""Moodle's XML format: multiple choice and true/false, categories as topics, tags as levels and for practice.

A question's picture is a file within its text, an `<img>` that leads to it by @@PLUGINFILE@@ (`moodle_files`).
https://docs.moodle.org/en/Moodle_XML_format
"""

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from .draft import Field, Given
from .foreign import Reading, answer_of, last_step, level_of, practice_of, tags_of, with_source, without_source
from .markup import Shown, plain_text
from .model import LETTERS, Bank, Finding, Question, error, quote
from .moodle_files import found, unused, with_picture
from .naming import declare, is_slug
from .pictures import LEFT_OUT
from .text import MOST_MB, by_topic
from .xml import Node, WrongXml, elements

OURS = "hoithi "
KINDS = {"multichoice", "truefalse", "multichoiceset"}
HTML = {"html", "moodle_auto_format", ""}
TRUTH = {"vi": {"true": "Đúng", "false": "Sai"}, "en": {"true": "True", "false": "False"}}


def parse(data: bytes, given: Given) -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong, each with its line."""
    if len(data) > MOST_MB * 2**20:
        return None, [error("file-too-big", "file", most=MOST_MB)]
    reader = _Reader(Reading(given))
    try:
        for question in elements(BytesIO(data), {"question"}):
            reader.read(question)
    except WrongXml as wrong:
        return None, [error("not-moodle" if wrong.code == "not-xml" else wrong.code, f"line {wrong.line}", part="XML")]
    return reader.reading.bank()


# Writing


def write(bank: Bank) -> Iterator[str]:
    """The bank piece by piece; `parse` gives the same bank again. Pictures are in it as far as the bank brings them."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    about = f"{OURS}bank_id: {bank.id}\n{OURS}title: {bank.title}\n{OURS}language: {bank.language}"
    yield _category(f"$course$/top/{_step(bank.title)}", about, "")
    for slug, question in by_topic(bank):
        if question:
            yield _question(bank, question)
        else:
            name = bank.topics[slug]
            yield _category(f"$course$/top/{_step(bank.title)}/{_step(name)}", f"{OURS}topic: {name}", slug)
    yield "</quiz>\n"


def _step(name: str) -> str:
    return name.replace("/", "//")


def _category(path: str, about: str, slug: str) -> str:
    return (
        f'<question type="category">\n  <category>{_text(path)}</category>\n'
        f'  <info format="plain_text">{_text(about)}</info>\n  <idnumber>{escape(slug)}</idnumber>\n</question>\n'
    )


def _question(bank: Bank, question: Question) -> str:
    why = with_source(question.why, question.source, bank.language)
    several = len(question.right) > 1
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in tags_of(question))
    return "\n".join(
        [
            '<question type="multichoice">',
            f"  <name>{_text(question.id)}</name>",
            f"  {_asked(bank, question)}",
            f'  <generalfeedback format="plain_text">{_text(why)}</generalfeedback>',
            f"  <defaultgrade>1.0000000</defaultgrade>\n  <idnumber>{escape(question.id)}</idnumber>",
            f"  <single>{'false' if several else 'true'}</single>\n  <shuffleanswers>true</shuffleanswers>",
            "  <answernumbering>ABCD</answernumbering>",
            *_answers(question),
            f"  <tags>{tags}</tags>\n</question>\n",
        ]
    )


def _asked(bank: Bank, question: Question) -> str:
    made = bank.pictures.get(question.picture)
    if made is None:
        return f'<questiontext format="plain_text">{_text(question.text)}</questiontext>'
    html, file = with_picture(question.text, question.alt, made)
    return f'<questiontext format="html">{_text(html)}{file}</questiontext>'


def _answers(question: Question) -> Iterator[str]:
    share, wrong = f"{100 / len(question.right):.7g}", "0" if len(question.right) == 1 else "-100"
    for letter, option in zip(LETTERS, question.options, strict=False):
        fraction = share if letter in question.right else wrong
        yield f'  <answer fraction="{fraction}" format="plain_text">{_text(option)}</answer>'


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"


# Reading


class _Reader:
    """Question by question; categories are questions too."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.topic: Field | None = None

    def read(self, question: Node) -> None:
        kind, where = question.attributes.get("type", ""), f"line {question.line}"
        if kind == "category":
            self._category(question, where)
        elif kind in KINDS:
            self._choice(question, kind, where)
        elif kind != "description":
            self.reading.refuse("kind-unsupported", where, value=quote(kind))

    def _category(self, question: Node, where: str) -> None:
        own, slug = _own(question.words("info", "text")), question.words("idnumber").strip()
        if "bank_id" in own:
            self.reading.head |= own
            return
        name = own.get("topic") or last_step(question.words("category", "text"))
        if is_slug(slug):
            self.reading.topics.setdefault(slug, name)
        self.topic = Field(slug if is_slug(slug) else name, where)

    def _choice(self, question: Node, kind: str, where: str) -> None:
        answers = question.all("answer")
        why, source = without_source(self._words(question.one("generalfeedback"), where) or self._feedback(answers, where))
        tags = _tags(question)
        fields = {
            "id": Field(_id(question), where),
            **self._asked(question.one("questiontext"), where),
            "level": Field(level_of(tags), where),
            "practice": Field(practice_of(tags), where),
            "answer": Field(answer_of(_right(question, answers)), where),
            "why": Field(why, where),
            "source": Field(source, where),
        }
        if self.topic:
            fields["topic"] = Field(declare(self.reading.topics, self.topic.value), self.topic.where)
        options = [Field(self._option(answer, kind), f"line {answer.line}") for answer in answers]
        self.reading.add(where, fields, options)

    def _option(self, answer: Node, kind: str) -> str:
        shown = self._words(answer, f"line {answer.line}", "picture-in-option")
        words = TRUTH["vi" if self.reading.given.language == "vi" else "en"]
        return words.get(shown.strip().lower(), shown) if kind == "truefalse" else shown

    def _feedback(self, answers: list[Node], where: str) -> str:
        """That of the right answer stands for a missing explanation."""
        right = next((answer for answer in answers if _fraction(answer) > 0), None)
        return self._words(right.one("feedback"), where) if right else ""

    def _asked(self, node: Node | None, where: str) -> dict[str, Field]:
        """The words of the question, and its picture."""
        if node is None:
            return {}
        shown = self._shown(node, where)
        fields = {"text": Field(shown.text, where)}
        for image in shown.images:
            self.reading.show(fields, found(image, node.all("file")), where)
        return fields

    def _words(self, node: Node | None, where: str, fault: str = "picture-misplaced") -> str:
        """What stands where no picture can be."""
        if node is None:
            return ""
        shown = self._shown(node, where)
        if shown.images:
            self.reading.refuse(fault, where)
        return shown.text

    def _shown(self, node: Node, where: str) -> Shown:
        shown = plain_text(node.words("text"), node.attributes.get("format", "") in HTML)
        if shown.others:
            self.reading.doubt(LEFT_OUT, where)
        for name in unused(shown, node.all("file")):
            self.reading.refuse("file-not-used", where, value=quote(name))
        return shown


def _own(about: str) -> dict[str, str]:
    """What our own export says in the description of a category."""
    pairs = (row.removeprefix(OURS).partition(": ") for row in about.split("\n") if row.startswith(OURS))
    return {name: value for name, _, value in pairs if name in ("bank_id", "title", "language", "topic")}


def _id(question: Node) -> str:
    names = (question.words("idnumber").strip(), question.words("name", "text").strip())
    return next((name for name in names if is_slug(name)), "")


def _tags(question: Node) -> list[str]:
    tags = question.one("tags")
    return [tag.words("text").strip() for tag in tags.all("tag")] if tags else []


def _right(question: Node, answers: list[Node]) -> list[bool]:
    """With one right option only the whole mark counts, else every positive share."""
    least = 99 if question.words("single").strip() in ("true", "1", "") else 0
    return [_fraction(answer) > least for answer in answers]


def _fraction(answer: Node) -> float:
    try:
        return float(answer.attributes.get("fraction", "0"))
    except ValueError:
        return 0.0
