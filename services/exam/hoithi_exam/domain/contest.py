"""A contest: drafted, checked, published. From publication on rules, rounds and banks are fixed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from hoithi_contracts.exam import ContestPublished, RoundPlan
from hoithi_exam.domain.findings import Finding
from hoithi_exam.domain.round import Round, planned
from hoithi_exam.domain.rules import Rules


class UnknownContest(Exception):
    """There is no such contest."""


class ContestExists(Exception):
    """The id is taken."""

    def __init__(self, contest_id: str):
        self.contest_id = contest_id
        super().__init__(contest_id)


class ContestFixed(Exception):
    """The contest was published: its rules, rounds and banks bind."""


class ChangedMeanwhile(Exception):
    """Somebody else changed it at the same time."""


class UnknownDivision(Exception):
    """Banks were named for divisions that the rules do not have. `fields`: "banks.pupils" -> reason."""

    def __init__(self, names: Iterable[str]):
        self.fields = {f"banks.{name}": "unknown-division" for name in names}
        super().__init__(self.fields)


class NotReady(Exception):
    """The check found errors. `fields`: part of the contest -> sentences in the person's language."""

    def __init__(self, findings: list[Finding], language: str):
        self.count = len(findings)
        self.fields: dict[str, list[str]] = {}
        for finding in findings:
            self.fields.setdefault(finding.where, []).append(finding.sentence(language))
        super().__init__(self.fields)


@dataclass(frozen=True)
class Contest:
    """`revision` counts the versions of the rules; `banks`: division -> "bank:version" as checked at publication."""

    contest_id: str
    title: str
    rules: Rules
    rounds: tuple[RoundPlan, ...]
    template: str | None
    created_at: datetime
    state: str = "draft"
    revision: int = 1
    banks: Mapping[str, str] = field(default_factory=dict)
    published_at: datetime | None = None

    def change(self, title: str, rules: Rules, rounds: tuple[RoundPlan, ...]) -> "Contest":
        """The next version of a draft; raises ContestFixed."""
        if self.state != "draft":
            raise ContestFixed()
        return replace(self, title=title, rules=rules, rounds=rounds, revision=self.revision + 1)

    def publish(self, banks: Mapping[str, str], now: datetime) -> tuple["Contest", ContestPublished]:
        """Announce. `banks` are the versions that were checked."""
        published = replace(self, state="published", banks=dict(banks), published_at=now)
        return published, ContestPublished(
            contest_id=self.contest_id,
            revision=self.revision,
            title=self.title,
            rules=self.rules.for_results(),
            rounds=list(self.rounds),
            published_at=now,
            publication=self.rules.for_complaints(),
            season_prizes=list(self.rules.season_prizes),
        )

    def planned_rounds(self) -> list[Round]:
        """The rounds of the published contest, as they begin."""
        return [planned(plan, self.contest_id, self.rules, self.revision, self.banks) for plan in self.rounds]


def require_ready(findings: list[Finding], language: str) -> None:
    """Raises NotReady when the check found errors."""
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise NotReady(errors, language)


def with_banks(rules: Rules, banks: Mapping[str, str]) -> Rules:
    """The rules with a bank chosen per division; raises UnknownDivision."""
    unknown = set(banks) - {division.name for division in rules.divisions}
    if unknown:
        raise UnknownDivision(sorted(unknown))
    chosen = (replace(division, bank=banks.get(division.name, division.bank)) for division in rules.divisions)
    return replace(rules, divisions=tuple(chosen))
