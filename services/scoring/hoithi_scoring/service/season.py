"""The doors of a season: units over all published rounds, and what they win."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import door
from hoithi_bus.provide import Provided
from hoithi_scoring import schemas
from hoithi_scoring.handlers import prize_lists, season_units
from hoithi_scoring.schemas.judging import WinnerCheck, WinnerVerdict
from hoithi_scoring.schemas.pools import UnitPrizes
from hoithi_scoring.service.files import CSV, csv_file
from hoithi_scoring.storage import open_storage


class SeasonDoors(HttpDoors):
    storage = Provided(open_storage)

    @door(
        "GET",
        "/contests/<contest_id>/season/units",
        who="anyone",
        query=schemas.UnitsQuery,
        answer=schemas.SeasonUnitsPage,
        summary="Results of units over all published rounds, level by level",
    )
    def season_units(self, call, contest_id):
        return season_units.page(self.storage, call.claims, contest_id, **call.query)

    @door(
        "GET",
        "/contests/<contest_id>/season/units.csv",
        who="anyone",
        query=schemas.FileQuery,
        produces=CSV,
        summary="Results of all units over all published rounds",
    )
    def season_units_csv(self, call, contest_id):
        pieces = season_units.file(self.storage, call.claims, contest_id, call.query["bom"])
        return csv_file(f"{contest_id}-season-units", pieces)

    @door(
        "GET",
        "/contests/<contest_id>/season/participation",
        who="anyone",
        query=schemas.ParticipationQuery,
        answer=schemas.SeasonParticipation,
        summary="Who took part in any published round, by unit",
    )
    def season_participation(self, call, contest_id):
        return season_units.participation(self.storage, call.claims, contest_id, **call.query)

    @door(
        "GET",
        "/contests/<contest_id>/season/unit-prizes",
        who="anyone",
        answer=UnitPrizes,
        summary="Units that win something over all rounds; for organisers also those excluded and those who would move up",
    )
    def season_unit_prizes(self, call, contest_id):
        return prize_lists.season_unit_prizes(self.storage, call.claims, contest_id)

    @door(
        "POST",
        "/contests/<contest_id>/season/unit-prizes/<unit_id>/check",
        who=("organiser",),
        body=WinnerVerdict,
        answer=WinnerCheck,
        summary="Verify a unit that wins something over all rounds, or exclude it with a reason: the next moves up",
    )
    def check_season_unit(self, call, contest_id, unit_id):
        return prize_lists.check_season_unit(self.storage, call.claims, contest_id, unit_id, **call.body, now=call.now)

    @door(
        "GET",
        "/contests/<contest_id>/season/prizes.csv",
        who="anyone",
        query=schemas.FileQuery,
        produces=CSV,
        summary="Everything that is won over all rounds: prizes of the contest, of pools, of units",
    )
    def season_prizes_csv(self, call, contest_id):
        pieces = prize_lists.season_prizes_csv(self.storage, contest_id, call.query["bom"])
        return csv_file(f"{contest_id}-season-prizes", pieces)
