"""What emulation answers people: campaigns, assessments, ranking, nomination, files for the yearly evaluation."""

from eventlet import tpool

from hoithi_bus.http import AuditDoors, Reply, door
from hoithi_bus.provide import Provided
from hoithi_emulation import files, metrics
from hoithi_emulation.domain.paper import listed
from hoithi_emulation.handlers import nominating
from hoithi_emulation.schemas import campaigns as shown_campaigns
from hoithi_emulation.schemas import standing as schemas
from hoithi_emulation.service.assessments import STAFF, AssessmentDoors
from hoithi_emulation.service.campaigns import ORGANISER, CampaignDoors, attached
from hoithi_emulation.service.opening import open_papers
from hoithi_emulation.service.own import OwnDoors
from hoithi_emulation.service.problems import PROBLEMS, REASONS
from hoithi_emulation.storage import open_storage
from hoithi_print.document import CONTENT_TYPES
from hoithi_sheets import MEDIA_TYPE

CSV = "text/csv; charset=utf-8"


class Doors(CampaignDoors, AssessmentDoors, OwnDoors, AuditDoors):
    name = "emulation"
    title = "hoithi emulation"
    version = "0.1.0"
    problems = PROBLEMS
    reasons = REASONS
    storage = Provided(open_storage)
    papers = Provided(open_papers)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    @door(
        "GET",
        "/campaigns/<campaign_id>/ranking",
        who=STAFF,
        answer=schemas.Ranking,
        summary="Who stands where, by kind and league",
    )
    def ranking(self, call, campaign_id):
        """For organisers at any time, for officers once the list is decided."""
        _, rows = nominating.ranking(self.storage, call.claims, campaign_id)
        names = self._names()
        return {"rows": [schemas.row(row, names) for row in rows]}

    @door(
        "GET",
        "/campaigns/<campaign_id>/nominations",
        who=STAFF,
        answer=schemas.ShownNominations,
        summary="Who is nominated for which award",
    )
    def nominations(self, call, campaign_id):
        return self._nominated(call, *nominating.nominations(self.storage, call.claims, campaign_id))

    @door(
        "POST",
        "/campaigns/<campaign_id>/nominations",
        who=ORGANISER,
        body=schemas.Changing,
        answer=schemas.ShownNominations,
        summary="Add somebody to an award, leave somebody out, or undo that, with a reason",
    )
    def change_nominations(self, call, campaign_id):
        return self._nominated(call, *nominating.change(self.storage, call.claims, campaign_id, call.body, call.now))

    @door(
        "POST",
        "/campaigns/<campaign_id>/decision",
        who=ORGANISER,
        body=schemas.Decision,
        answer=schemas.ShownNominations,
        summary="Decide the list: it stands from now on",
    )
    def decide(self, call, campaign_id):
        return self._nominated(call, *nominating.decide(self.storage, call.claims, campaign_id, **call.body, now=call.now))

    # Files

    @door(
        "GET",
        "/campaigns/<campaign_id>/evaluation.xlsx",
        who=ORGANISER,
        query=schemas.FileQuery,
        produces=MEDIA_TYPE,
        summary="Points of everybody for the yearly evaluation (Excel)",
    )
    def evaluation_xlsx(self, call, campaign_id):
        kind = call.query["kind"]
        campaign, rows, nominees = nominating.to_export(self.storage, call.claims, campaign_id, kind, call.now)
        about = (campaign, kind, rows, nominees, self._names())
        made = files.evaluation_file(*about, call.language, call.now, tpool.execute)
        return self._file("evaluation-xlsx", made, MEDIA_TYPE, f"thi-dua-{campaign_id}.xlsx")

    @door(
        "GET",
        "/campaigns/<campaign_id>/evaluation.csv",
        who=ORGANISER,
        query=schemas.FileQuery,
        produces=CSV,
        summary="The same as CSV",
    )
    def evaluation_csv(self, call, campaign_id):
        kind = call.query["kind"]
        campaign, rows, nominees = nominating.to_export(self.storage, call.claims, campaign_id, kind, call.now)
        pieces = files.evaluation_csv(campaign, kind, rows, nominees, self._names(), call.query["bom"])
        return self._file("evaluation-csv", pieces, CSV, f"thi-dua-{campaign_id}.csv")

    @door(
        "POST",
        "/campaigns/<campaign_id>/list",
        who=ORGANISER,
        body=schemas.SheetBody,
        produces="application/pdf",
        summary="The list of nominations on paper, as PDF or DOCX",
    )
    def paper_list(self, call, campaign_id):
        """In the layout of Decree 30/2020/NĐ-CP. Before the decision it is a draft and says so."""
        campaign, _, nominees = nominating.to_export(self.storage, call.claims, campaign_id, "list", call.now)
        format = call.body["format"]
        data = listed(campaign, nominees, self._names(), call.body["sheet"])
        made = self.papers.printer.print(self.papers.document("minutes", format, **data))
        return self._file(f"list-{format}", made, CONTENT_TYPES[format], f"danh-sach-khen-thuong-{campaign_id}.{format}")

    def _file(self, what: str, made, content_type: str, name: str) -> Reply:
        metrics.EXPORTS.labels(what).inc()
        return Reply(made, content_type=content_type, headers=attached(name))

    def _nominated(self, call, campaign, found) -> dict:
        told = shown_campaigns.shown(campaign, call.claims.holds("organiser", "contest", campaign.campaign_id))
        return {"campaign": told, **schemas.nominations(found, self._names())}

    def _names(self) -> dict[str, str]:
        return {unit.id: unit.name for unit in self.storage.units.all().values()}
