"""What the desk asks of question banks beside `BankDoors`: files on their way, what a version covers, what is different in it."""

from eventlet import tpool

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Reply, door
from hoithi_exam.domain.picture import MOST_KB
from hoithi_exam.handlers import banks, looking, uploading
from hoithi_exam.schemas import answers, requests
from hoithi_exam.schemas import banks as shown
from hoithi_exam.service.bank_doors import BANK_LIMIT, FORMAT_OF, ORGANISER, XLSX, file_reply
from hoithi_exam.service.beside import FOR_EVER

PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp")


class BankDesk(HttpDoors):
    """A file is read by the worker, so that it can be left and found again. `storage` and `approval` are those of `Doors`."""

    @door(
        "POST",
        "/banks/<bank_id>/uploads",
        who=ORGANISER,
        body=bytes,
        query=requests.Upload,
        answer=shown.UploadAnswer,
        status=202,
        limit=BANK_LIMIT,
        consumes=tuple(FORMAT_OF),
        summary="Hand a bank's file in to be looked at; nothing becomes a version yet",
    )
    def upload_bank(self, call, bank_id):
        """Ask again with its id how far it is. Kept for a day."""
        call.claims.require("organiser", "contest", bank_id)
        told = call.query, call.claims.user_id, call.language, call.now
        return self._upload(uploading.hand_in(self.storage, bank_id, call.raw, *told), status=202)

    @door(
        "GET",
        "/banks/<bank_id>/uploads/<upload_id>",
        who=ORGANISER,
        answer=shown.UploadAnswer,
        summary="How far a file is, and what was found in it",
    )
    def show_upload(self, call, bank_id, upload_id):
        call.claims.require("organiser", "contest", bank_id)
        return self._upload(self.storage.uploads.get(bank_id, upload_id))

    @door(
        "POST",
        "/banks/<bank_id>/uploads/<upload_id>/keep",
        who=ORGANISER,
        answer=shown.UploadAnswer,
        status=202,
        summary="Let a file without errors become the bank's next version",
    )
    def keep_upload(self, call, bank_id, upload_id):
        """The version is of who keeps it: somebody else approves it."""
        call.claims.require("organiser", "contest", bank_id)
        kept = uploading.keep(self.storage, bank_id, upload_id, call.claims.user_id, self.approval)
        return self._upload(kept, status=202)

    @door(
        "GET",
        "/banks/<bank_id>/uploads/<upload_id>/mended",
        who=ORGANISER,
        produces=XLSX,
        summary="The uploaded workbook back, with what to mend beside its rows",
    )
    def mended_upload(self, call, bank_id, upload_id):
        call.claims.require("organiser", "contest", bank_id)
        mended = uploading.mend(self.storage, bank_id, upload_id, call.language, tpool.execute)
        return file_reply([mended], f"{bank_id}-mend.xlsx", XLSX)

    @door(
        "POST",
        "/banks/<bank_id>/pictures",
        who=ORGANISER,
        body=bytes,
        answer=answers.PictureAnswer,
        status=201,
        limit=MOST_KB * 1024,
        consumes=PICTURE_TYPES,
        summary="Keep a picture: PNG, JPEG or WebP, at most 300 KB and 2000 points a side",
    )
    def keep_picture(self, call, bank_id):
        """Its content decides what it is; tags are dropped. A question gets it by .../changes."""
        call.claims.require("organiser", "contest", bank_id)
        made = tpool.execute(banks.read_picture, call.raw)
        self.storage.pictures.keep(made)
        return {"picture": made.reference, "content_type": made.content_type}

    @door("GET", "/pictures/<reference>", who="anyone", produces="image/png", summary="A question's picture; never changes")
    def show_picture(self, call, reference):
        """For who has its name, as a paper has. Nothing but a picture can come of it in any browser."""
        found = self.storage.pictures.get(reference)
        strict = {"Cache-Control": FOR_EVER, "Content-Security-Policy": "default-src 'none'; sandbox"}
        return Reply(found.body, content_type=found.content_type, headers=strict)

    def _upload(self, found, status=200):
        return Reply.json(shown.upload(found), status=status, headers={"Cache-Control": "no-store"})

    @door(
        "GET",
        "/banks/<bank_id>/versions/<int:version>/overview",
        who=ORGANISER,
        answer=shown.Overview,
        summary="What a version covers: questions by topic and level, languages, audio",
    )
    def show_overview(self, call, bank_id, version):
        call.claims.require("organiser", "contest", bank_id)
        known = self.storage.banks.version(bank_id, version)
        return shown.overview(known, *looking.overview(self.storage, known))

    @door(
        "GET",
        "/banks/<bank_id>/versions/<int:version>/differences",
        who=ORGANISER,
        query=requests.Differences,
        answer=shown.DifferencesAnswer,
        summary="What is different in a version, changed keys first",
    )
    def show_differences(self, call, bank_id, version):
        """Against the newest approved version before it, so that a second person sees all that nobody approved yet."""
        call.claims.require("organiser", "contest", bank_id)
        known = self.storage.banks.version(bank_id, version)
        found = looking.changes(self.storage, known, call.query.get("against"), tpool.execute)
        return shown.differences(*found, call.query)
