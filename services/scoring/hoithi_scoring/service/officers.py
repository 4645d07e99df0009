"""The doors of unit officers: standing, trend, who has not taken part yet, reports, the yearly evaluation."""

from dataclasses import asdict

from eventlet import tpool

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Problem, Reply, door
from hoithi_bus.provide import Provided
from hoithi_scoring import metrics, report_files
from hoithi_scoring.domain import export, refusals
from hoithi_scoring.handlers import officers, reporting
from hoithi_scoring.report_papers import report_paper
from hoithi_scoring.schemas import officers as schemas
from hoithi_scoring.service.opening import open_pseudonyms
from hoithi_scoring.storage import open_storage
from hoithi_sheets import MEDIA_TYPE

STAFF = ("officer", "organiser", "operator")
CSV, PDF = "text/csv; charset=utf-8", "application/pdf"

OFFICER_PROBLEMS = {
    refusals.NotYourUnit: Problem(
        403, "not-your-unit",
        "Bạn không phụ trách đơn vị này. Bạn chỉ xem được đơn vị mình và các đơn vị trực thuộc.",
        "This is not your unit. You see your own unit and those below it.",
    ),
    refusals.NamesAreTheUnits: Problem(
        403, "names-are-the-units",
        "Danh sách họ tên chỉ dành cho cán bộ đầu mối của chính đơn vị này; cấp trên chỉ xem số lượng.",
        "Names are for the officer of this very unit; units above it see counts.",
    ),
    refusals.ReportUnknown: Problem(
        404, "report-unknown", "Không có báo cáo này.", "There is no such report.",
    ),
    refusals.NothingOfficial: Problem(
        409, "nothing-official",
        "Cuộc thi chưa có kết quả chính thức nên chưa thể tính điểm đánh giá.",
        "The contest has no official results yet, so there is nothing to evaluate.",
    ),
}  # fmt: skip


