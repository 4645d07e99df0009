"""The doors to paper and pictures: certificates, pictures for shared links. A part of the service room."""

import hashlib

from hoithi_bus.http import Problem, Reply, door
from hoithi_bus.settings import need
from hoithi_print import Busy, Papers
from hoithi_scoring.domain import refusals
from hoithi_scoring.handlers import certificates, pictures, pooling, printing
from hoithi_scoring.schemas import papers as schemas
from hoithi_scoring.schemas.pools import RoundQuery

PROBLEMS = {
    Busy: Problem(
        503, "press-busy", "Máy in đang bận, hãy thử lại sau vài giây.", "The press is busy; try again in a few seconds.",
        retry_after=5,
    ),
    refusals.NotOfficial: Problem(
        409, "not-official-yet",
        "Giấy chứng nhận có khi kết quả chính thức được công bố.",
        "Certificates are there once the results are official.",
    ),
    refusals.NoCertificate: Problem(
        404, "no-certificate", "Kết quả chính thức không có tên bạn nên không có giấy chứng nhận.",
        "The official results do not have you, so there is no certificate.",
    ),
    refusals.CertificateUnknown: Problem(
        404, "certificate-unknown",
        "Không có giấy chứng nhận nào mang số này. Hãy xem lại từng chữ và số.",
        "No certificate has this number. Please check every letter and digit.",
    ),
    refusals.NotRequested: Problem(
        404, "not-requested",
        "Chưa ai yêu cầu in các giấy chứng nhận này, hoặc kết quả đã thay đổi sau khi in.",
        "Nobody asked to print these certificates, or the results changed since.",
    ),
    refusals.NotPrintedYet: Problem(
        409, "not-printed-yet",
        "Đã in {made} trên {pieces} phần, hãy đợi thêm.",
        "{made} of {pieces} parts are printed; please wait.",
    ),
}  # fmt: skip
PDF, PNG, ZIP = "application/pdf", "image/png", "application/zip"
THEME = "The folder with the province's theme.json and public/emblem.svg, for example web/theme."
ADDRESS = "The address people find the platform under, for example https://hoithi.example."
A_MINUTE = {"Cache-Control": "public, max-age=60"}
NOT_KEPT = {"Cache-Control": "private, no-store"}


def open_papers(config: dict) -> Papers:
    return Papers.open(need(config, "THEME", THEME), need(config, "PUBLIC_URL", ADDRESS))


