"""What organisers decided about attempts, with who, when and why. Nothing here is ever changed."""

from collections.abc import Iterable

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from hoithi_store import Audit, Entry


class Decisions:
    def __init__(self, decisions, audit: Audit):
        self.decisions, self.audit = decisions, audit

    def ensure_indexes(self):
        self.decisions.create_index([("round_id", ASCENDING)], name="round")

    def add(self, decision: dict, entry: Entry) -> dict:
        """Keep a decision about the attempt `_id`, with its entry; the first one stays. Returns what is kept."""
        try:
            self.audit.with_change(lambda session: self.decisions.insert_one(decision, session=session).acknowledged, entry)
        except DuplicateKeyError:
            return self.decisions.find_one({"_id": decision["_id"]})
        return decision

    def of_round(self, round_id: str) -> list[dict]:
        return list(self.decisions.find({"round_id": round_id}).sort("_id", ASCENDING))

    def among(self, attempt_ids: Iterable[str]) -> list[dict]:
        """Those about these attempts."""
        return list(self.decisions.find({"_id": {"$in": list(attempt_ids)}}))

    def invalidated(self, round_id: str) -> frozenset[tuple[str, int]]:
        """(person, number) of the invalid attempts of a round."""
        found = self.decisions.find({"round_id": round_id}, {"person": 1, "number": 1})
        return frozenset((one["person"], one["number"]) for one in found)
