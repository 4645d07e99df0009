"""Events published by emulation: campaigns, reviews, nominations for awards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Optional

from hoithi_contracts.event import Event, event


@event("campaign-opened", publisher="emulation", queues=("notify.emulation",))
class CampaignOpened(Event):
    """Sent when an emulation campaign opened: from now on its rules bind. `user_ids`: officers of the units that take part.

    `individuals`: it has criteria for individuals, who may assess themselves.
    """

    campaign_id: str
    title: str
    assess_until: datetime
    review_until: datetime
    opened_at: datetime
    user_ids: list[str]
    individuals: bool = False


@event("assessment-reviewed", publisher="emulation", queues=("notify.emulation",))
class AssessmentReviewed(Event):
    """Sent when the level above confirmed a self-assessment or gave it back for supplement. `user_ids`: who handed it in.

    What was written stays with emulation. `review_until`: by when what was given back must be handed in again.
    `own`: a person wrote about itself, and reads it on the participant's page.
    """

    assessment_id: str
    revision: int
    campaign_id: str
    title: str
    kind: Literal["collective", "individual"]
    unit_id: str
    unit_name: str
    outcome: Literal["confirmed", "returned"]
    review_until: datetime
    reviewed_at: datetime
    user_ids: list[str]
    own: bool = False


@dataclass(frozen=True)
class AwardCount:
    """How many collectives or individuals are nominated for a form of award."""

    code: str
    label: str
    subject: Literal["collective", "individual"]
    count: int


@event("awards-nominated", publisher="emulation", queues=("notify.emulation",))
class AwardsNominated(Event):
    """Sent when the list of those nominated for awards was decided. `digest`: SHA-256 of the list.

    `user_ids`: who handed in what is nominated. `own_user_ids`: those of them who wrote only about themselves.
    """

    campaign_id: str
    title: str
    awards: list[AwardCount]
    digest: str
    decided_at: datetime
    user_ids: list[str]
    own_user_ids: Optional[list[str]] = None
