"""What was found about winners: verified or refused, by whom and why. The latest word stays here, every word in the log."""

from dataclasses import asdict
from datetime import datetime

from pymongo import ASCENDING
from pymongo.database import Database

from hoithi_scoring.domain.winners import Check
from hoithi_store import Audit, Entry, in_one_step


class Winners:
    def __init__(self, database: Database, audit: Audit):
        self.database, self.checks, self.audit = database, database["winner_checks"], audit

    def ensure_indexes(self) -> None:
        self.checks.create_index([("scope", ASCENDING), ("person", ASCENDING)], name="scope")
        self.checks.create_index([("user_id", ASCENDING)], name="user")

    def of(self, scope: str) -> dict[str, Check]:
        """Person (pseudonym) -> what was found; `scope` is a round, or the season of a contest."""
        return {found["person"]: _check(found) for found in self.checks.find({"scope": scope})}

    def keep(self, scope: str, contest_id: str, before: Check | None, after: Check, now: datetime) -> None:
        """Replace what was found, with the entry in the log."""
        key, document = _key(scope, after.person), {"scope": scope, "contest_id": contest_id, **asdict(after)}
        sides = {"state": before.state if before else "unverified"}, {"state": after.state}
        entry = Entry(f"winner-{after.state}", after.by, now, contest_id, key, after.reason, *sides)

        def write(session):
            return self.checks.replace_one({"_id": key}, document, upsert=True, session=session).acknowledged

        self.audit.with_change(write, entry)

    def log(self, scope: str, person: str) -> list[Entry]:
        return self.audit.about(_key(scope, person))

    def forget(self, user_id: str) -> None:
        """What was written about an erased person goes; who decided what when stays."""
        for found in self.checks.find({"user_id": user_id}):
            self._forget(found["_id"])

    def _forget(self, key: str) -> None:
        def work(session):
            self.checks.update_one({"_id": key}, {"$set": {"reason": ""}}, session=session)
            self.audit.blank(key, session)

        in_one_step(self.database, work)


def _key(scope: str, person: str) -> str:
    return f"{scope}|{person}"


def _check(found: dict) -> Check:
    return Check(**{name: found[name] for name in ("person", "user_id", "state", "reason", "by", "at")})
