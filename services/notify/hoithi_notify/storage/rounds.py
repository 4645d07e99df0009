"""Contests and their rounds, as letters name them."""

from collections.abc import Iterable
from dataclasses import asdict

from pymongo.collection import Collection

from hoithi_notify.domain.rounds import Contest, Extension, Round, Window
from hoithi_notify.storage.documents import if_newer


class Rounds:
    """Contests and rounds by id. Each event writes its own part of a round."""

    def __init__(self, contests: Collection, rounds: Collection):
        self.contests, self.rounds = contests, rounds

    def note_contest(self, contest: Contest):
        """Keep the newest title."""
        self.contests.update_one({"_id": contest.contest_id}, if_newer(contest, "contest_id"), upsert=True)

    def note(self, round_: Round):
        """Keep the parts this round has; of plan and extension only the newest."""
        changes: dict = {"contest_id": {"$literal": round_.contest_id}}
        for part in ("plan", "extension"):
            if getattr(round_, part):
                changes[part] = _newest(part, getattr(round_, part))
        if round_.opening:
            changes["opening"] = {"$literal": asdict(round_.opening)}
        if round_.closed_at:
            changes["closed_at"] = {"$literal": round_.closed_at}
        self.rounds.update_one({"_id": round_.round_id}, [{"$set": changes}], upsert=True)

    def contests_among(self, contest_ids: Iterable[str]) -> dict[str, Contest]:
        """Those of the contests that are known, by id."""
        found = self.contests.find({"_id": {"$in": list(contest_ids)}})
        return {document["_id"]: Contest(document["_id"], document["revision"], document["title"]) for document in found}

    def among(self, round_ids: Iterable[str]) -> dict[str, Round]:
        """Those of the rounds that are known, by id."""
        return {document["_id"]: _round(document) for document in self.rounds.find({"_id": {"$in": list(round_ids)}})}


def _newest(part: str, value) -> dict:
    newer = {"$lt": [{"$ifNull": [f"${part}.revision", -1]}, value.revision]}
    return {"$cond": [newer, {"$literal": asdict(value)}, f"${part}"]}


def _round(document: dict) -> Round:
    parts = {"plan": Window, "opening": Window, "extension": Extension}
    made = {part: cls(**document[part]) for part, cls in parts.items() if document.get(part)}
    return Round(document["_id"], document["contest_id"], closed_at=document.get("closed_at"), **made)
