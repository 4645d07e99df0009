"""What charts are drawn from."""

from hoithi_contracts.fields import Choice, Day, Flag, Instant, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_scoring.domain.charts import STEPS

STATES = ("planned", "running", "closed", "provisional", "official")
FEW = "null: 1 to 9 people, or one more that hides a single such day; for those with a right to it a number."


class ChartsQuery(StrictSchema):
    unit_id = Name(load_default=None, metadata={"description": "With everything below it; none: everybody."})


class ChartDay(StrictSchema):
    day = Day(required=True)
    newcomers = Whole(required=True, allow_none=True, metadata={"description": f"First-time participants. {FEW}"})
    attempts = Whole(required=True, allow_none=True, metadata={"description": "null: as above, or of a unit."})


class ScoreBar(StrictSchema):
    """People whose counting points lie between the two, both included."""

    least = Whole(required=True, least=-(2**31))
    most = Whole(required=True, least=-(2**31))
    people = Whole(required=True)


class ChartStep(StrictSchema):
    step = Choice(*STEPS, required=True)
    people = Whole(required=True, allow_none=True, metadata={"description": "null: 1 to 9 people."})


class Drawn(StrictSchema):
    """What is told of a round, or of all published rounds together."""

    contest_id = Name(required=True)
    title = Text(required=True, least=0)
    built_at = Instant(required=True, allow_none=True, metadata={"description": "When this was counted."})
    unit_id = Name(required=True, allow_none=True)
    unit = Text(required=True, allow_none=True, least=0)
    full = Flag(required=True, metadata={"description": "Small groups are shown, because the caller may see them."})
    suppressed = Flag(required=True, metadata={"description": "Not told: a group under ten people."})
    days = Many(Part(ChartDay), required=True)
    scores = Many(
        Part(ScoreBar), required=True, allow_none=True,
        metadata={"description": "null: not told yet, or a table from before this was counted. Outsiders: bars of 10 or more."},
    )  # fmt: skip
    steps = Many(Part(ChartStep), required=True, allow_none=True, metadata={"description": "Registered to everything right."})


class Charts(Drawn):
    round_id = Name(required=True)
    number = Whole(required=True)
    state = Choice(*STATES, required=True)
    opens_at = Instant(required=True, allow_none=True)
    closes_at = Instant(required=True, allow_none=True)
    sealed = Flag(required=True, metadata={"description": "Not told while people predict how many take part."})


class SeasonCharts(Drawn):
    """Every person once: days by their first attempt of all, points added up, perfect in one round at least."""

    rounds = Whole(required=True, metadata={"description": "Published ones, which are added up."})


class SeasonPeople(StrictSchema):
    participants = Whole(required=True, allow_none=True, metadata={"description": "Different people in the published rounds."})
    rounds = Whole(required=True)


class ContestCharts(StrictSchema):
    contest_id = Name(required=True)
    title = Text(required=True, least=0)
    season = Part(SeasonPeople, required=True)
    rounds = Many(Part(Charts), required=True)
