"""What a person is shown of campaigns in which it assesses itself. Small: it is read on cheap phones."""

from datetime import datetime

from hoithi_contracts.fields import Choice, Flag, Instant, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_emulation.domain.assessment import STATES
from hoithi_emulation.domain.campaign import STATES as OF_CAMPAIGN
from hoithi_emulation.domain.own import Own, Standing
from hoithi_emulation.domain.rules import plain
from hoithi_emulation.domain.rules_schema import CriterionSchema, FieldSchema, Points
from hoithi_emulation.schemas.assessments import NOT_BEGUN, ShownAssessment


class OwnLine(StrictSchema):
    campaign_id = Name(required=True)
    title = Text(required=True)
    state = Choice(*OF_CAMPAIGN, required=True)
    assess_until = Instant(required=True)
    review_until = Instant(required=True)
    decided_at = Instant(required=True, allow_none=True)
    mine = Choice(NOT_BEGUN, *STATES, required=True, metadata={"description": "How far the own assessment is."})
    may_begin = Flag(required=True)


class OwnLines(StrictSchema):
    campaigns = Many(Part(OwnLine), required=True)


class OwnAward(StrictSchema):
    code = Name(required=True)
    name = Text(required=True)
    given_by = Text(required=True)


class OwnStanding(StrictSchema):
    """`place` among all individuals, equal ones share it; null when it had not been confirmed by the decision."""

    place = Whole(required=True, allow_none=True)
    total = Points(most=60_000, required=True, allow_none=True)
    awards = Many(Part(OwnAward), required=True, metadata={"description": "What the person is nominated for."})


class OwnCampaign(OwnLine):
    most = Points(most=60_000, required=True, metadata={"description": "What everything together is worth."})
    criteria = Many(Part(CriterionSchema), required=True)
    fields_ = Many(Part(FieldSchema), required=True, data_key="fields", attribute="fields")
    assessment = Part(ShownAssessment, required=True, allow_none=True)
    standing = Part(OwnStanding, required=True, allow_none=True, metadata={"description": "Once the list is decided."})


NAMES = ("campaign_id", "title", "state", "assess_until", "review_until", "decided_at")


def line(own: Own, now: datetime) -> dict:
    mine = own.assessment.state if own.assessment else NOT_BEGUN
    return {**{name: getattr(own.campaign, name) for name in NAMES}, "mine": mine, "may_begin": own.may_begin(now)}


def whole(own: Own, assessment: dict | None, standing: Standing | None, now: datetime) -> dict:
    """`assessment`: as `schemas.assessments.shown` gives it."""
    rules = plain(own.campaign.rules)
    about = {"most": own.campaign.rules.most("individual"), "criteria": rules["individual"], "fields": rules["fields"]}
    return {**line(own, now), **about, "assessment": assessment, "standing": standing and _standing(own, standing)}


def _standing(own: Own, found: Standing) -> dict:
    awards = [own.campaign.rules.award(each.award) for each in found.nominees]
    told = [{"code": each.code, "name": each.name, "given_by": each.given_by} for each in awards if each]
    return {"place": found.row and found.row.place, "total": found.row and found.row.total, "awards": told}
