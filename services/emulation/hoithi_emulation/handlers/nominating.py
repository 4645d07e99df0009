"""Ranking and nomination: seen by organisers while it changes, by officers once it is decided."""

from dataclasses import replace
from datetime import datetime

from hoithi_emulation.domain import nomination
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.nomination import Change, Nominations, Nominee
from hoithi_emulation.domain.ranking import Row, ranked
from hoithi_emulation.domain.refusals import AwardUnknown, NotDecidedYet, NotRanked, Outpaced, ReviewsWait
from hoithi_emulation.handlers import campaigns, counting, rights
from hoithi_store import Entry


def ranking(storage, claims, campaign_id: str) -> tuple[Campaign, list[Row]]:
    """Officers see all collectives, and the individuals of the own unit and below. Raises CampaignUnknown, NotDecidedYet."""
    campaign = _seen(storage, claims, campaign_id)
    rows = rows_of(storage, campaign)
    if rights.organises(claims, campaign_id):
        return campaign, rows
    units = storage.units.all()
    return campaign, [row for row in rows if row.kind == "collective" or rights.sees_unit(claims, row.unit_id, units)]


def _seen(storage, claims, campaign_id: str) -> Campaign:
    campaign = campaigns.show(storage, claims, campaign_id)
    if not rights.organises(claims, campaign_id) and campaign.state != "decided":
        raise NotDecidedYet()
    return campaign


def rows_of(storage, campaign: Campaign) -> list[Row]:
    """What was decided stays as it was, whatever is counted anew since."""
    kept = storage.nominations.decided(campaign.campaign_id)
    if campaign.state == "decided" and kept is not None:
        return kept
    found = storage.assessments.of_campaign(campaign.campaign_id)
    return ranked(campaign, found, counting.counted(storage, campaign, found))


def nominations(storage, claims, campaign_id: str) -> tuple[Campaign, Nominations]:
    """Officers see who is nominated; who was passed over, and why, is the organiser's. Raises as `ranking`."""
    campaign = _seen(storage, claims, campaign_id)
    found = nomination.nominate(campaign, rows_of(storage, campaign), storage.nominations.of(campaign_id))
    return campaign, found if rights.organises(claims, campaign_id) else replace(found, passed_over=())


def change(storage, claims, campaign_id: str, body: dict, now: datetime) -> tuple[Campaign, Nominations]:
    """Add, leave out, or undo either. Raises CampaignUnknown, NotOpen, NotRanked, AwardUnknown."""
    claims.require("organiser", "contest", campaign_id)
    campaign = storage.campaigns.get(campaign_id)
    campaign.require_open()
    row = next((row for row in rows_of(storage, campaign) if row.assessment_id == body["assessment_id"]), None)
    if row is None:
        raise NotRanked()
    award = campaign.rules.award(body["award"])
    if award is None or award.subject != row.kind:
        raise AwardUnknown()
    made = Change(**body, by=claims.user_id, at=now)
    told = {"award": body["award"], "act": body["act"]}
    entry = Entry("nomination-changed", claims.user_id, now, campaign_id, row.assessment_id, body["reason"], after=told)
    storage.nominations.add(campaign_id, made, entry)
    return nominations(storage, claims, campaign_id)


def decide(storage, claims, campaign_id: str, revision: int, now: datetime) -> tuple[Campaign, Nominations]:
    """The list stands from now on. Raises CampaignUnknown, Outpaced, NotOpen, ReviewsWait."""
    claims.require("organiser", "contest", campaign_id)
    before = storage.campaigns.get(campaign_id)
    if before.revision != revision:
        raise Outpaced()
    before.require_open()
    waiting = storage.assessments.waiting(campaign_id)
    if waiting and now < before.review_until:
        raise ReviewsWait(waiting, before.review_until)
    rows = rows_of(storage, before)
    found = nomination.nominate(before, rows, storage.nominations.of(campaign_id))
    after = before.decided(nomination.digest(found.nominees), now)
    event = nomination.nominated_event(after, found.nominees, *_writers(storage, campaign_id, found))
    told = {"digest": after.digest, "nominees": len(found.nominees)}
    entry = Entry("awards-decided", claims.user_id, now, campaign_id, campaign_id, before={"state": "open"}, after=told)
    # The rows first: a crash between leaves rows of a campaign that is still open, which nobody reads.
    storage.nominations.keep(campaign_id, rows)
    return storage.campaigns.save(before, after, [event], entry, now), found


def _writers(storage, campaign_id: str, found: Nominations) -> tuple[list[str], list[str]]:
    """(who handed in what is nominated, those of them who wrote only about themselves)."""
    nominated = {each.row.assessment_id for each in found.nominees}
    handed = [each for each in storage.assessments.of_campaign(campaign_id) if each.assessment_id in nominated]
    writers = {each.handed_in_by for each in handed}
    return sorted(writers), sorted(writers - {each.handed_in_by for each in handed if each.user_id is None})


def to_export(storage, claims, campaign_id: str, what: str, now: datetime) -> tuple[Campaign, list[Row], tuple[Nominee, ...]]:
    """What a file is made of; every file is noted in the log before it is handed out. Raises CampaignUnknown."""
    claims.require("organiser", "contest", campaign_id)
    campaign, found = nominations(storage, claims, campaign_id)
    entry = Entry("emulation-exported", claims.user_id, now, campaign_id, campaign_id, after={"what": what})
    storage.audit.with_change(lambda session: True, entry)
    return campaign, rows_of(storage, campaign), found.nominees
