"""The doors of scoring: HTTP, events, the timer that builds rankings."""

import os
import uuid
from datetime import timedelta

from hoithi_bus.http import AuditDoors, Problem, Reply, door, four_eyes, problems
from hoithi_bus.provide import Provided
from hoithi_bus.worker import Relay, every, listen, listen_batch
from hoithi_bus.worker import Worker as BusWorker
from hoithi_contracts.exam import AnswerKeyCorrected, AttemptSubmitted, ContestPublished, WeekClosed, WeekExtended, WeekOpened
from hoithi_contracts.registration import OfficerChanged, RosterFrozen, UnitsChanged, UserErased, UserRegistered, UserUpdated
from hoithi_scoring import metrics, schemas
from hoithi_scoring.builder import Builder
from hoithi_scoring.domain import refusals
from hoithi_scoring.handlers import (
    analysing,
    asking,
    building,
    deciding,
    listening,
    own_data,
    previewing,
    printing,
    proposing,
    reporting,
    results,
)
from hoithi_scoring.service.complaints import COMPLAINT_PROBLEMS, ComplaintDoors
from hoithi_scoring.service.judging import JUDGING_PROBLEMS, JudgingDoors
from hoithi_scoring.service.minutes import MinutesDoors
from hoithi_scoring.service.officers import OFFICER_PROBLEMS, OfficerDoors
from hoithi_scoring.service.opening import open_pseudonyms
from hoithi_scoring.service.papers import PROBLEMS as PAPER_PROBLEMS
from hoithi_scoring.service.papers import PaperDoors, open_papers
from hoithi_scoring.service.signing import SigningDoors
from hoithi_scoring.service.ways_in import WaysIn
from hoithi_scoring.storage import UNAVAILABLE, open_outbox, open_storage

PROBLEMS = {
    refusals.RoundUnknown: Problem(404, "round-unknown", "Không có vòng thi này.", "There is no such round."),
    refusals.ContestUnknown: Problem(404, "contest-unknown", "Không có cuộc thi này.", "There is no such contest."),
    refusals.UnitUnknown: Problem(404, "unit-unknown", "Không có đơn vị này.", "There is no such unit."),
    refusals.AttemptUnknown: Problem(404, "attempt-unknown", "Vòng thi không có bài thi này.", "The round has no such attempt."),
    refusals.NotYet: Problem(409, "no-results-yet", "Kết quả chưa được công bố.", "The results have not been published yet."),
    refusals.NotProvisional: Problem(
        409, "not-provisional",
        "Chỉ có thể công bố chính thức khi vòng thi đã có kết quả tạm thời.",
        "Only provisional results can become official.",
    ),
    refusals.StillChanging: Problem(
        409, "still-changing",
        "Kết quả đang được cập nhật sau một thay đổi, hãy thử lại sau vài giây.",
        "The results are being updated after a change; try again in a few seconds.", retry_after=3,
    ),
    refusals.Sealed: Problem(
        403, "sealed",
        "Số liệu này chỉ được công bố sau khi vòng thi kết thúc, vì liên quan đến câu hỏi dự đoán.",
        "This figure is shown after the round has closed, because people are asked to predict it.",
    ),
    refusals.NotRunning: Problem(
        409, "round-not-running", "Chỉ nhắc được khi vòng thi đang diễn ra.", "Reminders go out only while the round runs.",
    ),
    refusals.QuestionUnknown: Problem(
        404, "question-unknown",
        "Vòng thi chưa mở hoặc không có câu {question_id}.", "The round has not opened, or has no question {question_id}.",
    ),
    refusals.PreviewUnknown: Problem(404, "preview-unknown", "Không có bản xem trước này.", "There is no such preview."),
    **COMPLAINT_PROBLEMS,
    **OFFICER_PROBLEMS,
    **four_eyes.PROBLEMS,
    **JUDGING_PROBLEMS,
    refusals.Outpaced: problems.UNAVAILABLE,
    **PAPER_PROBLEMS,
    **dict.fromkeys(UNAVAILABLE, problems.UNAVAILABLE),
}  # fmt: skip

