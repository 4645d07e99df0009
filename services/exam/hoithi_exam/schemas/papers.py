"""What a person is answered who takes a paper: schemas for the OpenAPI document and the functions that make the bodies."""

from collections.abc import Iterable
from datetime import datetime

from marshmallow.fields import Dict, Raw

from hoithi_contracts import fields
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain.attempt import Attempt
from hoithi_exam.domain.paper import Item, Paper
from hoithi_exam.domain.practice import PAPERS, Practice
from hoithi_exam.domain.queue import Waiting
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.speech import Script, described


class Option(fields.StrictSchema):
    letter = fields.Text()
    text = fields.Text()


class ShownPicture(fields.StrictSchema):
    """`GET /pictures/<reference>`; the reference ends with width and height: "….640x480"."""

    reference = fields.Name()
    alt = fields.Text()


class PaperQuestion(fields.StrictSchema):
    """`picture` only where there is one."""

    n = fields.Whole()
    text = fields.LongText()
    several = fields.Flag()
    options = fields.Many(fields.Part(Option))
    picture = fields.Part(ShownPicture)


class Prediction(fields.StrictSchema):
    kind = fields.Text()
    sealed = fields.Whole(allow_none=True)


class PaperLanguage(fields.StrictSchema):
    """The paper can be read (`texts`) or heard (`sounds`) in it: `GET /attempts/<id>/languages/<code>`."""

    code = fields.Name()
    name = fields.Text()
    texts = fields.Flag()
    sounds = fields.Flag()


class SaidOption(fields.StrictSchema):
    letter = fields.Text()
    text = fields.Text()
    sound = fields.Name()


class SaidQuestion(fields.StrictSchema):
    """What is not there in the language is left out. `sound`: `GET /sounds/<sound>`."""

    n = fields.Whole()
    text = fields.LongText()
    sound = fields.Name()
    options = fields.Many(fields.Part(SaidOption))


class SpokenPaper(fields.StrictSchema):
    language = fields.Name()
    questions = fields.Many(fields.Part(SaidQuestion))


class PracticeQuestion(PaperQuestion):
    right = fields.Text()
    why = fields.LongText()
    source = fields.Text()


class PracticeAnswer(fields.StrictSchema):
    contest_id = fields.Name()
    title = fields.Text()
    number = fields.Whole()
    papers = fields.Whole()
    paper_seconds = fields.Whole()
    languages = fields.Many(fields.Part(PaperLanguage))
    questions = fields.Many(fields.Part(PracticeQuestion))


class PaperAnswer(fields.StrictSchema):
    attempt_id = fields.Name()
    round_id = fields.Name()
    contest_id = fields.Name()
    number = fields.Whole()
    state = fields.Choice("open", "submitted", "void")
    started_at = fields.Instant()
    deadline_at = fields.Instant()
    server_time = fields.Instant()
    questions = fields.Many(fields.Part(PaperQuestion))
    answers = Dict()
    seq = fields.Whole()
    prediction = fields.Part(Prediction)
    submission = Raw(allow_none=True)
    languages = fields.Many(fields.Part(PaperLanguage))


class Turn(fields.StrictSchema):
    ticket = fields.Text()
    position = fields.Whole()
    wait_seconds = fields.Decimal(least=0, most=86_400)
    retry_at = fields.Instant()
    server_time = fields.Instant()


class WaitingAnswer(fields.StrictSchema):
    """Come again at `retry_at` with the ticket, not earlier: nothing is gained by asking again."""

    waiting = fields.Part(Turn)


class Saved(fields.StrictSchema):
    attempt_id = fields.Name()
    answered = fields.Whole()
    seq = fields.Whole()
    deadline_at = fields.Instant()
    server_time = fields.Instant()


class OwnAttempt(fields.StrictSchema):
    """An attempt as it is kept: answers by number of the question, letters as shown."""

    attempt_id = fields.Name()
    contest_id = fields.Name()
    round_id = fields.Name()
    number = fields.Whole()
    state = fields.Choice("open", "submitted", "void")
    division = fields.Name()
    unit_id = fields.Name()
    party_unit_id = fields.Name(allow_none=True)
    registered_at = fields.Instant()
    started_at = fields.Instant()
    saved_at = fields.Instant(allow_none=True)
    submitted_at = fields.Instant(allow_none=True)
    by = fields.Choice("person", "server", allow_none=True)
    late = fields.Flag()
    answers = Dict()
    answers_digest = fields.Text(allow_none=True)
    prediction = fields.Whole(allow_none=True)


class OwnData(fields.StrictSchema):
    exported_at = fields.Instant()
    attempts = fields.Many(fields.Part(OwnAttempt))


