"""Flags of a round, made anew with every table, and what people decided about them: once, for good."""

from dataclasses import asdict
from datetime import datetime

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from hoithi_scoring.domain.flags import Decision, Flag
from hoithi_scoring.domain.pieces import chunks
from hoithi_store import Audit, Entry, in_one_step

TOGETHER = 500
TUPLES = ("attempts", "people", "users")


class Flags:
    def __init__(self, database: Database, audit: Audit):
        self.database, self.audit = database, audit
        self.flags, self.decisions = database["flags"], database["flag_decisions"]

    def ensure_indexes(self) -> None:
        self.flags.create_index([("round_id", ASCENDING), ("token", ASCENDING), ("at", ASCENDING)], name="round")
        self.decisions.create_index([("round_id", ASCENDING), ("at", ASCENDING)], name="round")
        self.decisions.create_index([("users", ASCENDING)], name="users")

    # Flags of one build, under a header

    def tokens(self) -> dict[str, str]:
        """Round -> what its flags were made from (see handlers.flagging)."""
        return {found["_id"]: found["token"] for found in self.flags.find({"round_id": None}, {"token": 1})}

    def write(self, round_id: str, token: str, flags: list[Flag], now: datetime) -> None:
        """The flags, then the header that points to them; those of older tables go."""
        self.flags.delete_many({"round_id": round_id, "token": token})
        kept = [
            {"_id": f"{round_id}|{token}|{flag.flag_id}", "round_id": round_id, "token": token, "at": number, **asdict(flag)}
            for number, flag in enumerate(flags)
        ]
        for some in chunks(kept, TOGETHER):
            self.flags.insert_many(some, ordered=False)
        header = {"round_id": None, "token": token, "flags": len(flags), "made_at": now}
        self.flags.replace_one({"_id": round_id}, header, upsert=True)
        self.flags.delete_many({"round_id": round_id, "token": {"$ne": token}})

    def header(self, round_id: str) -> dict | None:
        return self.flags.find_one({"_id": round_id, "round_id": None})

    def of_round(self, round_id: str, token: str) -> list[Flag]:
        """All, the gravest kinds first."""
        return [_flag(kept) for kept in self.flags.find({"round_id": round_id, "token": token}).sort("at", ASCENDING)]

    def get(self, round_id: str, token: str, flag_id: str) -> Flag | None:
        found = self.flags.find_one({"_id": f"{round_id}|{token}|{flag_id}"})
        return found and _flag(found)

    # Decisions

    def decision(self, round_id: str, flag_id: str) -> Decision | None:
        found = self.decisions.find_one({"_id": _key(round_id, flag_id)})
        return found and _decision(found)

    def decided(self, round_id: str) -> list[Decision]:
        """In the order in which they were made."""
        return [_decision(kept) for kept in self.decisions.find({"round_id": round_id}).sort("at", ASCENDING)]

    def decide(self, round_id: str, contest_id: str, made: Decision) -> Decision:
        """Keep a decision with its entry in the log; the first one stays. Returns what is kept."""
        flag_id = made.flag.flag_id
        kept = {"_id": _key(round_id, flag_id), "round_id": round_id, **asdict(made), "users": made.flag.users}
        sides = {"state": "open"}, {"state": made.outcome, "attempts": list(made.attempts)}
        entry = Entry("flag-decided", made.by, made.at, contest_id, _key(round_id, flag_id), made.reason, *sides)
        try:
            self.audit.with_change(lambda session: self.decisions.insert_one(kept, session=session).acknowledged, entry)
        except DuplicateKeyError:
            return self.decision(round_id, flag_id)
        return made

    def forget(self, user_id: str) -> None:
        """What was written about an erased person goes; who decided what when stays."""
        for found in self.decisions.find({"users": user_id, "reason": {"$ne": ""}}):
            self._forget(found)

    def _forget(self, found: dict) -> None:
        def work(session):
            self.decisions.update_one({"_id": found["_id"]}, {"$set": {"reason": ""}}, session=session)
            self.audit.blank(found["_id"], session)

        in_one_step(self.database, work)


def _key(round_id: str, flag_id: str) -> str:
    return f"{round_id}|{flag_id}"


def _flag(kept: dict) -> Flag:
    names = ("flag_id", "kind", "unit_id", "facts")
    return Flag(**{name: kept[name] for name in names}, **{name: tuple(kept[name]) for name in TUPLES})


def _decision(found: dict) -> Decision:
    names = ("outcome", "reason", "by", "at")
    return Decision(_flag(found["flag"]), **{name: found[name] for name in names}, attempts=tuple(found["attempts"]))