CSV = "text/csv; charset=utf-8"
REPORTS_LEASE_S = 120


def csv_file(name: str, pieces) -> Reply:
    """`name` may hold characters that a header or a file system does not like."""
    safe = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name)
    return Reply(pieces, content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{safe}.csv"'})


class Doors(
    four_eyes.FourEyes, WaysIn, PaperDoors, MinutesDoors, JudgingDoors, SigningDoors, ComplaintDoors, OfficerDoors, AuditDoors
):
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
        return results.results_page(self.storage, call.claims, round_id, **call.query)

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


class Worker(BusWorker):
    name = "scoring-worker"
    version = "0.1.0"
    storage = Provided(open_storage)
    pseudonyms = Provided(open_pseudonyms)
    papers = Provided(open_papers)
    builder = Provided(lambda config: Builder(config["MONGO_URI"], f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex[:6]}"))
    cooldown_s = Provided(lambda config: float(config.get("RANKING_COOLDOWN_S") or 2))
    ask_after = Provided(lambda config: timedelta(seconds=float(config.get("ASK_AFTER_S") or 30)))
    relay = Relay("scoring", open_outbox)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    @listen_batch(AttemptSubmitted, queue="scoring.attempts", most=500, within_ms=100, pause_on=UNAVAILABLE)
    def attempts_submitted(self, events, now):
        try:
            metrics.kept(*listening.keep_attempts(self.storage, self.pseudonyms, events))
        except refusals.AnswersDiffer:
            metrics.DIFFERING.inc()
            raise

    @listen(
        ContestPublished, WeekOpened, WeekExtended, WeekClosed, AnswerKeyCorrected, queue="scoring.rounds", pause_on=UNAVAILABLE
    )
    def round_changed(self, event, now):
        ROUND_EVENTS[type(event)](self.storage, event, now)

    @listen(UserRegistered, UserUpdated, UserErased, OfficerChanged, queue="scoring.people", pause_on=UNAVAILABLE)
    def person_changed(self, event, now):
        if isinstance(event, UserErased):
            listening.forget_person(self.storage, event, now)
        elif isinstance(event, OfficerChanged):
            self.storage.officers.keep(event)
        else:
            self.storage.people.keep(event)

    @listen(UnitsChanged, RosterFrozen, queue="scoring.units", pause_on=UNAVAILABLE)
    def units_changed(self, event, now):
        UNIT_EVENTS[type(event)](self.storage, event)

    @every(seconds=1)
    def build_rankings(self, now):
        # A ranking "built tomorrow" would be the last one until then.
        self.storage.require_right_clock(now)
        for built in building.build_due(self.storage, self.builder.owner, self.cooldown_s, now, self.builder.build):
            metrics.built(built.seconds, built.attempts)
        metrics.show(self.storage.rounds.all())

    @every(seconds=60)
    def look_at_complaints(self, now):
        metrics.show_complaints(self.storage.complaints.count_open(), self.storage.complaints.count_open(due_before=now))

    @every(seconds=30)
    def make_reports(self, now):
        """One worker at a time; the next one goes on where a stopped one left off."""
        owner = self.builder.owner
        if self.storage.beat("reports", owner, REPORTS_LEASE_S)():
            self.storage.require_right_clock(now)
            metrics.REPORTS.inc(reporting.make_due(self.storage, self.storage.beat("reports", owner, REPORTS_LEASE_S), now))

    @every(seconds=1)
    def ask_for_missing(self, now):
        self.storage.require_right_clock(now)
        metrics.ASKED.inc(asking.ask_for_missing(self.storage, self.ask_after, now))

    @every(seconds=1)
    def print_certificates(self, now):
        printing.print_due(self.storage, self.pseudonyms, self.papers, self.builder.owner, now)


ROUND_EVENTS = {
    ContestPublished: listening.publish_contest,
    WeekOpened: listening.open_week,
    WeekExtended: listening.extend_week,
    WeekClosed: listening.close_week,
    AnswerKeyCorrected: listening.correct_key,
}
UNIT_EVENTS = {UnitsChanged: listening.change_units, RosterFrozen: listening.freeze_roster}