class Submitted(fields.StrictSchema):
    attempt_id = fields.Name()
    number = fields.Whole()
    submitted_at = fields.Instant()
    by = fields.Choice("person", "server")
    late = fields.Flag()
    answered = fields.Whole()
    receipt = fields.Text()
    answers_digest = fields.Text()
    prediction = fields.Part(Prediction)


def paper_head(
    attempt: Attempt, of: Round, now: datetime, scripts: Iterable[Script] = (), submission: dict | None = None
) -> dict:
    """A paper as its person sees it, but for the questions: `Paper.rendered` has them, without keys and ids."""
    languages = described(scripts)
    return {
        "attempt_id": attempt.attempt_id,
        "round_id": attempt.round_id,
        "contest_id": attempt.contest_id,
        "number": attempt.number,
        "state": attempt.state,
        "started_at": attempt.started_at,
        "deadline_at": attempt.deadline(of),
        "server_time": now,
        "answers": attempt.answers,
        "seq": attempt.seq,
        "prediction": prediction(attempt, of),
        "submission": submission,
        **({"languages": languages} if languages else {}),
    }


def _shown(number: int, item: Item) -> dict:
    return {"n": number, "text": item.question.text, "several": item.several, "options": item.options, **item.picture}


def practice(found: Practice, scripts: Iterable[Script]) -> dict:
    """A practice paper with its answers: the page judges, also without network."""
    return {
        "contest_id": found.contest_id,
        "title": found.title,
        "number": found.number,
        "papers": PAPERS,
        "paper_seconds": found.seconds,
        "languages": described(scripts),
        "questions": [_answered(number, item) for number, item in enumerate(found.paper.items, 1)],
    }


def _answered(number: int, item: Item) -> dict:
    asked = item.question
    return {**_shown(number, item), "right": item.shown(asked.right), "why": asked.why, "source": asked.source}


def waiting(found: Waiting) -> dict:
    """A person's appointment for a start."""
    return {
        "waiting": {
            "ticket": found.ticket,
            "position": found.position,
            "wait_seconds": round(found.wait_s, 3),
            "retry_at": found.turn_at,
            "server_time": found.now,
        }
    }


def prediction(attempt: Attempt, of: Round) -> dict:
    """What is to be predicted, and the person's sealed prediction."""
    return {"kind": of.rules.prediction, "sealed": attempt.prediction}


def saved(attempt: Attempt, of: Round, now: datetime) -> dict:
    """What a save answers."""
    return {
        "attempt_id": attempt.attempt_id,
        "answered": len(attempt.answers),
        "seq": attempt.seq,
        "deadline_at": attempt.deadline(of),
        "server_time": now,
    }


def submitted(attempt: Attempt, of: Round, receipt: str) -> dict:
    """What a submission answers, however often it is asked."""
    return {
        "attempt_id": attempt.attempt_id,
        "number": attempt.number,
        "submitted_at": attempt.submitted_at,
        "by": attempt.by,
        "late": attempt.late,
        "answered": len(attempt.answers),
        "receipt": receipt,
        "answers_digest": attempt.answers_digest,
        "prediction": prediction(attempt, of),
    }


def own_attempts(attempts: list[Attempt], of: Round, remaining: dict) -> dict:
    """A person's attempts in a round, and how many are left (null: no limit)."""
    return {
        "round_id": of.round_id,
        "left": remaining,
        "attempts": [_line(attempt, of) for attempt in attempts],
    }


def own_data(attempts: list[Attempt], now: datetime) -> dict:
    """Everything exam keeps of a person."""
    names = OwnAttempt().fields
    return {"exported_at": now, "attempts": [{name: getattr(attempt, name) for name in names} for attempt in attempts]}


def _line(attempt: Attempt, of: Round) -> dict:
    return {
        "attempt_id": attempt.attempt_id,
        "number": attempt.number,
        "state": attempt.state,
        "started_at": attempt.started_at,
        "deadline_at": attempt.deadline(of),
        "submitted_at": attempt.submitted_at,
        "by": attempt.by,
        "late": attempt.late,
    }


def review(attempt: Attempt, drawn: Paper, of: Round) -> dict:
    """Own and right answers with explanations; a corrected key counts."""
    questions = [_reviewed(attempt, number, item, of) for number, item in enumerate(drawn.items, 1)]
    return {
        "attempt_id": attempt.attempt_id,
        "round_id": attempt.round_id,
        "number": attempt.number,
        "submitted_at": wire_instant(attempt.submitted_at),
        "right": sum(question["is_right"] for question in questions),
        "questions": questions,
    }


def _reviewed(attempt: Attempt, number: int, item: Item, of: Round) -> dict:
    key, chosen = of.right(item.question), attempt.answers.get(str(number), "")
    return {
        **_shown(number, item),
        "chosen": chosen,
        "right": item.shown(key),
        "is_right": chosen == item.shown(key),
        "corrected": key != item.question.right,
        "why": item.question.why,
        "source": item.question.source,
    }
