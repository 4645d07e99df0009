"""Complaints: what a person files and answers, what an organiser asks and decides."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hoithi_scoring.domain import complaints
from hoithi_scoring.domain.complaints import Complaint, Period
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.refusals import AccountErased, ComplaintUnknown, NotYet
from hoithi_scoring.domain.rounds import Round, published

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SHOWN = ("complaint_id", "contest_id", "round_id", "kind", "text", "attempt_number", "state", "received_at", "decide_by",
         "reason", "decided_at", "erased")  # fmt: skip


def period_of(storage, round: Round) -> Period:
    """When complaints about the round are taken. Raises NotYet."""
    return complaints.period(round, storage.contests.holidays(round.contest_id))


def file_complaint(storage, pseudonyms: Pseudonyms, claims, round_id: str, body: dict, now: datetime) -> dict:
    """Raises NotYet, PeriodOver, OneIsOpen, NoOwnResult, AttemptUnknown, AccountErased."""
    round = storage.rounds.get(round_id)
    if storage.people.is_erased(claims.user_id):
        raise AccountErased()
    person = pseudonyms.of(round.contest_id, claims.user_id)
    numbers = [attempt["number"] for attempt in storage.attempts.of_person(round_id, person)]
    earlier = storage.complaints.beginning_with(complaints.beginning(round_id, person, body["kind"]))
    made = complaints.file(round, period_of(storage, round), claims.user_id, person, body, numbers, earlier, now)
    return shown(storage.complaints.add(*made, now), now)


def own_complaints(storage, claims, now: datetime) -> list[dict]:
    return [shown(complaint, now) for complaint in storage.complaints.of_person(claims.user_id)]


def answer(storage, claims, complaint_id: str, text: str, now: datetime) -> dict:
    """The person answers the organiser's question. Raises ComplaintUnknown, NotNow."""
    _own(storage, claims, complaint_id)
    return _changed(storage, claims, complaint_id, "complaint-answered", "", lambda found: found.answer(text, now), now)


def withdraw(storage, claims, complaint_id: str, now: datetime) -> dict:
    """Raises ComplaintUnknown, NotNow."""
    _own(storage, claims, complaint_id)
    return _changed(storage, claims, complaint_id, "complaint-withdrawn", "", lambda found: found.withdraw(now), now)


def question(storage, claims, complaint_id: str, text: str, now: datetime) -> dict:
    """An organiser needs to know more. Raises ComplaintUnknown, NotNow, OwnComplaint."""
    _managed(storage, claims, complaint_id)
    asked = _changed(
        storage, claims, complaint_id, "complaint-questioned", text, lambda found: found.question(claims.user_id, text, now), now
    )
    return {**asked, **_whose(storage, complaint_id)}


def decide(storage, claims, complaint_id: str, outcome: str, reason: str, now: datetime) -> dict:
    """An organiser decides. Raises ComplaintUnknown, NotNow, OwnComplaint."""
    _managed(storage, claims, complaint_id)
    what = f"complaint-{outcome}"
    decided = _changed(
        storage, claims, complaint_id, what, reason, lambda found: found.decide(claims.user_id, outcome, reason, now), now
    )
    return {**decided, **_whose(storage, complaint_id)}


def show(storage, claims, complaint_id: str, now: datetime) -> dict:
    """For the person, and with name and log for an organiser of the contest. Raises ComplaintUnknown."""
    found = storage.complaints.get(complaint_id)
    if claims.holds("organiser", "contest", found.contest_id):
        return {**shown(found, now), **_whose(storage, complaint_id)}
    return shown(_own(storage, claims, complaint_id), now)


def page(storage, claims, contest_id: str, query: dict, now: datetime) -> dict:
    """A contest's complaints, the most urgent first; how many are open and overdue."""
    claims.require("organiser", "contest", contest_id)
    wanted = {name: query[name] for name in ("state", "kind", "round_id") if query[name]}
    overdue_at, after, limit = now if query["overdue"] else None, query["after"], query["limit"]
    found = storage.complaints.page(contest_id, wanted, overdue_at, after, limit + 1)
    people = storage.people.shown({complaint.user_id for complaint in found})
    rows = [{**shown(complaint, now), **_person(complaint, people)} for complaint in found[:limit]]
    return {"complaints": rows, "next": found[limit - 1].complaint_id if len(found) > limit else None}


def holidays(storage, contest_id: str) -> dict:
    storage.contests.get(contest_id)
    return {"contest_id": contest_id, "days": sorted(storage.contests.holidays(contest_id))}


def name_holidays(storage, claims, contest_id: str, days: list[date], reason: str, now: datetime) -> dict:
    """The contest's holidays from now on: days to come can be added and taken. Open complaints get their new day."""
    claims.require("organiser", "contest", contest_id)
    storage.contests.get(contest_id)
    before, after = storage.contests.holidays(contest_id), frozenset(days)
    rounds = published(storage.rounds.all(), contest_id)
    complaints.check_holidays(before, after, now.astimezone(HERE).date())
    due = {round.round_id: complaints.period(round, after).official_by for round in rounds}
    if before != after:
        storage.complaints.name_holidays(contest_id, before, after, due, claims.user_id, reason, now)
    return holidays(storage, contest_id)


def possible(storage, round: Round, now: datetime) -> dict | None:
    """What a person is told beside the own result; None before there is one to complain about."""
    try:
        when = period_of(storage, round)
    except NotYet:
        return None
    return {"since": when.since, "until": when.until, "official_by": when.official_by, "open": now < when.until}


def shown(complaint: Complaint, now: datetime) -> dict:
    """What the person sees; who of the organisers decided is in the log."""
    facts = {name: getattr(complaint, name) for name in SHOWN}
    return {**facts, "overdue": complaint.is_overdue(now), "said": [vars(word) for word in complaint.said]}


def _changed(storage, claims, complaint_id, what, reason, change, now) -> dict:
    return shown(storage.complaints.change(complaint_id, what, claims.user_id, reason, change, now), now)


def _own(storage, claims, complaint_id: str) -> Complaint:
    found = storage.complaints.get(complaint_id)
    if found.user_id != claims.user_id:
        raise ComplaintUnknown()
    return found


def _managed(storage, claims, complaint_id: str) -> None:
    claims.require("organiser", "contest", storage.complaints.get(complaint_id).contest_id)


def _whose(storage, complaint_id: str) -> dict:
    complaint = storage.complaints.get(complaint_id)
    log = [vars(entry) for entry in storage.audit.about(complaint_id)]
    return {**_person(complaint, storage.people.shown([complaint.user_id])), "log": log}


def _person(complaint: Complaint, people: dict) -> dict:
    known = people.get(complaint.user_id, {})
    return {"person": complaint.person, "name": known.get("name"), "phone": known.get("phone")}
