"""Contests as documents."""

from dataclasses import asdict
from datetime import datetime

from pymongo import ASCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import Event, envelope
from hoithi_contracts.exam import RoundPlan
from hoithi_exam.domain.contest import Amendment, Contest, ContestExists, UnknownContest
from hoithi_exam.domain.rules import plain, rules_from
from hoithi_exam.storage.memory import Memory
from hoithi_store import Audit, Entry

NO_OUTBOX = {"outbox": 0}


def tell_again(collection, key: str, facts: list[Event], now: datetime) -> int:
    """Put events of a document back into its outbox, where they do not wait already; returns how many."""
    waiting = [(fact.event_id, envelope(fact, now)) for fact in facts]
    updates = [UpdateOne({"_id": key, "outbox.id": {"$ne": id_}}, {"$push": {"outbox": told}}) for id_, told in waiting]
    return collection.bulk_write(updates).modified_count if updates else 0


class Contests:
    """`settled`: the rounds of a published contest were made."""

    def __init__(self, database, memory_s: float):
        self.collection, self.audit = database["contests"], Audit(database)
        self.memory = Memory(memory_s)

    def get(self, contest_id: str) -> Contest:
        """Raises UnknownContest."""
        found = self.collection.find_one({"_id": contest_id}, NO_OUTBOX)
        if found is None:
            raise UnknownContest()
        return _contest(found)

    def published(self, contest_id: str) -> Contest:
        """As it was at most about a second ago, for the public. Raises UnknownContest, also for a draft."""
        found = self.memory.get(contest_id, lambda: self._published(contest_id))
        if found is None:
            raise UnknownContest()
        return found

    def _published(self, contest_id: str) -> Contest | None:
        found = self.collection.find_one({"_id": contest_id, "state": "published"}, NO_OUTBOX)
        return _contest(found) if found else None

    def all(self) -> list[Contest]:
        """Every contest, oldest first; there are few."""
        return [_contest(found) for found in self.collection.find({}, NO_OUTBOX).sort("_id", ASCENDING)]

    def add(self, contest: Contest, entry: Entry | None = None) -> Contest:
        """Raises ContestExists."""
        document = {"_id": contest.contest_id, **_document(contest)}
        try:
            self.audit.with_change(lambda session: bool(self.collection.insert_one(document, session=session)), entry)
        except DuplicateKeyError as error:
            raise ContestExists(contest.contest_id) from error
        return contest

    def change(
        self, before: Contest, after: Contest, fact: Event | None = None, now: datetime | None = None, entry: Entry | None = None
    ) -> bool:
        """Save state and event together, an organiser's act with its entry; False when it was changed meanwhile."""
        return self.audit.with_change(lambda session: self.write(before, after, fact, now, session), entry)

    def write(self, before: Contest, after: Contest, fact: Event | None, now: datetime | None, session=None) -> bool:
        """`change`, or part of a larger transaction."""
        update: dict = {"$set": _document(after)}
        if fact is not None:
            update["$push"] = {"outbox": envelope(fact, now)}
        unchanged = {"_id": before.contest_id, "revision": before.revision, "state": before.state}
        return self.collection.update_one(unchanged, update, session=session).matched_count == 1

    def tell_again(self, contest_id: str, facts: list[Event], now: datetime) -> int:
        """Put events back into the outbox, where they do not wait already; returns how many."""
        return tell_again(self.collection, contest_id, facts, now)

    def unsettled(self) -> list[Contest]:
        """Published contests whose rounds are still to be made."""
        return [_contest(found) for found in self.collection.find({"state": "published", "settled": {"$ne": True}}, NO_OUTBOX)]

    def settled(self, contest_id: str) -> None:
        self.collection.update_one({"_id": contest_id}, {"$set": {"settled": True}})


def _document(contest: Contest) -> dict:
    document = {name: value for name, value in vars(contest).items() if name != "contest_id"}
    return {
        **document,
        "rules": plain(contest.rules),
        "rounds": [asdict(plan) for plan in contest.rounds],
        "banks": dict(contest.banks),
        "amendments": [asdict(amendment) for amendment in contest.amendments],
    }


def _contest(found: dict) -> Contest:
    fields = {name: value for name, value in found.items() if name not in ("_id", "settled")}
    rounds = tuple(RoundPlan(**plan) for plan in found["rounds"])
    made = {"contest_id": found["_id"], "rules": rules_from(found["rules"]), "rounds": rounds}
    return Contest(**{**fields, **made, "amendments": tuple(Amendment(**each) for each in found.get("amendments", ()))})
