"""Campaign templates: rules and deadlines, shipped with the package as YAML and checked like any input."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import yaml

from hoithi_contracts import fields
from hoithi_emulation.domain.refusals import TemplateUnknown
from hoithi_emulation.domain.rules import Rules, rules_from
from hoithi_emulation.domain.rules_schema import SLUG, RulesSchema

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
END_OF_WORK = time(17, 0)


@dataclass(frozen=True)
class Template:
    """A campaign to begin from. `source` says what is published practice, and what is our choice."""

    id: str
    title: str
    title_en: str
    about: str
    about_en: str
    source: str
    days: int
    assess_days_before_end: int
    review_days_after_end: int
    rules: Rules

    def dates(self, from_day: date) -> dict:
        """The period and both deadlines of a campaign that begins on this day."""
        last = from_day + timedelta(days=self.days - 1)
        until = last - timedelta(days=self.assess_days_before_end), last + timedelta(days=self.review_days_after_end)
        assess, review = (datetime.combine(day, END_OF_WORK, HERE).astimezone(UTC) for day in until)
        return {"from_day": from_day.isoformat(), "to_day": last.isoformat(), "assess_until": assess, "review_until": review}


@cache
def shipped() -> dict[str, Template]:
    """The templates of this package by id. Package data: it counts as code."""
    folder = resources.files("hoithi_emulation") / "templates"
    found = [parse(yaml.safe_load(file.read_text("utf-8"))) for file in folder.iterdir() if file.name.endswith(".yml")]
    return {template.id: template for template in sorted(found, key=lambda template: template.id)}


def find(template_id: str) -> Template:
    """A shipped template; raises TemplateUnknown."""
    if template_id not in shipped():
        raise TemplateUnknown()
    return shipped()[template_id]


def parse(content) -> Template:
    """A template from its file's content; raises marshmallow's ValidationError."""
    loaded = TemplateSchema().load(content)
    return Template(**{**loaded, "rules": rules_from(loaded["rules"])})


class TemplateSchema(fields.StrictSchema):
    id = fields.Name(pattern=SLUG, required=True)
    title = fields.Text(required=True)
    title_en = fields.Text(required=True)
    about = fields.LongText(required=True)
    about_en = fields.LongText(required=True)
    source = fields.LongText(required=True)
    days = fields.Whole(least=1, most=2000, required=True)
    assess_days_before_end = fields.Whole(most=365, required=True)
    review_days_after_end = fields.Whole(most=365, required=True)
    rules = fields.Part(RulesSchema, required=True)
