"""What organisers decided beside the rules, each together with its entry in the audit log; and rankings that were decided."""

from collections.abc import Iterable
from dataclasses import asdict

from pymongo import ASCENDING

from hoithi_emulation.domain.nomination import Change
from hoithi_emulation.domain.ranking import Row
from hoithi_store import Audit, Entry


class Nominations:
    """A decided ranking is one document: a province's units and the individuals they name are some thousand rows."""

    def __init__(self, changes, rankings, audit: Audit):
        self.changes, self.rankings, self.audit = changes, rankings, audit

    def ensure_indexes(self):
        self.changes.create_index([("campaign_id", ASCENDING), ("at", ASCENDING)], name="campaign")

    def of(self, campaign_id: str) -> list[Change]:
        """In the order in which they were made."""
        found = self.changes.find({"campaign_id": campaign_id}).sort([("at", ASCENDING), ("_id", ASCENDING)])
        return [Change(**{name: each[name] for name in Change.__dataclass_fields__}) for each in found]

    def add(self, campaign_id: str, change: Change, entry: Entry) -> None:
        document = {"campaign_id": campaign_id, **asdict(change)}
        self.audit.with_change(lambda session: self.changes.insert_one(document, session=session).acknowledged, entry)

    def keep(self, campaign_id: str, rows: Iterable[Row]) -> None:
        """The ranking of the moment of the decision."""
        self.rankings.replace_one({"_id": campaign_id}, {"rows": [_document(row) for row in rows]}, upsert=True)

    def decided(self, campaign_id: str) -> list[Row] | None:
        found = self.rankings.find_one({"_id": campaign_id})
        return found and [_row(each) for each in found["rows"]]

    def forget(self, campaign_id: str, assessment_id: str) -> None:
        """Name and reasons of an individual go; points and place stay."""
        self.changes.update_many({"campaign_id": campaign_id, "assessment_id": assessment_id}, {"$set": {"reason": ""}})
        bare = {"rows.$.name": "", "rows.$.position": ""}
        self.rankings.update_one({"_id": campaign_id, "rows.assessment_id": assessment_id}, {"$set": bare})


def _document(row: Row) -> dict:
    # Codes of criteria may hold dots: pairs, not names of fields.
    return {**asdict(row), "points": [{"code": code, "points": points} for code, points in row.points.items()]}


def _row(found: dict) -> Row:
    points = {pair["code"]: pair["points"] for pair in found["points"]}
    return Row(**{**found, "points": points, "key": tuple(found["key"])})
