"""Campaigns with their rules and their outbox; each change together with its entry in the audit log."""

import dataclasses
from datetime import datetime

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import Event, envelope
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.refusals import CampaignTaken, CampaignUnknown, Outpaced
from hoithi_emulation.domain.rules import plain, rules_from
from hoithi_store import Audit, Entry

NO_OUTBOX = {"outbox": 0}


class Campaigns:
    def __init__(self, campaigns, audit: Audit):
        self.campaigns, self.audit = campaigns, audit

    def get(self, campaign_id: str) -> Campaign:
        """Raises CampaignUnknown."""
        found = self.campaigns.find_one({"_id": campaign_id}, NO_OUTBOX)
        if found is None:
            raise CampaignUnknown()
        return _campaign(found)

    def all(self) -> list[Campaign]:
        """A province has a few; the newest period first."""
        found = self.campaigns.find({}, NO_OUTBOX).sort([("from_day", -1), ("_id", ASCENDING)])
        return [_campaign(each) for each in found]

    def add(self, campaign: Campaign, entry: Entry) -> Campaign:
        """Raises CampaignTaken."""
        document = _document(campaign)
        try:
            self.audit.with_change(lambda session: self.campaigns.insert_one(document, session=session).acknowledged, entry)
        except DuplicateKeyError as error:
            raise CampaignTaken() from error
        return campaign

    def save(self, before: Campaign, after: Campaign, events: list[Event], entry: Entry, now: datetime) -> Campaign:
        """The new state with its events. Raises Outpaced when `before` is no longer what is kept."""
        saved = dataclasses.replace(after, revision=before.revision + 1)
        update: dict = {"$set": _document(saved)}
        if events:
            update["$push"] = {"outbox": {"$each": [envelope(event, now) for event in events]}}
        same = {"_id": before.campaign_id, "revision": before.revision}

        def write(session) -> bool:
            return self.campaigns.update_one(same, update, session=session).matched_count == 1

        if not self.audit.with_change(write, entry):
            raise Outpaced()
        return saved


def _document(campaign: Campaign) -> dict:
    kept = {field.name: getattr(campaign, field.name) for field in dataclasses.fields(campaign)}
    return {"_id": kept.pop("campaign_id"), **kept, "rules": plain(campaign.rules)}


def _campaign(found: dict) -> Campaign:
    return Campaign(campaign_id=found.pop("_id"), **{**found, "rules": rules_from(found["rules"])})
