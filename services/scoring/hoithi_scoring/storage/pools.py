"""Prize pools of committees, and the lists of awards that were made for them and for collectives."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import Event, envelope
from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.award_lists import UNITS, AwardList
from hoithi_scoring.domain.pools import Pool
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.refusals import PoolUnknown
from hoithi_store import Audit, Entry
from hoithi_store.audit import changed

TUPLES = ("awards", "reserves", "told")


class Pools:
    """A platform has some hundreds: they are read whole."""

    def __init__(self, pools, audit: Audit):
        self.pools, self.audit = pools, audit

    def all(self) -> list[Pool]:
        return [_pool(found) for found in self.pools.find({}).sort("_id", 1)]

    def of_contest(self, contest_id: str) -> list[Pool]:
        return [pool for pool in self.all() if pool.contest_id == contest_id]

    def get(self, contest_id: str, pool_id: str) -> Pool:
        """Raises PoolUnknown."""
        found = self.find(contest_id, pool_id)
        if found is None:
            raise PoolUnknown()
        return found

    def find(self, contest_id: str, pool_id: str) -> Pool | None:
        found = self.pools.find_one({"_id": _key(contest_id, pool_id)})
        return found and _pool(found)

    def keep(self, before: Pool | None, after: Pool, by: str, now: datetime) -> bool:
        """With the entry in the log; False when another process changed it meanwhile."""
        key = _key(after.contest_id, after.pool_id)
        sides = changed(asdict(before) if before else {}, asdict(after))
        entry = Entry("pool-changed" if before else "pool-defined", by, now, after.contest_id, key, "", *sides)
        same = {"_id": key, "revision": before.revision if before else {"$exists": False}}

        def write(session) -> bool:
            result = self.pools.replace_one(same, asdict(after), upsert=before is None, session=session)
            return bool(result.matched_count or result.upserted_id)

        try:
            return self.audit.with_change(write, entry)
        except DuplicateKeyError:
            return False

    def withdraw(self, pool: Pool, reason: str, by: str, now: datetime) -> bool:
        key = _key(pool.contest_id, pool.pool_id)
        entry = Entry("pool-withdrawn", by, now, pool.contest_id, key, reason, asdict(pool), {})
        same = {"_id": key, "revision": pool.revision}
        return self.audit.with_change(lambda session: self.pools.delete_one(same, session=session).deleted_count == 1, entry)


def _key(contest_id: str, pool_id: str) -> str:
    return f"{contest_id}|{pool_id}"


def _pool(found: dict) -> Pool:
    kept = {name: value for name, value in found.items() if name != "_id"}
    tuples = {name: tuple(kept[name]) for name in ("divisions", "rounds")}
    return Pool(**{**kept, **tuples, "prizes": tuple(Prize(**prize) for prize in kept["prizes"])})


class AwardLists:
    """One document per list, with the events of its announcements."""

    def __init__(self, lists):
        self.lists = lists

    def seen(self) -> dict[str, tuple[str, int]]:
        """List -> (what it was made from, how often its winners were checked)."""
        found = self.lists.find({}, {"token": 1, "checks": 1})
        return {each["_id"]: (each.get("token", ""), each.get("checks", 0)) for each in found}

    def get(self, list_id: str) -> AwardList | None:
        found = self.lists.find_one({"_id": list_id}, {"outbox": 0})
        return found and _list(found)

    def those(self, list_ids: Iterable[str]) -> dict[str, AwardList]:
        found = self.lists.find({"_id": {"$in": list(list_ids)}}, {"outbox": 0})
        return {each["_id"]: _list(each) for each in found}

    def people_of_round(self, round_id: str) -> list[str]:
        """User ids of all who win in a pool."""
        found = self.lists.find({"round_id": round_id, "holder": {"$ne": UNITS}}, {"awards.user_id": 1})
        return [award["user_id"] for each in found for award in each["awards"]]

    def show(self, after: AwardList, events: list[Event], now: datetime) -> bool:
        """Flip to a new list, with its events in the same write, unless another process flipped first."""
        kept = asdict(replace(after, version=after.version + 1))
        for name in ("list_id", "checks"):
            kept.pop(name)
        update: dict = {"$set": kept}
        if events:
            update["$push"] = {"outbox": {"$each": [envelope(event, now) for event in events]}}
        same = {"_id": after.list_id, "version": after.version if after.version else {"$exists": False}}
        try:
            result = self.lists.update_one(same, update, upsert=not after.version)
        except DuplicateKeyError:
            return False
        return bool(result.matched_count or result.upserted_id)

    def reconsider(self, list_id: str) -> None:
        """A winner was verified or refused: the list is made again."""
        self.lists.update_one({"_id": list_id}, {"$inc": {"checks": 1}})


def _list(found: dict) -> AwardList:
    kept = {name: value for name, value in found.items() if name != "_id"}
    awards = {name: tuple(Award(**award) for award in kept[name]) for name in TUPLES}
    return AwardList(found["_id"], **{**kept, **awards})
