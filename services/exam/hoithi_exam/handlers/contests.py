"""Contests: draft, check, publish."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hoithi_contracts.exam import RoundPlan
from hoithi_exam.domain import findings, templates
from hoithi_exam.domain.contest import ChangedMeanwhile, Contest, require_ready, with_banks
from hoithi_exam.domain.rules import Rules, plain, rules_from
from hoithi_store import Entry, changed

PLATFORM = "platform"
"""Who acted when no person did."""


def create_contest(storage, body: dict, now: datetime, by: str = PLATFORM) -> Contest:
    """A draft, from a template, an earlier contest, or rules and rounds.

    Raises UnknownTemplate, UnknownContest, StartMissing, UnknownDivision, ContestExists.
    """
    template = templates.find(body["template"]) if "template" in body else None
    earlier = storage.contests.get(body["copy_of"]) if "copy_of" in body else None
    begun_from = earlier or template
    rules = _rules(begun_from.rules if begun_from else Rules(), body)
    made = Contest(body["contest_id"], body["title"], rules, _calendar(body, template, earlier), body.get("template"), now)
    return storage.contests.add(made, _entry("contest-created", by, now, None, made))


def _calendar(body: dict, template: templates.Template | None, earlier: Contest | None) -> tuple[RoundPlan, ...]:
    if "rounds" in body or not (template or earlier):
        return _rounds(body["contest_id"], body)
    return _shifted(earlier, body) if earlier else _planned(template, body)


def _shifted(earlier: Contest, body: dict) -> tuple[RoundPlan, ...]:
    """The earlier contest's rounds, the first one on `first_day`, all at their time of day. Raises StartMissing."""
    if "first_day" not in body:
        raise templates.StartMissing("first_day")
    zone = ZoneInfo(earlier.rules.time_zone)
    start = min((plan.opens_at for plan in earlier.rounds), default=None)
    days = body["first_day"] - start.astimezone(zone).date() if start else timedelta()
    moved = (
        {name: _on_another_day(getattr(plan, name), days, zone) for name in ("opens_at", "closes_at")} for plan in earlier.rounds
    )
    titled = ({"title": plan.title, **window} for plan, window in zip(earlier.rounds, moved, strict=True))
    return tuple(_plan(body["contest_id"], number, window) for number, window in enumerate(titled, 1))


def _on_another_day(instant: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    local = instant.astimezone(zone)
    day: date = local.date() + days
    return datetime.combine(day, local.time(), zone).astimezone(instant.tzinfo)


def change_contest(storage, contest_id: str, body: dict, now: datetime, by: str = PLATFORM) -> Contest:
    """What is given replaces what was. Raises UnknownContest, ContestFixed, UnknownDivision, ChangedMeanwhile."""
    contest = storage.contests.get(contest_id)
    rounds = _rounds(contest_id, body) if "rounds" in body else contest.rounds
    changed_to = contest.change(body.get("title", contest.title), _rules(contest.rules, body), rounds)
    if not storage.contests.change(contest, changed_to, entry=_entry("contest-changed", by, now, contest, changed_to)):
        raise ChangedMeanwhile()
    return changed_to


def _entry(what: str, by: str, now: datetime, before: Contest | None, after: Contest) -> Entry:
    sides = changed(_told(before) if before else {}, _told(after))
    return Entry(what, by, now, after.contest_id, after.contest_id, "", *sides)


def _told(contest: Contest) -> dict:
    """What of a contest can be changed, part by part."""
    rounds = {f"rounds.{plan.number}": [plan.title, plan.opens_at, plan.closes_at] for plan in contest.rounds}
    return {"title": contest.title, "state": contest.state, "revision": contest.revision, **plain(contest.rules), **rounds}


def check_contest(storage, contest_id: str, now: datetime) -> list[findings.Finding]:
    """What stands in the way of publishing. Raises UnknownContest."""
    contest = storage.contests.get(contest_id)
    return _check(storage, contest, _newest(storage, contest.rules), now)


def publish_contest(storage, contest_id: str, language: str, now: datetime, by: str = PLATFORM) -> Contest:
    """Announce; repeating changes nothing. Raises UnknownContest, NotReady, ChangedMeanwhile."""
    contest = storage.contests.get(contest_id)
    if contest.state == "published":
        return contest
    newest = _newest(storage, contest.rules)
    require_ready(_check(storage, contest, newest, now), language)
    versions = {division.name: newest[division.bank].reference for division in contest.rules.divisions}
    published, event = contest.publish(versions, now)
    if not storage.contests.change(contest, published, event, now, _entry("contest-published", by, now, contest, published)):
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
