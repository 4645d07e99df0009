"""Flags of a round, made anew with every table, and what people decided about them: once, for good."""

from collections import Counter
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
        self.flags, self.made = database["flags"], database["flag_decisions"]

    def ensure_indexes(self) -> None:
        """Lists of 100,000 flags are read page by page, those of one kind too."""
        found = [("round_id", ASCENDING), ("token", ASCENDING)]
        self.flags.create_index([*found, ("decided", ASCENDING), ("at", ASCENDING)], name="list")
        self.flags.create_index([*found, ("decided", ASCENDING), ("kind", ASCENDING), ("at", ASCENDING)], name="kind")
        made = [("at", ASCENDING), ("_id", ASCENDING)]
        self.made.create_index([("round_id", ASCENDING), *made], name="list")
        self.made.create_index([("round_id", ASCENDING), ("flag.kind", ASCENDING), *made], name="kind")
        self.made.create_index([("users", ASCENDING)], name="users")

    # Flags of one build, under a header

    def tokens(self) -> dict[str, str]:
        """Round -> what its flags were made from (see handlers.flagging)."""
        return {found["_id"]: found["token"] for found in self.flags.find({"round_id": None}, {"token": 1})}

    def write(self, round_id: str, token: str, flags: list[Flag], now: datetime) -> None:
        """The flags, then the header that points to them; those of older tables go."""
        self.flags.delete_many({"round_id": round_id, "token": token})
        about = {"round_id": round_id, "token": token, "decided": False}
        kept = ({"_id": _id(round_id, token, flag.flag_id), **about, "at": at, **asdict(flag)} for at, flag in enumerate(flags))
        for some in chunks(kept, TOGETHER):
            self.flags.insert_many(some, ordered=False)
        kinds = dict(Counter(flag.kind for flag in flags))
        header = {"round_id": None, "token": token, "flags": len(flags), "kinds": kinds, "made_at": now}
        self.flags.replace_one({"_id": round_id}, header, upsert=True)
        self._mark(round_id, token)
        self.flags.delete_many({"round_id": round_id, "token": {"$ne": token}})

    def _mark(self, round_id: str, token: str) -> None:
        """What was decided before stays so. After the header, so that of a decision at the same time one of the two sees it."""
        known = self.made.find({"round_id": round_id}, {"flag.flag_id": 1})
        for some in chunks(known, TOGETHER):
            ids = [_id(round_id, token, found["flag"]["flag_id"]) for found in some]
            self.flags.update_many({"_id": {"$in": ids}}, {"$set": {"decided": True}})

    def header(self, round_id: str) -> dict | None:
        return self.flags.find_one({"_id": round_id, "round_id": None})

    def waiting(self, round_id: str, token: str, kind: str | None, after: int, limit: int) -> list[tuple[int, Flag]]:
        """(place, flag) of those that nobody decided about, the gravest kinds first, from behind a place on."""
        wanted = {**_waiting(round_id, token, kind), "at": {"$gt": after}}
        found = self.flags.find(wanted, hint=_list(kind)).sort("at", ASCENDING).limit(limit)
        return [(kept["at"], _flag(kept)) for kept in found]

    def count_waiting(self, header: dict, kind: str | None = None) -> int:
        """Of the table of the header: all of it but what was decided, which are few for long."""
        decided = {**_waiting(header["_id"], header["token"], kind), "decided": True}
        there = header["kinds"].get(kind, 0) if kind else header["flags"]
        return there - self.flags.count_documents(decided, hint=_list(kind))

    def get(self, round_id: str, token: str, flag_id: str) -> Flag | None:
        found = self.flags.find_one({"_id": _id(round_id, token, flag_id)})
        return found and _flag(found)

    # Decisions

    def decision(self, round_id: str, flag_id: str) -> Decision | None:
        found = self.made.find_one({"_id": _key(round_id, flag_id)})
        return found and _decision(found)

    def decisions(self, round_id: str, flag_ids: list[str]) -> dict[str, Decision]:
        """Flag -> what was decided about it."""
        found = self.made.find({"_id": {"$in": [_key(round_id, flag_id) for flag_id in flag_ids]}})
        return {kept["flag"]["flag_id"]: _decision(kept) for kept in found}

    def decided(self, round_id: str, kind: str | None, after: str, limit: int) -> list[Decision]:
        """In the order in which they were made, from behind that about the flag `after` on."""
        wanted = {"$and": [_decided(round_id, kind), self._later(round_id, after)]}
        order = [("at", ASCENDING), ("_id", ASCENDING)]
        return [_decision(kept) for kept in self.made.find(wanted, hint=_list(kind)).sort(order).limit(limit)]

    def _later(self, round_id: str, after: str) -> dict:
        last = self.made.find_one({"_id": _key(round_id, after)}, {"at": 1}) if after else None
        if last is None:
            return {}
        return {"at": {"$gte": last["at"]}, "$or": [{"at": {"$gt": last["at"]}}, {"at": last["at"], "_id": {"$gt": last["_id"]}}]}

    def count_decided(self, round_id: str, kind: str | None = None) -> int:
        return self.made.count_documents(_decided(round_id, kind), hint=_list(kind))

    def decide(self, round_id: str, contest_id: str, made: Decision) -> Decision:
        """Keep a decision with its entry in the log; the first one stays. Returns what is kept."""
        flag_id = made.flag.flag_id
        kept = {"_id": _key(round_id, flag_id), "round_id": round_id, **asdict(made), "users": made.flag.users}
        sides = {"state": "open"}, {"state": made.outcome, "attempts": list(made.attempts)}
        entry = Entry("flag-decided", made.by, made.at, contest_id, _key(round_id, flag_id), made.reason, *sides)

        def write(session) -> bool:
            header = self.flags.find_one({"_id": round_id}, {"token": 1}, session=session) or {"token": ""}
            here = {"_id": _id(round_id, header["token"], flag_id)}
            self.flags.update_one(here, {"$set": {"decided": True}}, session=session)
            return self.made.insert_one(kept, session=session).acknowledged

        try:
            self.audit.with_change(write, entry)
        except DuplicateKeyError:
            return self.decision(round_id, flag_id)
        return made

    def forget(self, user_id: str) -> None:
        """What was written about an erased person goes; who decided what when stays."""
        for found in self.made.find({"users": user_id, "reason": {"$ne": ""}}):
            self._forget(found)

    def _forget(self, found: dict) -> None:
        def work(session):
            self.made.update_one({"_id": found["_id"]}, {"$set": {"reason": ""}}, session=session)
            self.audit.blank(found["_id"], session)

        in_one_step(self.database, work)


def _id(round_id: str, token: str, flag_id: str) -> str:
    return f"{round_id}|{token}|{flag_id}"


def _list(kind: str | None) -> str:
    """The index in whose order a list is read."""
    return "kind" if kind else "list"


def _waiting(round_id: str, token: str, kind: str | None) -> dict:
    return {"round_id": round_id, "token": token, "decided": False, **({"kind": kind} if kind else {})}


def _decided(round_id: str, kind: str | None) -> dict:
    return {"round_id": round_id, **({"flag.kind": kind} if kind else {})}


def _key(round_id: str, flag_id: str) -> str:
    return f"{round_id}|{flag_id}"


def _flag(kept: dict) -> Flag:
    names = ("flag_id", "kind", "unit_id", "facts")
    return Flag(**{name: kept[name] for name in names}, **{name: tuple(kept[name]) for name in TUPLES})


def _decision(found: dict) -> Decision:
    names = ("outcome", "reason", "by", "at")
    return Decision(_flag(found["flag"]), **{name: found[name] for name in names}, attempts=tuple(found["attempts"]))
