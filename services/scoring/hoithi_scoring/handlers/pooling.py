"""Prize pools of committees: defined before a round opens, by organisers or, where they allow it, by the unit's officer."""

from dataclasses import asdict
from datetime import datetime

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain import pools
from hoithi_scoring.domain.pools import Pool, above
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.refusals import NotYourPool, Outpaced
from hoithi_scoring.domain.units import Unit
from hoithi_scoring.handlers import prize_lists, rights
from hoithi_scoring.handlers.prize_lists import pool_list
from hoithi_scoring.handlers.settings import officers_run_pools, rounds_of

ABOUT = ("pool_id", "unit_id", "title", "sponsor", "notice", "season", "also_main", "revision")


def list_pools(storage, claims, contest_id: str, unit_id: str | None, now: datetime) -> dict:
    """All pools of a contest; with `unit_id` those its people take part in. For everybody."""
    rounds, units = rounds_of(storage, contest_id), storage.units.all()
    found = storage.pools.of_contest(contest_id)
    if unit_id is not None:
        found = [pool for pool in found if pool.unit_id in above(units, unit_id)]
    by_officers = officers_run_pools(storage, contest_id)
    may = {pool.pool_id: _may_run(claims, pool.unit_id, contest_id, by_officers, units) for pool in found}
    shown = [_shown(pool, rounds, units, may[pool.pool_id], now) for pool in found]
    return {"contest_id": contest_id, "officers": by_officers, "divisions": _divisions(rounds), "pools": shown}


def _shown(pool: Pool, rounds: dict, units: dict[str, Unit], may_run: bool, now: datetime) -> dict:
    unit = units.get(pool.unit_id)
    own = rounds if pool.season else {name: rounds[name] for name in pool.rounds if name in rounds}
    begun = any(pools.has_begun(round, now) for round in own.values())
    told = {"unit": unit.name if unit else None, "tree": unit.tree if unit else None, "fixed": begun, "may_run": may_run}
    lists = {"prizes": [asdict(prize) for prize in pool.prizes], "divisions": list(pool.divisions), "rounds": list(pool.rounds)}
    return {**{name: getattr(pool, name) for name in ABOUT}, **lists, **told}


def _may_run(claims, unit_id: str, contest_id: str, by_officers: bool, units: dict[str, Unit]) -> bool:
    if claims is None:
        return False
    return claims.holds("organiser", "contest", contest_id) or (by_officers and rights.is_officer(claims, unit_id, units))


def check_runs(storage, claims, contest_id: str, *unit_ids: str) -> None:
    """Raises NotYourPool unless the caller organises the contest, or is officer of all these units where officers run pools."""
    by_officers, units = officers_run_pools(storage, contest_id), storage.units.all()
    if not all(_may_run(claims, unit_id, contest_id, by_officers, units) for unit_id in unit_ids):
        raise NotYourPool()


def define(storage, claims, contest_id: str, pool_id: str, body: dict, now: datetime) -> dict:
    """Make or change a pool; the same again is quiet.

    Raises UnitUnknown, NotYourPool, PoolMisnamed, DivisionUnknown, RoundUnknown, PrizesBegun, Outpaced.
    """
    rounds, earlier = rounds_of(storage, contest_id), storage.pools.find(contest_id, pool_id)
    check_runs(storage, claims, contest_id, body["unit_id"], *([earlier.unit_id] if earlier else []))
    storage.units.get(body["unit_id"])
    divisions = _divisions(rounds)
    wanted = _wanted(contest_id, pool_id, {**body, "divisions": body["divisions"] or divisions})
    after = pools.define(earlier, wanted, divisions, rounds, now)
    if after is not earlier and not storage.pools.keep(earlier, after, claims.user_id, now):
        raise Outpaced(pool_id)
    return _shown(after, rounds, storage.units.all(), True, now)


def _divisions(rounds: dict) -> list[str]:
    """Of the contest's rules, in their order."""
    return list(dict.fromkeys(name for round in rounds.values() if round.rules for name in round.rules.divisions))


def _wanted(contest_id: str, pool_id: str, body: dict) -> Pool:
    tuples = {name: tuple(body[name]) for name in ("divisions", "rounds")}
    return Pool(pool_id, contest_id, **{**body, **tuples, "prizes": tuple(Prize(**prize) for prize in body["prizes"])})


def withdraw(storage, claims, contest_id: str, pool_id: str, reason: str, now: datetime) -> None:
    """Before its first round opens: what was promised then is kept. Raises PoolUnknown, NotYourPool, PrizesBegun, Outpaced."""
    pool = check_runs_pool(storage, claims, contest_id, pool_id)
    pools.check_not_begun(pool.rounds, pool.season, rounds_of(storage, contest_id), now)
    if not storage.pools.withdraw(pool, reason, claims.user_id, now):
        raise Outpaced(pool_id)


def check_runs_pool(storage, claims, contest_id: str, pool_id: str) -> Pool:
    """The pool, for somebody who runs it. Raises PoolUnknown, NotYourPool."""
    pool = storage.pools.get(contest_id, pool_id)
    check_runs(storage, claims, contest_id, pool.unit_id)
    return pool


def candidates(storage, claims, contest_id: str, pool_id: str, round_id: str | None) -> dict:
    """For those who run the pool. Raises PoolUnknown, NotYourPool, NotYet."""
    check_runs_pool(storage, claims, contest_id, pool_id)
    return prize_lists.pool_candidates(storage, contest_id, pool_id, round_id)


def check(
    storage, claims, contest_id: str, pool_id: str, person: str, round_id: str | None, outcome: str, reason: str, now: datetime
) -> dict:
    """Verify a winner of a pool or refuse the prize. Raises PoolUnknown, NotYourPool, NoCandidate, OwnPrize."""
    pool = check_runs_pool(storage, claims, contest_id, pool_id)
    return prize_lists.check(storage, claims, pool_list(storage, pool, round_id), person, outcome, reason, now)


def mine(storage, pseudonyms: Pseudonyms, claims, contest_id: str, round_id: str | None, now: datetime) -> dict:
    """The pools the caller takes part in, by the unit of the counting attempt once the round has results; and what was won."""
    rounds, units = rounds_of(storage, contest_id), storage.units.all()
    person = pseudonyms.of(contest_id, claims.user_id)
    division, *places = _belongs(storage, claims, rounds.get(round_id), person)
    found = [
        pool
        for pool in storage.pools.of_contest(contest_id)
        if pool.unit_id in above(units, *places) and division in pool.divisions and (round_id is None or pool.is_for(round_id))
    ]
    won = {pool.pool_id: _won(storage, rounds, pool, round_id, person) for pool in found}
    shown = [{**_shown(pool, rounds, units, False, now), "prize": won[pool.pool_id]} for pool in found]
    return {"contest_id": contest_id, "pools": shown}


def _belongs(storage, claims, round, person: str) -> tuple[str, str, str | None]:
    """Division and units: in the round's table, or of the account while there is none."""
    row = storage.rankings.of_person(round.round_id, round.snapshot.build, person) if round and round.is_public else None
    about = row or claims
    return about.division, about.unit_id, about.party_unit_id


def _won(storage, rounds: dict, pool: Pool, round_id: str | None, person: str) -> str | None:
    if round_id not in rounds or not rounds[round_id].is_public:
        return None
    found = pool_list(storage, pool, round_id)
    return next((award.prize for award in found.awards if award.person == person), None)
