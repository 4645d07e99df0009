"""Who won what beside the contest's own prizes: read by everybody, verified by those who run it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from hoithi_scoring.domain import export, winners
from hoithi_scoring.domain.award_lists import UNITS, AwardList, list_id
from hoithi_scoring.domain.pools import Pool
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.refusals import NotYet
from hoithi_scoring.domain.units import TREES, UnitRow, public
from hoithi_scoring.domain.winners import Check
from hoithi_scoring.handlers import rights
from hoithi_scoring.handlers.results import named, show_unit
from hoithi_scoring.handlers.season_prizes import season_scope
from hoithi_scoring.handlers.settings import collective_prizes
from hoithi_scoring.handlers.winning import shown_check

PRIZE_COLUMNS = ("kind", "pool_id", "title", "unit_id", "unit", "division", "prize", "place", "person", "name", "phone")
FIGURES = ("participants", "roster", "rate_percent", "mean_points", "perfect")


def pool_list(storage, pool: Pool, round_id: str | None) -> AwardList:
    """The list as it is now; an empty one while there is none."""
    return _list(storage, pool.contest_id, pool.pool_id, round_id)


def _list(storage, contest_id: str, holder: str, round_id: str | None) -> AwardList:
    name = list_id(contest_id, holder, round_id)
    return storage.award_lists.get(name) or AwardList(name, contest_id, holder, round_id)


def pool_winners(storage, contest_id: str, pool_id: str, round_id: str | None) -> dict:
    """Who wins in a pool, as its list says now. For everybody, once there are results. Raises PoolUnknown, NotYet."""
    pool, found = _pool_with_list(storage, contest_id, pool_id, round_id)
    people = [_person(row, award) for row, award in _people(storage, found, found.awards)]
    return {**_about(pool, found), "winners": people}


def _pool_with_list(storage, contest_id: str, pool_id: str, round_id: str | None) -> tuple[Pool, AwardList]:
    pool = storage.pools.get(contest_id, pool_id)
    if round_id is not None:
        rights.check_published(storage.rounds.get(round_id))
    found = pool_list(storage, pool, round_id)
    if not found.build:
        raise NotYet("closed")
    return pool, found


def _about(pool: Pool, found: AwardList) -> dict:
    state = "official" if found.is_told else "provisional"
    about = {name: getattr(pool, name) for name in ("contest_id", "pool_id", "title")}
    return {**about, "round_id": found.round_id, "state": state}


def scope_of(found: AwardList) -> str:
    """Of the table that the list was made from."""
    return found.round_id or season_scope(found.contest_id)


def _people(storage, found: AwardList, awards: Iterable[Award]) -> Iterator[tuple[dict, Award]]:
    """Rows with names beside their awards. Somebody who left the table since is passed over: the list is being made anew."""
    there = [(storage.rankings.of_person(scope_of(found), found.build, award.person), award) for award in awards]
    there = [(row, award) for row, award in there if row]
    shown = named(storage, [(row, award.user_id) for row, award in there], {})
    return zip(shown, (award for _, award in there), strict=True)


def _person(row: dict, award: Award) -> dict:
    names = ("person", "name", "phone", "division", "unit_id", "unit", "points", "duration_ms")
    return {**{name: row[name] for name in names}, "division_place": row["division_place"], "place": award.place,
            "prize": award.prize or None}  # fmt: skip


def pool_candidates(storage, contest_id: str, pool_id: str, round_id: str | None) -> dict:
    """Winners with what was found about them, those refused, reserves. Whoever asks must run the pool."""
    pool, found = _pool_with_list(storage, contest_id, pool_id, round_id)
    checks = storage.winners.of(found.list_id)
    lists = {"winners": found.awards, "refused": _refused(checks), "reserves": found.reserves}
    shown = {name: [_checked(*pair, checks) for pair in _people(storage, found, awards)] for name, awards in lists.items()}
    counts = {"unverified": winners.unverified(found.awards, checks), "total": len(found.awards)}
    return {**_about(pool, found), **counts, **shown}


def _refused(checks: dict[str, Check]) -> list[Award]:
    return [Award("", "", "", 0, person, checks[person].user_id) for person in sorted(winners.refused(checks))]


def _checked(row: dict, award: Award, checks: dict[str, Check]) -> dict:
    check = checks.get(row["person"])
    return {**_person(row, award), "check": check and shown_check(check)}


def check(storage, claims, found: AwardList, person: str, outcome: str, reason: str, now: datetime) -> dict:
    """A winner (a person, or a unit) is verified, or refused with a reason: the next moves up. Raises NoCandidate, OwnPrize."""
    before = storage.winners.of(found.list_id).get(person)
    after = winners.check(found.awards, before, person, outcome, reason, claims.user_id, now)
    if after != before:
        storage.winners.keep(found.list_id, found.contest_id, before, after, now)
    storage.award_lists.reconsider(found.list_id)
    return shown_check(after)


def pools_with_winners(storage, contest_id: str, round_id: str | None) -> Iterator[tuple[str, tuple[dict, ...]]]:
    """(title, winners) of every pool that has prizes in the round, or (None) over all rounds."""
    for pool in storage.pools.of_contest(contest_id):
        if pool.is_for(round_id):
            found = pool_list(storage, pool, round_id)
            yield pool.title, tuple(_person(row, award) for row, award in _people(storage, found, found.awards))


# Collectives


def unit_prizes(storage, claims, round_id: str) -> dict:
    """Units that win something, by block. For everybody, once there are results; organisers see also who was excluded."""
    return _unit_prizes(storage, claims, _units_of_round(storage, round_id))


def season_unit_prizes(storage, claims, contest_id: str) -> dict:
    """The same over all rounds. Raises ContestUnknown, NotYet."""
    return _unit_prizes(storage, claims, _units_of_season(storage, contest_id))


def _units_of_round(storage, round_id: str) -> AwardList:
    """Raises RoundUnknown, NotYet."""
    round = storage.rounds.get(round_id)
    rights.check_published(round)
    return _list(storage, round.contest_id, UNITS, round_id)


def _units_of_season(storage, contest_id: str) -> AwardList:
    """Raises ContestUnknown, NotYet."""
    rights.check_season(storage.contests.get(contest_id))
    return _list(storage, contest_id, UNITS, None)


def _unit_prizes(storage, claims, found: AwardList) -> dict:
    everything, checks = rights.sees_all(claims, found.contest_id), storage.winners.of(found.list_id)
    rows = unit_rows(storage, scope_of(found), found.build, everything) if found.build else {}
    shown = [_unit(rows, award, checks, everything) for award in found.awards if award.person in rows]
    more = _excluded(rows, found, checks) if everything else {}
    state = "official" if found.is_told else "provisional"
    blocks = [block.title for block in collective_prizes(storage, found.contest_id).blocks] if found.build else []
    about = {"contest_id": found.contest_id, "round_id": found.round_id}
    return {**about, "state": state, "blocks": blocks, "winners": shown, **more}


def _excluded(rows: dict, found: AwardList, checks: dict) -> dict:
    out = [_unit(rows, award, checks, True) for award in _refused(checks) if award.person in rows]
    reserves = [_unit(rows, award, checks, True) for award in found.reserves if award.person in rows]
    return {"refused": out, "reserves": reserves, "unverified": winners.unverified(found.awards, checks)}


def unit_rows(storage, scope: str, build: str, everything: bool) -> dict[str, UnitRow]:
    """The public sees small groups hidden here as in the table: their prize, not their figures."""
    families = (family for tree in TREES for family in storage.rankings.families(scope, build, tree))
    return {row.unit_id: row for family in families for row in (family if everything else public(family))}


def _unit(rows: dict[str, UnitRow], award: Award, checks: dict, everything: bool) -> dict:
    figures = show_unit(rows[award.person])
    check = checks.get(award.person) if everything else None
    told = {"block": award.division, "prize": award.prize or None, "place": award.place or None, "unit_id": award.person,
            "unit": figures["name"], "kind": figures["kind"], "tree": figures["tree"]}  # fmt: skip
    return {**told, **{name: figures[name] for name in FIGURES}, "check": check and shown_check(check)}


def honoured(storage, contest_id: str, round_id: str | None) -> Iterator[dict]:
    """Units that win something in the round, or (None) over all rounds, with all their figures: for organisers' papers."""
    found = _list(storage, contest_id, UNITS, round_id)
    rows = unit_rows(storage, scope_of(found), found.build, True) if found.awards else {}
    yield from (_unit(rows, award, {}, False) for award in found.awards if award.person in rows)


