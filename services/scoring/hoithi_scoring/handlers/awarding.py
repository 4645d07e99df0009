"""Awards of pools and of collectives: made beside the doors, once for every table, and announced when results are official."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hoithi_scoring.domain import winners
from hoithi_scoring.domain.award_lists import UNITS, AwardList, list_id
from hoithi_scoring.domain.collectives import unit_awards
from hoithi_scoring.domain.pools import Pool, Sharing
from hoithi_scoring.domain.refusals import Outpaced
from hoithi_scoring.domain.rounds import Round, published
from hoithi_scoring.domain.units import TREES
from hoithi_scoring.handlers.season_prizes import contest_of_season, season_scope
from hoithi_scoring.handlers.settings import collective_prizes


@dataclass(frozen=True)
class Table:
    """A finished table that awards are made from. `round`: of a season's, the last; `won`: who holds a prize of the contest."""

    scope: str
    contest_id: str
    round_id: str | None
    round: Round
    build: str
    won: frozenset[str]
    is_final: bool

    @property
    def state(self) -> str:
        return f"{self.build}.{'official' if self.is_final else 'provisional'}"


def due(storage, contests: list[dict], rounds: list[Round]) -> list[str]:
    """Scopes (rounds and seasons) with an award list that is missing or was made from something else."""
    pools, seen = storage.pools.all(), storage.award_lists.seen()
    found = [table for contest in contests for table in _tables(contest, pools, rounds)]
    return [table.scope for table in found if any(_is_stale(wanted, seen) for wanted in _wanted(storage, table, pools))]


def _tables(contest: dict, pools: list[Pool], rounds: list[Round]) -> list[Table]:
    """Those of a contest that something may be won in; none for most contests."""
    if not any(pool.contest_id == contest["_id"] for pool in pools) and "collective_prizes" not in contest:
        return []
    public = published(rounds, contest["_id"])
    return [*(_round_table(round) for round in public), *_season_table(contest, public)]


def _round_table(round: Round) -> Table:
    won = frozenset(award.person for award in round.snapshot.awards)
    state = round.state == "official"
    return Table(round.round_id, round.contest_id, round.round_id, round, round.snapshot.build, won, state)


def _season_table(contest: dict, rounds: list[Round]) -> Iterator[Table]:
    season, official = contest.get("season"), {round.round_id for round in rounds if round.state == "official"}
    if season and rounds:
        won = frozenset(award["person"] for award in season.get("awards", ()))
        latest = max(rounds, key=lambda round: round.number)
        is_final = official.issuperset(contest.get("rounds", ()))
        yield Table(season_scope(contest["_id"]), contest["_id"], None, latest, season["build"], won, is_final)


def _wanted(storage, table: Table, pools: list[Pool]) -> Iterator[tuple[str, str]]:
    """(list, what it is made from) of a table."""
    for pool in _taking_part(table, pools):
        yield list_id(table.contest_id, pool.pool_id, table.round_id), f"{table.state}.{pool.revision}"
    chosen = collective_prizes(storage, table.contest_id)
    if chosen.is_for(table.round_id):
        yield list_id(table.contest_id, UNITS, table.round_id), f"{table.state}.{chosen.revision}"


def _taking_part(table: Table, pools: Iterable[Pool]) -> list[Pool]:
    return [pool for pool in pools if pool.contest_id == table.contest_id and pool.is_for(table.round_id)]


def _is_stale(wanted: tuple[str, str], seen: dict) -> bool:
    name, token = wanted
    made_from, checks = seen.get(name, ("", 0))
    return made_from != _token(token, checks)


def _token(token: str, checks: int) -> str:
    return f"{token}.{checks}"


def award(storage, scope: str, beat: Callable[[], bool], now: datetime) -> None:
    """Go once over a table and make the lists of it."""
    table = table_of(storage, scope)
    pools = _taking_part(table, storage.pools.of_contest(table.contest_id))
    tokens = dict(_wanted(storage, table, pools))
    known = storage.award_lists.those(tokens)
    lists = {name: known.get(name) or _new(table, name) for name in tokens}
    if pools:
        _share(storage, table, pools, lists, tokens, beat, now)
    units = list_id(table.contest_id, UNITS, table.round_id)
    if units in lists:
        _honour(storage, table, lists[units], tokens[units], now)


def table_of(storage, scope: str) -> Table:
    """The table of a round, or of a contest's season, that awards are made from now. Raises Outpaced when there is none."""
    contest_id = contest_of_season(scope)
    if contest_id:
        contest = storage.contests.get(contest_id)
        rounds = published(storage.rounds.all(), contest["_id"])
        found = next(_season_table(contest, rounds), None)
    else:
        round = storage.rounds.get(scope)
        found = _round_table(round) if round.is_public else None
    if found is None:
        raise Outpaced(scope)
    return found


def _new(table: Table, name: str) -> AwardList:
    return AwardList(name, table.contest_id, name.split("|")[1], table.round_id)


def _share(storage, table: Table, pools: list[Pool], lists: dict, tokens: dict, beat, now: datetime) -> None:
    """Who was refused a prize of the contest in this table gets none of a pool either."""
    refused = winners.refused(storage.winners.of(table.scope))
    out = {pool.pool_id: refused | _kept_out(storage, table, pool) for pool in pools}
    sharing = Sharing(table.scope, pools, storage.units.all(), out)
    for page in storage.rankings.everybody(table.scope, table.build):
        if not beat():
            raise Outpaced(table.scope)
        for row, user_id in page:
            sharing.offer(row, user_id)
    for pool in pools:
        name = list_id(table.contest_id, pool.pool_id, table.round_id)
        found = sharing.awards(pool.pool_id), sharing.reserves(pool.pool_id)
        _show(storage, table, lists[name], tokens[name], found, pool, now)


def _kept_out(storage, table: Table, pool: Pool) -> frozenset[str]:
    own = winners.refused(storage.winners.of(list_id(table.contest_id, pool.pool_id, table.round_id)))
    return own if pool.also_main else own | table.won


def _honour(storage, table: Table, before: AwardList, token: str, now: datetime) -> None:
    rankings, chosen = storage.rankings, collective_prizes(storage, table.contest_id)
    rows = [row for tree in TREES for family in rankings.families(table.scope, table.build, tree) for row in family]
    excluded = winners.refused(storage.winners.of(before.list_id))
    found = unit_awards(table.scope, rows, chosen.blocks, table.round.rules, excluded)
    _show(storage, table, before, token, found, None, now)


def _show(storage, table: Table, before: AwardList, token: str, found: tuple[list, list], pool: Pool | None, now) -> None:
    """Announced when results are official and, where the rules want it, every winner is verified."""
    after, events = before.made(_token(token, before.checks), table.build, *found), []
    waits = table.round.winners_wait and winners.unverified(after.awards, storage.winners.of(after.list_id))
    if table.is_final and not waits:
        after, events = after.announced(table.round, pool, now)
    if not storage.award_lists.show(after, events, now):
        raise Outpaced(after.list_id)
