"""What the desk is answered: schemas for the OpenAPI document and the functions that make the bodies."""

from datetime import datetime

from marshmallow.fields import Dict, Raw

from hoithi_contracts import fields
from hoithi_exam.domain.live import Live, per_minute
from hoithi_exam.domain.round import Round


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
    state = fields.Choice("draft", "approved", metadata={"description": "draft: no version is approved yet."})
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
    banks = Dict(metadata={"description": 'Division -> "bank:version" that its papers are drawn from.'})


def live(round_: Round, found: Live | None, now: datetime) -> dict:
    """The last sample; zeros before the first one."""
    head = {"round_id": round_.round_id, "state": round_.phase(now), "server_time": now, "banks": dict(round_.banks)}
    if found is None:
        return {**head, "at": None, "begun": 0, "open": 0, "submitted": 0, "minutes": []}
    counts = {"begun": found.begun, "open": found.open, "submitted": found.submitted}
    return {**head, "at": found.at, **counts, "minutes": per_minute(found)}
