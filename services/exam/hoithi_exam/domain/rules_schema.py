"""What rules may say: one marshmallow schema for HTTP bodies and for the shipped templates."""

from functools import cache
from zoneinfo import available_timezones

from marshmallow import ValidationError, validates_schema

from hoithi_contracts import fields
from hoithi_exam.domain import rules
from hoithi_exam.domain.bank import LEVELS

DIVISIONS = ("officials", "citizens", "pupils")
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MOST_IN_A_BLUEPRINT = 100
# Which settings belong together for the person who sets a contest up.
PAPER, ATTEMPTS, RESULT, CLOCK, PEOPLE, PRIZES, PUBLICATION = (
    {"group": name} for name in ("paper", "attempts", "result", "clock", "divisions", "prizes", "publication")
)


@cache
def _zones() -> set[str]:
    return available_timezones()


def _zone(name: str) -> None:
    if name not in _zones():
        raise ValidationError("unknown-zone")


def _distinct(items: list[dict], key: tuple[str, ...], where: str) -> None:
    seen = [tuple(item.get(part, rules.ANY) for part in key) for item in items]
    if len(set(seen)) < len(seen):
        raise ValidationError("twice", where)


class DrawSchema(fields.StrictSchema):
    topic = fields.Name(pattern=rf"\*|{SLUG}")
    level = fields.Choice(rules.ANY, *LEVELS)
    count = fields.Whole(least=1, most=200, required=True)


class DivisionSchema(fields.StrictSchema):
    name = fields.Choice(*DIVISIONS, required=True)
    bank = fields.Name(pattern=rf"(?:{SLUG})?")
    blueprint = fields.Many(fields.Part(DrawSchema), least=1, most=MOST_IN_A_BLUEPRINT)

    @validates_schema
    def lines_differ(self, data, **kwargs):
        _distinct(data.get("blueprint", []), ("topic", "level"), "blueprint")


class PrizeSchema(fields.StrictSchema):
    name = fields.Name(pattern=SLUG, required=True)
    count = fields.Whole(least=1, most=10_000, required=True)


class PublicationSchema(fields.StrictSchema):
    provisional_within_hours = fields.Whole(least=1, most=240)
    complaint_working_days = fields.Whole(least=0, most=60)
    official_within_working_days = fields.Whole(least=0, most=120)
    winners_verified = fields.Flag()


class RulesSchema(fields.StrictSchema):
    """Any part of the rules; what is left out keeps the value it had (the template's, else the default)."""

    paper_size = fields.Whole(least=1, most=200, metadata=PAPER)
    options = fields.Whole(least=2, most=10, metadata=PAPER)
    several = fields.Flag(metadata=PAPER)
    paper_seconds = fields.Whole(least=5, most=6 * 3600, metadata=PAPER)
    shuffle_questions = fields.Flag(metadata=PAPER)
    shuffle_options = fields.Flag(metadata=PAPER)
    attempts_per_day = fields.Whole(least=1, most=10_000, allow_none=True, metadata=ATTEMPTS)
    attempts_per_round = fields.Whole(least=1, most=10_000, allow_none=True, metadata=ATTEMPTS)
    attempts_in_all = fields.Whole(least=1, most=10_000, allow_none=True, metadata=ATTEMPTS)
    counting = fields.Choice(*rules.COUNTING, metadata=RESULT)
    prediction = fields.Choice(*rules.PREDICTIONS, metadata=RESULT)
    tie_break = fields.Choice(*rules.TIE_BREAKS, metadata=RESULT)
    grace_seconds = fields.Whole(least=0, most=300, metadata=CLOCK)
    start_window_seconds = fields.Whole(least=0, most=300, metadata=CLOCK)
    answers_shown = fields.Choice(*rules.SHOWN, metadata=PAPER)
    divisions = fields.Many(fields.Part(DivisionSchema), least=1, most=len(DIVISIONS), metadata=PEOPLE)
    prizes = fields.Many(fields.Part(PrizeSchema), most=20, metadata=PRIZES)
    season_prizes = fields.Many(fields.Part(PrizeSchema), most=20, metadata=PRIZES)
    collective = fields.Choice(*rules.COLLECTIVES, metadata=PRIZES)
    collective_least_rate = fields.Whole(least=0, most=100, metadata=PRIZES)
    publication = fields.Part(PublicationSchema, metadata=PUBLICATION)
    time_zone = fields.Text(most=60, also=(_zone,), metadata=CLOCK)

    @validates_schema
    def names_differ(self, data, **kwargs):
        for part in ("divisions", "prizes", "season_prizes"):
            _distinct(data.get(part, []), ("name",), part)
