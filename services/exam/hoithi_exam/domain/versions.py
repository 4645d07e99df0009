"""Imported versions of a question bank: immutable, so that a round can be bound to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hoithi_exam.domain.bank import Finding


class UnknownBank(Exception):
    """There is no such bank or version."""


class BankRefused(Exception):
    """The file has errors; nothing was imported. `fields`: place -> sentences in the person's language."""

    def __init__(self, findings: list[Finding], language: str):
        errors = [finding for finding in findings if finding.severity == "error"]
        self.count = len(errors)
        self.fields: dict[str, list[str]] = {}
        for finding in errors:
            self.fields.setdefault(finding.where, []).append(finding.sentence(language))
        super().__init__(self.fields)


class OtherBank(Exception):
    """The file is another bank's. `fields`: {"bank_id": reason}."""

    def __init__(self, bank_id: str):
        self.fields = {"bank_id": f"other-bank:{bank_id}"}
        super().__init__(bank_id)


class UseChanged(Exception):
    """Practice questions were real ones in another version of the bank, or the other way round. `fields`: place -> reason.

    Everybody knows the answer of a practice question; that of a real one, nobody may learn.
    """

    MOST_NAMED = 20

    def __init__(self, question_ids: Iterable[str]):
        found = sorted(question_ids)
        self.count = len(found)
        self.fields = {f"question {question_id}": "use-changed" for question_id in found[: self.MOST_NAMED]}
        super().__init__(self.fields)


@dataclass(frozen=True)
class BankVersion:
    """An imported version, without its questions. `reference` is "bank:version"."""

    reference: str
    bank_id: str
    version: int
    title: str
    language: str
    size: int
    digest: str
    imported_at: datetime
    imported_by: str
