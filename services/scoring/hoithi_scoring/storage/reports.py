"""Reports of units: the figures of the moment they were made, with the event that announces them."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING

from hoithi_contracts.event import envelope
from hoithi_contracts.scoring import UnitReportReady
from hoithi_scoring.domain.refusals import ReportUnknown


class Reports:
    def __init__(self, reports):
        self.reports = reports

    def ensure_indexes(self):
        self.reports.create_index([("contest_id", ASCENDING), ("unit_id", ASCENDING), ("day", DESCENDING)], name="unit")
        self.reports.create_index([("contest_id", ASCENDING), ("kind", ASCENDING), ("day", ASCENDING)], name="made")

    def keep(self, event: UnitReportReady, figures: dict, now: datetime):
        """Once per unit, kind and day; again changes nothing."""
        names = ("contest_id", "round_id", "unit_id", "kind", "day", "made_at")
        kept = {**{name: getattr(event, name) for name in names}, "figures": figures, "outbox": [envelope(event, now)]}
        self.reports.update_one({"_id": event.report_id}, {"$setOnInsert": kept}, upsert=True)

    def made(self, contest_id: str, kind: str, day: str) -> set[str]:
        """The units whose report of that day is there."""
        found = self.reports.find({"contest_id": contest_id, "kind": kind, "day": day}, {"unit_id": 1}, hint="made")
        return {each["unit_id"] for each in found}

    def of_unit(self, contest_id: str, unit_id: str, limit: int) -> list[dict]:
        """The newest, without their figures."""
        found = self.reports.find({"contest_id": contest_id, "unit_id": unit_id}, {"figures": 0, "outbox": 0}, hint="unit")
        return list(found.sort("day", DESCENDING).limit(limit))

    def get(self, report_id: str) -> dict:
        """Raises ReportUnknown."""
        found = self.reports.find_one({"_id": report_id}, {"outbox": 0})
        if found is None:
            raise ReportUnknown()
        return found
