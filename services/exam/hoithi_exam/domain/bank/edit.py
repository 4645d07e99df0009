"""Changes to a kept version, as a new bank: single questions and the names of topics."""

from collections.abc import Mapping
from dataclasses import replace

from .check import errors
from .model import Bank, Finding, Question, quote


class UnknownQuestions(Exception):
    """Changes name questions that the version has not. `fields`: "questions.3" -> reason."""

    def __init__(self, numbers: list[int]):
        self.fields = {f"questions.{number}.id": "not-in-bank" for number in numbers}
        super().__init__(self.fields)


class UnknownPictures(Exception):
    """Changes name pictures that are not kept. `fields`: "questions.3.picture" -> reason."""

    def __init__(self, numbers: list[int]):
        self.fields = {f"questions.{number}.picture": "unknown-picture" for number in numbers}
        super().__init__(self.fields)


def edited(bank: Bank, topics: Mapping[str, str], changes: list[dict]) -> tuple[Bank, list[Finding]]:
    """The bank with its topics renamed or added and its questions changed, and what is wrong with it then.

    A change has the question's `id` and the fields that are new; `drop` takes the question out. Raises UnknownQuestions.
    """
    known = {question.id for question in bank.questions}
    unknown = [number for number, change in enumerate(changes) if change["id"] not in known]
    if unknown:
        raise UnknownQuestions(unknown)
    by_id = {change["id"]: change for change in changes}
    kept = (question for question in bank.questions if not by_id.get(question.id, {}).get("drop"))
    questions = tuple(_changed(question, by_id.get(question.id, {})) for question in kept)
    made = replace(bank, topics={**bank.topics, **topics}, questions=questions)
    return made, errors(made, lambda index, _field: f"question {quote(questions[index].id)}")


def _changed(question: Question, change: dict) -> Question:
    fields = {name: value for name, value in change.items() if name not in ("id", "drop")}
    if "options" in fields:
        fields["options"] = tuple(fields["options"])
    return replace(question, **fields)
