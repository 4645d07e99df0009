"""What other services tell. Every handler may be called twice and in any order."""

from dataclasses import replace
from datetime import datetime, timedelta

from hoithi_contracts.registration import UserErased, UserUpdated
from hoithi_contracts.scoring import PrizeAwarded
from hoithi_emulation.domain.assessment import Assessment

KEPT = timedelta(days=365)
"""Law and brief: identity is deleted twelve months after the award."""


def results_told(storage, event) -> None:
    """Official results, or a correction of them."""
    storage.results.want(event.round_id, event.contest_id, event.revision)


def prize_told(storage, event: PrizeAwarded) -> None:
    if event.winner_kind == "person":
        storage.results.award(event)


def person_renamed(storage, event: UserUpdated, now: datetime) -> None:
    """What people write about themselves carries their present name."""
    for found in storage.assessments.of_person(event.user_id):
        if found.name != event.name:
            storage.assessments.save(found, replace(found, name=event.name), now)


def forget_person(storage, event: UserErased, now: datetime) -> None:
    """Points stay for the ranking; name, words and files go."""
    for found in storage.assessments.of_person(event.user_id):
        _forget(storage, found, now)
    storage.results.forget(event.user_id)
    storage.units.forget_officer(event.user_id)


def forget_due(storage, now: datetime) -> int:
    """Forget individuals of campaigns that were decided twelve months ago; how many."""
    forgotten = 0
    for campaign in storage.campaigns.all():
        if campaign.decided_at is None or campaign.decided_at + KEPT > now:
            continue
        for found in storage.assessments.of_campaign(campaign.campaign_id):
            if found.kind == "individual" and not found.forgotten:
                _forget(storage, found, now)
                forgotten += 1
    return forgotten


def _forget(storage, found: Assessment, now: datetime) -> None:
    storage.files.drop_all(found.assessment_id)
    storage.audit.blank(found.assessment_id)
    storage.nominations.forget(found.campaign_id, found.assessment_id)
    storage.assessments.save(found, found.without_person(), now)
