"""Rounds: state, keys, the header of the present ranking and the outbox, one document each."""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import Event, envelope
from hoithi_contracts.exam import Publication
from hoithi_scoring.domain.export import rules_from
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.refusals import Outpaced, RoundUnknown
from hoithi_scoring.domain.rounds import Key, Round
from hoithi_scoring.domain.snapshot import LiveUnits, Snapshot
from hoithi_store import Audit, Entry

TRIES = 20
WITHOUT_KEYS = {"keys": 0, "outbox": 0}
Decide = Callable[[Round], tuple[Round, list[Event]]]
Noted = Callable[[Round, Round], Entry | None]


def nobody(before: Round, after: Round) -> None:
    """A change that is no organiser's act has no entry."""


class Rounds:
    def __init__(self, rounds, audit: Audit):
        self.rounds, self.audit = rounds, audit
        self._tables: dict[str, tuple[int, dict]] = {}

    def get(self, round_id: str) -> Round:
        """The round without its keys; raises RoundUnknown."""
        found = self.rounds.find_one({"_id": round_id, "contest_id": {"$exists": True}}, WITHOUT_KEYS)
        if found is None:
            raise RoundUnknown(round_id)
        return _round(found)

    def all(self) -> list[Round]:
        """Every round, without keys; a platform has some dozens."""
        return [_round(found) for found in self.rounds.find({}, WITHOUT_KEYS).sort("_id", 1)]

    def some(self, round_ids: Iterable[str]) -> list[Round]:
        """These rounds, where they are known, without keys."""
        return [_round(found) for found in self.rounds.find({"_id": {"$in": list(round_ids)}}, WITHOUT_KEYS)]

    def change(self, round_id: str, decide: Decide, now: datetime, noted: Noted = nobody) -> Round:
        """Load, decide, save with the events in one write, an organiser's act with the entry that `noted` makes of it.

        Decided again when another process was quicker.
        """
        for _ in range(TRIES):
            found = self.rounds.find_one({"_id": round_id}, {"outbox": 0})
            before = _round(found) if found else Round(round_id)
            after, events = decide(before)
            if after == before and not events:
                return before
            if self._save(found, before, after, [envelope(event, now) for event in events], noted(before, after)):
                return after
        raise Outpaced(round_id)

    def _save(self, found, before: Round, after: Round, envelopes: list[dict], entry: Entry | None) -> bool:
        document = _document(after)
        # Listeners add to `changes` without taking part in the version: what they add must not be lost.
        update = {"$set": document, "$inc": {"version": 1, "changes": after.changes - before.changes}}
        if envelopes:
            update["$push"] = {"outbox": {"$each": envelopes}}
        same = {"_id": after.round_id, "version": before.version if found else {"$exists": False}}

        def write(session) -> bool:
            result = self.rounds.update_one(same, update, upsert=found is None, session=session)
            return bool(result.matched_count or result.upserted_id)

        try:
            return self.audit.with_change(write, entry)
        except DuplicateKeyError:
            return False

    def mark(self, round_ids: Iterable[str]):
        """Attempts came: the rankings of these rounds are out of date."""
        for round_id in sorted(round_ids):
            self.rounds.update_one({"_id": round_id}, {"$inc": {"changes": 1, "version": 0}}, upsert=True)

    def stand(self, round_id: str, era: int):
        """The standings of a running round are whole in this era."""
        self.rounds.update_one({"_id": round_id}, {"$max": {"stood": era}})

    def show_units(self, round_id: str, made: LiveUnits):
        """The live tables by units are there."""
        self.rounds.update_one({"_id": round_id}, {"$set": {"live_units": dataclasses.asdict(made)}})

    def mark_contest(self, contest_id: str | None = None):
        """Units or rosters changed: rebuild the unit tables of rounds that are not official."""
        which = {"stage": {"$ne": "official"}, "snapshot": {"$exists": True}}
        self.rounds.update_many({**which, **({"contest_id": contest_id} if contest_id else {})}, {"$inc": {"changes": 1}})

    def key_tables(self, round_ids: Iterable[str]) -> dict[str, tuple[int, dict]]:
        """Round -> (keys version, key table); unknown keys: version 0. Fetched again only when the version rose."""
        found = self.rounds.find({"_id": {"$in": list(round_ids)}}, {"keys_version": 1, "opened": 1})
        return {one["_id"]: self._table(one["_id"], one["keys_version"]) for one in found if one.get("opened")}

    def _table(self, round_id, version):
        known = self._tables.get(round_id)
        if known is None or known[0] != version:
            fresh = _round(self.rounds.find_one({"_id": round_id}, {"outbox": 0}))
            known = self._tables[round_id] = (fresh.keys_version, fresh.key_table())
        return known


def _document(round: Round) -> dict:
    """All but id and version, `changes`, which `change` counts up, and what `stand` and `show_units` say."""
    left_out = {"round_id", "version", "changes", "stood", "live_units"}
    kept = {field.name: getattr(round, field.name) for field in dataclasses.fields(round) if field.name not in left_out}
    kept["rules"] = round.rules and dataclasses.asdict(round.rules)
    kept["publication"] = round.publication and dataclasses.asdict(round.publication)
    kept["keys"] = [list(dataclasses.astuple(key)) for key in round.keys]
    kept["snapshot"] = round.snapshot and dataclasses.asdict(round.snapshot)
    return {name: value for name, value in kept.items() if value is not None}


def _round(found: dict) -> Round:
    kept = {name: value for name, value in found.items() if name not in ("_id", "keys", "outbox")}
    kept["rules"] = rules_from(kept["rules"]) if kept.get("rules") else None
    kept["snapshot"] = _snapshot(kept["snapshot"]) if kept.get("snapshot") else None
    kept["publication"] = Publication(**kept["publication"]) if kept.get("publication") else None
    kept["live_units"] = LiveUnits(**kept["live_units"]) if kept.get("live_units") else None
    for name in ("history", "reasons"):
        kept[name] = tuple(kept.get(name, ()))
    return Round(found["_id"], keys=tuple(Key(*key) for key in found.get("keys", ())), **kept)


def _snapshot(found: dict) -> Snapshot:
    return Snapshot(**{**found, "awards": tuple(Award(**award) for award in found["awards"])})
