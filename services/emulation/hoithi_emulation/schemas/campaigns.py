"""Campaigns: what organisers send, what everybody signed in sees."""

from hoithi_contracts.fields import Choice, Day, Flag, Instant, LongText, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_emulation.domain.campaign import STATES, Campaign
from hoithi_emulation.domain.rules import plain
from hoithi_emulation.domain.rules_schema import SLUG, Points, RulesSchema
from hoithi_emulation.domain.templates import Template

REVISION = {"metadata": {"description": "As it was shown: somebody else may have saved since."}}


class NewCampaign(StrictSchema):
    campaign_id = Name(pattern=SLUG, required=True)
    template = Name(pattern=SLUG, required=True)
    title = Text(least=3, load_default=None, allow_none=True, metadata={"description": "The template's when none is given."})
    from_day = Day(required=True)


class CampaignChange(StrictSchema):
    revision = Whole(required=True, **REVISION)
    title = Text(least=3, required=True)
    from_day = Day(required=True)
    to_day = Day(required=True)
    assess_until = Instant(required=True)
    review_until = Instant(required=True)
    rules = Part(RulesSchema, required=True)


class Seen(StrictSchema):
    revision = Whole(required=True, **REVISION)


class MoreTime(Seen):
    assess_until = Instant(required=True)
    review_until = Instant(required=True)
    reason = Text(least=3, most=500, required=True)


class MostPoints(StrictSchema):
    """What everything together is worth."""

    collective = Points(required=True)
    individual = Points(required=True)


class ShownCampaign(StrictSchema):
    campaign_id = Name(required=True)
    title = Text(required=True)
    template = Text(least=0, required=True)
    state = Choice(*STATES, required=True)
    revision = Whole(required=True)
    from_day = Day(required=True)
    to_day = Day(required=True)
    assess_until = Instant(required=True)
    review_until = Instant(required=True)
    opened_at = Instant(required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)
    digest = Text(least=0, required=True, metadata={"description": "SHA-256 of the decided list."})
    organises = Flag(required=True, metadata={"description": "Whether the caller is an organiser of it."})
    most = Part(MostPoints, required=True)
    rules = Part(RulesSchema, required=True)


class Campaigns(StrictSchema):
    campaigns = Many(Part(ShownCampaign), required=True)


class Wrong(StrictSchema):
    where = Text(required=True)
    code = Name(required=True)
    message = Text(required=True)


class Checked(StrictSchema):
    ready = Flag(required=True)
    findings = Many(Part(Wrong), required=True)


class ShownTemplate(StrictSchema):
    id = Name(required=True)
    title = Text(required=True)
    about = LongText(required=True)
    source = LongText(required=True, metadata={"description": "What is published practice, and what is our choice."})
    days = Whole(required=True)
    rules = Part(RulesSchema, required=True)


class Templates(StrictSchema):
    templates = Many(Part(ShownTemplate), required=True)


NAMES = ("campaign_id", "title", "template", "state", "revision", "from_day", "to_day", "assess_until", "review_until",
         "opened_at", "decided_at", "digest")  # fmt: skip


def shown(campaign: Campaign, organises: bool) -> dict:
    most = {kind: campaign.rules.most(kind) for kind in ("collective", "individual")}
    about = {"organises": organises, "most": most, "rules": plain(campaign.rules)}
    return {**{name: getattr(campaign, name) for name in NAMES}, **about}


def template(found: Template, language: str) -> dict:
    vi = language == "vi"
    told = {"title": found.title if vi else found.title_en, "about": found.about if vi else found.about_en}
    return {"id": found.id, **told, "source": found.source, "days": found.days, "rules": plain(found.rules)}
