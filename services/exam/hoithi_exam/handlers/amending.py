"""Amendments: what may still change of a published contest, with its public notice."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime

from hoithi_contracts.exam import RoundPlan
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain import findings
from hoithi_exam.domain.contest import Amendment, Contest, require_ready
from hoithi_exam.domain.receipt import NOTICE
from hoithi_exam.domain.round import Round
from hoithi_exam.handlers import persistently
from hoithi_exam.handlers.contests import settle_contest
from hoithi_store import Entry

OF_THE_PAST = ("round-over", "round-opens-at-once")


def amend_contest(storage, sign: Callable[[dict, str], str], contest_id: str, body: dict, by: str, language: str, now: datetime):
    """The amended contest. Raises UnknownContest, NotPublished, NothingChanged, AmendmentRefused, NotReady, ChangedMeanwhile."""
    return persistently(lambda: _amend(storage, sign, contest_id, body, by, language, now))


def _amend(storage, sign, contest_id: str, body: dict, by: str, language: str, now: datetime) -> Contest | None:
    contest = storage.contests.get(contest_id)
    rounds = tuple(_plan(plan, body.get("rounds", {})) for plan in contest.rounds)
    unsigned = contest.amend(body.get("title", contest.title), rounds, body["reason"], body["notice"], now)
    require_ready(_troubles(unsigned, now), language)
    amended = _with_signature(unsigned, sign)
    settle_contest(storage, contest)  # the clock may not have made the rounds yet
    moved = _moved(storage.rounds.of(contest_id), amended)
    entry = _entry(amended, by, now)
    return amended if storage.amend(contest, amended, moved, amended.announcement(), now, entry) else None


def _plan(plan: RoundPlan, given: dict) -> RoundPlan:
    return replace(plan, **given.get(str(plan.number), {}))


def _troubles(contest: Contest, now: datetime) -> list[findings.Finding]:
    """What is wrong with the calendar now. Rounds that are over or open were right when they were announced."""
    return [each for each in findings.check_rounds(contest.rules, contest.rounds, now) if each.code not in OF_THE_PAST]


def _with_signature(contest: Contest, sign) -> Contest:
    last = contest.amendments[-1]
    told = {"contest_id": contest.contest_id, "revision": last.revision, "reason": last.reason, "notice": last.notice}
    signature = sign({**told, "announced_at": wire_instant(last.announced_at)}, NOTICE)
    return replace(contest, amendments=(*contest.amendments[:-1], Amendment(**{**vars(last), "signature": signature})))


def _moved(rounds: list[Round], contest: Contest) -> list[tuple[Round, Round]]:
    plans = {plan.round_id: plan for plan in contest.rounds}
    pairs = ((round_, round_.replanned(plans[round_.round_id])) for round_ in rounds if round_.state == "planned")
    return [(old, new) for old, new in pairs if old != new]


def _entry(contest: Contest, by: str, now: datetime) -> Entry:
    last = asdict(contest.amendments[-1])
    sides = {side: {part: change[side] for part, change in last["changes"].items()} for side in ("before", "after")}
    return Entry("contest-amended", by, now, contest.contest_id, contest.contest_id, last["reason"], **sides)
