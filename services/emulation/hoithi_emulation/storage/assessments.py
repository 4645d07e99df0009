"""Assessments with their outbox; whoever saves says which revision it was made from."""

import dataclasses
from collections.abc import Iterable
from datetime import datetime

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import Event, envelope
from hoithi_emulation.domain.assessment import Assessment, Claim, Evidence, Judgement
from hoithi_emulation.domain.refusals import AssessmentUnknown, Outpaced
from hoithi_store import Audit, Entry

NO_OUTBOX = {"outbox": 0}
PARTS = {"claims": Claim, "judgements": Judgement, "files": Evidence}


class Assessments:
    def __init__(self, assessments, audit: Audit):
        self.assessments, self.audit = assessments, audit

    def ensure_indexes(self):
        """For a campaign's lists, and for what a person has."""
        self.assessments.create_index([("campaign_id", ASCENDING), ("unit_id", ASCENDING)], name="campaign")
        self.assessments.create_index([("user_id", ASCENDING)], name="person")
        self.assessments.create_index([("state", ASCENDING)], name="state")

    def get(self, assessment_id: str) -> Assessment:
        """Raises AssessmentUnknown."""
        found = self.assessments.find_one({"_id": assessment_id}, NO_OUTBOX)
        if found is None:
            raise AssessmentUnknown()
        return _assessment(found)

    def of_campaign(self, campaign_id: str, unit_ids: Iterable[str] | None = None) -> list[Assessment]:
        """Of these units, or of all."""
        within = {} if unit_ids is None else {"unit_id": {"$in": sorted(unit_ids)}}
        found = self.assessments.find({"campaign_id": campaign_id, **within}, NO_OUTBOX).sort("_id", ASCENDING)
        return [_assessment(each) for each in found]

    def of_person(self, user_id: str) -> list[Assessment]:
        """Those a person writes about itself."""
        return [_assessment(each) for each in self.assessments.find({"user_id": user_id}, NO_OUTBOX)]

    def waiting(self, campaign_id: str) -> int:
        """How many are handed in and not reviewed."""
        return self.assessments.count_documents({"campaign_id": campaign_id, "state": "handed-in"})

    def tally(self) -> dict[str, int]:
        """State -> how many there are."""
        counted = self.assessments.aggregate([{"$group": {"_id": "$state", "count": {"$sum": 1}}}])
        return {found["_id"]: found["count"] for found in counted}

    def begin(self, assessment: Assessment, entry: Entry | None = None) -> Assessment:
        """Keep a new one, with its entry; the one that is there when somebody was quicker."""
        document = _document(assessment)
        try:
            self.audit.with_change(lambda session: self.assessments.insert_one(document, session=session).acknowledged, entry)
        except DuplicateKeyError:
            return self.get(assessment.assessment_id)
        return assessment

    def save(
        self, before: Assessment, after: Assessment, now: datetime, entry: Entry | None = None, events: Iterable[Event] = ()
    ) -> Assessment:
        """The new state, with entry and events. Raises Outpaced when `before` is no longer what is kept."""
        saved = dataclasses.replace(after, revision=before.revision + 1)
        update: dict = {"$set": _document(saved)}
        envelopes = [envelope(event, now) for event in events]
        if envelopes:
            update["$push"] = {"outbox": {"$each": envelopes}}
        same = {"_id": before.assessment_id, "revision": before.revision}

        def write(session) -> bool:
            return self.assessments.update_one(same, update, session=session).matched_count == 1

        if not self.audit.with_change(write, entry):
            raise Outpaced()
        return saved


def _document(assessment: Assessment) -> dict:
    kept = dataclasses.asdict(assessment)
    lists = {name: list(kept[name]) for name in PARTS}
    return {"_id": kept.pop("assessment_id"), **kept, **lists}


def _assessment(found: dict) -> Assessment:
    parts = {name: tuple(cls(**each) for each in found.pop(name)) for name, cls in PARTS.items()}
    return Assessment(assessment_id=found.pop("_id"), **found, **parts)
