"""What the desk is answered: schemas for the OpenAPI document and the functions that make the bodies."""

import json
from datetime import datetime

from marshmallow.fields import Dict, Raw

from hoithi_contracts import fields
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain.live import Live, per_minute
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.rules_schema import SLUG
from hoithi_store import Entry

AUDIT_PAGE = 50


class DescribedRules(fields.StrictSchema):
    fields_ = fields.Many(Raw(), data_key="fields", required=True)


class StockQuery(fields.StrictSchema):
    options = fields.Whole(least=2, most=10, load_default=4)
    several = fields.Flag(load_default=False)


class TopicStock(fields.StrictSchema):
    topic = fields.Name()
    name = fields.Text()
    levels = Dict()


class Stock(fields.StrictSchema):
    bank_id = fields.Name()
    version = fields.Whole()
    title = fields.Text()
    questions = fields.Whole()
    usable = fields.Whole()
    topics = fields.Many(fields.Part(TopicStock))


class MinuteAnswer(fields.StrictSchema):
    at = fields.Instant()
    begun = fields.Whole()
    submitted = fields.Whole(least=-(2**31))
    open = fields.Whole()


class LiveAnswer(fields.StrictSchema):
    round_id = fields.Name()
    state = fields.Text()
    server_time = fields.Instant()
    at = fields.Instant(allow_none=True)
    begun = fields.Whole()
    open = fields.Whole()
    submitted = fields.Whole()
    minutes = fields.Many(fields.Part(MinuteAnswer))


class AuditFile(fields.StrictSchema):
    contest = fields.Name(pattern=SLUG, load_default=None)


class AuditQuery(AuditFile):
    before = fields.Text(most=60, load_default=None)
    limit = fields.Whole(least=1, most=200, load_default=AUDIT_PAGE)


class AuditEntry(fields.StrictSchema):
    entry_id = fields.Text()
    at = fields.Instant()
    by = fields.Name()
    what = fields.Name()
    scope = fields.Name()
    subject = fields.Text()
    reason = fields.LongText(least=0)
    before = Dict()
    after = Dict()


class AuditPage(fields.StrictSchema):
    entries = fields.Many(fields.Part(AuditEntry))
    next = fields.Text(allow_none=True)


def live(round_: Round, found: Live | None, now: datetime) -> dict:
    """The last sample; zeros before the first one."""
    head = {"round_id": round_.round_id, "state": round_.phase(now), "server_time": now}
    if found is None:
        return {**head, "at": None, "begun": 0, "open": 0, "submitted": 0, "minutes": []}
    counts = {"begun": found.begun, "open": found.open, "submitted": found.submitted}
    return {**head, "at": found.at, **counts, "minutes": per_minute(found)}


def audit_cells(entry: Entry) -> list[str]:
    """An entry as a line of a table."""
    sides = [json.dumps(side, ensure_ascii=False, default=_told) for side in (entry.before, entry.after)]
    return [wire_instant(entry.at), entry.by, entry.what, entry.scope, entry.subject, entry.reason, *sides]


def _told(value) -> str:
    return wire_instant(value) if isinstance(value, datetime) else str(value)
