"""What scoring answers people: rounds, results, units, decisions."""

from hoithi_bus.http import AuditDoors, Reply, door, four_eyes
from hoithi_bus.provide import Provided
from hoithi_scoring import schemas
from hoithi_scoring.handlers import (
    analysing,
    deciding,
    own_data,
    previewing,
    proposing,
    results,
)
from hoithi_scoring.service.charts import ChartDoors
from hoithi_scoring.service.complaints import ComplaintDoors
from hoithi_scoring.service.files import CSV, csv_file
from hoithi_scoring.service.judging import JudgingDoors
from hoithi_scoring.service.minutes import MinutesDoors
from hoithi_scoring.service.officers import OfficerDoors
from hoithi_scoring.service.opening import open_pseudonyms
from hoithi_scoring.service.papers import PaperDoors, open_papers
from hoithi_scoring.service.pools import PoolDoors
from hoithi_scoring.service.problems import PROBLEMS
from hoithi_scoring.service.season import SeasonDoors
from hoithi_scoring.service.signing import SigningDoors
from hoithi_scoring.service.ways_in import WaysIn
from hoithi_scoring.storage import open_storage


class Doors(
    four_eyes.FourEyes, WaysIn, PaperDoors, MinutesDoors, JudgingDoors, PoolDoors, SigningDoors, ComplaintDoors, OfficerDoors,
    ChartDoors, SeasonDoors, AuditDoors,
):  # fmt: skip
    name = "scoring"
    title = "hoithi scoring"
    version = "0.1.0"
    problems = PROBLEMS
    proposing = proposing
    storage = Provided(open_storage)
    pseudonyms = Provided(open_pseudonyms)
    papers = Provided(open_papers)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    @door(
        "GET",
        "/contests/<contest_id>/rounds",
        who="anyone",
        answer=schemas.Rounds,
        summary="The rounds of a contest with their state",
    )
    def rounds(self, call, contest_id):
        return results.rounds_of(self.storage, call.claims, contest_id)

    @door("GET", "/rounds/<round_id>", who="anyone", answer=schemas.Round, summary="State and figures of a round")
    def round(self, call, round_id):
        return results.round_of(self.storage, call.claims, round_id)

    @door(
        "GET",
        "/rounds/<round_id>/results",
        who="anyone",
        query=schemas.PageQuery,
        answer=schemas.ResultsPage,
        summary="Results, page by page",
    )
    def results(self, call, round_id):
        return results.results_page(self.storage, call.claims, round_id, call.now, **call.query)

    @door(
        "GET",
        "/rounds/<round_id>/results.csv",
        who="anyone",
        query=schemas.FileQuery,
        produces=CSV,
        summary="Results for a spreadsheet",
    )
    def results_csv(self, call, round_id):
        return csv_file(f"{round_id}-results", results.results_csv(self.storage, call.claims, round_id, call.query["bom"]))

    @door(
        "GET",
        "/rounds/<round_id>/results.json",
        who="anyone",
        produces="application/json",
        summary="The canonical results file, whose SHA-256 is the digest",
    )
    def results_json(self, call, round_id):
        digest, pieces = results.results_json(self.storage, call.claims, round_id)
        return Reply(pieces, content_type="application/json", headers={"ETag": f'"{digest}"'})

    @door(
        "GET",
        "/rounds/<round_id>/attempts.csv",
        who="anyone",
        query=schemas.FileQuery,
        produces=CSV,
        summary="Every attempt under a pseudonym: enough to recompute the results",
    )
    def attempts_csv(self, call, round_id):
        return csv_file(f"{round_id}-attempts", results.attempts_csv(self.storage, round_id, call.query["bom"]))

    @door(
        "GET",
        "/rounds/<round_id>/rules.json",
        who="anyone",
        produces="application/json",
        summary="The rules that decide the results",
    )
    def rules_json(self, call, round_id):
        return results.rules_file(self.storage, round_id)

    @door(
        "GET",
        "/rounds/<round_id>/units",
        who="anyone",
        query=schemas.UnitsQuery,
        answer=schemas.UnitsPage,
        summary="Results of units, level by level",
    )
    def units(self, call, round_id):
        return results.units_page(self.storage, call.claims, round_id, **call.query)

    @door(
        "GET", "/rounds/<round_id>/units.csv", who="anyone", query=schemas.FileQuery, produces=CSV, summary="Results of all units"
    )
    def units_csv(self, call, round_id):
        return csv_file(f"{round_id}-units", results.units_csv(self.storage, call.claims, round_id, call.query["bom"]))

    @door(
        "GET",
        "/rounds/<round_id>/participation",
        who="anyone",
        query=schemas.ParticipationQuery,
        answer=schemas.Participation,
        summary="Who takes part, by unit",
    )
    def participation(self, call, round_id):
        return results.participation(self.storage, call.claims, round_id, **call.query)

    @door(
        "GET",
        "/contests/<contest_id>/season",
        who="anyone",
        query=schemas.PageQuery,
        answer=schemas.SeasonPage,
        summary="All published rounds together",
    )
    def season(self, call, contest_id):
        return results.season_page(self.storage, contest_id, **call.query)

    @door(
        "GET",
        "/contests/<contest_id>/season.csv",
        who="anyone",
        query=schemas.FileQuery,
        produces=CSV,
        summary="The season for a spreadsheet",
    )
    def season_csv(self, call, contest_id):
        return csv_file(f"{contest_id}-season", results.season_csv(self.storage, contest_id, call.query["bom"]))

    @door(
        "GET",
        "/rounds/<round_id>/mine",
        who="person",
        answer=schemas.Mine,
        summary="Own attempts and scores, the place once published",
    )
    def mine(self, call, round_id):
        return results.mine(self.storage, self.pseudonyms, call.claims, round_id, call.now)

    @door("GET", "/me/export", who="person", answer=schemas.OwnData, summary="Everything scoring keeps about the own person")
    def export_me(self, call):
        """Scores, places and complaints; the answers are in exam's export."""
        exported = own_data.export(self.storage, self.pseudonyms, call.claims, call.now)
        return Reply.json(exported, headers={"Cache-Control": "no-store"})

    @door(
        "GET",
        "/rounds/<round_id>/invalidations",
        who=("organiser",),
        answer=schemas.Decisions,
        summary="What was declared invalid, by whom and why",
    )
    def invalidations(self, call, round_id):
        return {"decisions": deciding.decisions(self.storage, call.claims, round_id)}

    @door(
        "POST",
        "/rounds/<round_id>/invalidations",
        who=("organiser",),
        body=schemas.Invalidation,
        answer=schemas.Decision,
        status=201,
        summary="Declare an attempt invalid",
    )
    def invalidate(self, call, round_id):
        return deciding.invalidate(self.storage, call.claims, round_id, **call.body, now=call.now)

    @door(
        "GET",
        "/rounds/<round_id>/items",
        who=("organiser",),
        query=schemas.ItemsQuery,
        answer=schemas.ItemsPage,
        summary="How the questions of a closed round worked, suspicious ones first",
    )
    def items(self, call, round_id):
        return analysing.items_page(self.storage, call.claims, round_id, **call.query)

    @door(
        "GET",
        "/rounds/<round_id>/items.csv",
        who=("organiser",),
        query=schemas.FileQuery,
        produces=CSV,
        summary="The same for a spreadsheet",
    )
    def items_csv(self, call, round_id):
        return csv_file(f"{round_id}-items", analysing.items_csv(self.storage, call.claims, round_id, call.query["bom"]))

    @door(
        "POST",
        "/rounds/<round_id>/official",
        who=("organiser",),
        body=schemas.Officially,
        answer=schemas.Round,
        also=four_eyes.WAITS,
        summary="Make provisional results official",
    )
    def official(self, call, round_id):
        """Refused while a complaint about the round is open. Where four eyes are wanted: 202, and another organiser confirms."""
        if proposing.OFFICIAL in self.four_eyes:
            proposal_id = four_eyes.new_proposal_id()
            proposal = proposing.propose_official(self.storage, call.claims, round_id, call.body, proposal_id, call.now)
            return four_eyes.waits(proposal, call.now)
        note, despite = call.body["note"], call.body["despite_complaints"]
        round = deciding.make_official(self.storage, call.claims, round_id, note, despite, call.now)
        return results.show_round(call.claims, round)

    @door(
        "POST",
        "/rounds/<round_id>/reminders",
        who=("officer", "organiser"),
        body=schemas.ReminderBody,
        answer=schemas.Reminder,
        status=201,
        summary="Urge those of a unit who have not taken part yet",
    )
    def remind(self, call, round_id):
        return deciding.remind(self.storage, self.pseudonyms, call.claims, round_id, **call.body, now=call.now)

    @door(
        "POST",
        "/rounds/<round_id>/key-previews",
        who=("organiser",),
        body=schemas.KeyPreviewBody,
        answer=schemas.KeyPreview,
        status=202,
        summary="Ask who would gain and lose by another key; nothing is changed",
    )
    def ask_key_preview(self, call, round_id):
        """Found by the worker: come again to `GET .../key-previews/<id>` until `state` is `done`."""
        asked = previewing.ask(self.storage, call.claims, round_id, **call.body, now=call.now)
        return {**vars(asked), "outdated": False}

    @door(
        "GET",
        "/rounds/<round_id>/key-previews/<preview_id>",
        who=("organiser",),
        answer=schemas.KeyPreview,
        summary="How far a preview is, and what it found",
    )
    def show_key_preview(self, call, round_id, preview_id):
        return previewing.show(self.storage, call.claims, round_id, preview_id)
