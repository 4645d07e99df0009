"""The doors of unit officers: rosters from Excel, lists to call through."""

from eventlet import tpool
from openpyxl.utils import get_column_letter

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Problem, Reply, door
from hoithi_bus.provide import Provided
from hoithi_registration import metrics, schemas
from hoithi_registration.domain.roster_sheet import Finding
from hoithi_registration.handlers import officers
from hoithi_registration.handlers.officers import Imported
from hoithi_registration.service.roster_sentences import FINDINGS, PHONE_LIST
from hoithi_registration.storage import open_storage
from hoithi_sheets import MEDIA_TYPE, UNREADABLE, NotReadable, Sheet, corrections, rows, workbook

MEGABYTE = 1024 * 1024
STAFF = ("organiser", "operator", "officer")

OFFICER_PROBLEMS = {
    officers.NotYourUnit: Problem(
        403, "not-your-unit",
        "Bạn không phụ trách đơn vị này. Bạn chỉ làm việc được với đơn vị mình và các đơn vị trực thuộc.",
        "This is not your unit. You can work with your own unit and those below it.",
    ),
    officers.NotYourOwnUnit: Problem(
        403, "not-your-own-unit",
        "Chỉ cán bộ đầu mối của chính đơn vị này mới xem được số điện thoại.",
        "Phone numbers are shown to the officer of this very unit only.",
    ),
    NotReadable: Problem(422, "sheet-not-readable", "{vi}", "{en}"),
}  # fmt: skip


class OfficerDoors(HttpDoors):
    storage = Provided(open_storage)

    @door(
        "POST",
        "/rosters/<contest_id>/sheet",
        who=STAFF,
        body=bytes,
        query=schemas.RosterSheetQuery,
        answer=schemas.RosterSheetAnswer,
        limit=MEGABYTE,
        consumes=(MEDIA_TYPE,),
        summary="Draft headcounts from an Excel file, or try to (dry_run)",
    )
    def import_roster(self, call, contest_id):
        """All rows or none: with an error nothing is saved. Units the sheet does not name keep their headcounts."""
        imported = self._read(call, contest_id, _rows(call.raw))
        if not call.query["dry_run"]:
            imported = officers.keep_roster(self.storage, call.claims, contest_id, imported, call.now)
        metrics.ROSTER_SHEETS.labels("kept" if imported.saved else "refused" if imported.sheet.findings else "tried").inc()
        return schemas.RosterSheetAnswer().dump(_answer(imported, call.language))

    @door(
        "POST",
        "/rosters/<contest_id>/sheet/corrections",
        who=STAFF,
        body=bytes,
        query=schemas.RosterSheetQuery,
        limit=MEGABYTE,
        consumes=(MEDIA_TYPE,),
        produces=MEDIA_TYPE,
        summary="The same file with what is wrong beside each row, to be corrected and sent again",
    )
    def mark_roster(self, call, contest_id):
        found = _rows(call.raw)
        imported = self._read(call, contest_id, found)
        return _excel(tpool.execute(_marked, found, imported, call.language), "danh-sach-can-sua")

    def _read(self, call, contest_id, found) -> Imported:
        return officers.read_roster(self.storage, call.claims, contest_id, call.query["unit_id"], found, call.now)

    @door(
        "POST",
        "/units/<unit_id>/phone-list",
        who=STAFF,
        body=schemas.PhoneListBody,
        limit=MEGABYTE,
        produces=MEDIA_TYPE,
        summary="Names and phone numbers of people of the own unit, as a list to call through",
    )
    def phone_list(self, call, unit_id):
        """Only people of exactly this unit who gave a number; every list is noted in the log."""
        found = officers.phone_list(self.storage, call.claims, unit_id, **call.body, now=call.now)
        metrics.PHONE_LISTS.inc()
        return _excel(tpool.execute(_to_call, found, call.language), f"danh-sach-goi-{unit_id}")


def _rows(raw: bytes) -> dict[int, list[str]]:
    """Reading a spreadsheet takes CPU: in a real thread, not on the event loop. Raises NotReadable with its sentences."""
    try:
        return tpool.execute(rows, raw)
    except NotReadable as error:
        error.vi, error.en = UNREADABLE[error.code]
        raise


def _excel(data: bytes, name: str) -> Reply:
    attached = f'attachment; filename="{name}.xlsx"'
    return Reply(data, content_type=MEDIA_TYPE, headers={"Content-Disposition": attached, "Cache-Control": "no-store"})


def _answer(imported: Imported, language: str) -> dict:
    sheet = imported.sheet
    units = [
        {"unit_id": unit_id, "name": imported.names[unit_id], "headcount": count, "before": imported.before.get(unit_id)}
        for unit_id, count in sheet.headcounts.items()
    ]
    findings = [_finding(found, language) for found in sheet.findings]
    return {"kind": sheet.kind, "rows": sheet.read, "saved": imported.saved, "units": units, "findings": findings}


def _finding(found: Finding, language: str) -> dict:
    column = None if found.column is None else get_column_letter(found.column + 1)
    told = {"severity": found.severity, "row": found.row, "column": column, "code": found.code}
    return {**told, "message": _sentence(found, language)}


def _sentence(found: Finding, language: str) -> str:
    return FINDINGS[found.code][0 if language == "vi" else 1].format(value=found.value)


def _marked(found: dict[int, list[str]], imported: Imported, language: str) -> bytes:
    wrong = [(each.row, each.column, _sentence(each, language)) for each in imported.sheet.findings]
    return corrections(found, imported.sheet.header, wrong, language)


def _to_call(people: list[tuple[str, str]], language: str) -> bytes:
    words = PHONE_LIST[language]
    lines = [(number, name, _as_dialled(phone), "", "") for number, (name, phone) in enumerate(people, 1)]
    return workbook(Sheet(words["title"], words["columns"], lines, (words["title"], words["care"]), (6, 34, 18, 14, 40)))


def _as_dialled(phone: str) -> str:
    """ "+84912345678" as people here write it: "0912 345 678"."""
    digits = "0" + phone.removeprefix("+84")
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}" if len(digits) == 10 else digits
