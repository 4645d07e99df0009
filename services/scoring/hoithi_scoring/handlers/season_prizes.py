"""Prizes over all rounds of a contest: candidates with the season's table, awarded once every round is official."""

from dataclasses import asdict, replace
from datetime import datetime

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain import prizes, winners
from hoithi_scoring.domain.rounds import Round


def season_scope(contest_id: str) -> str:
    return f"season|{contest_id}"


def contest_of_season(scope: str) -> str | None:
    """None: the scope is a round."""
    return scope.removeprefix(season_scope("")) if scope.startswith(season_scope("")) else None


def sources(published: list[Round]) -> list:
    """What a season's tables are made of; headcounts and units stand in the digest of a round's unit table."""
    return [[round.round_id, round.snapshot.digest, round.snapshot.units_digest] for round in published]


def prizes_from(contest: dict, published: list[Round]) -> list:
    """What, beside the table, decides about the season's prizes."""
    states = [[round.round_id, round.state] for round in published]
    return [*states, [contest.get("revision", 0), contest.get("winner_checks", 0)]] if states else []


def season_prizes(storage, contest: dict, published: list[Round], rows, users, now: datetime) -> tuple[dict, list]:
    """(what the header keeps, events): candidates as soon as there are results, announced once every round is official."""
    before = contest.get("season", {})
    told = {"announced": before.get("announced", []), "prize_revision": before.get("prize_revision", 0)}
    latest = max(published, key=lambda round: round.number, default=None)
    if latest is None:
        return {"awards": [], **told}, []
    checks = storage.winners.of(season_scope(contest["_id"]))
    rules = replace(latest.rules, prizes=[Prize(**prize) for prize in contest.get("season_prizes") or ()])
    awards = prizes.awards(f"{contest['_id']}:season", rows, rules, users, winners.refused(checks))
    kept = [asdict(award) for award in awards]
    if not _is_final(contest, published, latest, awards, checks):
        return {"awards": kept, **told}, []
    news = prizes.changed([prizes.Award(**award) for award in told["announced"]], awards)
    revision = told["prize_revision"] + bool(news)
    events = prizes.awarded(latest, news, revision, now, scope="season")
    return {"awards": kept, "announced": kept, "prize_revision": revision}, events


def _is_final(contest: dict, published: list[Round], latest: Round, awards, checks) -> bool:
    """Every announced round is official, and winners are verified where the rules want it."""
    official = {round.round_id for round in published if round.state == "official"}
    waits = latest.winners_wait and winners.unverified(awards, checks)
    return not waits and official.issuperset(contest.get("rounds", ()))
