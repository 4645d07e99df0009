"""Units and rosters."""

from marshmallow.fields import String

from hoithi_contracts.fields import Choice, Day, Instant, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_registration.domain.unit import TREES
from hoithi_registration.schemas.fields import IsoDay, UnitId

KIND = r"^[a-z][a-z0-9-]{0,39}$"


class UnitBody(StrictSchema):
    id = UnitId(required=True)
    name = Text(most=200, required=True)
    kind = Name(pattern=KIND, required=True)
    tree = Choice(*TREES, required=True)
    valid_from = IsoDay(required=True)
    parent_id = UnitId(allow_none=True, load_default=None)
    valid_to = IsoDay(allow_none=True, load_default=None)


class ImportUnits(StrictSchema):
    units = Many(Part(UnitBody), least=1, most=5000, required=True)


class UnitSearch(StrictSchema):
    tree = Choice(*TREES)
    q = Text(most=100)
    parent_id = UnitId()
    kind = Name(pattern=KIND)
    on = Day()
    limit = Whole(least=1, most=500, load_default=50)
    after = UnitId()


class UnitAnswer(StrictSchema):
    id = String()
    name = String()
    kind = String()
    tree = String()
    parent_id = String(allow_none=True)
    parent_name = String(allow_none=True)
    valid_from = String()
    valid_to = String(allow_none=True)


class UnitsAnswer(StrictSchema):
    units = Many(Part(UnitAnswer))
    next = String(metadata={"description": "Give it as `after` to get the next page; null on the last."}, allow_none=True)


class ImportAnswer(StrictSchema):
    revision = Whole()
    changed = Whole()
    unchanged = Whole()


class RosterRow(StrictSchema):
    unit_id = UnitId(required=True)
    headcount = Whole(most=10_000_000, required=True)


class DraftRoster(StrictSchema):
    rows = Many(Part(RosterRow), most=10_000, required=True)


class RosterAnswer(StrictSchema):
    contest_id = String()
    state = String()
    revision = Whole()
    rows = Many(Part(RosterRow))
    changed_by = String(allow_none=True)
    changed_at = Instant(allow_none=True)
    frozen_by = String(allow_none=True)
    frozen_at = Instant(allow_none=True)
