"""What goes out: schemas for the OpenAPI document and the functions that make the bodies."""

from datetime import datetime

from marshmallow.fields import Dict, Raw

from hoithi_contracts import fields
from hoithi_exam.domain.bank import Bank
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.findings import Finding
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.rules import plain
from hoithi_exam.domain.speech import Script, Spoken
from hoithi_exam.domain.templates import Template
from hoithi_exam.domain.versions import BankVersion


class BankAnswer(fields.StrictSchema):
    bank_id = fields.Name()
    version = fields.Whole(allow_none=True)
    questions = fields.Whole()
    state = fields.Choice("draft", "approved", allow_none=True)
    findings = fields.Many(Raw())
    preview = fields.Many(Raw())


class SoundAnswer(fields.StrictSchema):
    sound = fields.Name()
    content_type = fields.Text()


class PictureAnswer(fields.StrictSchema):
    picture = fields.Name()
    content_type = fields.Text()


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


def contest(found: Contest, **more) -> dict:
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
        "amendments": [vars(amendment) for amendment in found.amendments],
        **more,
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
        "state": version.state,
        "approved_by": version.approved_by or None,
        "approved_at": version.approved_at,
        "note": version.note,
    }


def imported(bank: Bank, version: BankVersion | None, findings: list, language: str, preview: int = 0) -> dict:
    """What an import did; `version` is None when it was a trial. `preview`: how many questions are shown."""
    told = [
        {"severity": each.severity, "code": each.code, "where": each.where, "message": each.sentence(language)}
        for each in findings
    ]
    return {
        "bank_id": bank.id,
        "version": version and version.version,
        "questions": len(bank.questions),
        "state": version and version.state,
        "findings": told,
        "preview": [question.plain for question in bank.questions[:preview]],
    }


def language(found: Script, bank: BankVersion) -> dict:
    """How far a language of a bank is: of `questions` so many have texts, so many sounds."""
    said = found.questions.values()
    counts = {"texts": sum(bool(each.text) for each in said), "sounds": sum(bool(each.sounds) for each in said)}
    return {
        "bank_id": bank.bank_id,
        "version": bank.version,
        "code": found.code,
        "name": found.name,
        "questions": bank.size,
        **counts,
    }


def said(question_id: str, spoken: Spoken) -> dict:
    """How a question is said: for organisers only, since options stand in the bank's order."""
    return {"id": question_id, **vars(spoken)}


# Rounds


def round_(found: Round, now: datetime, **more) -> dict:
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
        "halts": [vars(halt) for halt in found.halts],
        **more,
    }
