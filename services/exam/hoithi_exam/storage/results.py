"""Which rounds have results, as scoring told."""

from pymongo import ASCENDING


class Results:
    """One small document for each round that has any."""

    def __init__(self, database):
        self.collection = database["results"]

    def ensure_indexes(self) -> None:
        self.collection.create_index([("contest_id", ASCENDING)], name="contest")

    def keep(self, round_id: str, contest_id: str, official: bool) -> None:
        """From provisional to official, never back; twice is the same as once."""
        told = {"contest_id": contest_id, "state": "official" if official else "provisional"}
        self.collection.update_one({"_id": round_id}, {"$set" if official else "$setOnInsert": told}, upsert=True)

    def of(self, contest_id: str) -> dict[str, str]:
        """Round -> "provisional" or "official"."""
        return {found["_id"]: found["state"] for found in self.collection.find({"contest_id": contest_id})}
