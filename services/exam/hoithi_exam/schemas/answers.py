"""What goes out: schemas for the OpenAPI document and the functions that make the bodies."""

from datetime import datetime

from marshmallow.fields import Dict, Raw

from hoithi_contracts import fields
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain.attempt import Attempt
from hoithi_exam.domain.bank import Question
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.findings import Finding
from hoithi_exam.domain.paper import Item, Paper
from hoithi_exam.domain.queue import Waiting
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.rules import plain
from hoithi_exam.domain.templates import Template
from hoithi_exam.domain.versions import BankVersion


class Option(fields.StrictSchema):
    letter = fields.Text()
    text = fields.Text()


class PaperQuestion(fields.StrictSchema):
    n = fields.Whole()
    text = fields.LongText()
    several = fields.Flag()
    options = fields.Many(fields.Part(Option))


class Prediction(fields.StrictSchema):
    kind = fields.Text()
    sealed = fields.Whole(allow_none=True)


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


class BankAnswer(fields.StrictSchema):
    bank_id = fields.Name()
    version = fields.Whole(allow_none=True)
    questions = fields.Whole()
    findings = fields.Many(Raw())


class Verdict(fields.StrictSchema):
    valid = fields.Flag()
    reason = fields.Choice("ok", "not-signed-here", "unknown-attempt", "differs")
    covers = Dict(allow_none=True)


# Templates and contests


def template(found: Template, language: str) -> dict:
    """A template in short."""
    vietnamese = language == "vi"
    return {
        "id": found.id,
        "title": found.title if vietnamese else found.title_en,
        "about": found.about if vietnamese else found.about_en,
        "source": found.source,
    }


def whole_template(found: Template, language: str) -> dict:
    """A template with its rules and calendar."""
    kind = type(found.calendar).__name__.lower()
    return {**template(found, language), "rules": plain(found.rules), kind: vars(found.calendar)}


def contest(found: Contest) -> dict:
    """A contest with its rules and rounds."""
    return {
        "contest_id": found.contest_id,
        "title": found.title,
        "state": found.state,
        "template": found.template,
        "revision": found.revision,
        "published_at": found.published_at,
        "rules": plain(found.rules),
        "rounds": [vars(plan) for plan in found.rounds],
    }


def contest_in_short(found: Contest) -> dict:
    """A contest as a line of a list."""
    whole = contest(found)
    return {name: whole[name] for name in ("contest_id", "title", "state", "published_at", "rounds")}


def finding(found: Finding, language: str) -> dict:
    """One thing the check found, with its numbers and its sentence."""
    return {
        "severity": found.severity,
        "code": found.code,
        "where": found.where,
        "numbers": found.numbers,
        "message": found.sentence(language),
    }


def checked(found: list[Finding], language: str) -> dict:
    """What the check found, and whether the contest can be published."""
    ready = all(each.severity != "error" for each in found)
    return {"ready": ready, "findings": [finding(each, language) for each in found]}


# Banks


def bank_version(version: BankVersion) -> dict:
    """A version as a line of a list."""
    return {
        "bank_id": version.bank_id,
        "version": version.version,
        "title": version.title,
        "language": version.language,
        "questions": version.size,
        "digest": version.digest,
        "imported_at": version.imported_at,
        "imported_by": version.imported_by,
    }


def imported(bank_id: str, version: int | None, size: int, findings: list, language: str) -> dict:
    """What an import did; `version` is None when it was a trial."""
    told = [
        {"severity": each.severity, "code": each.code, "where": each.where, "message": each.sentence(language)}
        for each in findings
    ]
    return {"bank_id": bank_id, "version": version, "questions": size, "findings": told}


def bank_question(question: Question) -> dict:
    """A question with its key: for organisers only."""
    return {**vars(question), "options": list(question.options)}


# Rounds


def round_(found: Round, now: datetime) -> dict:
    """A round as everybody may see it. No live count: it would show what is to be predicted."""
    rules = found.rules
    return {
        "round_id": found.round_id,
        "contest_id": found.contest_id,
        "number": found.number,
        "title": found.title,
        "state": found.phase(now),
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
        "server_time": now,
        "paper_size": rules.paper_size,
        "paper_seconds": rules.paper_seconds,
        "grace_seconds": rules.grace_seconds,
        "start_window_seconds": rules.start_window_seconds,
        "attempts_per_day": rules.attempts_per_day,
        "attempts_per_round": rules.attempts_per_round,
        "attempts_in_all": rules.attempts_in_all,
        "prediction": rules.prediction,
        "answers_shown": rules.answers_shown,
        "divisions": [division.name for division in rules.divisions],
        "attempts": found.attempts,
        "closed_at": found.closed_at,
        "notices": [vars(extension) for extension in found.extensions],
    }


# Attempts


def paper_head(attempt: Attempt, of: Round, now: datetime, submission: dict | None = None) -> dict:
    """A paper as its person sees it, but for the questions: `Paper.rendered` has them, without keys and ids."""
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
    }


def _shown(number: int, item: Item) -> dict:
    return {"n": number, "text": item.question.text, "several": item.several, "options": item.options}


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
