"""What Aiken, GIFT, Moodle and Word files have in common: they may leave out ids, topics and levels."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hoithi_exam.domain.picture import Picture

from .draft import LEVEL_OF, Draft, Field, Given, build, lettered, with_given
from .model import LETTERS, MOST_ROWS, Bank, Finding, Question, capped, error, has_errors, warning
from .naming import made_id
from .pictures import Attached
from .spelling import fold, lines

TOPIC = {"vi": "Chung", "en": "General"}
LEVEL = "medium"
SOURCE = {"vi": "Nguồn", "en": "Source"}
PRACTICE = "practice"
PRACTICES = {PRACTICE, "luyen tap"}
SOURCES = tuple(f"{word.lower()}:" for word in SOURCE.values())


@dataclass
class Reading:
    """What was read so far: the bank's own words where the file has some, topics, drafts, findings, pictures by reference."""

    given: Given
    head: dict[str, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)

    def show(self, fields: dict[str, Field], met: Attached, where: str) -> None:
        """Give a picture to the question with these fields, or refuse it."""
        if met.fault:
            self.refuse(met.fault, where, **met.detail)
        elif "picture" in fields:
            self.refuse("picture-second", where)
        else:
            self.pictures[met.made.reference] = met.made
            fields["picture"] = Field(met.made.reference, where)
            fields.setdefault("alt", Field(met.alt, where))

    def add(self, where: str, fields: dict[str, Field], options: Iterable[Field]) -> None:
        """Take a question in; empty fields are missing ones."""
        kept = {name: given for name, given in fields.items() if given.value}
        self.drafts.append(Draft(where, kept, tuple(options)))

    def refuse(self, code: str, where: str, **detail) -> None:
        self.found.append(error(code, where, **detail))

    def doubt(self, code: str, where: str, **detail) -> None:
        self.found.append(warning(code, where, **detail))

    def bank(self, read_answer=lettered) -> tuple[Bank | None, list[Finding]]:
        """The bank and its warnings, or None and what is wrong."""
        if len(self.drafts) > MOST_ROWS:
            return None, [error("too-many-rows", "file", most=MOST_ROWS)]
        given = replace(self.given, **self.head)
        found = self.found + list(_assumed(self.drafts, given))
        empty = Bank(given.bank_id, given.title or given.bank_id, given.language, self.topics, ())
        drafts = with_given(self.drafts, self.topics, _whole(given))
        bank, faults = build(empty, [_named(draft) for draft in drafts], read_answer)
        found += faults
        return (None if has_errors(found) else replace(bank, pictures=self.pictures)), capped(found)


def _whole(given: Given) -> Given:
    topic = TOPIC["vi" if given.language == "vi" else "en"]
    return replace(given, topic=given.topic or topic, level=given.level or LEVEL)


def _assumed(drafts: list[Draft], given: Given) -> Iterable[Finding]:
    """One warning for all questions without a topic, one for those without a level, unless told what to take."""
    topics, levels = (sum(name not in draft.fields for draft in drafts) for name in ("topic", "level"))
    if topics and not given.topic:
        yield warning("topic-assumed", "bank", count=topics)
    if levels and not given.level:
        yield warning("level-assumed", "bank", count=levels)


def _named(draft: Draft) -> Draft:
    if "id" in draft.fields:
        return draft
    made = made_id(lines(draft.value("text")), [option.value for option in draft.options])
    return replace(draft, fields={**draft.fields, "id": Field(made, draft.place("text"))})


def last_step(path: str) -> str:
    """The name of a category from Moodle's path "$course$/top/A//B" -> "A/B"."""
    return path.replace("//", "\0").rpartition("/")[2].replace("\0", "/").strip()


def tags_of(question: Question) -> list[str]:
    """What GIFT and Moodle say as tags; `level_of` and `practice_of` take it from them again."""
    return [question.level, *([PRACTICE] if question.practice else [])]


def level_of(tags: Iterable[str]) -> str:
    return next((tag for tag in tags if not tag.isdigit() and fold(tag) in LEVEL_OF), "")


def practice_of(tags: Iterable[str]) -> str:
    return next((tag for tag in tags if fold(tag) in PRACTICES), "")


def answer_of(right: Iterable[bool]) -> str:
    """Letters of the options that are right."""
    return "".join(letter for letter, is_right in zip(LETTERS, right, strict=False) if is_right)


def with_source(why: str, source: str, language: str) -> str:
    """Explanation and source as one text; `without_source` takes them apart again."""
    if not source and not _is_source(why.rpartition("\n")[2]):
        return why
    word = SOURCE["vi" if language == "vi" else "en"]
    return f"{why}\n{word}: {source}".strip()


def without_source(text: str) -> tuple[str, str]:
    """(explanation, source): a last line "Nguồn: ..." is the source."""
    why, _, last = lines(text).rpartition("\n")
    return (why, last.partition(":")[2].strip()) if _is_source(last) else (lines(text), "")


def _is_source(row: str) -> bool:
    return row.lower().startswith(SOURCES)
