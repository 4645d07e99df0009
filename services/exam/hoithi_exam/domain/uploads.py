"""A bank's file on its way: uploaded, looked at beside the doors, kept when the person says so."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoithi_exam.domain.bank import Bank, Finding
from hoithi_exam.domain.bank.check import matrix

KEPT_FOR = timedelta(days=1)
"""How long a file that nobody kept can be found again. It holds keys."""
MOST_TRIES = 3
SHOWN = 20
"""Questions in the preview."""
WAITING, DONE = "waiting", "done"
READING, CHECKING, KEEPING = "reading", "checking", "keeping"
STEPS = (WAITING, READING, CHECKING, KEEPING)


class UnknownUpload(Exception):
    """There is no such upload of this bank, or its day is over."""


class NotToKeep(Exception):
    """The file was not looked at yet, has errors, or is kept already."""


@dataclass(frozen=True)
class Upload:
    """`form`, `topic`, `level`: as for an import. `keep`: it becomes a version, a draft when `approval` is wanted.

    `tries`: how often the work was begun; a file that ends the worker is not begun for ever.
    """

    upload_id: str
    bank_id: str
    by: str
    at: datetime
    name: str
    form: str
    language: str
    topic: str = ""
    level: str = ""
    approval: bool = True
    keep: bool = False
    state: str = WAITING
    step: str = STEPS[0]
    tries: int = 0
    outcome: dict | None = None

    @property
    def is_refused(self) -> bool:
        found = (self.outcome or {}).get("findings", ())
        return any(each["severity"] == "error" for each in found)

    @property
    def version(self) -> int | None:
        return (self.outcome or {}).get("version")

    def to_keep(self, by: str, approval: bool) -> "Upload":
        """The same file, now to become a version of this person. Raises NotToKeep."""
        if self.state != DONE or self.is_refused or self.version is not None:
            raise NotToKeep()
        return replace(self, by=by, approval=approval, keep=True, state=WAITING, step=STEPS[0], tries=0)


def outcome(language: str, form: str | None, bank: Bank | None, found: list[Finding]) -> dict:
    """What is told of a file, as it is kept and answered. `form`: the format it was read as."""
    return {
        "format": form,
        "title": bank.title if bank else "",
        "questions": len(bank.questions) if bank else 0,
        "topics": matrix(bank) if bank else [],
        "findings": [_told(finding, language) for finding in found],
        "preview": [question.plain for question in bank.questions[:SHOWN]] if bank else [],
        "counts": None,
        "against": None,
        "version": None,
        "version_state": None,
    }


def _told(finding: Finding, language: str) -> dict:
    pair = [question.plain for question in finding.detail.get("pair", ())]
    place, message = finding.parts(language)
    about = {"severity": finding.severity, "where": finding.where, "code": finding.code}
    return {**about, "place": place, "message": message, **({"pair": pair} if pair else {})}
