"""Campaigns: set up from a template, opened with locked rules, given more time."""

from datetime import date, datetime

from hoithi_emulation.domain import templates
from hoithi_emulation.domain.campaign import Campaign, findings, opened_event
from hoithi_emulation.domain.refusals import Outpaced
from hoithi_emulation.domain.rules import rules_from
from hoithi_emulation.handlers import rights
from hoithi_store import Entry, changed


def visible(storage, claims) -> list[Campaign]:
    """Those that have opened, and the caller's own drafts."""
    return [each for each in storage.campaigns.all() if each.state != "draft" or rights.organises(claims, each.campaign_id)]


def show(storage, claims, campaign_id: str) -> Campaign:
    """Raises CampaignUnknown."""
    found = storage.campaigns.get(campaign_id)
    rights.check_campaign(claims, found)
    return found


def create(storage, claims, campaign_id: str, template: str, title: str | None, from_day: date, now: datetime) -> Campaign:
    """A draft with a template's rules and dates. Raises TemplateUnknown, CampaignTaken."""
    claims.require("organiser", "contest", campaign_id)
    found = templates.find(template)
    made = Campaign(campaign_id, title or found.title, **found.dates(from_day), rules=found.rules, template=found.id)
    return storage.campaigns.add(made, _entry("campaign-created", claims, None, made, "", now))


def change(storage, claims, campaign_id: str, revision: int, parts: dict, now: datetime) -> Campaign:
    """Another draft, made from the revision the caller has seen. Raises CampaignUnknown, Outpaced, NotADraft."""
    before = _of_organiser(storage, claims, campaign_id, revision)
    days = {name: parts[name].isoformat() for name in ("from_day", "to_day")}
    after = before.changed(**{**parts, **days, "rules": rules_from(parts["rules"])})
    return storage.campaigns.save(before, after, [], _entry("campaign-changed", claims, before, after, "", now), now)


def check(storage, claims, campaign_id: str, now: datetime) -> dict[str, str]:
    """What keeps the draft from opening: where -> reason."""
    claims.require("organiser", "contest", campaign_id)
    return findings(storage.campaigns.get(campaign_id), now)


def open_campaign(storage, claims, campaign_id: str, revision: int, now: datetime) -> Campaign:
    """Lock the rules and tell the officers. Raises CampaignUnknown, Outpaced, NotADraft, NotReady."""
    before = _of_organiser(storage, claims, campaign_id, revision)
    after = before.opened(now)
    taking_part = (unit.id for unit in storage.units.all().values() if after.rules.league_of(unit))
    event = opened_event(after, storage.units.officers_of(taking_part))
    return storage.campaigns.save(before, after, [event], _entry("campaign-opened", claims, before, after, "", now), now)


def extend(
    storage, claims, campaign_id: str, revision: int, assess_until: datetime, review_until: datetime, reason: str, now: datetime
) -> Campaign:
    """More time for everybody. Raises CampaignUnknown, Outpaced, NotOpen, OnlyLater, NotReady."""
    before = _of_organiser(storage, claims, campaign_id, revision)
    after = before.extended(assess_until, review_until, now)
    return storage.campaigns.save(before, after, [], _entry("campaign-extended", claims, before, after, reason, now), now)


def _of_organiser(storage, claims, campaign_id: str, revision: int) -> Campaign:
    claims.require("organiser", "contest", campaign_id)
    found = storage.campaigns.get(campaign_id)
    if found.revision != revision:
        raise Outpaced()
    return found


def _entry(what: str, claims, before: Campaign | None, after: Campaign, reason: str, now: datetime) -> Entry:
    sides = changed(before.shown() if before else {}, after.shown())
    return Entry(what, claims.user_id, now, after.campaign_id, after.campaign_id, reason, *sides)
