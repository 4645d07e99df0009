"""Attempts as documents. Whoever changes one says in which state it must be: nothing is done twice."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pymongo import ASCENDING, UpdateOne
from pymongo.read_concern import ReadConcern

from hoithi_contracts.event import Event, envelope
from hoithi_exam.domain.attempt import Attempt, UnknownAttempt
from hoithi_exam.storage.grouped import PACE_S, Reads, Writes
from hoithi_exam.storage.memory import Memory
from hoithi_store.outbox import packed

NO_OUTBOX = {"outbox": 0}
NEXT_AFTER_COLON = ";"
NOW = "sheet.$[now]"
NEXT_AFTER_ANY = "\0"
REMEMBERED = 20_000
"""Attempts a process remembers, about 2 kB each: those of the people whom nginx leads to it."""
SHEET = ("answers", "saves", "seq", "saved_at")
"""What saves change. While a paper is open it lies in `sheet`, an array of one element that goes with the submission.

MongoDB finds the document of a save by its id alone, and a condition on the element decides whether anything changes: half the
cost of an update that looks for id and state (docs/decisions/0156).
"""
STORED_OF_SUBMITTED = (
    *SHEET, "state", "prediction", "submitted_at", "by", "late", "answers_digest", "rested_ms",
)  # fmt: skip


class Attempts:
    """The id is "<round>:<user>:<number>": a person's attempts in a round, and a round's attempts, are ranges of it."""

    def __init__(self, database, pace_s: float = PACE_S):
        self.collection = database["attempts"]
        # What is counted, or answered with a receipt once more, must survive the loss of a primary.
        self.certain = self.collection.with_options(read_concern=ReadConcern("majority"))
        self.reads, self.writes = Reads(self.certain, NO_OUTBOX, pace_s), Writes(self.collection, pace_s)
        self.memory: Memory = Memory(most=REMEMBERED)

    def ensure_indexes(self) -> None:
        """Also gives open papers from before there were sheets one."""
        self.collection.create_index(
            [("round_id", ASCENDING), ("deadline_at", ASCENDING)], name="open", partialFilterExpression={"state": "open"}
        )
        without = {"state": "open", "round_id": {"$gt": ""}, "sheet": {"$exists": False}}
        sheet = {name: {"$ifNull": [f"${name}", value]} for name, value in zip(SHEET, ({}, 0, 0, None), strict=True)}
        self.collection.update_many(without, [{"$set": {"sheet": [sheet]}}, {"$unset": list(SHEET)}])

    def get(self, attempt_id: str) -> Attempt:
        """As it is now; raises UnknownAttempt."""
        for found in self.reads([(attempt_id, attempt_id + NEXT_AFTER_ANY)]):
            return self._remember(_attempt(found))
        raise UnknownAttempt()

    def remembered(self, attempt_id: str) -> Attempt:
        """As this process left it, to be changed on condition that it still is so; raises UnknownAttempt.

        Who it belongs to, its paper and its times never change; another process may have saved or submitted it.
        """
        return self.memory.known(attempt_id) or self.get(attempt_id)

    def of(self, user_id: str, round_ids: Iterable[str]) -> list[Attempt]:
        """A person's attempts in these rounds, by round and number."""
        ranges = [(f"{prefix}:", f"{prefix}{NEXT_AFTER_COLON}") for prefix in (f"{each}:{user_id}" for each in round_ids)]
        mine = [_attempt(found) for found in self.reads(ranges) if found["user_id"] == user_id]
        return sorted(mine, key=lambda attempt: (attempt.round_id, attempt.number))

    def insert(self, attempt: Attempt) -> bool:
        """False when the person has an attempt of this number already."""
        return self.writes.insert(_document(attempt)) and self._kept(attempt)

    def save(self, before: Attempt, after: Attempt, changes: dict[str, str]) -> bool:
        """Merge answers into an open attempt; False when it is not open any more or a later save was there before."""
        numbered = after.seq != before.seq
        still = {"now.seq": {"$lt": after.seq} if numbered else {"$gte": 0}}
        stored = {"saved_at": after.saved_at, **({"seq": after.seq} if numbered else {})}
        update: dict = {"$inc": {f"{NOW}.saves": 1}, "$set": {f"{NOW}.{name}": value for name, value in stored.items()}}
        for number, chosen in changes.items():
            update.setdefault("$set" if chosen else "$unset", {})[f"{NOW}.answers.{number}"] = chosen
        return self._change({"_id": before.attempt_id}, update, after, [still])

    def submit(self, before: Attempt, after: Attempt, fact: Event, now: datetime) -> bool:
        """Submitted, with its event, in one write; False when it was saved or submitted meanwhile."""
        return self._change(_unchanged(before), _submission(after, fact, now), after)

    def _change(self, condition: dict, update: dict, after: Attempt, elements: list[dict] | None = None) -> bool:
        if self.writes.update(condition, update, elements):
            return self._kept(after)
        self.memory.forget(after.attempt_id)
        return False

    def _kept(self, attempt: Attempt) -> bool:
        self._remember(attempt)
        return True

    def _remember(self, attempt: Attempt) -> Attempt:
        self.memory.keep(attempt.attempt_id, attempt)
        return attempt

    # For the clock

    def submit_many(self, submissions: Iterable[tuple[Attempt, Attempt, Event]], now: datetime) -> int:
        """Like `submit`; returns how many were still unchanged."""
        return self._write(UpdateOne(_unchanged(before), _submission(after, fact, now)) for before, after, fact in submissions)

    def void_many(self, attempts: Iterable[Attempt]) -> int:
        """Void the attempts that are unchanged; returns how many were."""
        return self._write(UpdateOne(_unchanged(attempt), {"$set": {"state": "void", "sheet": []}}) for attempt in attempts)

    def postpone_many(self, attempts: Iterable[tuple[Attempt, datetime]]) -> int:
        """Store deadlines that moved with an extension."""
        return self._write(UpdateOne(_unchanged(attempt), {"$set": {"deadline_at": at}}) for attempt, at in attempts)

    def _write(self, updates: Iterable[UpdateOne]) -> int:
        updates = list(updates)
        return self.collection.bulk_write(updates, ordered=False).matched_count if updates else 0

    def overdue(self, round_id: str, due: datetime, most: int) -> list[Attempt]:
        """Open attempts of a round whose stored deadline is before `due`, the oldest first."""
        query = {"state": "open", "round_id": round_id, "deadline_at": {"$lt": due}}
        found = self.certain.find(query, NO_OUTBOX).sort("deadline_at", ASCENDING).limit(most)
        return [_attempt(document) for document in found]

    def rounds_with_open(self) -> list[str]:
        """The rounds in which an attempt is open."""
        return self.certain.distinct("round_id", {"state": "open", "round_id": {"$gt": ""}})

    def any_open(self, round_id: str) -> bool:
        """Whether an attempt of the round is open."""
        return self.certain.find_one({"state": "open", "round_id": round_id}, {"_id": 1}) is not None

    def count_submitted(self, round_id: str) -> int:
        """How many attempts of the round were accepted."""
        return self.certain.count_documents({"_id": _range(round_id), "round_id": round_id, "state": "submitted"})

    # For the live board: roughly is good enough, so no majority is asked for

    def count_open(self, round_id: str) -> int:
        """How many papers of the round are open."""
        return self.collection.count_documents({"state": "open", "round_id": round_id})

    def count_begun(self, round_id: str) -> int:
        """How many papers of the round were ever begun; read from the index of ids alone."""
        return self.collection.count_documents({"_id": _range(round_id)})

    # For scoring, when it lacks some

    def submitted_ids(self, round_id: str) -> Iterator[str]:
        """The ids of a round's accepted attempts, as they come from the index."""
        query = {"_id": _range(round_id), "round_id": round_id, "state": "submitted"}
        return (document["_id"] for document in self.certain.find(query, {"_id": 1}))

    def submitted(self, attempt_ids: Iterable[str]) -> list[Attempt]:
        """These attempts, where they are accepted."""
        found = self.certain.find({"_id": {"$in": list(attempt_ids)}, "state": "submitted"}, NO_OUTBOX)
        return [_attempt(document) for document in found]

    def tell_again(self, facts: Iterable[tuple[str, Event]], now: datetime) -> int:
        """Put events of attempts back into the outbox, where they do not wait already; returns how many."""
        return self._write(
            UpdateOne(
                {"_id": attempt_id, "outbox.id": {"$ne": fact.event_id}}, {"$push": {"outbox": packed(envelope(fact, now))}}
            )
            for attempt_id, fact in facts
        )

    # For a person who is forgotten

    def forget(self, user_id: str, round_ids: Iterable[str]) -> None:
        """Drop the sensitive part (the party unit tells of a membership) from a person's attempts."""
        for round_id in round_ids:
            mine = {"_id": _range(f"{round_id}:{user_id}"), "user_id": user_id}
            self.collection.update_many(mine, {"$set": {"party_unit_id": None}})


