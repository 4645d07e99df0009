"""What other services tell. Every handler may be called twice and in any order."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from hoithi_contracts.exam import AnswerKeyCorrected, AttemptSubmitted, ContestPublished, WeekClosed, WeekExtended, WeekOpened
from hoithi_contracts.registration import RosterFrozen, UnitsChanged, UserErased
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.refusals import AnswersDiffer
from hoithi_scoring.domain.score import ScoredAttempt, score
from hoithi_scoring.handlers import running

UNKNOWN = (0, {})


class Kept(NamedTuple):
    """How many attempts of a batch were scored at once, and how many wait for keys."""

    scored: int
    waiting: int


def keep_attempts(storage, pseudonyms: Pseudonyms, events: list[AttemptSubmitted], now: datetime, rush: bool = False) -> Kept:
    """Store, score and rank a batch; what cannot be scored yet is kept and scored when the keys are known.

    In a `rush` more wait behind these than one can rank as they come; their people are ranked when that is over.

    Raises AnswersDiffer when an attempt is there already with other answers; all others are kept.
    """
    tables = storage.rounds.key_tables({event.round_id for event in events})
    scored = [_scored(event, pseudonyms, *tables.get(event.round_id, UNKNOWN)) for event in events]
    differing = storage.attempts.keep(scored)
    _rank(storage, scored, now, rush)
    storage.rounds.mark({event.round_id for event in events})
    if differing:
        raise AnswersDiffer(differing[0])
    known = sum(1 for attempt in scored if attempt.score is not None)
    return Kept(known, len(events) - known)


def _rank(storage, attempts: list[ScoredAttempt], now: datetime, rush: bool):
    """Whoever has an attempt in a running round has a place in it; what comes with the close waits for the whole table."""
    by_round = defaultdict(list)
    for attempt in attempts:
        by_round[attempt.event.round_id].append(attempt)
    for round in storage.rounds.some(by_round):
        if round.state != "running":
            continue
        came = by_round[round.round_id]
        put_off = {each.person for each in came if rush or round.was_over_at(each.event.submitted_at)}
        at_once = {each.person for each in came} - put_off
        if put_off:
            running.keep_up_later(storage, round, put_off, now)
        if at_once:
            running.keep_up(storage, round, at_once)


def _scored(event, pseudonyms, version, table) -> ScoredAttempt:
    person = pseudonyms.of(event.contest_id, event.user_id)
    return ScoredAttempt(event, person, score(event.questions, event.answers, table), version)


def publish_contest(storage, event: ContestPublished, now: datetime):
    storage.contests.publish(event)
    for plan in event.rounds:
        storage.rounds.change(plan.round_id, lambda round, plan=plan: (round.planned(event, plan), []), now)


def open_week(storage, event: WeekOpened, now: datetime):
    return storage.rounds.change(event.round_id, lambda round: (round.open(event), []), now)


def extend_week(storage, event: WeekExtended, now: datetime):
    return storage.rounds.change(event.round_id, lambda round: (round.extend(event), []), now)


def close_week(storage, event: WeekClosed, now: datetime):
    return storage.rounds.change(event.round_id, lambda round: (round.close(event), []), now)


def correct_key(storage, event: AnswerKeyCorrected, now: datetime):
    return storage.rounds.change(event.round_id, lambda round: (round.correct_key(event), []), now)


def forget_person(storage, event: UserErased, now: datetime):
    """Names are nowhere but in `people` (tables look them up when they are read) and in what was printed of late.

    What a person wrote is in `complaints`, and in the log of what was done with them; what was written about a person is in
    decisions on flags and winners.
    """
    storage.people.erase(event.user_id)
    storage.officers.forget(event.user_id)
    storage.papers.forget(event.user_id)
    storage.print_jobs.forget(event.user_id)
    storage.complaints.forget(event.user_id, now)
    storage.flags.forget(event.user_id)
    storage.winners.forget(event.user_id)


def change_units(storage, event: UnitsChanged):
    storage.units.keep(event)
    storage.rounds.mark_contest()


def freeze_roster(storage, event: RosterFrozen):
    storage.units.freeze(event)
    storage.rounds.mark_contest(event.contest_id)