class OfficerDoors(HttpDoors):
    """Needs `papers` beside."""

    storage = Provided(open_storage)
    pseudonyms = Provided(open_pseudonyms)

    @door(
        "GET",
        "/rounds/<round_id>/units/<unit_id>/standing",
        who=STAFF,
        answer=schemas.Standing,
        summary="How a unit and those below it stand in a round",
    )
    def standing(self, call, round_id, unit_id):
        """For officers of the unit or of one above it; small groups too, but no names."""
        return officers.standing(self.storage, call.claims, round_id, unit_id)

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/trend",
        who=STAFF,
        answer=schemas.Trend,
        summary="A unit through the rounds of a contest, with its place among its peers",
    )
    def trend(self, call, contest_id, unit_id):
        return officers.trend(self.storage, call.claims, contest_id, unit_id)

    @door(
        "GET",
        "/rounds/<round_id>/units/<unit_id>/not-yet",
        who=STAFF,
        query=schemas.NotYetQuery,
        answer=schemas.NotYet,
        summary="People of the own unit who have not taken part in a round, by name",
    )
    def not_yet(self, call, round_id, unit_id):
        """Only for the officer of exactly this unit."""
        return officers.not_yet(self.storage, self.pseudonyms, call.claims, round_id, unit_id, **call.query)

    # Reports

    @door(
        "GET",
        "/contests/<contest_id>/report-times",
        who="person",
        answer=schemas.ReportTimes,
        summary="When reports are made by themselves",
    )
    def report_times(self, call, contest_id):
        return asdict(reporting.times(self.storage, contest_id))

    @door(
        "PUT",
        "/contests/<contest_id>/report-times",
        who=("organiser",),
        body=schemas.ReportTimes,
        answer=schemas.ReportTimes,
        summary="Choose when reports are made by themselves",
    )
    def choose_report_times(self, call, contest_id):
        return reporting.choose(self.storage, call.claims, contest_id, "report_times", call.body, call.now)

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/reports",
        who=STAFF,
        answer=schemas.Reports,
        summary="The daily and weekly reports of a unit, newest first",
    )
    def reports(self, call, contest_id, unit_id):
        return {"reports": reporting.list_reports(self.storage, call.claims, contest_id, unit_id)}

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/reports/<kind>/<day>",
        who=STAFF,
        produces=MEDIA_TYPE,
        summary="A report as it was made that day (Excel)",
    )
    def report(self, call, contest_id, unit_id, kind, day):
        found = reporting.kept_report(self.storage, call.claims, contest_id, unit_id, kind, day, call.now)
        return _excel(f"bao-cao-{unit_id}-{day}", report_files.report_file, found, call.language)

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/report.xlsx",
        who=STAFF,
        produces=MEDIA_TYPE,
        summary="A report of the present moment (Excel)",
    )
    def present_report(self, call, contest_id, unit_id):
        found = reporting.present_report(self.storage, call.claims, contest_id, unit_id, call.now)
        return _excel(f"bao-cao-{unit_id}", report_files.report_file, found, call.language)

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/reports/<kind>/<day>/report.pdf",
        who=STAFF,
        produces=PDF,
        summary="A report as it was made that day, on paper",
    )
    def report_pdf(self, call, contest_id, unit_id, kind, day):
        found = reporting.kept_report(self.storage, call.claims, contest_id, unit_id, kind, day, call.now)
        return self._pdf(f"bao-cao-{unit_id}-{day}", found)

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/report.pdf",
        who=STAFF,
        produces=PDF,
        summary="A report of the present moment, on paper",
    )
    def present_report_pdf(self, call, contest_id, unit_id):
        found = reporting.present_report(self.storage, call.claims, contest_id, unit_id, call.now)
        return self._pdf(f"bao-cao-{unit_id}", found)

    def _pdf(self, name: str, found: dict) -> Reply:
        """Set by the press in its own process."""
        metrics.OFFICER_FILES.labels("report-pdf").inc()
        made = self.papers.printer.print(report_paper(self.papers, found))
        return Reply(made, content_type=PDF, headers=_attached(f"{name}.pdf"))

    # The yearly evaluation

    @door(
        "GET",
        "/contests/<contest_id>/evaluation",
        who="person",
        answer=schemas.EvaluationTable,
        summary="How many points participation is worth in the yearly evaluation",
    )
    def evaluation(self, call, contest_id):
        return asdict(reporting.evaluation(self.storage, contest_id))

    @door(
        "PUT",
        "/contests/<contest_id>/evaluation",
        who=("organiser",),
        body=schemas.EvaluationTable,
        answer=schemas.EvaluationTable,
        summary="Choose how many points participation is worth",
    )
    def choose_evaluation(self, call, contest_id):
        return reporting.choose(self.storage, call.claims, contest_id, "evaluation", call.body, call.now)

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/evaluation.xlsx",
        who=STAFF,
        produces=MEDIA_TYPE,
        summary="Points of a unit and of those below it for the yearly evaluation (Excel)",
    )
    def evaluation_xlsx(self, call, contest_id, unit_id):
        """From official results only."""
        found = reporting.evaluate(self.storage, call.claims, contest_id, unit_id, call.now)
        return _excel(f"danh-gia-{unit_id}", report_files.evaluation_file, found, call.language)

    @door(
        "GET",
        "/contests/<contest_id>/units/<unit_id>/evaluation.csv",
        who=STAFF,
        query=schemas.EvaluationQuery,
        produces=CSV,
        summary="The same as CSV",
    )
    def evaluation_csv(self, call, contest_id, unit_id):
        found = reporting.evaluate(self.storage, call.claims, contest_id, unit_id, call.now)
        pieces = export.table(reporting.EVALUATION_COLUMNS, found["rows"], call.query["bom"])
        return Reply(pieces, content_type=CSV, headers=_attached(f"danh-gia-{unit_id}.csv"))


def _excel(name: str, make, found: dict, language: str) -> Reply:
    """Making a spreadsheet takes CPU: in a real thread, beside the event loop."""
    metrics.OFFICER_FILES.labels(make.__name__.removesuffix("_file")).inc()
    return Reply(make(found, language, tpool.execute), content_type=MEDIA_TYPE, headers=_attached(f"{name}.xlsx"))


def _attached(name: str) -> dict:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
