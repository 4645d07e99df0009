"""What shared links to results and certificates show, without script. Extends the doors of `service`; knows nameko as well."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hoithi_bus.http import Reply, door
from hoithi_bus.http.pages import HTML, open_pages, page, site_of
from hoithi_bus.provide import Provided
from hoithi_contracts.fields import Choice, StrictSchema
from hoithi_scoring.handlers import results

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
FILES = ("results.csv", "results.json", "units.csv", "attempts.csv", "rules.json")
SENTENCES = {
    "vi": {
        "title": "Kết quả {round} – {contest}", "planned": "Vòng thi chưa mở.", "running": "Vòng thi đang diễn ra.",
        "closed": "Vòng thi đã đóng, kết quả đang được tổng hợp.", "provisional": "Kết quả tạm thời.",
        "official": "Kết quả chính thức.", "counts": "{attempts} lượt thi của {people} người.",
        "window": "Vòng thi mở từ {opens} đến {closes}.", "files": "Tệp kết quả, ai cũng tự kiểm tra được",
        "contest": "Về trang cuộc thi", "certificate": "Giấy chứng nhận {code}",
        "about": "Kiểm tra giấy chứng nhận do Ban Tổ chức cuộc thi cấp.",
        "script_less": "Bảng xếp hạng cần JavaScript; các tệp kết quả đọc được ngay tại đây.",
        "check_needs_script": "Việc kiểm tra giấy chứng nhận cần JavaScript.",
    },
    "en": {
        "title": "Results of {round} – {contest}", "planned": "The round has not opened yet.",
        "running": "The round is under way.",
        "closed": "The round is closed; the results are being put together.", "provisional": "Provisional results.",
        "official": "Official results.", "counts": "{attempts} attempts of {people} people.",
        "window": "The round is open from {opens} to {closes}.", "files": "Result files, for everybody to check",
        "contest": "To the contest", "certificate": "Certificate {code}",
        "about": "Check a certificate given by the organisers of the contest.",
        "script_less": "Rankings need JavaScript; the result files can be read right here.",
        "check_needs_script": "Checking a certificate needs JavaScript.",
    },
}  # fmt: skip


class PageQuery(StrictSchema):
    lang = Choice("vi", "en", load_default="vi")


class Pages:
    """Renders; `site` is the address under which people open the platform."""

    def __init__(self, site: str):
        self.site, self.templates = site, open_pages("hoithi_scoring")

    def round(self, shown: dict, contest: str, language: str) -> Reply:
        """From the title to the end of the body: the front puts it into the page's own index (docs/decisions/0092)."""
        sentences = SENTENCES[language]
        told = [sentences[shown["state"]], _window(shown, sentences), _counts(shown, sentences)]
        return page(
            self.templates,
            "round.html",
            language=language,
            say=sentences.get,
            title=sentences["title"].format(round=shown["title"], contest=contest),
            about=" ".join(filter(None, told)),
            round_id=shown["round_id"],
            contest_id=shown["contest_id"],
            address=f"{self.site}/r/{shown['round_id']}",
            picture=f"{self.site}/api/scoring/rounds/{shown['round_id']}/picture.png",
            files=FILES if "results" in shown else (),
        )

    def certificate(self, code: str, language: str) -> Reply:
        """Says nothing about the certificate itself: whether it is genuine is what the page behind the link checks."""
        sentences = SENTENCES[language]
        return page(
            self.templates,
            "certificate.html",
            language=language,
            say=sentences.get,
            title=sentences["certificate"].format(code=code),
            about=sentences["about"],
            address=f"{self.site}/z/{code}",
            picture=f"{self.site}/api/scoring/certificates/{code}/picture.png",
        )


def _window(shown: dict, sentences: dict) -> str:
    if not (shown["opens_at"] and shown["closes_at"]):
        return ""
    return sentences["window"].format(opens=_moment(shown["opens_at"]), closes=_moment(shown["closes_at"]))


def _moment(instant: datetime) -> str:
    return f"{instant.astimezone(HERE):%H:%M %d/%m/%Y}"


def _counts(shown: dict, sentences: dict) -> str:
    """Only where everybody may know them by now."""
    counts = shown.get("counts")
    if not counts or "results" not in shown:
        return ""
    return sentences["counts"].format(attempts=counts["attempts"], people=counts["participants"])


class WaysIn:
    """Part of scoring's doors; needs their `storage`."""

    pages = Provided(lambda config: Pages(site_of(config)))

    @door(
        "GET",
        "/rounds/<round_id>/page",
        who="anyone",
        query=PageQuery,
        produces=HTML,
        summary="What a shared link tells of a round's results, without script: the front puts it into the page at /r/<round_id>",
    )
    def round_page(self, call, round_id):
        round = self.storage.rounds.get(round_id)
        contest = self.storage.contests.get(round.contest_id)
        return self.pages.round(results.show_round(None, round), contest["title"], call.query["lang"])

    @door(
        "GET",
        "/certificates/<code>/page",
        who="anyone",
        query=PageQuery,
        produces=HTML,
        summary="What a shared link to a certificate tells: the front puts it into the page at /z/<code>",
    )
    def certificate_page(self, call, code):
        return self.pages.certificate(code, call.query["lang"])
