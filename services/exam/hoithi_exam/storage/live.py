"""The newest figures of running rounds: one small document each, which any number of watchers read by its id."""

from dataclasses import asdict

from hoithi_exam.domain.live import Live, Minute


class LiveFigures:
    """Nothing here would be missed: the next sample makes it anew."""

    def __init__(self, database):
        self.collection = database["live"]

    def get(self, round_id: str) -> Live | None:
        found = self.collection.find_one({"_id": round_id})
        return _live(found) if found else None

    def keep(self, live: Live) -> None:
        kept = asdict(live)
        kept.pop("round_id")
        self.collection.replace_one({"_id": live.round_id}, kept, upsert=True)


def _live(found: dict) -> Live:
    fields = {name: value for name, value in found.items() if name != "_id"}
    return Live(**{**fields, "round_id": found["_id"], "minutes": tuple(Minute(**each) for each in found["minutes"])})
