"""Rosters: one document per contest, its events inside."""

from datetime import datetime

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import envelope
from hoithi_registration.domain.refusal import ChangedMeanwhile
from hoithi_registration.domain.roster import Roster


class Rosters:
    def __init__(self, database: Database):
        self.rosters = database["rosters"]

    def get(self, contest_id: str) -> Roster:
        """The roster; one of revision 0 when none was saved."""
        found = self.rosters.find_one({"_id": contest_id}, {"outbox": 0})
        return _roster(found) if found else Roster(contest_id)

    def save(self, roster: Roster, now: datetime) -> Roster:
        """Keep the roster, with its events once it is frozen. Raises ChangedMeanwhile."""
        document = _document(roster) | {"outbox": [envelope(fact, now) for fact in roster.facts()] if roster.frozen_at else []}
        before = {"_id": roster.contest_id, "revision": roster.revision - 1}
        try:
            saved = self.rosters.replace_one(before, document, upsert=roster.revision == 1)
        except DuplicateKeyError as error:  # somebody else saved the first draft
            raise ChangedMeanwhile() from error
        if not (saved.matched_count or saved.upserted_id is not None):
            raise ChangedMeanwhile()
        return roster


def _document(roster: Roster) -> dict:
    return {
        "_id": roster.contest_id,
        "revision": roster.revision,
        "rows": roster.rows,
        "changed_by": roster.changed_by,
        "changed_at": roster.changed_at,
        "frozen_by": roster.frozen_by,
        "frozen_at": roster.frozen_at,
    }


def _roster(document: dict) -> Roster:
    headcounts = {row["unit_id"]: row["headcount"] for row in document.pop("rows")}
    return Roster(contest_id=document.pop("_id"), headcounts=headcounts, **document)
