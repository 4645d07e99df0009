"""Rosters: one document per contest, its events inside."""

from datetime import datetime

from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import envelope
from hoithi_registration.domain.refusal import ChangedMeanwhile
from hoithi_registration.domain.roster import Roster
from hoithi_store import Audit, Entry, in_one_step


class Rosters:
    def __init__(self, database: Database):
        self.database = database
        self.rosters = database["rosters"]
        self.audit = Audit(database)

    def get(self, contest_id: str) -> Roster:
        """The roster; one of revision 0 when none was saved."""
        found = self.rosters.find_one({"_id": contest_id}, {"outbox": 0})
        return _roster(found) if found else Roster(contest_id)

    def save(self, roster: Roster, now: datetime, entry: Entry | None = None) -> Roster:
        """Keep the roster, with its events once it is frozen. Raises ChangedMeanwhile."""
        document = _document(roster) | {"outbox": [envelope(fact, now) for fact in roster.facts()] if roster.frozen_at else []}
        before = {"_id": roster.contest_id, "revision": roster.revision - 1}

        def work(session: ClientSession):
            saved = self.rosters.replace_one(before, document, upsert=roster.revision == 1, session=session)
            if not (saved.matched_count or saved.upserted_id is not None):
                raise ChangedMeanwhile()
            self.audit.note(entry or _entry(roster, now), session)

        try:
            in_one_step(self.database, work)
        except DuplicateKeyError as error:  # somebody else saved the first draft
            raise ChangedMeanwhile() from error
        return roster


def _entry(roster: Roster, now: datetime) -> Entry:
    people = sum(row["headcount"] for row in roster.rows)
    before = {"revision": roster.revision - 1} if roster.revision > 1 else {}
    after = {"revision": roster.revision, "units": len(roster.rows), "people": people}
    what, by = ("roster-frozen", roster.frozen_by) if roster.frozen_at else ("roster-drafted", roster.changed_by)
    return Entry(what, by, now, roster.contest_id, roster.contest_id, before=before, after=after)


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
