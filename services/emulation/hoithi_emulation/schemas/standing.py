"""Ranking, nomination, indices, exports."""

from marshmallow import post_load

from hoithi_contracts.fields import Choice, Decimal, Flag, Instant, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_emulation.domain.nomination import ACTS, Nominations
from hoithi_emulation.domain.paper import BLANK, Sheet
from hoithi_emulation.domain.ranking import Row
from hoithi_emulation.domain.rules import KINDS
from hoithi_emulation.domain.rules_schema import SLUG, Points
from hoithi_emulation.schemas.campaigns import Seen, ShownCampaign
from hoithi_print import DOCX, PDF


class OfPoints(StrictSchema):
    code = Name(required=True)
    points = Points(required=True)


class RankedRow(StrictSchema):
    assessment_id = Text(required=True)
    kind = Choice(*KINDS, required=True)
    name = Text(required=True, least=0)
    position = Text(required=True, least=0)
    unit_id = Name(required=True)
    unit_name = Text(required=True, least=0)
    league = Text(required=True, least=0)
    place = Whole(required=True, metadata={"description": "Equal ones share a place."})
    total = Points(most=60_000, required=True)
    points = Many(Part(OfPoints), required=True)


class Ranking(StrictSchema):
    rows = Many(Part(RankedRow), most=100_000, required=True)


class Nominee(StrictSchema):
    award = Name(required=True)
    how = Choice("rules", "added", required=True)
    reason = Text(required=True, least=0)
    row = Part(RankedRow, required=True)


class PassedOver(StrictSchema):
    award = Name(required=True)
    why = Choice("left-out", "tied", required=True)
    reason = Text(required=True, least=0)
    row = Part(RankedRow, required=True)


class ShownNominations(StrictSchema):
    campaign = Part(ShownCampaign, required=True)
    nominees = Many(Part(Nominee), most=100_000, required=True)
    passed_over = Many(Part(PassedOver), most=100_000, required=True)


class Changing(StrictSchema):
    assessment_id = Text(most=300, required=True)
    award = Name(pattern=SLUG, required=True)
    act = Choice(*ACTS, required=True)
    reason = Text(least=3, most=500, required=True)


class Decision(Seen):
    """The list as it is now becomes the decided one."""


class SheetQuery(StrictSchema):
    dry_run = Flag(load_default=True, metadata={"description": "Only say what the file would do."})


class SheetFinding(StrictSchema):
    row = Whole(required=True)
    column = Text(required=True)
    code = Name(required=True)
    message = Text(required=True)


class ReadValue(StrictSchema):
    unit_id = Name(required=True)
    name = Text(required=True)
    before = Decimal(least=0, most=1_000_000, required=True, allow_none=True)
    value = Decimal(least=0, most=1_000_000, required=True)


class SheetRead(StrictSchema):
    saved = Flag(required=True)
    values = Many(Part(ReadValue), most=10_000, required=True)
    findings = Many(Part(SheetFinding), most=10_000, required=True)


class Index(StrictSchema):
    code = Name(required=True)
    text = Text(required=True)
    values = Whole(required=True, metadata={"description": "How many units have a value."})


class ResultsOfRound(StrictSchema):
    round_id = Name(required=True)
    contest_id = Name(required=True)
    digest = Text(required=True, least=0, metadata={"description": "Of the signed results.json; empty: not fetched yet."})
    fetched_at = Instant(required=True, allow_none=True)
    trouble = Text(required=True, least=0)


class Counted(StrictSchema):
    indices = Many(Part(Index), required=True)
    rounds = Many(Part(ResultsOfRound), required=True)


class FileQuery(StrictSchema):
    kind = Choice(*KINDS, load_default="collective")
    bom = Flag(load_default=False, metadata={"description": "Begin with a byte order mark, so that Excel reads UTF-8."})


class SheetBody(StrictSchema):
    format = Choice(PDF, DOCX, load_default=PDF)
    number = Text(most=60, load_default=BLANK)
    signer = Text(least=0, most=120, load_default="")
    role = Text(least=0, most=120, load_default="TRƯỞNG BAN TỔ CHỨC")
    bases = Many(Text(most=300), most=20, load_default=list, metadata={"description": "Decisions, plans it is based on."})

    @post_load
    def as_sheet(self, data, **kwargs) -> dict:
        format = data.pop("format")
        return {"format": format, "sheet": Sheet(**{**data, "bases": tuple(data["bases"])})}


def row(found: Row, names: dict[str, str]) -> dict:
    told = ("assessment_id", "kind", "name", "position", "unit_id", "league", "place", "total")
    points = [{"code": code, "points": points} for code, points in found.points.items()]
    return {
        **{name: getattr(found, name) for name in told},
        "unit_name": names.get(found.unit_id, found.unit_id),
        "points": points,
    }


def nominations(found: Nominations, names: dict[str, str]) -> dict:
    nominees = [{"award": e.award, "how": e.how, "reason": e.reason, "row": row(e.row, names)} for e in found.nominees]
    passed = [{"award": e.award, "why": e.why, "reason": e.reason, "row": row(e.row, names)} for e in found.passed_over]
    return {"nominees": nominees, "passed_over": passed}
