"""Official results of rounds, fetched when scoring told of them, and the prizes people won."""

from datetime import datetime

from pymongo import ASCENDING

from hoithi_contracts.scoring import PrizeAwarded
from hoithi_emulation.domain.results import Round
from hoithi_store import replace_older

SHOWN = ("round_id", "contest_id", "digest", "fetched_at", "trouble")


class Results:
    """A round is `wanted` from the event on, until its results are fetched; `trouble` says why they are not."""

    def __init__(self, rounds, prizes):
        self.rounds, self.prizes = rounds, prizes

    def ensure_indexes(self):
        self.prizes.create_index([("winner_id", ASCENDING)], name="winner")
        self.rounds.create_index([("contest_id", ASCENDING)], name="contest")

    def want(self, round_id: str, contest_id: str, revision: int) -> None:
        """Of two revisions the higher is wanted."""
        self.rounds.update_one({"_id": round_id}, {"$set": {"contest_id": contest_id}, "$max": {"wanted": revision}}, upsert=True)

    def wanted(self) -> list[tuple[str, str]]:
        """(round, contest) of those that are not fetched, or were corrected since."""
        missing = {"$expr": {"$lt": [{"$ifNull": ["$revision", -1]}, "$wanted"]}}
        return [(found["_id"], found["contest_id"]) for found in self.rounds.find(missing).sort("_id", ASCENDING)]

    def keep(self, found: Round) -> None:
        pairs = [{"unit_id": unit_id, "participants": count} for unit_id, count in sorted(found.participants.items())]
        told = {"revision": found.revision, "digest": found.digest, "fetched_at": found.fetched_at, "units": pairs, "trouble": ""}
        self.rounds.update_one({"_id": found.round_id}, {"$set": told})

    def note_trouble(self, round_id: str, trouble: str, now: datetime) -> None:
        self.rounds.update_one({"_id": round_id}, {"$set": {"trouble": trouble, "tried_at": now}})

    def known(self, contest_ids: set[str]) -> list[dict]:
        """What is here of the rounds of these contests, and why the rest is not."""
        found = self.rounds.find({"contest_id": {"$in": sorted(contest_ids)}}, {"units": 0}).sort("_id", ASCENDING)
        bare = {"digest": "", "fetched_at": None, "trouble": ""}
        return [{name: {**bare, **each, "round_id": each["_id"]}[name] for name in SHOWN} for each in found]

    def fetched(self, contest_ids: set[str]) -> list[Round]:
        found = self.rounds.find({"contest_id": {"$in": sorted(contest_ids)}, "revision": {"$exists": True}}).sort(
            "_id", ASCENDING
        )
        return [_round(each) for each in found]

    def award(self, event: PrizeAwarded) -> None:
        """A prize whose winner changed belongs to the later one."""
        names = ("revision", "contest_id", "round_id", "winner_id", "place")
        kept = {name: getattr(event, name) for name in names}
        self.prizes.bulk_write([replace_older({"_id": event.award_id, **kept})])

    def best_places(self, contest_id: str, rounds: tuple[str, ...]) -> dict[str, int]:
        """Person -> best place among the prizes won in the contest, or in these rounds of it."""
        within = {"round_id": {"$in": list(rounds)}} if rounds else {}
        best: dict[str, int] = {}
        for each in self.prizes.find({"contest_id": contest_id, **within}):
            best[each["winner_id"]] = min(each["place"], best.get(each["winner_id"], each["place"]))
        return best

    def forget(self, user_id: str) -> None:
        self.prizes.delete_many({"winner_id": user_id})


def _round(found: dict) -> Round:
    participants = {pair["unit_id"]: pair["participants"] for pair in found["units"]}
    about = {name: found[name] for name in ("contest_id", "revision", "digest", "fetched_at")}
    return Round(round_id=found["_id"], participants=participants, **about)
