"""The events of a contest and its rounds, made again from their state: for listeners restored to an older point.

Attempts are not among them: scoring asks for those it lacks (`attempts-missing`).
"""

from collections.abc import Mapping
from dataclasses import replace

from hoithi_contracts.event import Event
from hoithi_exam.domain.bank import Bank
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.round import Round


def contest_told(contest: Contest) -> list[Event]:
    """The announcement of a published contest; nothing of a draft."""
    if contest.state != "published":
        return []
    return [contest.announcement()]


def round_told(round_: Round, banks: Mapping[str, tuple[str, Bank]]) -> list[Event]:
    """Opening, extensions, corrections and close, as far as they happened; `banks` as for `Round.open`."""
    if round_.state == "planned":
        return []
    closed = [round_.close(round_.attempts, round_.closed_at)[1]] if round_.state == "closed" else []
    return [_opening(round_, banks), *_extensions(round_), *_corrections(round_, banks), *closed]


def _opening(round_: Round, banks) -> Event:
    first_end = round_.extensions[0].previous_closes_at if round_.extensions else round_.closes_at
    return replace(round_, closes_at=first_end).open(banks, round_.opens_at)[1]


def _extensions(round_: Round) -> list[Event]:
    """Each as it was decided: the round was open and had the extensions before it."""
    return [
        replace(round_, state="open", halts=(), closes_at=each.previous_closes_at, extensions=round_.extensions[:number]).extend(
            each, None, round_.opens_at
        )[1]
        for number, each in enumerate(round_.extensions)
    ]


def _corrections(round_: Round, banks) -> list[Event]:
    questions = {question.id: question for _, bank in banks.values() for question in bank.questions}
    return [
        replace(round_, corrections=round_.corrections[:number]).correct(each, questions[each.question_id])[1]
        for number, each in enumerate(round_.corrections)
    ]
