"""Roster sheets and lists to call through."""

from marshmallow.fields import String

from hoithi_contracts.fields import Choice, Flag, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_registration.schemas.fields import UnitId


class RosterSheetQuery(StrictSchema):
    """`unit_id`: the unit whose officer sends the sheet; organisers may leave it out."""

    unit_id = UnitId(load_default=None)
    dry_run = Flag(load_default=False, metadata={"description": "Only say what the sheet would do."})


class FindingAnswer(StrictSchema):
    severity = Choice("error", "warning")
    row = Whole()
    column = String(allow_none=True, metadata={"description": "Letter of the column, as Excel shows it."})
    code = String()
    message = String()


class ReadUnit(StrictSchema):
    unit_id = String()
    name = String()
    headcount = Whole()
    before = Whole(allow_none=True, metadata={"description": "Headcount of the draft until now; null: none."})


class RosterSheetAnswer(StrictSchema):
    kind = Choice("headcounts", "people", metadata={"description": "One row a unit, or one row a person (counted, not kept)."})
    rows = Whole(metadata={"description": "Rows below the header."})
    saved = Flag()
    units = Many(Part(ReadUnit))
    findings = Many(Part(FindingAnswer))


class PhoneListBody(StrictSchema):
    """`user_ids`: who is to be called, as scoring lists those who have not taken part."""

    user_ids = Many(Name(), least=1, most=10_000, required=True)
    reason = Text(least=3, most=200, required=True, metadata={"description": "For the log: why these people are called."})
