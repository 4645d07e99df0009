"""Rosters: one document per contest, its events inside."""

from datetime import datetime

from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import envelope
from hoithi_registration.domain.refusal import ChangedMeanwhile
from hoithi_registration.domain.roster import Roster
from hoithi_store import Audit, Entry


class Rosters:
    def __init__(self, database: Database):
        self.rosters, self.audit = database["rosters"], Audit(database)

    def get(self, contest_id: str) -> Roster:
        """The roster; one of revision 0 when none was saved."""
        found = self.rosters.find_one({"_id": contest_id}, {"outbox": 0})
        return _roster(found) if found else Roster(contest_id)

    def save_imported(self, roster: Roster, entry: Entry, now: datetime) -> Roster:
        """As `save`, with an entry in the log in the same step."""
        self.audit.with_change(lambda session: self.save(roster, now, session) is roster, entry)
        return roster

    def save(self, roster: Roster, now: datetime, session: ClientSession | None = None) -> Roster:
        """Keep the roster, with its events once it is frozen. Raises ChangedMeanwhile."""
        document = _document(roster) | {"outbox": [envelope(fact, now) for fact in roster.facts()] if roster.frozen_at else []}
        before = {"_id": roster.contest_id, "revision": roster.revision - 1}
        try:
            saved = self.rosters.replace_one(before, document, upsert=roster.revision == 1, session=session)
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
