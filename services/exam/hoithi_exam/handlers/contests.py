"""Contests: draft, check, publish."""

from datetime import datetime

from hoithi_contracts.exam import RoundPlan
from hoithi_exam.domain import findings, templates
from hoithi_exam.domain.contest import ChangedMeanwhile, Contest, require_ready, with_banks
from hoithi_exam.domain.rules import Rules, plain, rules_from


def create_contest(storage, body: dict, now: datetime) -> Contest:
    """A draft, from a template or from rules and rounds. Raises UnknownTemplate, StartMissing, UnknownDivision, ContestExists."""
    template = templates.find(body["template"]) if "template" in body else None
    rules = _rules(template.rules if template else Rules(), body)
    rounds = _rounds(body["contest_id"], body) if "rounds" in body or template is None else _planned(template, body)
    return storage.contests.add(Contest(body["contest_id"], body["title"], rules, rounds, body.get("template"), now))


def change_contest(storage, contest_id: str, body: dict) -> Contest:
    """What is given replaces what was. Raises UnknownContest, ContestFixed, UnknownDivision, ChangedMeanwhile."""
    contest = storage.contests.get(contest_id)
    rounds = _rounds(contest_id, body) if "rounds" in body else contest.rounds
    changed = contest.change(body.get("title", contest.title), _rules(contest.rules, body), rounds)
    if not storage.contests.change(contest, changed):
        raise ChangedMeanwhile()
    return changed


def check_contest(storage, contest_id: str, now: datetime) -> list[findings.Finding]:
    """What stands in the way of publishing. Raises UnknownContest."""
    contest = storage.contests.get(contest_id)
    return _check(storage, contest, _newest(storage, contest.rules), now)


def publish_contest(storage, contest_id: str, language: str, now: datetime) -> Contest:
    """Announce; repeating changes nothing. Raises UnknownContest, NotReady, ChangedMeanwhile."""
    contest = storage.contests.get(contest_id)
    if contest.state == "published":
        return contest
    newest = _newest(storage, contest.rules)
    require_ready(_check(storage, contest, newest, now), language)
    versions = {division.name: newest[division.bank].reference for division in contest.rules.divisions}
    published, event = contest.publish(versions, now)
    if not storage.contests.change(contest, published, event, now):
        raise ChangedMeanwhile()
    settle_contest(storage, published)
    return published


def settle_contest(storage, contest: Contest) -> None:
    """Make the rounds of a published contest; the clock does it when this process died before."""
    storage.rounds.plan(contest.planned_rounds())
    storage.contests.settled(contest.contest_id)


def _newest(storage, rules: Rules, approved: bool = True) -> dict:
    """The newest approved version of each bank, or the newest at all."""
    chosen = {division.bank for division in rules.divisions if division.bank}
    versions = {bank_id: storage.banks.newest(bank_id, approved) for bank_id in chosen}
    return {bank_id: version for bank_id, version in versions.items() if version}


def _check(storage, contest: Contest, newest: dict, now: datetime) -> list[findings.Finding]:
    banks = {bank_id: storage.banks.get(version.reference) for bank_id, version in newest.items()}
    imported = _newest(storage, contest.rules, approved=False)
    drafts = {bank_id: version.version for bank_id, version in imported.items() if not version.is_approved}
    return findings.check(contest.rules, contest.rounds, banks, now, drafts)


def _rules(before: Rules, body: dict) -> Rules:
    return with_banks(rules_from({**plain(before), **body.get("rules", {})}), body.get("banks", {}))


def _rounds(contest_id: str, body: dict) -> tuple[RoundPlan, ...]:
    given = enumerate(body.get("rounds", []), 1)
    return tuple(_plan(contest_id, number, window) for number, window in given)


def _plan(contest_id: str, number: int, window: dict) -> RoundPlan:
    title = window.get("title", f"Tuần {number}")
    return RoundPlan(templates.round_id(contest_id, number), number, title, window["opens_at"], window["closes_at"])


def _planned(template: templates.Template, body: dict) -> tuple[RoundPlan, ...]:
    return template.plan(body["contest_id"], body.get("first_day"), body.get("starts_at"), body.get("round_seconds"))
