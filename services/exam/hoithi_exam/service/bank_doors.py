"""What organisers do with question banks, over HTTP; a part of `Doors`."""

import sys

from eventlet import tpool

from hoithi_bus.http import Reply, door
from hoithi_bus.http.problems import WrongContentType
from hoithi_bus.provide import Provided
from hoithi_contracts.audit import AuditLog
from hoithi_exam import metrics
from hoithi_exam.domain.bank.formats import FORMATS
from hoithi_exam.domain.bank.search import page_of
from hoithi_exam.domain.versions import BankRefused
from hoithi_exam.handlers import banks, looking
from hoithi_exam.schemas import answers, requests

ORGANISER = ("organiser",)
BANK_LIMIT = 12 * 1024 * 1024
CHANGE_LIMIT = 2 * 1024 * 1024
XLSX, DOCX = FORMATS["xlsx"].content_type, FORMATS["docx"].content_type
FORMAT_OF = {"text/plain": "text", XLSX: "xlsx", DOCX: "docx", "application/xml": "moodle", "text/xml": "moodle"}
OFFICE = {"xlsx", "docx"}
APPROVALS = {"required": True, "off": False}


def open_approval(config: dict) -> bool:
    """Whether an imported version waits for a second person; stops the start with a sentence when it is neither."""
    given = config.get("BANK_APPROVAL") or "required"
    if given not in APPROVALS:
        sys.exit(f"hoithi: BANK_APPROVAL {given!r} (environment HOITHI_BANK_APPROVAL) must be required or off.")
    return APPROVALS[given]


