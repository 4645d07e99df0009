"""Rounds: what an organiser may do while one runs."""

from collections.abc import Callable
from datetime import datetime

from hoithi_contracts.exam import AnswerKeyCorrected
from hoithi_contracts.fields import wire_instant
from hoithi_contracts.proposal import ProposalOutdated
from hoithi_exam.domain.bank import Bank, Question
from hoithi_exam.domain.halt import Halt, NotHalted
from hoithi_exam.domain.receipt import NOTICE
from hoithi_exam.domain.round import Correction, Extension, Round
from hoithi_exam.handlers import persistently
from hoithi_exam.handlers.contests import PLATFORM
from hoithi_store import Entry


def extend_round(
    storage, sign: Callable[[dict, str], str], round_id: str, body: dict, now: datetime, by: str = PLATFORM
) -> Round:
    """More time for everybody. Raises UnknownRound, RoundNotOpen, RoundClosed, NotLonger, NextRoundOpens, HaltStands."""
    return persistently(lambda: _extend(storage, sign, round_id, body, now, by))


def _extend(storage, sign, round_id: str, body: dict, now: datetime, by: str) -> Round | None:
    round_ = storage.rounds.get(round_id)
    extension = Extension(round_.closes_at, body["closes_at"], body["reason"], body["notice"], now)
    extended, event = round_.extend(_signed(extension, round_, sign), _next_opens_at(storage, round_), now)
    entry = _longer("round-extended", by, now, round_, extended, body["reason"])
    return extended if storage.rounds.change(round_, extended, event, now, entry) else None


def _longer(what: str, by: str, now: datetime, before: Round, after: Round, reason: str) -> Entry:
    sides = {"closes_at": before.closes_at}, {"closes_at": after.closes_at}
    return Entry(what, by, now, before.contest_id, before.round_id, reason, *sides)


def halt_round(storage, sign: Callable[[dict, str], str], round_id: str, body: dict, now: datetime, by: str) -> Round:
    """Everything rests until the round is resumed. Raises UnknownRound, RoundNotOpen, RoundClosed, HaltStands."""
    return persistently(lambda: _halt(storage, sign, round_id, body, now, by))


def _halt(storage, sign, round_id: str, body: dict, now: datetime, by: str) -> Round | None:
    round_ = storage.rounds.get(round_id)
    told = {"reason": body["reason"], "notice": body["notice"]}
    signature = sign({"round_id": round_id, **told, "halted_at": wire_instant(now)}, NOTICE)
    halted = round_.halted(Halt(now, **told, signature=signature), now)
    entry = Entry("round-halted", by, now, round_.contest_id, round_id, body["reason"], {"halted": False}, {"halted": True})
    return halted if storage.rounds.change(round_, halted, None, now, entry) else None


def resume_round(storage, sign: Callable[[dict, str], str], round_id: str, body: dict, now: datetime, by: str) -> Round:
    """It goes on, and everybody gets the lost time back. Raises UnknownRound, NotHalted."""
    return persistently(lambda: _resume(storage, sign, round_id, body, now, by))


def _resume(storage, sign, round_id: str, body: dict, now: datetime, by: str) -> Round | None:
    round_ = storage.rounds.get(round_id)
    if not round_.halt:
        raise NotHalted()
    closes_at = round_.closes_after(now, _next_opens_at(storage, round_))
    resumed, event = round_.resumed(now), None
    if closes_at > round_.closes_at:
        extension = Extension(round_.closes_at, closes_at, round_.halt.reason, body["notice"], now)
        resumed, event = resumed.lengthened(_signed(extension, round_, sign))
    entry = _longer("round-resumed", by, now, round_, resumed, round_.halt.reason)
    return resumed if storage.rounds.change(round_, resumed, event, now, entry) else None


def _signed(extension: Extension, round_: Round, sign) -> Extension:
    told = {name: getattr(extension, name) for name in ("reason", "notice")}
    instants = {name: wire_instant(getattr(extension, name)) for name in ("previous_closes_at", "closes_at", "announced_at")}
    signature = sign({"round_id": round_.round_id, **told, **instants}, NOTICE)
    return Extension(**{**vars(extension), "signature": signature})


def _next_opens_at(storage, round_: Round) -> datetime | None:
    later = (other.opens_at for other in storage.rounds.of(round_.contest_id) if other.opens_at > round_.opens_at)
    return min(later, default=None)


def correct_key(storage, round_id: str, body: dict, now: datetime, by: str = PLATFORM, seen: int | None = None) -> Round:
    """Another key for a question of an opened round. Raises UnknownRound, RoundNotOpen, UnknownQuestion, KeyNotPossible.

    `seen`: how many corrections there were when a first person proposed it; raises ProposalOutdated when there are more.
    """
    return persistently(lambda: _correct(storage, round_id, body, now, by, seen))


def check_key(storage, round_: Round, body: dict, now: datetime) -> tuple[Round, AnswerKeyCorrected]:
    """The round with the corrected key, not saved. Raises RoundNotOpen, UnknownQuestion, KeyNotPossible."""
    correction = Correction(body["question_id"], body["right"], body["reason"], now)
    return round_.correct(correction, _question(storage, round_, body["question_id"]))


def _correct(storage, round_id: str, body: dict, now: datetime, by: str, seen: int | None) -> Round | None:
    round_ = storage.rounds.get(round_id)
    if seen is not None and len(round_.corrections) != seen:
        raise ProposalOutdated()
    corrected, event = check_key(storage, round_, body, now)
    sides = {"right": round_.right(_question(storage, round_, body["question_id"]))}, {"right": body["right"]}
    entry = Entry("key-corrected", by, now, round_.contest_id, f"{round_id}:{body['question_id']}", body["reason"], *sides)
    return corrected if storage.rounds.change(round_, corrected, event, now, entry) else None


def _question(storage, round_: Round, question_id: str):
    banks = (storage.banks.get(reference) for reference in sorted(set(round_.banks.values())))
    return next((question for bank in banks for question in _counting(bank) if question.id == question_id), None)


def _counting(bank: Bank) -> list[Question]:
    return [question for question in bank.questions if not question.practice]
