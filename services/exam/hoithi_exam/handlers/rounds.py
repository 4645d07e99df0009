"""Rounds: what an organiser may do while one runs."""

from collections.abc import Callable
from datetime import datetime

from hoithi_contracts.exam import AnswerKeyCorrected
from hoithi_contracts.fields import wire_instant
from hoithi_contracts.proposal import ProposalOutdated
from hoithi_exam.domain.receipt import NOTICE
from hoithi_exam.domain.round import Correction, Extension, Round
from hoithi_exam.handlers import persistently


def extend_round(storage, sign: Callable[[dict, str], str], round_id: str, body: dict, now: datetime) -> Round:
    """More time for everybody. Raises UnknownRound, RoundNotOpen, RoundClosed, NotLonger, NextRoundOpens."""
    return persistently(lambda: _extend(storage, sign, round_id, body, now))


def _extend(storage, sign, round_id: str, body: dict, now: datetime) -> Round | None:
    round_ = storage.rounds.get(round_id)
    extension = Extension(round_.closes_at, body["closes_at"], body["reason"], body["notice"], now)
    extended, event = round_.extend(_signed(extension, round_, sign), _next_opens_at(storage, round_), now)
    return extended if storage.rounds.change(round_, extended, event, now) else None


def _signed(extension: Extension, round_: Round, sign) -> Extension:
    told = {name: getattr(extension, name) for name in ("reason", "notice")}
    instants = {name: wire_instant(getattr(extension, name)) for name in ("previous_closes_at", "closes_at", "announced_at")}
    signature = sign({"round_id": round_.round_id, **told, **instants}, NOTICE)
    return Extension(**{**vars(extension), "signature": signature})


def _next_opens_at(storage, round_: Round) -> datetime | None:
    later = (other.opens_at for other in storage.rounds.of(round_.contest_id) if other.opens_at > round_.opens_at)
    return min(later, default=None)


def correct_key(storage, round_id: str, body: dict, now: datetime, seen: int | None = None) -> Round:
    """Another key for a question of an opened round. Raises UnknownRound, RoundNotOpen, UnknownQuestion, KeyNotPossible.

    `seen`: how many corrections there were when a first person proposed it; raises ProposalOutdated when there are more.
    """
    return persistently(lambda: _correct(storage, round_id, body, now, seen))


def check_key(storage, round_: Round, body: dict, now: datetime) -> tuple[Round, AnswerKeyCorrected]:
    """The round with the corrected key, not saved. Raises RoundNotOpen, UnknownQuestion, KeyNotPossible."""
    correction = Correction(body["question_id"], body["right"], body["reason"], now)
    return round_.correct(correction, _question(storage, round_, body["question_id"]))


def _correct(storage, round_id: str, body: dict, now: datetime, seen: int | None) -> Round | None:
    round_ = storage.rounds.get(round_id)
    if seen is not None and len(round_.corrections) != seen:
        raise ProposalOutdated()
    corrected, event = check_key(storage, round_, body, now)
    return corrected if storage.rounds.change(round_, corrected, event, now) else None


def _question(storage, round_: Round, question_id: str):
    banks = (storage.banks.get(reference) for reference in sorted(set(round_.banks.values())))
    return next((question for bank in banks for question in bank.questions if question.id == question_id), None)