def check_unit(storage, claims, round_id: str, unit_id: str, outcome: str, reason: str, now: datetime) -> dict:
    """For organisers. Raises NotYet, NoCandidate."""
    claims.require("organiser", "contest", storage.rounds.get(round_id).contest_id)
    return check(storage, claims, _units_of_round(storage, round_id), unit_id, outcome, reason, now)


def check_season_unit(storage, claims, contest_id: str, unit_id: str, outcome: str, reason: str, now: datetime) -> dict:
    """The same over all rounds. Raises ContestUnknown, NotYet, NoCandidate."""
    claims.require("organiser", "contest", contest_id)
    return check(storage, claims, _units_of_season(storage, contest_id), unit_id, outcome, reason, now)


# Everything that is won in a round, or over all rounds


def prizes_csv(storage, round_id: str, bom: bool) -> Iterator[bytes]:
    """The contest's prizes, those of pools, those of units. For everybody, once there are results."""
    round = storage.rounds.get(round_id)
    rights.check_settled(round)
    main = AwardList("", round.contest_id, "", round_id, build=round.snapshot.build, awards=round.snapshot.awards)
    return export.table(PRIZE_COLUMNS, _prize_lines(storage, main), bom)


def season_prizes_csv(storage, contest_id: str, bom: bool) -> Iterator[bytes]:
    """The same over all rounds. Raises ContestUnknown, NotYet."""
    contest = storage.contests.get(contest_id)
    rights.check_season(contest)
    return export.table(PRIZE_COLUMNS, _prize_lines(storage, season_awards(contest)), bom)


def season_awards(contest: dict) -> AwardList:
    """The contest's own prizes over all rounds, as a list."""
    awards = tuple(Award(**award) for award in contest["season"].get("awards", ()))
    return AwardList("", contest["_id"], "", None, build=contest["season"]["build"], awards=awards)


def _prize_lines(storage, main: AwardList) -> Iterator[list]:
    """`main`: the contest's own prizes."""
    yield from (_line("contest", "", "", row, award) for row, award in _people(storage, main, main.awards))
    for pool in storage.pools.of_contest(main.contest_id):
        found = pool_list(storage, pool, main.round_id)
        yield from (_line("pool", pool.pool_id, pool.title, row, award) for row, award in _people(storage, found, found.awards))
    units = _list(storage, main.contest_id, UNITS, main.round_id).awards
    names = storage.units.names(award.person for award in units)
    for award in units:
        unit = names.get(award.person)
        yield ["unit", "", "", award.person, unit, award.division, award.prize, award.place, "", unit, ""]


def _line(kind: str, pool_id: str, title: str, row: dict, award: Award) -> list:
    return [kind, pool_id, title, row["unit_id"], row["unit"], award.division, award.prize, award.place, row["person"],
            row["name"], row["phone"]]  # fmt: skip