def _range(prefix: str) -> dict:
    """All ids that begin with "prefix:"."""
    return {"$gte": f"{prefix}:", "$lt": f"{prefix}{NEXT_AFTER_COLON}"}


def _unchanged(attempt: Attempt) -> dict:
    """As it was read. The party unit is forgotten with its person: no event may carry a remembered one."""
    return {"_id": attempt.attempt_id, "state": "open", "sheet.saves": attempt.saves, "party_unit_id": attempt.party_unit_id}


def _submission(after: Attempt, fact: Event, now: datetime) -> dict:
    stored = {name: getattr(after, name) for name in STORED_OF_SUBMITTED}
    return {"$set": {**stored, "sheet": []}, "$push": {"outbox": packed(envelope(fact, now))}}


def _document(attempt: Attempt) -> dict:
    kept = {name: value for name, value in vars(attempt).items() if name != "attempt_id"}
    sheet = [{name: kept.pop(name) for name in SHEET}] if attempt.state == "open" else []
    return {"_id": attempt.attempt_id, **kept, "sheet": sheet}


def _attempt(found: dict) -> Attempt:
    kept = {name: value for name, value in found.items() if name not in ("_id", "sheet")}
    for sheet in found.get("sheet", ()):
        kept |= sheet
    return Attempt(attempt_id=found["_id"], **kept)
