"""The doors to a contest's poster and picture."""

import hashlib

from hoithi_bus.http import Reply, door
from hoithi_bus.http.problems import Forbidden, NotSignedIn
from hoithi_bus.settings import need
from hoithi_exam.handlers import papers
from hoithi_exam.schemas import requests
from hoithi_print import Papers

PDF, PNG = "application/pdf", "image/png"
THEME = "The folder with the province's theme.json and public/emblem.svg, for example web/theme."
ADDRESS = "The address people find the platform under, for example https://hoithi.example."
STAFF = ("officer", "organiser", "operator")


def open_papers(config: dict) -> Papers:
    return Papers.open(need(config, "THEME", THEME), need(config, "PUBLIC_URL", ADDRESS))


class PaperDoors:
    """Mixed into the doors; needs `storage` and `press`."""

    @door("GET", "/contests/<contest_id>/picture.png", who="anyone", produces=PNG, summary="The contest for shared links")
    def contest_picture(self, call, contest_id):
        content = papers.picture(self.storage, self.press, contest_id, call.now)
        headers = {"Cache-Control": "public, max-age=60", "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
        return Reply(content, content_type=PNG, headers=headers)

    @door(
        "GET",
        "/contests/<contest_id>/poster.pdf",
        who="anyone",
        query=requests.Poster,
        produces=PDF,
        summary="A poster with the way in as a QR code",
    )
    def contest_poster(self, call, contest_id):
        """Anybody may have the plain poster; with `unit` or `source` officers, organisers and operators."""
        if call.query["unit"] or call.query["source"]:
            _require_staff(call)
        content = papers.poster(self.storage, self.press, contest_id, now=call.now, **call.query)
        name = f"ap-phich-{contest_id}-{call.query['size']}.pdf"
        return Reply(content, content_type=PDF, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _require_staff(call) -> None:
    """A stranger's words must not stand under a province's emblem."""
    if call.claims is None:
        raise NotSignedIn()
    if not any(call.claims.holds(role) for role in STAFF):
        raise Forbidden()
