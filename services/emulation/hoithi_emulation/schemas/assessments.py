"""Assessments: what is written from below, judged from above, and shown to both."""

from dataclasses import asdict

from marshmallow import ValidationError, validates_schema

from hoithi_contracts.fields import Choice, Decimal, Flag, Instant, LongText, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_emulation.domain.assessment import STATES, Assessment
from hoithi_emulation.domain.evidence import SUFFIX
from hoithi_emulation.domain.rules import KINDS
from hoithi_emulation.domain.rules_schema import CODE, MOST_CRITERIA, Points
from hoithi_emulation.schemas.campaigns import Seen

NOT_BEGUN = "not-begun"


class Beginning(StrictSchema):
    """`own`: a person about itself; else an officer for the unit, or for somebody of the unit."""

    kind = Choice(*KINDS, required=True)
    own = Flag(load_default=False)
    unit_id = Name(load_default="", pattern=r"(?:[A-Za-z0-9][A-Za-z0-9._:/~-]{0,119})?")
    name = Text(least=0, most=120, load_default="")
    position = Text(least=0, most=200, load_default="")

    @validates_schema
    def individuals_have_names(self, data, **kwargs):
        if data["kind"] == "individual" and len(data["name"]) < 2:
            raise ValidationError("name-missing", "name")


class Written(StrictSchema):
    code = Name(pattern=CODE, required=True)
    value = Decimal(least=0, most=1000, load_default=None, allow_none=True, metadata={"description": "1 or 0; points; per cent."})
    note = LongText(least=0, most=2000, load_default="")


class Claims(Seen):
    claims = Many(Part(Written), most=MOST_CRITERIA, required=True)


class EvidenceQuery(StrictSchema):
    revision = Whole(required=True)
    code = Name(pattern=CODE, required=True, metadata={"description": "The criterion it belongs to."})
    name = Text(most=200, required=True, metadata={"description": "The file's name on the person's device."})


class SeenQuery(StrictSchema):
    revision = Whole(required=True)


class Judged(StrictSchema):
    code = Name(pattern=CODE, required=True)
    points = Points(required=True)
    reason = Text(least=0, most=500, load_default="")


class Confirmation(Seen):
    judgements = Many(Part(Judged), most=MOST_CRITERIA, load_default=list)


class GivenBack(Seen):
    reason = LongText(least=3, most=2000, required=True)


class ListQuery(StrictSchema):
    unit_id = Name(load_default="", pattern=r"(?:[A-Za-z0-9][A-Za-z0-9._:/~-]{0,119})?")
    kind = Choice(*KINDS, load_default="collective")


class Listed(StrictSchema):
    assessment_id = Text(required=True, allow_none=True)
    kind = Choice(*KINDS, required=True)
    unit_id = Name(required=True)
    unit_name = Text(required=True, least=0)
    name = Text(required=True, least=0)
    position = Text(required=True, least=0)
    league = Text(required=True, least=0)
    state = Choice(NOT_BEGUN, *STATES, required=True)
    handed_in_at = Instant(required=True, allow_none=True)
    total = Points(required=True)
    waits_for_you = Flag(required=True)


class ListedMany(StrictSchema):
    assessments = Many(Part(Listed), most=10_000, required=True)


class File(StrictSchema):
    file_id = Name(required=True)
    code = Name(required=True)
    name = Text(required=True)
    content_type = Choice(*SUFFIX, required=True)
    size = Whole(required=True)
    digest = Text(required=True)
    at = Instant(required=True)


class OfCriterion(StrictSchema):
    """`value` is what is claimed, or what the platform counted. `accepted`: null before it is confirmed."""

    code = Name(required=True)
    value = Decimal(least=0, most=1_000_000, required=True, allow_none=True)
    claimed = Points(required=True)
    accepted = Points(required=True, allow_none=True)
    note = LongText(required=True, least=0)
    reason = Text(required=True, least=0)


class ShownAssessment(StrictSchema):
    assessment_id = Text(required=True)
    campaign_id = Name(required=True)
    kind = Choice(*KINDS, required=True)
    unit_id = Name(required=True)
    unit_name = Text(required=True, least=0)
    name = Text(required=True, least=0)
    position = Text(required=True, least=0)
    league = Text(required=True, least=0)
    state = Choice(*STATES, required=True)
    revision = Whole(required=True)
    reason = LongText(required=True, least=0, metadata={"description": "Why it was given back."})
    handed_in_at = Instant(required=True, allow_none=True)
    reviewed_at = Instant(required=True, allow_none=True)
    criteria = Many(Part(OfCriterion), required=True)
    files = Many(Part(File), required=True)
    total = Points(required=True, metadata={"description": "With what the platform counted."})
    may_write = Flag(required=True)
    may_review = Flag(required=True)


class OwnAssessments(StrictSchema):
    assessments = Many(Part(ShownAssessment), required=True)


NAMES = ("assessment_id", "campaign_id", "kind", "unit_id", "name", "position", "league", "state", "revision", "reason",
         "handed_in_at", "reviewed_at")  # fmt: skip


def shown(found: dict) -> dict:
    """From what `handlers.reviewing.shown` gives."""
    assessment: Assessment = found["assessment"]
    criteria = [_of_criterion(assessment, each, found["counted"]) for each in found["campaign"].rules.criteria(assessment.kind)]
    total = sum(each["claimed"] if each["accepted"] is None else each["accepted"] for each in criteria)
    return {
        **{name: getattr(assessment, name) for name in NAMES}, "unit_name": found["unit_name"], "criteria": criteria,
        "files": [asdict(each) for each in assessment.files], "total": round(total, 2),
        "may_write": found["may"]["writes"], "may_review": found["may"]["reviews"],
    }  # fmt: skip


def _of_criterion(assessment: Assessment, criterion, counted: dict) -> dict:
    if not criterion.is_claimed:
        value = counted.get((assessment.assessment_id, criterion.code))
        worth = criterion.worth(value)
        return {"code": criterion.code, "value": value, "claimed": worth, "accepted": worth, "note": "", "reason": ""}
    claim = next((each for each in assessment.claims if each.code == criterion.code), None)
    judged = next((each for each in assessment.judgements if each.code == criterion.code), None)
    accepted = assessment.accepted(criterion) if assessment.state == "confirmed" else None
    return {
        "code": criterion.code, "value": claim and claim.value, "claimed": assessment.claimed(criterion), "accepted": accepted,
        "note": claim.note if claim else "", "reason": judged.reason if judged else "",
    }  # fmt: skip
