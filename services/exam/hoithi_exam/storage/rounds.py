"""Rounds as documents. Every change is conditional on the revision that was read."""

from dataclasses import asdict
from datetime import datetime

from pymongo import ASCENDING, UpdateOne

from hoithi_contracts.event import Event, envelope
from hoithi_exam.domain.halt import Halt
from hoithi_exam.domain.round import Correction, Extension, Round, UnknownRound
from hoithi_exam.domain.rules import plain, rules_from
from hoithi_exam.storage.contests import tell_again
from hoithi_exam.storage.memory import Memory
from hoithi_store import Audit, Entry

NOT_LOADED = {"outbox": 0}
UNFINISHED = ["planned", "open", "closing"]


class Rounds:
    """`changed_at` is MongoDB's clock at the last change: the fence before counting is measured by it."""

    def __init__(self, database, memory_s: float, fence_s: float):
        self.collection, self.audit = database["rounds"], Audit(database)
        self.memory = Memory(memory_s)
        self.fence_ms = int(fence_s * 1000)

    def ensure_indexes(self) -> None:
        self.collection.create_index(
            [("opens_at", ASCENDING)], name="unfinished", partialFilterExpression={"state": {"$in": UNFINISHED}}
        )
        self.collection.create_index([("contest_id", ASCENDING), ("number", ASCENDING)], name="contest")

    def get(self, round_id: str) -> Round:
        """As it is now; raises UnknownRound."""
        return self._known(self._load(round_id))

    def remembered(self, round_id: str) -> Round:
        """As it was at most about a second ago; raises UnknownRound."""
        return self._known(self.memory.get(round_id, lambda: self._load(round_id)))

    def of(self, contest_id: str) -> list[Round]:
        """The rounds of a contest by number."""
        found = self.collection.find({"contest_id": contest_id}, NOT_LOADED).sort("number", ASCENDING)
        return [_round(document) for document in found]

    def ids(self) -> list[str]:
        """The ids of all rounds that ever were planned."""
        return [document["_id"] for document in self.collection.find({}, {"_id": 1})]

    def unfinished(self, now: datetime) -> list[Round]:
        """Rounds whose opening has come and that are not closed yet, by opening."""
        due = {"state": {"$in": UNFINISHED}, "opens_at": {"$lte": now}}
        return [_round(document) for document in self.collection.find(due, NOT_LOADED).sort("opens_at", ASCENDING)]

    def plan(self, rounds: list[Round]) -> None:
        """Make the rounds that do not exist yet."""
        made = [UpdateOne({"_id": round_.round_id}, {"$setOnInsert": _document(round_)}, upsert=True) for round_ in rounds]
        if made:
            self.collection.bulk_write(made, ordered=False)

    def change(
        self, before: Round, after: Round, fact: Event | None = None, now: datetime | None = None, entry: Entry | None = None
    ) -> bool:
        """Save state and event together, an organiser's act with its entry; False when it was changed meanwhile."""
        done = self.audit.with_change(lambda session: self.write(before, after, fact, now, session), entry)
        self.memory.forget(before.round_id)
        return done

    def write(self, before: Round, after: Round, fact: Event | None, now: datetime | None, session=None) -> bool:
        """Part of `change`, or of a larger transaction; who remembers the round must forget it afterwards."""
        update = {"$set": {**_document(after), "revision": before.revision + 1}, "$currentDate": {"changed_at": True}}
        if fact is not None:
            update["$push"] = {"outbox": envelope(fact, now)}
        unchanged = {"_id": before.round_id, "revision": before.revision}
        return self.collection.update_one(unchanged, update, session=session).matched_count == 1

    def tell_again(self, round_id: str, facts: list[Event], now: datetime) -> int:
        """Put events back into the outbox, where they do not wait already; returns how many."""
        return tell_again(self.collection, round_id, facts, now)

    def is_fenced(self, round_: Round) -> bool:
        """Whether no door can remember the closing round as open any more."""
        age = {"$subtract": ["$$NOW", "$changed_at"]}
        stopped = {"_id": round_.round_id, "state": "closing", "$expr": {"$gte": [age, self.fence_ms]}}
        return self.collection.find_one(stopped, {"_id": 1}) is not None

    def _load(self, round_id: str) -> Round | None:
        found = self.collection.find_one({"_id": round_id}, NOT_LOADED)
        return _round(found) if found else None

    def _known(self, round_: Round | None) -> Round:
        if round_ is None:
            raise UnknownRound()
        return round_


def _document(round_: Round) -> dict:
    document = {name: value for name, value in vars(round_).items() if name != "round_id"}
    return {
        **document,
        "rules": plain(round_.rules),
        "banks": dict(round_.banks),
        "extensions": [asdict(extension) for extension in round_.extensions],
        "corrections": [asdict(correction) for correction in round_.corrections],
        "halts": [asdict(halt) for halt in round_.halts],
    }


def _round(found: dict) -> Round:
    fields = {name: value for name, value in found.items() if name not in ("_id", "changed_at")}
    made = {
        "round_id": found["_id"],
        "rules": rules_from(found["rules"]),
        "extensions": tuple(Extension(**extension) for extension in found["extensions"]),
        "corrections": tuple(Correction(**correction) for correction in found["corrections"]),
        "halts": tuple(Halt(**halt) for halt in found.get("halts", ())),
    }
    return Round(**{**fields, **made})
