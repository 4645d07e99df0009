"""Complaints with what was said about them and their outbox; each change together with its entry in the audit log."""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date, datetime

from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import Event, envelope
from hoithi_scoring.domain.complaints import OPEN, STATES, Complaint, Word
from hoithi_scoring.domain.refusals import ComplaintUnknown, OneIsOpen, Outpaced
from hoithi_scoring.storage.contests import Contests
from hoithi_store import Audit, Entry, in_one_step

TRIES = 5
NO_OUTBOX = {"outbox": 0}
NEXT_AFTER_COLON = ";"
MOST_OWN = 200
Decide = Callable[[Complaint], tuple[Complaint, list[Event]]]


class Complaints:
    def __init__(self, database):
        self.database, self.complaints = database, database["complaints"]
        self.audit, self.contests = Audit(database), Contests(database["contests"])

    def ensure_indexes(self):
        """For the person, for the organiser's list, for what is not decided yet."""
        self.complaints.create_index([("user_id", ASCENDING), ("received_at", ASCENDING)], name="own")
        self.complaints.create_index([("contest_id", ASCENDING), ("decide_by", ASCENDING), ("_id", ASCENDING)], name="contest")
        self.complaints.create_index([("round_id", ASCENDING), ("decide_by", ASCENDING), ("_id", ASCENDING)], name="round")
        self.complaints.create_index([("state", ASCENDING), ("round_id", ASCENDING), ("decide_by", ASCENDING)], name="state")

    def get(self, complaint_id: str) -> Complaint:
        """Raises ComplaintUnknown."""
        found = self.complaints.find_one({"_id": complaint_id}, NO_OUTBOX)
        if found is None:
            raise ComplaintUnknown()
        return _complaint(found)

    def of_person(self, user_id: str) -> list[Complaint]:
        """A person's own, the newest first."""
        found = self.complaints.find({"user_id": user_id}, NO_OUTBOX).sort("received_at", DESCENDING).limit(MOST_OWN)
        return [_complaint(each) for each in found]

    def beginning_with(self, beginning: str) -> list[Complaint]:
        """Those whose id begins so; it ends with a colon."""
        ids = {"$gte": beginning, "$lt": beginning[:-1] + NEXT_AFTER_COLON}
        return [_complaint(each) for each in self.complaints.find({"_id": ids}, NO_OUTBOX)]

    def page(self, contest_id: str, wanted: dict, overdue_at: datetime | None, after: str, limit: int) -> list[Complaint]:
        """A contest's complaints, the most urgent first, those after the one with that id. `wanted`: state, kind, round_id."""
        late = {"decide_by": {"$lte": overdue_at}, "state": {"$in": list(OPEN)}} if overdue_at else {}
        conditions = {"$and": [{"contest_id": contest_id, **wanted}, late, self._later(after)]}
        # In the order of an index; where only some states are wanted there may be few, then MongoDB knows better.
        index = None if "state" in wanted else "round" if "round_id" in wanted else "contest"
        found = self.complaints.find(conditions, NO_OUTBOX, hint=index)
        order = [("decide_by", ASCENDING), ("_id", ASCENDING)]
        return [_complaint(each) for each in found.sort(order).limit(limit)]

    def _later(self, after: str) -> dict:
        """Where the day for a decision was moved meanwhile, the list goes on from the new one."""
        last = self.complaints.find_one({"_id": after}, {"decide_by": 1}) if after else None
        if last is None:
            return {}
        place = [{"decide_by": {"$gt": last["decide_by"]}}, {"decide_by": last["decide_by"], "_id": {"$gt": after}}]
        return {"decide_by": {"$gte": last["decide_by"]}, "$or": place}

    def count_open(self, round_id: str | None = None, due_before: datetime | None = None) -> int:
        """How many are not decided: about a round, or all; with `due_before` those that are overdue then."""
        wanted: dict = {"state": {"$in": list(OPEN)}}
        wanted |= {"round_id": round_id} if round_id else {}
        wanted |= {"decide_by": {"$lte": due_before}} if due_before else {}
        return self.complaints.count_documents(wanted, hint="state")

    def tally(self, round_id: str) -> dict[str, int]:
        """How many of a round are open, and how many ended in which way."""
        ends = {state: self._count(round_id, [state]) for state in STATES if state not in OPEN}
        return {"open": self._count(round_id, list(OPEN)), **ends}

    def _count(self, round_id: str, states: list[str]) -> int:
        return self.complaints.count_documents({"state": {"$in": states}, "round_id": round_id}, hint="state")

    def add(self, complaint: Complaint, events: list[Event], now: datetime) -> Complaint:
        """Keep a new one, with event and entry. Raises OneIsOpen when another tab or device was quicker."""
        document = _document(complaint) | {"outbox": _envelopes(events, now)}

        def write(session) -> bool:
            return self.complaints.insert_one(document, session=session).acknowledged

        try:
            self.audit.with_change(write, _entry("complaint-received", None, complaint, complaint.user_id, "", now))
        except DuplicateKeyError as error:
            raise OneIsOpen() from error
        return complaint

    def change(self, complaint_id: str, what: str, by: str, reason: str, decide: Decide, now: datetime) -> Complaint:
        """Load, decide, save with events and entry; decided again when somebody else saved meanwhile."""
        for _ in range(TRIES):
            before = self.get(complaint_id)
            after, events = decide(before)
            if after == before or self._save(before, after, events, what, by, reason, now):
                return after
        raise Outpaced(complaint_id)

    def _save(self, before, after, events, what, by, reason, now) -> bool:
        update = {"$set": _document(after) | {"version": before.version + 1}}
        if events:
            update["$push"] = {"outbox": {"$each": _envelopes(events, now)}}
        same = {"_id": before.complaint_id, "version": before.version}

        def write(session) -> bool:
            return self.complaints.update_one(same, update, session=session).matched_count == 1

        return self.audit.with_change(write, _entry(what, before, after, by, reason, now))

    def forget(self, user_id: str, now: datetime) -> None:
        """No word of an erased person stays, neither here nor in the audit log; again changes nothing."""
        for found in self.complaints.find({"user_id": user_id}, NO_OUTBOX):
            self._forget(_complaint(found), now)

    def _forget(self, complaint: Complaint, now: datetime) -> None:
        changes = _document(complaint.forgotten(now)) | {"version": complaint.version + 1}

        def work(session):
            self.complaints.update_one({"_id": complaint.complaint_id}, {"$set": changes}, session=session)
            self.audit.blank(complaint.complaint_id, session)

        if not complaint.erased:
            in_one_step(self.database, work)

    def name_holidays(
        self, contest_id: str, before: Iterable[date], after: Iterable[date], due: dict[str, datetime], by: str, reason: str,
        now: datetime,
    ) -> None:  # fmt: skip
        """Keep a contest's holidays, with their entry; `due`: round -> by when its open complaints are to be decided now."""

        def write(session) -> bool:
            self.contests.name_holidays(contest_id, after, session)
            for round_id, decide_by in due.items():
                still_open = {"state": {"$in": list(OPEN)}, "round_id": round_id}
                moved = {"$set": {"decide_by": decide_by}, "$inc": {"version": 1}}
                self.complaints.update_many(still_open, moved, session=session)
            return True

        sides = ({"days": [str(day) for day in sorted(days)]} for days in (before, after))
        self.audit.with_change(write, Entry("holidays-named", by, now, contest_id, contest_id, reason, *sides))


def _entry(what: str, before: Complaint | None, after: Complaint, by: str, reason: str, now: datetime) -> Entry:
    sides = {"state": before.state} if before else {}, {"state": after.state}
    return Entry(what, by, now, after.contest_id, after.complaint_id, reason, *sides)


def _envelopes(events: list[Event], now: datetime) -> list[dict]:
    return [envelope(event, now) for event in events]


def _document(complaint: Complaint) -> dict:
    document = dataclasses.asdict(complaint)
    return {"_id": document.pop("complaint_id"), **document, "said": [dataclasses.asdict(word) for word in complaint.said]}


def _complaint(found: dict) -> Complaint:
    said = tuple(Word(**word) for word in found.pop("said"))
    return Complaint(complaint_id=found.pop("_id"), said=said, **found)
