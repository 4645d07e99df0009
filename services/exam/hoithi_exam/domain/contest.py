"""A contest: drafted, checked, published. From publication on only amendments change it (docs/decisions/0111)."""

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


class NotPublished(Exception):
    """A draft is changed, not amended."""


class NothingChanged(Exception):
    """The amendment says what is so already."""


class AmendmentRefused(Exception):
    """Never backwards. `fields`: "rounds.2.closes_at" -> reason."""

    def __init__(self, fields: dict[str, str]):
        self.fields = fields
        super().__init__(fields)


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
class Amendment:
    """A change of a published contest with its public, signed notice. `changes`: part -> {"before", "after"}."""

    revision: int
    reason: str
    notice: str
    announced_at: datetime
    changes: dict
    signature: str = ""


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
    amendments: tuple[Amendment, ...] = ()

    def change(self, title: str, rules: Rules, rounds: tuple[RoundPlan, ...]) -> "Contest":
        """The next version of a draft; raises ContestFixed."""
        if self.state != "draft":
            raise ContestFixed()
        return replace(self, title=title, rules=rules, rounds=rounds, revision=self.revision + 1)

    def publish(self, banks: Mapping[str, str], now: datetime) -> tuple["Contest", ContestPublished]:
        """Announce. `banks` are the versions that were checked."""
        published = replace(self, state="published", banks=dict(banks), published_at=now)
        return published, published.announcement()

    def announcement(self) -> ContestPublished:
        """What is known of the published contest, as of its present revision."""
        return ContestPublished(
            contest_id=self.contest_id,
            revision=self.revision,
            title=self.title,
            rules=self.rules.for_results(),
            rounds=list(self.rounds),
            published_at=self.published_at,
            publication=self.rules.for_complaints(),
            season_prizes=list(self.rules.season_prizes),
        )

    def amend(self, title: str, rounds: tuple[RoundPlan, ...], reason: str, notice: str, now: datetime) -> "Contest":
        """Another title, later windows of rounds that have not opened. Raises NotPublished, NothingChanged, AmendmentRefused."""
        if self.state != "published":
            raise NotPublished()
        changes = _changes(self, title, rounds)
        if not changes:
            raise NothingChanged()
        _require_forward(self.rounds, rounds, now)
        amendment = Amendment(self.revision + 1, reason, notice, now, changes)
        return replace(self, title=title, rounds=rounds, revision=self.revision + 1, amendments=(*self.amendments, amendment))

    def planned_rounds(self) -> list[Round]:
        """The rounds of the published contest, as they begin."""
        return [planned(plan, self.contest_id, self.rules, self.revision, self.banks) for plan in self.rounds]


def _changes(contest: Contest, title: str, rounds: tuple[RoundPlan, ...]) -> dict:
    found = {} if title == contest.title else {"title": {"before": contest.title, "after": title}}
    for old, new in zip(contest.rounds, rounds, strict=True):
        for name in ("title", "opens_at", "closes_at"):
            if getattr(old, name) != getattr(new, name):
                found[f"rounds.{old.number}.{name}"] = {"before": getattr(old, name), "after": getattr(new, name)}
    return found


def _require_forward(before: Iterable[RoundPlan], after: Iterable[RoundPlan], now: datetime) -> None:
    """Who has read the announcement loses nothing: no window opens earlier or becomes shorter, none that has opened moves."""
    wrong = {}
    for old, new in zip(before, after, strict=True):
        where = f"rounds.{old.number}"
        if old != new and old.opens_at <= now:
            wrong[where] = "round-has-opened"
        if new.opens_at < old.opens_at:
            wrong[f"{where}.opens_at"] = "never-earlier"
        if new.closes_at - new.opens_at < old.closes_at - old.opens_at:
            wrong[f"{where}.closes_at"] = "never-shorter"
    if wrong:
        raise AmendmentRefused(wrong)


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
