"""What rules may say: one marshmallow schema for HTTP bodies and for the shipped templates."""

from marshmallow import ValidationError, validates_schema

from hoithi_contracts import fields
from hoithi_emulation.domain.criteria import EVIDENCE, HOWS, MEASURES, exact
from hoithi_emulation.domain.rules import KINDS, WITHIN
from hoithi_emulation.domain.units import TREES

CODE = r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MOST_POINTS = 1000
MOST_CRITERIA = 60


class Points(fields.Decimal):
    """At most two decimals."""

    def __init__(self, *, least: float = 0, most: float = MOST_POINTS, **kwargs):
        super().__init__(least=least, most=most, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        points = super()._deserialize(value, attr, data, **kwargs)
        if exact(points) != points:
            raise ValidationError("too-many-decimals")
        return points


def distinct(items: list[dict], where: str) -> None:
    codes = [item["code"] for item in items if "code" in item]
    if len(set(codes)) < len(codes):
        raise ValidationError("twice", where)


class StepSchema(fields.StrictSchema):
    bound = Points(most=1_000_000, required=True)
    points = Points(required=True)


class CriterionSchema(fields.StrictSchema):
    code = fields.Name(pattern=CODE, required=True)
    text = fields.Text(least=3, most=600, required=True)
    most = Points(least=0.01, required=True)
    how = fields.Choice(*HOWS, required=True)
    group = fields.Text(least=0, most=200, load_default="")
    field = fields.Name(pattern=rf"(?:{SLUG})?", load_default="")
    hint = fields.Text(least=0, most=600, load_default="")
    evidence = fields.Choice(*EVIDENCE, load_default="optional")
    steps = fields.Many(fields.Part(StepSchema), most=20, load_default=list)
    measure = fields.Choice(*MEASURES, load_default="rate")
    contest_id = fields.Name(pattern=rf"(?:{SLUG})?", load_default="")
    rounds = fields.Many(fields.Name(), most=60, load_default=list)

    @validates_schema
    def steps_fit(self, data, **kwargs):
        """No step is worth more than the criterion; what is counted by a table has one."""
        if any(step["points"] > data.get("most", MOST_POINTS) for step in data["steps"]):
            raise ValidationError("step-above-most", "steps")
        if data.get("how") in ("scaled", "index", "contest") and not data["steps"]:
            raise ValidationError("steps-missing", "steps")


class LeagueSchema(fields.StrictSchema):
    code = fields.Name(pattern=SLUG, required=True)
    name = fields.Text(required=True)
    tree = fields.Choice(*TREES, required=True)
    kinds = fields.Many(fields.Name(), least=1, most=30, required=True)


class FieldSchema(fields.StrictSchema):
    code = fields.Name(pattern=SLUG, required=True)
    name = fields.Text(required=True)


class AwardSchema(fields.StrictSchema):
    code = fields.Name(pattern=SLUG, required=True)
    name = fields.Text(required=True)
    given_by = fields.Text(required=True)
    subject = fields.Choice(*KINDS, required=True)
    least_points = Points(most=10_000, load_default=0)
    quota = fields.Whole(least=0, most=100_000, load_default=None, allow_none=True)
    quota_percent = fields.Whole(least=1, most=100, load_default=None, allow_none=True)
    within = fields.Choice(*WITHIN, load_default="league")


class RulesSchema(fields.StrictSchema):
    """Who competes with whom, about what, for what."""

    leagues = fields.Many(fields.Part(LeagueSchema), most=30, load_default=list)
    fields_ = fields.Many(fields.Part(FieldSchema), most=60, load_default=list, data_key="fields", attribute="fields")
    collective = fields.Many(fields.Part(CriterionSchema), most=MOST_CRITERIA, load_default=list)
    individual = fields.Many(fields.Part(CriterionSchema), most=MOST_CRITERIA, load_default=list)
    awards = fields.Many(fields.Part(AwardSchema), most=20, load_default=list)
    tie_break = fields.Many(fields.Name(pattern=CODE), most=20, load_default=list)

    @validates_schema
    def codes_differ(self, data, **kwargs):
        for where in ("leagues", "fields", "collective", "individual", "awards"):
            distinct(data.get(where, []), where)

    @validates_schema
    def codes_are_known(self, data, **kwargs):
        known = {each["code"] for each in data["fields"]}
        for kind in KINDS:
            unknown = [each["field"] for each in data[kind] if each["field"] and each["field"] not in known]
            if unknown:
                raise ValidationError(f"unknown-code:{unknown[0]}", kind)
        criteria = {each["code"] for kind in KINDS for each in data[kind]}
        unknown = [code for code in data["tie_break"] if code not in criteria]
        if unknown:
            raise ValidationError(f"unknown-code:{unknown[0]}", "tie_break")
