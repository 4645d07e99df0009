"""What organisers decide and officers ask for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hoithi_contracts.scoring import ReminderRequested
from hoithi_scoring.domain.complaints import check_settled
from hoithi_scoring.domain.pieces import chunks
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.refusals import AttemptUnknown, NotRunning
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import below
from hoithi_scoring.domain.winners import check_verified
from hoithi_scoring.handlers.complaining import period_of
from hoithi_scoring.handlers.rights import is_officer
from hoithi_store import Entry

MOST_PEOPLE = 1000


def invalidate(storage, claims, round_id: str, attempt_id: str, reason: str, now: datetime) -> dict:
    """Declare an attempt invalid: the ranking is built anew without it. Once decided, again is quiet."""
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    attempt = storage.attempts.get(attempt_id)
    if attempt is None or attempt["round_id"] != round_id:
        raise AttemptUnknown(attempt_id)
    decision = {**attempt, "kind": "invalidated", "reason": reason, "by": claims.user_id, "at": now}
    sides = {"valid": True}, {"valid": False}
    entry = Entry("attempt-invalidated", claims.user_id, now, round.contest_id, attempt_id, reason, *sides)
    kept = storage.decisions.add(decision, entry)
    # Also when the decision was there: the process may have stopped between the two writes.
    storage.rounds.change(round_id, lambda found: (found.invalidated(kept["reason"]), []), now)
    return shown_decision(kept)


def shown_decision(decision: dict) -> dict:
    return {
        "attempt_id": decision["_id"],
        **{name: decision[name] for name in ("kind", "person", "number", "reason", "by", "at")},
    }


def decisions(storage, claims, round_id: str) -> list[dict]:
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    return [shown_decision(found) for found in storage.decisions.of_round(round_id)]


def make_official(storage, claims, round_id: str, note: str, despite: str, now: datetime, seen: str | None = None) -> Round:
    """Freeze the provisional results; results-published and prize-awarded go out with the same write.

    Raises WinnersUnverified, ComplaintsOpen; `despite` is the reason for not waiting any longer, once the day for it is over.
    `seen`: the digest that a first person proposed to publish; raises ProposalOutdated when it is another one by now.
    """
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    still_open = settled(storage, round, despite, now)

    def noted(before: Round, after: Round) -> Entry:
        sides = {"state": before.state}, {"state": "official", "revision": after.snapshot.revision, "complaints_open": still_open}
        return Entry("results-made-official", claims.user_id, now, round.contest_id, round_id, despite or note, *sides)

    return storage.rounds.change(round_id, lambda round: round.as_seen(seen).publish(claims.user_id, note, now), now, noted)


def settled(storage, round: Round, despite: str, now: datetime) -> int:
    """How many complaints stay open when provisional results become official now. Raises ComplaintsOpen, WinnersUnverified."""
    if round.state != "provisional":
        return 0
    still_open = storage.complaints.count_open(round.round_id)
    check_settled(still_open, period_of(storage, round), despite, now)
    check_verified(round.snapshot.awards, storage.winners.of(round.round_id), round.winners_wait)
    return still_open


def remind(storage, pseudonyms: Pseudonyms, claims, round_id: str, unit_id: str, note: str | None, now: datetime) -> dict:
    """Ask notify to urge those of a unit and below who have not taken part; once per unit and day."""
    round, unit, units = storage.rounds.get(round_id), storage.units.get(unit_id), storage.units.all()
    if not is_officer(claims, unit_id, units):
        claims.require("organiser", "contest", round.contest_id)
    if round.state != "running":
        raise NotRunning()
    reminder_id = f"{round_id}:{unit_id}:{now.astimezone(ZoneInfo(round.rules.time_zone)):%Y-%m-%d}"
    known = storage.reminders.get(reminder_id)
    if known is not None:
        return known
    people = missing(storage, pseudonyms, round, unit.tree, below(unit_id, units))
    told = {"contest_id": round.contest_id, "round_id": round_id, "unit_id": unit_id, "requested_by": claims.user_id,
            "note": note, "requested_at": now}  # fmt: skip
    for number, some in enumerate(chunks(people, MOST_PEOPLE)):
        storage.reminders.request(ReminderRequested(reminder_id=f"{reminder_id}:{number}", user_ids=some, **told), now)
    summary = {"reminder_id": reminder_id, **told, "people": len(people)}
    storage.reminders.finish(reminder_id, summary)
    return summary


def missing(storage, pseudonyms: Pseudonyms, round: Round, tree: str, unit_ids: set[str]) -> list[str]:
    """Ids of the people of the units who have no attempt in the round."""
    found = []
    for some in chunks(storage.people.in_units(tree, sorted(unit_ids)), MOST_PEOPLE):
        person_of = {user_id: pseudonyms.of(round.contest_id, user_id) for user_id in some}
        taken = storage.attempts.taken_part(round.round_id, person_of.values())
        found += [user_id for user_id in some if person_of[user_id] not in taken]
    return sorted(found)
