"""Winners of a round or of a season: who they are, what was found about them, who would move up."""

from collections.abc import Iterable
from datetime import datetime

from hoithi_scoring.domain import winners
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.rounds import Round, published
from hoithi_scoring.domain.winners import RESERVES, Check
from hoithi_scoring.handlers import rights
from hoithi_scoring.handlers.results import named
from hoithi_scoring.handlers.season_prizes import season_scope


def of_round(storage, claims, round_id: str) -> dict:
    """Candidates by division and prize, those refused, reserves. For organisers of the contest. Raises NotYet."""
    round = _round(storage, claims, round_id)
    found = _page(storage, round_id, round.snapshot.build, list(round.snapshot.awards), round.rules.divisions)
    about = {"scope": "round", "contest_id": round.contest_id, "round_id": round_id, "state": round.state}
    return {**about, "must_be_verified": round.winners_wait, **found}


def of_season(storage, claims, contest_id: str) -> dict:
    """The same over all rounds; announced once every round is official."""
    contest, latest = _season(storage, claims, contest_id)
    header = contest.get("season") or {}
    awards, divisions = _awards(contest), latest.rules.divisions if latest else []
    found = _page(storage, season_scope(contest_id), header.get("build", ""), awards, divisions)
    is_told = bool(awards) and header.get("announced") == header.get("awards")
    about = {"scope": "season", "contest_id": contest_id, "round_id": None, "state": "official" if is_told else "provisional"}
    return {**about, "must_be_verified": bool(latest and latest.winners_wait), **found}


def verify_in_round(storage, claims, round_id: str, person: str, outcome: str, reason: str, now: datetime) -> dict:
    """Raises NoCandidate, OwnPrize. The next moves up with the next table."""
    round = _round(storage, claims, round_id)
    before, after = _check(storage, claims, round_id, round.contest_id, round.snapshot.awards, person, outcome, reason, now)
    if _moves(before, after):
        storage.rounds.change(round_id, lambda found: (found.reconsidered(), []), now)
    return shown_check(after)


def verify_in_season(storage, claims, contest_id: str, person: str, outcome: str, reason: str, now: datetime) -> dict:
    """The same over all rounds. Raises NoCandidate, OwnPrize."""
    contest, latest = _season(storage, claims, contest_id)
    scope = season_scope(contest_id)
    before, after = _check(storage, claims, scope, contest_id, _awards(contest), person, outcome, reason, now)
    if _moves(before, after) or (latest and latest.winners_wait):
        storage.contests.reconsider(contest_id)
    return shown_check(after)


def _check(storage, claims, scope, contest_id, awards, person, outcome, reason, now) -> tuple[Check | None, Check]:
    before = storage.winners.of(scope).get(person)
    after = winners.check(awards, before, person, outcome, reason, claims.user_id, now)
    if after != before:
        storage.winners.keep(scope, contest_id, before, after, now)
    return before, after


def _moves(before: Check | None, after: Check) -> bool:
    """Whether somebody lost or regained a prize. A refusal said again counts: the process may have stopped between two writes."""
    return after.state == "refused" or (before is not None and before.state == "refused")


def _round(storage, claims, round_id: str) -> Round:
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    rights.check_published(round)
    return round


def _season(storage, claims, contest_id: str) -> tuple[dict, Round | None]:
    contest = storage.contests.get(contest_id)
    claims.require("organiser", "contest", contest_id)
    rounds = published(storage.rounds.all(), contest_id)
    return contest, max(rounds, key=lambda round: round.number, default=None)


def _awards(contest: dict) -> list[Award]:
    return [Award(**award) for award in (contest.get("season") or {}).get("awards", ())]


def _page(storage, scope: str, build: str, awards: list[Award], divisions: Iterable[str]) -> dict:
    checks, won = storage.winners.of(scope), {award.person: award.prize for award in awards}
    people = [row for division in divisions for row in _division(storage, scope, build, division, won, checks)]
    listed = {role: [each for each in people if each["role"] == role] for role in ("winner", "refused", "reserve")}
    counts = {"unverified": winners.unverified(awards, checks), "total": len(awards)}
    return {**counts, "winners": listed["winner"], "refused": listed["refused"], "reserves": listed["reserve"]}


def _division(storage, scope, build, division, won, checks) -> list[dict]:
    """The best of a division: who wins, who was refused, and the first few who would move up."""
    found = storage.rankings.people(scope, build, division, 0, len(won) + len(checks) + RESERVES)
    people = [_shown(row, checks.get(row["person"]), won) for row in named(storage, found, won)]
    reserves = [each for each in people if each["role"] == "reserve"]
    return [each for each in people if each not in reserves[RESERVES:]]


def _shown(row: dict, found: Check | None, won: dict) -> dict:
    state = found.state if found else "unverified"
    role = "refused" if state == "refused" else ("winner" if row["person"] in won else "reserve")
    names = ("person", "name", "phone", "division", "division_place", "unit_id", "unit", "points", "duration_ms", "submitted_at",
             "attempts", "prediction_error")  # fmt: skip
    told = {"prize": won.get(row["person"]) if role == "winner" else None, "role": role, "check": found and shown_check(found)}
    return {**{name: row[name] for name in names}, **told}


def shown_check(found: Check) -> dict:
    return {name: getattr(found, name) for name in ("person", "state", "reason", "by", "at")}
