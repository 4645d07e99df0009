"""Imported versions of a question bank: immutable, so that a round can be bound to one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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


class OwnImport(Exception):
    """Who brought a version in does not approve it: four eyes."""


class NewerVersion(Exception):
    """Changes were made to a version that is not the newest any more. `newest`: its number."""

    def __init__(self, newest: int):
        self.newest = newest
        super().__init__(newest)


DRAFT, APPROVED = "draft", "approved"


@dataclass(frozen=True)
class BankVersion:
    """An imported version, without its questions. `reference` is "bank:version".

    `state`: a draft until a second person approves it; where that is not asked for, approved from the start, by nobody.
    """

    reference: str
    bank_id: str
    version: int
    title: str
    language: str
    size: int
    digest: str
    imported_at: datetime
    imported_by: str
    state: str = APPROVED
    approved_by: str = ""
    approved_at: datetime | None = None
    note: str = ""

    @property
    def is_approved(self) -> bool:
        return self.state == APPROVED

    def approve(self, by: str, note: str, now: datetime) -> "BankVersion":
        """Approved by a second person; again is quiet. Raises OwnImport."""
        if self.is_approved:
            return self
        if by == self.imported_by:
            raise OwnImport()
        return replace(self, state=APPROVED, approved_by=by, approved_at=now, note=note)
