"""What is different in a version: what a second person has to look at before approving it."""

from collections import Counter
from dataclasses import dataclass

from .model import Bank, Question

KEY = ("options", "right")
FIELDS = ("text", "options", "right", "picture", "alt", "topic", "level", "practice", "why", "source")
KINDS = ("key", "changed", "added", "dropped")
"""`key`: another option is right, or the options are others: it decides prizes and so comes first."""


@dataclass(frozen=True)
class Change:
    """A question before and after; None where it was not there."""

    before: Question | None
    after: Question | None

    @property
    def question_id(self) -> str:
        return (self.after or self.before).id

    @property
    def fields(self) -> list[str]:
        """Names of what differs, for a question that stayed."""
        if not self.before or not self.after:
            return []
        return [name for name in FIELDS if getattr(self.before, name) != getattr(self.after, name)]

    @property
    def kind(self) -> str:
        if not self.before or not self.after:
            return "added" if self.after else "dropped"
        return "key" if set(KEY) & set(self.fields) else "changed"


def changes(before: Bank | None, after: Bank) -> list[Change]:
    """Every question that differs, the gravest first, each kind by id. Without a bank before, every question is added."""
    old = {question.id: question for question in before.questions} if before else {}
    new = {question.id: question for question in after.questions}
    pairs = (Change(old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys()))
    return sorted((each for each in pairs if each.before != each.after), key=lambda each: KINDS.index(each.kind))


def counts(found: list[Change]) -> dict[str, int]:
    """How many there are of each kind."""
    counted = Counter(change.kind for change in found)
    return {kind: counted[kind] for kind in KINDS}


def renamed(before: Bank | None, after: Bank) -> dict[str, tuple[str, str]]:
    """What differs outside the questions: "title" or "topic <slug>" -> (before, after); "" where it was not there."""
    if before is None:
        return {}
    sides = [{"title": bank.title, **{f"topic {slug}": name for slug, name in bank.topics.items()}} for bank in (before, after)]
    names = sorted(sides[0].keys() | sides[1].keys())
    pairs = {name: (sides[0].get(name, ""), sides[1].get(name, "")) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
