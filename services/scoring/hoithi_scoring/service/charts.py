"""The doors of charts: small answers that were counted with the table."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import door
from hoithi_bus.provide import Provided
from hoithi_scoring.handlers import charting
from hoithi_scoring.schemas import charts as schemas
from hoithi_scoring.storage import open_storage


class ChartDoors(HttpDoors):
    storage = Provided(open_storage)

    @door(
        "GET",
        "/rounds/<round_id>/charts",
        who="anyone",
        query=schemas.ChartsQuery,
        answer=schemas.Charts,
        summary="Days, scores and the way from registered to everything right, of everybody or of a unit",
    )
    def charts(self, call, round_id):
        """Groups under ten people only for officers of the unit, organisers and operators."""
        return charting.of_round(self.storage, call.claims, round_id, **call.query)

    @door(
        "GET",
        "/contests/<contest_id>/charts",
        who="anyone",
        answer=schemas.ContestCharts,
        summary="The same of every round of a contest that has opened",
    )
    def contest_charts(self, call, contest_id):
        return charting.of_contest(self.storage, call.claims, contest_id)

    @door(
        "GET",
        "/contests/<contest_id>/season/charts",
        who="anyone",
        query=schemas.ChartsQuery,
        answer=schemas.SeasonCharts,
        summary="Days, scores and the way from registered to everything right over all published rounds, every person once",
    )
    def season_charts(self, call, contest_id):
        """Nothing before a round has results, and for a moment after its table: then it is being counted."""
        return charting.of_season(self.storage, call.claims, contest_id, **call.query)
