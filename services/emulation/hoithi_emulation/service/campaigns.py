"""The doors of campaigns: set up, opened, given more time; indices that are imported."""

from eventlet import tpool
from openpyxl.utils import get_column_letter

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Reply, door
from hoithi_bus.http.reasons import REASONS as KNOWN
from hoithi_bus.http.reasons import sentence
from hoithi_bus.provide import Provided
from hoithi_emulation import metrics
from hoithi_emulation.domain import templates
from hoithi_emulation.handlers import campaigns, indices, rights
from hoithi_emulation.schemas import campaigns as schemas
from hoithi_emulation.schemas import standing
from hoithi_emulation.service.problems import REASONS, finding
from hoithi_emulation.storage import open_storage
from hoithi_sheets import MEDIA_TYPE, UNREADABLE, NotReadable, corrections, rows_of_any

ORGANISER = ("organiser",)
MEGABYTE = 1024 * 1024
RULES_LIMIT = 256 * 1024
TABLES = (MEDIA_TYPE, "text/csv")


class CampaignDoors(HttpDoors):
    storage = Provided(open_storage)

    @door("GET", "/templates", who=ORGANISER, answer=schemas.Templates, summary="Campaigns to begin from")
    def templates(self, call):
        return {"templates": [schemas.template(found, call.language) for found in templates.shipped().values()]}

    @door("GET", "/campaigns", who="person", answer=schemas.Campaigns, summary="Campaigns that have opened, and own drafts")
    def campaigns(self, call):
        return {"campaigns": [self._shown(call, found) for found in campaigns.visible(self.storage, call.claims)]}

    @door(
        "POST",
        "/campaigns",
        who=ORGANISER,
        body=schemas.NewCampaign,
        answer=schemas.ShownCampaign,
        status=201,
        summary="A draft from a template",
    )
    def create_campaign(self, call):
        return self._shown(call, campaigns.create(self.storage, call.claims, **call.body, now=call.now))

    @door("GET", "/campaigns/<campaign_id>", who="person", answer=schemas.ShownCampaign, summary="A campaign with its rules")
    def campaign(self, call, campaign_id):
        return self._shown(call, campaigns.show(self.storage, call.claims, campaign_id))

    @door(
        "PUT",
        "/campaigns/<campaign_id>",
        who=ORGANISER,
        body=schemas.CampaignChange,
        answer=schemas.ShownCampaign,
        limit=RULES_LIMIT,
        summary="Change a draft",
    )
    def change_campaign(self, call, campaign_id):
        """The whole draft; `revision` is the one that was seen."""
        parts = dict(call.body)
        revision = parts.pop("revision")
        return self._shown(call, campaigns.change(self.storage, call.claims, campaign_id, revision, parts, call.now))

    @door(
        "POST", "/campaigns/<campaign_id>/check", who=ORGANISER, answer=schemas.Checked, summary="What keeps a draft from opening"
    )
    def check_campaign(self, call, campaign_id):
        found = campaigns.check(self.storage, call.claims, campaign_id, call.now)
        known = {**KNOWN, **REASONS}
        told = [
            {"where": where, "code": reason.partition(":")[0], "message": sentence(reason, call.language, known)}
            for where, reason in found.items()
        ]
        return {"ready": not told, "findings": told}

    @door(
        "POST",
        "/campaigns/<campaign_id>/open",
        who=ORGANISER,
        body=schemas.Seen,
        answer=schemas.ShownCampaign,
        summary="Open: the rules are locked from now on",
    )
    def open_campaign(self, call, campaign_id):
        return self._shown(call, campaigns.open_campaign(self.storage, call.claims, campaign_id, **call.body, now=call.now))

    @door(
        "POST",
        "/campaigns/<campaign_id>/deadlines",
        who=ORGANISER,
        body=schemas.MoreTime,
        answer=schemas.ShownCampaign,
        summary="Later deadlines of an open campaign, with a reason",
    )
    def extend_campaign(self, call, campaign_id):
        return self._shown(call, campaigns.extend(self.storage, call.claims, campaign_id, **call.body, now=call.now))

    def _shown(self, call, found) -> dict:
        return schemas.shown(found, rights.organises(call.claims, found.campaign_id))

    # What the platform counts

    @door(
        "GET",
        "/campaigns/<campaign_id>/counted",
        who=ORGANISER,
        answer=standing.Counted,
        summary="Which indices were imported and which contest results are here",
    )
    def counted(self, call, campaign_id):
        return indices.counted(self.storage, call.claims, campaign_id)

    @door(
        "POST",
        "/campaigns/<campaign_id>/indices/<code>/sheet",
        who=ORGANISER,
        body=bytes,
        query=standing.SheetQuery,
        answer=standing.SheetRead,
        limit=MEGABYTE,
        consumes=TABLES,
        summary="Values of an index from an Excel or CSV file, or try to (dry_run)",
    )
    def import_index(self, call, campaign_id, code):
        """All rows or none; they replace all values of the index."""
        imported = indices.read_sheet(self.storage, call.claims, campaign_id, code, _rows(call.raw))
        if not call.query["dry_run"]:
            imported = indices.keep_sheet(self.storage, call.claims, campaign_id, code, imported, call.now)
        return _read(imported, call.language)

    @door(
        "POST",
        "/campaigns/<campaign_id>/indices/<code>/sheet/corrections",
        who=ORGANISER,
        body=bytes,
        limit=MEGABYTE,
        consumes=TABLES,
        produces=MEDIA_TYPE,
        summary="The same file with what is wrong beside each row, to be corrected and sent again",
    )
    def mark_index(self, call, campaign_id, code):
        found = _rows(call.raw)
        imported = indices.read_sheet(self.storage, call.claims, campaign_id, code, found)
        wrong = [(each.row, each.column, finding(each.code, each.value, call.language)) for each in imported.sheet.findings]
        made = tpool.execute(corrections, found, imported.sheet.header, wrong, call.language)
        metrics.EXPORTS.labels("corrections").inc()
        return Reply(made, content_type=MEDIA_TYPE, headers=attached("chi-so-can-sua.xlsx"))


def attached(name: str) -> dict:
    """A file that is saved, never shown by a browser, and kept by no cache."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
    }  # fmt: skip


def _rows(raw: bytes) -> dict[int, list[str]]:
    """In a real thread, not on the event loop. Raises NotReadable with its sentences."""
    try:
        return tpool.execute(rows_of_any, raw)
    except NotReadable as error:
        error.vi, error.en = UNREADABLE[error.code]
        raise


def _read(imported: indices.Imported, language: str) -> dict:
    values = [
        {"unit_id": unit_id, "name": imported.units[unit_id].name, "before": imported.before.get(unit_id), "value": value}
        for unit_id, value in imported.sheet.values.items()
    ]
    findings = [
        {"row": each.row, "column": get_column_letter(each.column + 1), "code": each.code,
         "message": finding(each.code, each.value, language)}
        for each in imported.sheet.findings
    ]  # fmt: skip
    return {"saved": imported.saved, "values": values, "findings": findings}
