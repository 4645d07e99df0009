"""What counts of each person in a running round: a document a person, in the order of points by an index.

A row knows how much it has seen: corrections first, then attempts. What has seen more is never overwritten by what has seen
less, so listeners, replicas and builders may write in any order.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from pymongo import ASCENDING, DESCENDING, ReplaceOne
from pymongo.errors import BulkWriteError

from hoithi_scoring.domain.levels import Level
from hoithi_scoring.domain.ranking import Counted
from hoithi_scoring.domain.units import Group
from hoithi_scoring.storage.inserting import insert_new, taken

ERA = 1_000_000  # more attempts than a person can have in a round
COUNTED = ("division", "attempts", "perfect", "unit_id", "party_unit_id")
# Levels and units are counted from the index alone.
LEVELS = [("round_id", ASCENDING), ("points", DESCENDING), *((name, ASCENDING) for name in COUNTED)]
PEOPLE, ATTEMPTS = {"$sum": 1}, {"$sum": "$attempts"}
PERFECT = {"$sum": {"$cond": ["$perfect", 1, 0]}}


class Owed(NamedTuple):
    """People of a round who are to be looked at again, `key` of the note that says so, `at` when it was made."""

    key: object
    round_id: str
    persons: list[str]
    at: datetime


class Standings:
    def __init__(self, standings, owed):
        self.standings, self.notes = standings, owed

    def ensure_indexes(self):
        self.standings.create_index(LEVELS, name="levels")

    def keep(self, round_id: str, era: int, rows: list[Counted], users: dict[str, str]) -> None:
        """Keep what counts of some people in this era, unless more is known. `users`: pseudonym -> user id."""
        made = [_document(round_id, era, row, users[row.person]) for row in rows]
        first = [document for document in made if document["attempts"] == 1]
        # Most people come for the first time.
        known = {document["_id"] for document in insert_new(self.standings, first)}
        later = [document for document in made if document["attempts"] > 1 or document["_id"] in known]
        self._write([ReplaceOne(_before(document["_id"], document["seen"]), document, upsert=True) for document in later])

    def _write(self, writes: list) -> None:
        try:
            if writes:
                self.standings.bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            taken(error)  # there is one that has seen as much

    def remove(self, round_id: str, era: int, persons: Iterable[str]) -> None:
        """Nothing of these people counts in this era."""
        gone = [_id(round_id, person) for person in persons]
        self.standings.delete_many({"_id": {"$in": gone}, "seen": {"$lt": era * ERA}})

    def levels(self, round_id: str) -> tuple[Level, ...]:
        found = self._counted(round_id, ("points", "division"), people=PEOPLE, attempts=ATTEMPTS, perfect=PERFECT)
        return tuple(Level(**one) for one in found)

    def groups(self, round_id: str) -> list[Group]:
        """What the people of each unit have together."""
        sums = {"participants": PEOPLE, "attempts": ATTEMPTS, "points": {"$sum": "$points"}, "perfect": PERFECT}
        return [Group(**one) for one in self._counted(round_id, ("unit_id", "party_unit_id"), **sums)]

    def _counted(self, round_id: str, by: tuple[str, ...], **sums) -> Iterator[dict]:
        group = {"_id": {name: f"${name}" for name in by}, **sums}
        for one in self.standings.aggregate([{"$match": {"round_id": round_id}}, {"$group": group}], hint="levels"):
            yield {**one.pop("_id"), **one}

    def on_level(self, round_id: str, points: int) -> list[tuple[Counted, str]]:
        """(row, user id) of everybody with so many points, in no promised order."""
        found = self.standings.find({"round_id": round_id, "points": points})
        return [(Counted(*(one[name] for name in Counted._fields)), one["user_id"]) for one in found]

    def drop(self, round_id: str) -> None:
        """The round has a finished table."""
        self.standings.delete_many({"round_id": round_id})

    # Those who are looked at later

    def owe(self, round_id: str, persons: Iterable[str], now: datetime) -> None:
        self.notes.insert_one({"round_id": round_id, "persons": sorted(persons), "at": now})

    def oldest_owed(self) -> Owed | None:
        return self._owed(ASCENDING)

    def newest_owed(self) -> Owed | None:
        return self._owed(DESCENDING)

    def _owed(self, order: int) -> Owed | None:
        found = self.notes.find_one({}, sort=[("_id", order)])
        return found and Owed(found["_id"], found["round_id"], found["persons"], found["at"])

    def paid(self, owed: Owed) -> None:
        self.notes.delete_one({"_id": owed.key})


def _document(round_id: str, era: int, row: Counted, user_id: str) -> dict:
    seen = era * ERA + row.attempts
    return {"_id": _id(round_id, row.person), "round_id": round_id, **row._asdict(), "user_id": user_id, "seen": seen}


def _before(key: str, seen: int) -> dict:
    return {"_id": key, "seen": {"$lt": seen}}


def _id(round_id: str, person: str) -> str:
    return f"{round_id}|{person}"