def picture(content: bytes) -> Reply:
    headers = {**A_MINUTE, "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
    return Reply(content, content_type=PNG, headers=headers)


def pdf(content: bytes, name: str) -> Reply:
    return Reply(content, content_type=PDF, headers={**NOT_KEPT, "Content-Disposition": f'attachment; filename="{name}.pdf"'})


class PaperDoors:
    """Mixed into the doors; needs `storage`, `pseudonyms` and `papers`."""

    @door(
        "GET",
        "/rounds/<round_id>/mine/certificate.pdf",
        who="person",
        query=schemas.PoolQuery,
        produces=PDF,
        summary="The own certificate of a round, once its results are official",
    )
    def own_certificate(self, call, round_id):
        pool_id = call.query["pool_id"]
        if pool_id is None:
            return self._own(call, certificates.round_table(self.storage, round_id))
        contest_id = self.storage.rounds.get(round_id).contest_id
        return self._own(call, certificates.pool_table(self.storage, contest_id, pool_id, round_id))

    @door(
        "GET",
        "/contests/<contest_id>/mine/certificate.pdf",
        who="person",
        query=schemas.PoolQuery,
        produces=PDF,
        summary="The own certificate of all rounds together, once all are official",
    )
    def own_season_certificate(self, call, contest_id):
        pool_id = call.query["pool_id"]
        if pool_id is None:
            return self._own(call, certificates.season_table(self.storage, contest_id))
        return self._own(call, certificates.pool_table(self.storage, contest_id, pool_id, None))

    def _own(self, call, table):
        made = certificates.own_certificate(self.storage, self.pseudonyms, self.papers, call.claims, table, call.now)
        return pdf(made, f"giay-chung-nhan-{table.round_id or table.contest_id}".replace("/", "-"))

    @door(
        "GET",
        "/contests/<contest_id>/pools/<pool_id>/certificates.pdf",
        who=("organiser", "officer"),
        query=RoundQuery,
        produces=PDF,
        summary="The certificates of all who won something in a pool, for those who run it",
    )
    def pool_certificates(self, call, contest_id, pool_id):
        round_id = call.query["round_id"]
        pooling.check_runs_pool(self.storage, call.claims, contest_id, pool_id)
        table = certificates.pool_table(self.storage, contest_id, pool_id, round_id)
        made = certificates.winners_certificates(self.storage, self.pseudonyms, self.papers, table, call.now)
        return pdf(made, f"giay-chung-nhan-{pool_id}-{round_id or contest_id}".replace("/", "-"))

    @door(
        "GET",
        "/rounds/<round_id>/unit-certificates.pdf",
        who=("organiser",),
        produces=PDF,
        summary="The certificates of all units that won something in a round",
    )
    def unit_certificates(self, call, round_id):
        return self._of_units(call, self.storage.rounds.get(round_id).contest_id, round_id)

    @door(
        "GET",
        "/contests/<contest_id>/season/unit-certificates.pdf",
        who=("organiser",),
        produces=PDF,
        summary="The certificates of all units that won something over all rounds",
    )
    def season_unit_certificates(self, call, contest_id):
        return self._of_units(call, contest_id, None)

    def _of_units(self, call, contest_id: str, round_id: str | None):
        call.claims.require("organiser", "contest", contest_id)
        table = certificates.unit_table(self.storage, contest_id, round_id)
        made = certificates.unit_certificates(self.storage, self.pseudonyms, self.papers, table, call.now)
        return pdf(made, f"giay-chung-nhan-tap-the-{round_id or contest_id}".replace("/", "-"))

    @door(
        "GET", "/certificates/<code>", who="anyone", answer=schemas.CertificateCheck, summary="What a certificate is worth today"
    )
    def check_certificate(self, call, code):
        """`valid`; `corrected`: other content was printed before; `withdrawn`; `erased`: the person asked to be forgotten."""
        return Reply.json(certificates.check(self.storage, code), headers={"Cache-Control": "no-store"})

    @door(
        "GET",
        "/certificates/<code>/picture.png",
        who="anyone",
        produces=PNG,
        summary="A certificate for shared links, without name",
    )
    def certificate_picture(self, call, code):
        return picture(certificates.picture(self.storage, self.papers, code, call.now))

    @door("GET", "/rounds/<round_id>/picture.png", who="anyone", produces=PNG, summary="A round in numbers, for shared links")
    def round_picture(self, call, round_id):
        return picture(pictures.round_picture(self.storage, self.papers, round_id, call.now))

    @door(
        "POST",
        "/rounds/<round_id>/certificates",
        who=("organiser",),
        body=schemas.PrintOrder,
        answer=schemas.PrintJob,
        status=202,
        summary="Have the certificates of a round printed",
    )
    def print_certificates(self, call, round_id):
        return printing.request(self.storage, call.claims, round_id, call.body["which"], call.now)

    @door(
        "GET",
        "/rounds/<round_id>/certificates",
        who=("organiser",),
        query=schemas.PrintOrder,
        answer=schemas.PrintJob,
        summary="How far the printing is",
    )
    def printing_progress(self, call, round_id):
        return printing.progress(self.storage, call.claims, round_id, call.query["which"])

    @door(
        "GET",
        "/rounds/<round_id>/certificates.zip",
        who=("organiser",),
        query=schemas.PrintOrder,
        produces=ZIP,
        summary="The printed certificates: PDFs of a hundred each",
    )
    def printed_certificates(self, call, round_id):
        which = call.query["which"]
        pieces = printing.archive(self.storage, call.claims, round_id, which)
        name = f"giay-chung-nhan-{round_id}-{which}.zip".replace("/", "-")
        return Reply(pieces, content_type=ZIP, headers={**NOT_KEPT, "Content-Disposition": f'attachment; filename="{name}"'})
