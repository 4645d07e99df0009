"""For the participant's page: campaigns in which a person may assess itself, and what became of it."""

from collections.abc import Mapping
from datetime import datetime

from hoithi_emulation.domain import nomination
from hoithi_emulation.domain.assessment import Assessment
from hoithi_emulation.domain.own import Own, Standing, standing_of
from hoithi_emulation.domain.refusals import NotTakingPart
from hoithi_emulation.handlers import campaigns, nominating


def listed(storage, claims, now: datetime) -> list[Own]:
    """Campaigns the person wrote in, and those in which it may begin; the newest first."""
    written = _written(storage, claims)
    found = [Own(each, written.get(each.campaign_id)) for each in campaigns.visible(storage, claims) if each.state != "draft"]
    return [own for own in found if own.assessment or own.may_begin(now)]


def show(storage, claims, campaign_id: str) -> Own:
    """Raises CampaignUnknown; NotTakingPart where there are no criteria for individuals."""
    campaign = campaigns.show(storage, claims, campaign_id)
    if not campaign.rules.individual:
        raise NotTakingPart()
    return Own(campaign, _written(storage, claims).get(campaign_id))


def standing(storage, own: Own) -> Standing | None:
    """None before the list is decided."""
    campaign, written = own.campaign, own.assessment
    if campaign.state != "decided" or written is None:
        return None
    rows = nominating.rows_of(storage, campaign)
    found = nomination.nominate(campaign, rows, storage.nominations.of(campaign.campaign_id))
    return standing_of(written.assessment_id, rows, found.nominees)


def _written(storage, claims) -> Mapping[str, Assessment]:
    return {each.campaign_id: each for each in storage.assessments.of_person(claims.user_id)}
