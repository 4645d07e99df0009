"""What officers send and see."""

from hoithi_contracts.fields import Choice, Day, Decimal, Flag, Instant, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_scoring.domain.reports import KINDS
from hoithi_scoring.domain.units import TREES

STATES = ("planned", "running", "closed", "provisional", "official")
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"


class NotYetQuery(StrictSchema):
    q = Text(load_default="", least=0, most=100, metadata={"description": "Beginnings of words of the name, marks or not."})
    after = Text(load_default="", least=0, most=300, metadata={"description": "`next` of the page before."})
    limit = Whole(load_default=50, least=1, most=500)


class UnitStanding(StrictSchema):
    unit_id = Name(required=True)
    name = Text(required=True, least=0)
    kind = Name(required=True)
    participants = Whole(required=True)
    roster = Whole(required=True, allow_none=True, metadata={"description": "Frozen headcount with the units below."})
    registered = Whole(required=True, metadata={"description": "People of the unit and below who have an account now."})
    not_yet = Whole(required=True, metadata={"description": "Of the roster, where there is one; else of the registered."})
    rate_percent = Text(required=True, allow_none=True)
    mean_points = Text(required=True, allow_none=True, metadata={"description": "null: nobody yet, or sealed while predicted."})
    attempts = Whole(required=True)


class DayCount(StrictSchema):
    day = Day(required=True)
    newcomers = Whole(required=True, metadata={"description": "People who took part in the round for the first time that day."})


class Standing(StrictSchema):
    round_id = Name(required=True)
    title = Text(required=True, least=0)
    state = Choice(*STATES, required=True)
    tree = Choice(*TREES, required=True)
    built_at = Instant(required=True, allow_none=True)
    unit = Part(UnitStanding, required=True)
    place = Whole(required=True, allow_none=True, metadata={"description": "By rate among units of the kind with one parent."})
    peers = Whole(required=True)
    below = Many(Part(UnitStanding), most=10_000, required=True)
    days = Many(Part(DayCount), required=True)


class RoundStanding(StrictSchema):
    round_id = Name(required=True)
    number = Whole(required=True)
    title = Text(required=True, least=0)
    state = Choice(*STATES, required=True)
    participants = Whole(required=True)
    roster = Whole(required=True, allow_none=True)
    rate_percent = Text(required=True, allow_none=True)
    mean_points = Text(required=True, allow_none=True)
    attempts = Whole(required=True)
    place = Whole(required=True, allow_none=True)
    peers = Whole(required=True)


class Trend(StrictSchema):
    contest_id = Name(required=True)
    unit_id = Name(required=True)
    rounds = Many(Part(RoundStanding), required=True)


class Missing(StrictSchema):
    user_id = Name(required=True)
    name = Text(required=True)
    phone = Text(required=True, allow_none=True, metadata={"description": "The last three digits; registration has the number."})
    division = Name(required=True)


class NotYet(StrictSchema):
    round_id = Name(required=True)
    unit_id = Name(required=True)
    people = Many(Part(Missing), required=True)
    next = Text(required=True, allow_none=True)


class ReportTimes(StrictSchema):
    """Times of the contest's zone, "11:00"; null: no such report. `weekly_on`: 1 is Monday."""

    daily_at = Name(pattern=CLOCK, required=True, allow_none=True)
    weekly_at = Name(pattern=CLOCK, required=True, allow_none=True)
    weekly_on = Whole(least=1, most=7, required=True)


class Report(StrictSchema):
    kind = Choice(*KINDS, required=True)
    day = Day(required=True)
    round_id = Name(required=True)
    made_at = Instant(required=True)


class Reports(StrictSchema):
    reports = Many(Part(Report), required=True)


class EvaluationStep(StrictSchema):
    least_rate = Whole(least=0, most=100, required=True, metadata={"description": "Percent of the roster that took part."})
    points = Decimal(least=0, most=1000, required=True)


class EvaluationTable(StrictSchema):
    criterion = Text(least=3, most=300, required=True)
    steps = Many(Part(EvaluationStep), least=1, most=20, required=True)


class EvaluationQuery(StrictSchema):
    bom = Flag(load_default=False, metadata={"description": "Begin with a byte order mark, so that Excel reads UTF-8."})
