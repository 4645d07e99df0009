"""A campaign: a draft, then open with locked rules, then decided."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from hoithi_contracts.emulation import CampaignOpened
from hoithi_emulation.domain.refusals import NotADraft, NotOpen, NotReady, OnlyLater, TooLate
from hoithi_emulation.domain.rules import KINDS, League, Rules, plain

STATES = ("draft", "open", "decided")


@dataclass(frozen=True)
class Campaign:
    """Units assess themselves until `assess_until`, reviews end at `review_until`. Days are ISO dates; `revision` rises."""

    campaign_id: str
    title: str
    from_day: str
    to_day: str
    assess_until: datetime
    review_until: datetime
    rules: Rules = field(default_factory=Rules)
    template: str = ""
    state: str = "draft"
    revision: int = 1
    opened_at: datetime | None = None
    decided_at: datetime | None = None
    digest: str = ""

    def changed(self, **parts) -> "Campaign":
        """Another draft. Raises NotADraft."""
        if self.state != "draft":
            raise NotADraft()
        return replace(self, **parts)

    def opened(self, now: datetime) -> "Campaign":
        """From now on the rules are locked. Raises NotADraft, NotReady."""
        wrong = findings(self, now)
        if self.state != "draft":
            raise NotADraft()
        if wrong:
            raise NotReady(wrong)
        return replace(self, state="open", opened_at=now)

    def extended(self, assess_until: datetime, review_until: datetime, now: datetime) -> "Campaign":
        """Both deadlines again, later or the same. Raises NotOpen, OnlyLater, NotReady."""
        self.require_open()
        if assess_until < self.assess_until or review_until < self.review_until:
            raise OnlyLater()
        if review_until < assess_until:
            raise NotReady({"review_until": "before-assess-until"})
        if assess_until != self.assess_until and assess_until <= now:
            raise NotReady({"assess_until": "in-the-past"})
        return replace(self, assess_until=assess_until, review_until=review_until)

    def decided(self, digest: str, now: datetime) -> "Campaign":
        """`digest`: SHA-256 of the list. Raises NotOpen."""
        self.require_open()
        return replace(self, state="decided", decided_at=now, digest=digest)

    def require_open(self) -> None:
        """Raises NotOpen."""
        if self.state != "open":
            raise NotOpen(self.state)

    def require_time(self, until: datetime, now: datetime) -> None:
        """Raises NotOpen, TooLate."""
        self.require_open()
        if now >= until:
            raise TooLate(until)

    def shown(self) -> dict:
        """What the log compares."""
        names = ("title", "from_day", "to_day", "assess_until", "review_until", "state")
        return {**{name: getattr(self, name) for name in names}, **plain(self.rules)}


def findings(campaign: Campaign, now: datetime) -> dict[str, str]:
    """What keeps a draft from opening: where -> reason."""
    rules, found = campaign.rules, {}
    if campaign.to_day < campaign.from_day:
        found["to_day"] = "before-from-day"
    if campaign.review_until < campaign.assess_until:
        found["review_until"] = "before-assess-until"
    if campaign.assess_until <= now:
        found["assess_until"] = "in-the-past"
    if not (rules.collective or rules.individual):
        found["rules.collective"] = "criteria-missing"
    if rules.collective and not rules.leagues:
        found["rules.leagues"] = "leagues-missing"
    return {**found, **_of_leagues(rules), **_of_criteria(rules), **_of_awards(rules)}


def _of_leagues(rules: Rules) -> dict[str, str]:
    """A kind of units that two leagues take: none of them would come to the later one."""
    taken: dict[tuple[str, str], League] = {}
    return {
        f"rules.leagues.{place}.kinds": f"in-two-leagues:{first.name}"
        for place, league in enumerate(rules.leagues)
        for kind in league.kinds
        if (first := taken.setdefault((league.tree, kind), league)) is not league
    }


def _of_criteria(rules: Rules) -> dict[str, str]:
    return {
        f"rules.{kind}.{place}.contest_id": "contest-missing"
        for kind in KINDS
        for place, criterion in enumerate(rules.criteria(kind))
        if criterion.how == "contest" and not criterion.contest_id
    } | {
        f"rules.individual.{place}.{'how' if criterion.how == 'index' else 'measure'}": "not-for-individuals"
        for place, criterion in enumerate(rules.individual)
        if criterion.how == "index" or (criterion.how == "contest" and criterion.measure != "place")
    }


def _of_awards(rules: Rules) -> dict[str, str]:
    """An award that nobody can reach."""
    return {
        f"rules.awards.{place}.least_points": f"above-reachable:{rules.most(award.subject):g}"
        for place, award in enumerate(rules.awards)
        if award.least_points > rules.most(award.subject)
    }


def opened_event(campaign: Campaign, user_ids: list[str]) -> CampaignOpened:
    return CampaignOpened(
        campaign_id=campaign.campaign_id, title=campaign.title, assess_until=campaign.assess_until,
        review_until=campaign.review_until, opened_at=campaign.opened_at, user_ids=user_ids,
        individuals=bool(campaign.rules.individual),
    )  # fmt: skip
