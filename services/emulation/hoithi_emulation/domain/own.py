"""What a person sees of a campaign in which it may assess itself: the own part, and nothing of anybody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hoithi_emulation.domain.assessment import Assessment
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.nomination import Nominee
from hoithi_emulation.domain.ranking import Row


@dataclass(frozen=True)
class Own:
    """A campaign and what the person wrote in it, if anything."""

    campaign: Campaign
    assessment: Assessment | None

    def may_begin(self, now: datetime) -> bool:
        """There is none yet, and there is time."""
        campaign = self.campaign
        is_open = campaign.state == "open" and now < campaign.assess_until
        return self.assessment is None and bool(campaign.rules.individual) and is_open


@dataclass(frozen=True)
class Standing:
    """Where the person stands in the decided list. `row`: None when the assessment had not been confirmed by then."""

    row: Row | None
    nominees: tuple[Nominee, ...]


def standing_of(assessment_id: str, rows: Iterable[Row], nominees: Iterable[Nominee]) -> Standing:
    row = next((row for row in rows if row.assessment_id == assessment_id), None)
    return Standing(row, tuple(each for each in nominees if each.row.assessment_id == assessment_id))
