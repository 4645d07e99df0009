"""What an organiser chooses for a contest beside its rules: who runs pools, what units win. Told to nobody but scoring."""

from datetime import datetime

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.collectives import Block, CollectivePrizes
from hoithi_scoring.domain.pools import check_not_begun
from hoithi_store import Entry


def rounds_of(storage, contest_id: str) -> dict:
    """Raises ContestUnknown."""
    storage.contests.get(contest_id)
    return {round.round_id: round for round in storage.rounds.all() if round.contest_id == contest_id}


def officers_run_pools(storage, contest_id: str) -> bool:
    """Raises ContestUnknown."""
    return bool((storage.contests.setting(contest_id, "pool_rights") or {}).get("officers"))


def collective_prizes(storage, contest_id: str) -> CollectivePrizes:
    """Raises ContestUnknown."""
    kept = chosen_collective_prizes(storage, contest_id)
    blocks = tuple(_block(block) for block in kept["blocks"])
    return CollectivePrizes(blocks, tuple(kept["rounds"]), kept["season"], kept["revision"])


def _block(kept: dict) -> Block:
    return Block(**{**kept, "kinds": tuple(kept["kinds"]), "prizes": tuple(Prize(**prize) for prize in kept["prizes"])})


def chosen_collective_prizes(storage, contest_id: str) -> dict:
    """As they were chosen; nothing before. Raises ContestUnknown."""
    nothing = {"rounds": [], "season": False, "blocks": [], "revision": 0}
    return nothing | (storage.contests.setting(contest_id, "collective_prizes") or {})


def choose_collective_prizes(storage, claims, contest_id: str, rounds: list, season: bool, blocks: list, now: datetime) -> dict:
    """Fixed once a round they are for has opened; the same again is quiet. Raises RoundUnknown, PrizesBegun."""
    claims.require("organiser", "contest", contest_id)
    before = chosen_collective_prizes(storage, contest_id)
    after = {"rounds": rounds, "season": season, "blocks": blocks, "revision": before["revision"]}
    if after == before:
        return before
    known = rounds_of(storage, contest_id)
    for some in (before, after):
        check_not_begun(some["rounds"], some["season"], known, now)
    after = after | {"revision": before["revision"] + 1}
    entry = Entry("collective-prizes-chosen", claims.user_id, now, contest_id, contest_id, "", before, after)
    storage.audit.with_change(lambda session: storage.contests.choose(contest_id, "collective_prizes", after, session), entry)
    return after