class BankDoors:
    """Import, look, approve, change, export. `storage` is that of `Doors`."""

    approval = Provided(open_approval)

    @door(
        "POST",
        "/banks/<bank_id>",
        who=ORGANISER,
        body=bytes,
        query=requests.Import,
        answer=answers.BankAnswer,
        status=201,
        limit=BANK_LIMIT,
        consumes=tuple(FORMAT_OF),
        summary="Import a bank as its next version, or try to (dry_run)",
    )
    def import_bank(self, call, bank_id):
        """The same content again stays the version it is (200). format=auto looks at the file itself."""
        call.claims.require("organiser", "contest", bank_id)
        try:
            return self._imported(call, bank_id)
        except BankRefused:
            metrics.BANKS.labels("refused").inc()
            raise

    def _imported(self, call, bank_id):
        # Reading a file takes seconds of CPU: in a real thread, not on the event loop.
        told = call.query.get("topic", ""), call.query.get("level", "")
        bank, found = tpool.execute(banks.read_bank, call.raw, _format(call), bank_id, *told)
        bank = banks.require_bank(bank, found, bank_id, call.language)
        shown = (found, call.language, call.query["preview"])
        if call.query["dry_run"]:
            banks.try_bank(self.storage, bank)
            return Reply.json(answers.imported(bank, None, *shown))
        version = banks.keep_bank(self.storage, bank, call.claims.user_id, call.now, self.approval)
        metrics.BANKS.labels("kept").inc()
        return _kept(answers.imported(bank, version, *shown), version, call)

    @door(
        "POST",
        "/banks/<bank_id>/mend",
        who=ORGANISER,
        body=bytes,
        query=requests.Mend,
        limit=BANK_LIMIT,
        consumes=(XLSX,),
        produces=XLSX,
        summary="The uploaded workbook back, with what to mend beside its rows and the cells coloured",
    )
    def mend_bank(self, call, bank_id):
        call.claims.require("organiser", "contest", bank_id)
        told = call.query.get("topic", ""), call.query.get("level", "")
        mended = tpool.execute(banks.mend_file, call.raw, bank_id, call.language, *told)
        return file_reply([mended], f"{bank_id}-mend.xlsx", XLSX)

    @door("GET", "/banks", who=ORGANISER, summary="Every version of every bank")
    def list_banks(self, call):
        versions = (version for version in self.storage.banks.all() if _may_manage(call, version.bank_id))
        return {"banks": [answers.bank_version(version) for version in versions]}

    @door(
        "GET",
        "/banks/<bank_id>/versions/<int:version>",
        who=ORGANISER,
        query=requests.Search,
        summary="The questions of a version with their keys; searched without diacritics",
    )
    def show_bank(self, call, bank_id, version):
        """By id. `lacks`: only those that have neither text nor sound in that language. With `round`, organisers of its contest
        may read the version that its papers are drawn from, to correct a key."""
        self._require_reader(call, bank_id, version)
        known = self.storage.banks.version(bank_id, version)
        found = looking.search(self.storage, known, call.query, tpool.execute)
        page, onward = page_of(found, call.query.get("after", ""), call.query["limit"])
        shown = {"found": len(found), "page": [question.plain for question in page], "next": onward}
        return {**answers.bank_version(known), **shown}

    def _require_reader(self, call, bank_id, version):
        """The bank's organisers, and those of a contest that uses the version."""
        contest_id = bank_id
        if "round" in call.query:
            round_ = self.storage.rounds.remembered(call.query["round"])
            contest_id = round_.contest_id if f"{bank_id}:{version}" in round_.banks.values() else bank_id
        call.claims.require("organiser", "contest", contest_id)

    @door(
        "GET",
        "/banks/<bank_id>/versions/<int:version>/export",
        who=ORGANISER,
        query=requests.Export,
        produces="application/octet-stream",
        summary="A version as a file in one of the formats",
    )
    def export_bank(self, call, bank_id, version):
        """X-Left-Out says how many questions the format cannot hold (Aiken: those with several right options, and practice),
        X-Without-Picture how many stand in it without their picture: only Word and Moodle XML hold pictures, up to 6 MB in all.
        """
        call.claims.require("organiser", "contest", bank_id)
        found = banks.write_bank(self.storage, bank_id, version, call.query["format"])
        # Office files are packed at once, seconds of CPU; texts go out question by question.
        pieces = tpool.execute(list, found.pieces) if found.form.name in OFFICE else found.pieces
        counts = {"X-Left-Out": str(found.left_out), "X-Without-Picture": str(found.without_picture)}
        return file_reply(pieces, f"{bank_id}-{version}.{found.form.suffix}", found.form.content_type, counts)

    @door(
        "POST",
        "/banks/<bank_id>/versions/<int:version>/approve",
        who=ORGANISER,
        body=requests.Approval,
        summary="Approve a version that somebody else imported: from now on contests may use it",
    )
    def approve_bank(self, call, bank_id, version):
        """Not by who imported or changed it; again changes nothing."""
        call.claims.require("organiser", "contest", bank_id)
        told = call.claims.user_id, call.body["note"], call.now
        return answers.bank_version(banks.approve_bank(self.storage, bank_id, version, *told))

    @door(
        "POST",
        "/banks/<bank_id>/versions/<int:version>/changes",
        who=ORGANISER,
        body=requests.BankChange,
        answer=answers.BankAnswer,
        status=201,
        limit=CHANGE_LIMIT,
        summary="Change topics, levels or words of questions in the newest version: a new version",
    )
    def change_bank(self, call, bank_id, version):
        call.claims.require("organiser", "contest", bank_id)
        body = {**call.body, "topics": {topic["slug"]: topic["name"] for topic in call.body["topics"]}}
        bank, found = banks.edit_bank(self.storage, bank_id, version, body, call.language, tpool.execute)
        kept = banks.keep_edited(self.storage, bank, version, call.claims.user_id, call.now, self.approval)
        return _kept(answers.imported(bank, kept, found, call.language), kept, call)

    @door(
        "GET",
        "/banks/<bank_id>/audit",
        who=ORGANISER,
        answer=AuditLog,
        summary="Who imported, changed and approved what, when and why",
    )
    def bank_audit(self, call, bank_id):
        call.claims.require("organiser", "contest", bank_id)
        return {"entries": [vars(entry) for entry in self.storage.banks.log(bank_id)]}


def _kept(answer: dict, version, call) -> Reply:
    return Reply.json(answer, status=201 if version.imported_at == call.now else 200)


def file_reply(pieces, name: str, content_type: str, headers: dict | None = None) -> Reply:
    """A file to be saved, which no cache on the way keeps."""
    about = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store", **(headers or {})}
    return Reply(pieces, content_type=content_type, headers=about)


def _may_manage(call, bank_id: str) -> bool:
    return call.claims.holds("organiser", "contest", bank_id)


def _format(call) -> str:
    given = call.query.get("format") or FORMAT_OF.get(call.content_type)
    if given is None:
        raise WrongContentType(" / ".join(FORMAT_OF))
    return given
