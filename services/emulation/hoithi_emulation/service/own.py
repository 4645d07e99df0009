"""The doors of the participant's page: what a person sees of campaigns in which it assesses itself."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import door
from hoithi_bus.provide import Provided
from hoithi_emulation.handlers import own, reviewing
from hoithi_emulation.schemas import own as schemas
from hoithi_emulation.schemas.assessments import shown
from hoithi_emulation.storage import open_storage


class OwnDoors(HttpDoors):
    storage = Provided(open_storage)

    @door(
        "GET",
        "/me/campaigns",
        who="person",
        answer=schemas.OwnLines,
        summary="Campaigns in which the person may assess itself, or did",
    )
    def own_campaigns(self, call):
        return {"campaigns": [schemas.line(each, call.now) for each in own.listed(self.storage, call.claims, call.now)]}

    @door(
        "GET",
        "/me/campaigns/<campaign_id>",
        who="person",
        answer=schemas.OwnCampaign,
        summary="One of them: the criteria, what the person wrote, how it was reviewed, where it stands once decided",
    )
    def own_campaign(self, call, campaign_id):
        """Nothing of anybody else."""
        found = own.show(self.storage, call.claims, campaign_id)
        written = found.assessment and shown(reviewing.shown(self.storage, call.claims, found.assessment))
        return schemas.whole(found, written, own.standing(self.storage, found), call.now)
