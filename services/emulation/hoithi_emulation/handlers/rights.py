"""Who may see and do what. The organiser of a campaign is an organiser of the contest of that name, or of all."""

from collections.abc import Mapping

from hoithi_emulation.domain.assessment import Assessment
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.refusals import AssessmentUnknown, CampaignUnknown, NotYourUnit, OwnReview
from hoithi_emulation.domain.units import Unit, line


def organises(claims, campaign_id: str) -> bool:
    return claims.holds("organiser", "contest", campaign_id)


def is_officer(claims, unit_id: str) -> bool:
    """Of exactly this unit."""
    return f"officer:unit:{unit_id}" in claims.roles


def is_above(claims, unit_id: str, units: Mapping[str, Unit]) -> bool:
    """Officer of a unit above this one."""
    return any(is_officer(claims, above) for above in line(unit_id, units)[1:])


def sees_unit(claims, unit_id: str, units: Mapping[str, Unit]) -> bool:
    """Officer of the unit or of one above."""
    return is_officer(claims, unit_id) or is_above(claims, unit_id, units)


def check_campaign(claims, campaign: Campaign) -> None:
    """A draft is for its organisers. Raises CampaignUnknown."""
    if campaign.state == "draft" and not organises(claims, campaign.campaign_id):
        raise CampaignUnknown()


def check_unit(claims, campaign_id: str, unit_id: str, units: Mapping[str, Unit]) -> None:
    """Officers of the unit and of those above, and organisers. Raises NotYourUnit."""
    if not (sees_unit(claims, unit_id, units) or organises(claims, campaign_id)):
        raise NotYourUnit()


def check_sees(claims, assessment: Assessment, units: Mapping[str, Unit]) -> None:
    """Also the person it is about. Raises AssessmentUnknown: that there is one is nobody else's business."""
    try:
        if assessment.user_id is None or assessment.user_id != claims.user_id:
            check_unit(claims, assessment.campaign_id, assessment.unit_id, units)
    except NotYourUnit as error:
        raise AssessmentUnknown() from error


def check_writes(claims, assessment: Assessment) -> None:
    """A person about itself, an officer for exactly the own unit. Raises NotYourUnit."""
    writes = assessment.user_id == claims.user_id if assessment.user_id else is_officer(claims, assessment.unit_id)
    if not writes:
        raise NotYourUnit()


def reviews(claims, assessment: Assessment, units: Mapping[str, Unit]) -> bool:
    """The level above: of a person who writes itself that is the own unit. Nobody reviews what is his or her own."""
    is_own = claims.user_id in (assessment.user_id, assessment.handed_in_by)
    if is_own or (assessment.user_id is None and is_officer(claims, assessment.unit_id)):
        return False
    of_the_unit = assessment.user_id is not None and is_officer(claims, assessment.unit_id)
    return of_the_unit or is_above(claims, assessment.unit_id, units) or organises(claims, assessment.campaign_id)


def check_reviews(claims, assessment: Assessment, units: Mapping[str, Unit]) -> None:
    """Raises OwnReview."""
    if not reviews(claims, assessment, units):
        raise OwnReview()
