"""Everything scoring keeps of a person, for the person (Law 91/2025/QH15: to see and to receive the own data)."""

from datetime import datetime

from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.handlers import complaining, results


def export(storage, pseudonyms: Pseudonyms, claims, now: datetime) -> dict:
    """Person, rounds taken with scores and places, complaints. The answers themselves are in exam's export."""
    titles = {contest["_id"]: contest.get("title") for contest in storage.contests.all()}
    taken = [
        {**results.mine(storage, pseudonyms, claims, round.round_id, now), **_named(round, titles)}
        for round in _taken(storage, pseudonyms, claims)
    ]
    kept = {"person": storage.people.own(claims.user_id), "rounds": taken}
    return {"exported_at": now, **kept, "complaints": complaining.own_complaints(storage, claims, now)}


def _named(round: Round, titles: dict) -> dict:
    return {"title": round.title, "contest_title": titles.get(round.contest_id)}


def _taken(storage, pseudonyms: Pseudonyms, claims) -> list[Round]:
    """The rounds in which the person has an attempt."""
    rounds = storage.rounds.all()
    return [round for round in rounds if storage.attempts.taken_part(round.round_id, [_person(pseudonyms, round, claims)])]


def _person(pseudonyms: Pseudonyms, round: Round, claims) -> str:
    return pseudonyms.of(round.contest_id, claims.user_id)
