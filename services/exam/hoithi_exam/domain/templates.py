"""Contest templates: rules and a calendar, shipped with the package as YAML and checked like any input."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import yaml
from marshmallow import ValidationError

from hoithi_contracts import fields
from hoithi_contracts.exam import RoundPlan
from hoithi_exam.domain.rules import Rules, rules_from
from hoithi_exam.domain.rules_schema import SLUG, RulesSchema

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIME = r"([01]\d|2[0-3]):[0-5]\d"


class UnknownTemplate(Exception):
    """No template has this name."""

    def __init__(self, template_id: str):
        self.template_id = template_id
        super().__init__(template_id)


class StartMissing(Exception):
    """The template has no date of its own: a first day or instant is needed."""

    def __init__(self, field: str):
        self.fields = {field: "required"}
        super().__init__(field)


@dataclass(frozen=True)
class Calendar:
    """Weekly rounds by the wall clock: each opens on its first day and closes `closes_after_days` later."""

    rounds: int
    opens_at: time
    closes_at: time
    closes_after_days: int = 6
    starts_on: str | None = None
    first_day: date | None = None


@dataclass(frozen=True)
class Rehearsal:
    """Rounds of some seconds one after the other."""

    rounds: int
    seconds: int
    gap_seconds: int


@dataclass(frozen=True)
class Template:
    """A contest to begin from. `source` says what is taken from where, and what is our choice."""

    id: str
    title: str
    title_en: str
    about: str
    about_en: str
    source: str
    rules: Rules
    calendar: Calendar | Rehearsal

    def plan(self, contest_id: str, first_day: date | None = None, starts_at: datetime | None = None, seconds: int | None = None):
        """The rounds as instants (UTC); raises StartMissing. `seconds` is for rehearsals: the length of a round."""
        if isinstance(self.calendar, Rehearsal):
            return _rehearsal(self.calendar, contest_id, starts_at, seconds)
        return _weeks(self.calendar, contest_id, first_day, ZoneInfo(self.rules.time_zone))


def round_id(contest_id: str, number: int) -> str:
    """The id of a contest's round."""
    return f"{contest_id}-w{number}"


@cache
def shipped() -> dict[str, Template]:
    """The templates of this package by id. Package data: it counts as code."""
    folder = resources.files("hoithi_exam") / "templates"
    found = [parse(yaml.safe_load(file.read_text("utf-8"))) for file in folder.iterdir() if file.name.endswith(".yml")]
    return {template.id: template for template in sorted(found, key=lambda template: template.id)}


def find(template_id: str) -> Template:
    """A shipped template; raises UnknownTemplate."""
    if template_id not in shipped():
        raise UnknownTemplate(template_id)
    return shipped()[template_id]


def parse(plain_template) -> Template:
    """A template from its file's content; raises marshmallow's ValidationError."""
    loaded = TemplateSchema().load(plain_template)
    calendar = _calendar(loaded.pop("weekly", None), loaded.pop("rehearsal", None))
    return Template(**{**loaded, "rules": rules_from(loaded["rules"])}, calendar=calendar)


def _calendar(weekly: dict | None, rehearsal: dict | None) -> Calendar | Rehearsal:
    if (weekly is None) == (rehearsal is None):
        raise ValidationError("either weekly or rehearsal", "weekly")
    if rehearsal:
        return Rehearsal(**rehearsal)
    times = {name: time.fromisoformat(weekly[name]) for name in ("opens_at", "closes_at")}
    return Calendar(**{**weekly, **times})


def _weeks(calendar: Calendar, contest_id: str, first_day: date | None, zone: ZoneInfo) -> tuple[RoundPlan, ...]:
    start = first_day or calendar.first_day
    if start is None:
        raise StartMissing("first_day")
    if calendar.starts_on:
        start += timedelta(days=(WEEKDAYS.index(calendar.starts_on) - start.weekday()) % 7)
    return tuple(_week(calendar, contest_id, number, start + timedelta(weeks=number - 1), zone) for number in _numbers(calendar))


def _week(calendar: Calendar, contest_id: str, number: int, day: date, zone: ZoneInfo) -> RoundPlan:
    last = day + timedelta(days=calendar.closes_after_days)
    opens, closes = (_instant(*moment, zone) for moment in ((day, calendar.opens_at), (last, calendar.closes_at)))
    return RoundPlan(round_id(contest_id, number), number, f"Tuần {number}", opens, closes)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _rehearsal(calendar: Rehearsal, contest_id: str, starts_at: datetime | None, seconds: int | None) -> tuple[RoundPlan, ...]:
    if starts_at is None:
        raise StartMissing("starts_at")
    length = timedelta(seconds=seconds or calendar.seconds)
    step = length + timedelta(seconds=calendar.gap_seconds)
    starts = [starts_at + (number - 1) * step for number in _numbers(calendar)]
    return tuple(
        RoundPlan(round_id(contest_id, number), number, f"Vòng {number}", opens, opens + length)
        for number, opens in zip(_numbers(calendar), starts, strict=True)
    )


def _numbers(calendar: Calendar | Rehearsal) -> range:
    return range(1, calendar.rounds + 1)


class WeeklySchema(fields.StrictSchema):
    rounds = fields.Whole(least=1, most=60, required=True)
    opens_at = fields.Name(pattern=TIME, required=True)
    closes_at = fields.Name(pattern=TIME, required=True)
    closes_after_days = fields.Whole(least=0, most=7)
    starts_on = fields.Choice(*WEEKDAYS)
    first_day = fields.Day()


class RehearsalSchema(fields.StrictSchema):
    rounds = fields.Whole(least=1, most=60, required=True)
    seconds = fields.Whole(least=5, most=86400, required=True)
    gap_seconds = fields.Whole(most=86400, required=True)


class TemplateSchema(fields.StrictSchema):
    id = fields.Name(pattern=SLUG, required=True)
    title = fields.Text(required=True)
    title_en = fields.Text(required=True)
    about = fields.LongText(required=True)
    about_en = fields.LongText(required=True)
    source = fields.LongText(required=True)
    rules = fields.Part(RulesSchema, required=True)
    weekly = fields.Part(WeeklySchema)
    rehearsal = fields.Part(RehearsalSchema)
