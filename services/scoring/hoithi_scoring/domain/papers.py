"""What stands on certificates and pictures, in Vietnamese. Data for the templates of hoithi_print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoithi_print.words import HERE, day, long_day, whole, window
from hoithi_scoring.domain.certificates import Standing
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import LEAST_GROUP

PRIZES = {"first": "Giải Nhất", "second": "Giải Nhì", "third": "Giải Ba", "consolation": "Giải Khuyến khích"}
DIVISIONS = {
    "officials": "bảng Cán bộ, công chức, viên chức, lực lượng vũ trang",
    "citizens": "bảng Người dân",
    "pupils": "bảng Học sinh",
}
BADGES = {
    "planned": "Sắp diễn ra",
    "running": "Đang diễn ra",
    "closed": "Đã đóng, đang chấm",
    "provisional": "Kết quả tạm thời",
    "official": "Kết quả chính thức",
}


SEASON = "tất cả các vòng thi"


@dataclass(frozen=True)
class Occasion:
    """What a certificate is about: a round or a season with official results. `divisions`: how many people each has.

    `pool`: title of the local pool whose prize it is; "" for the contest's own.
    """

    contest: str
    title: str
    official_at: datetime
    divisions: Mapping[str, int]
    pool: str = ""

    @property
    def whole_title(self) -> str:
        return f"{self.title} – {self.pool}" if self.pool else self.title


def prize(name: str | None) -> str | None:
    """A prize of the organisers' own invention keeps its name."""
    return name and PRIZES.get(name, name)


def certificate(occasion: Occasion, standing: Standing, name: str, unit: str | None, code: str, papers) -> dict:
    """One page of the template `certificate`."""
    won = standing.prize is not None
    return {
        "heading": "GIẤY CHỨNG NHẬN ĐẠT GIẢI" if won else "GIẤY CHỨNG NHẬN",
        "certifies": f"{papers.theme.host} chứng nhận",
        "name": name,
        "unit": unit,
        "deed": f"{'đạt thành tích trong' if won else 'đã tham gia'} {occasion.title}, cuộc thi “{occasion.contest}”",
        "prize": f"{prize(standing.prize)} – {occasion.pool}" if won and occasion.pool else prize(standing.prize),
        "facts": facts(occasion, standing),
        "number": code,
        "address": check_address(papers.url, code),
        "site": f"{papers.site}/#/certificate",
        "basis": f"Theo kết quả chính thức công bố ngày {day(occasion.official_at.astimezone(HERE))}",
        "issued": long_day(occasion.official_at, papers.theme.place),
    }


def unit_certificate(occasion: Occasion, standing: Standing, name: str, above: str | None, code: str, papers) -> dict:
    """The page of a collective that won something; `above`: the unit it belongs to."""
    page = certificate(occasion, standing, name, above, code, papers)
    deed = f"đạt thành tích tập thể trong {occasion.title}, cuộc thi “{occasion.contest}”"
    rate = [["Tỷ lệ tham gia", f"{standing.rate_percent}%".replace(".", ",")]] if standing.rate_percent else []
    shown = [["Số người tham gia", whole(standing.participants or 0)], *rate,
             [f"Xếp hạng {standing.division}", whole(standing.place)]]  # fmt: skip
    return {**page, "deed": deed, "facts": shown}


def check_address(url: str, code: str) -> str:
    """Where anybody may check a certificate."""
    return f"{url}/#/certificate/{code}"


def facts(occasion: Occasion, standing: Standing) -> list[list[str]]:
    """The figures of a person: label and value."""
    done = ["Số vòng thi", str(standing.rounds)] if standing.right is None else ["Số câu đúng", str(standing.right)]
    division = DIVISIONS.get(standing.division, standing.division)
    of = occasion.divisions.get(standing.division)
    place = f"{whole(standing.division_place)} / {whole(of)}" if of else whole(standing.division_place)
    points = [["Điểm", str(standing.points)]] if standing.points != standing.right else []
    return [done, *points, ["Thời gian làm bài", clock(standing.duration_ms)],
            [f"Xếp hạng {division}", place]]  # fmt: skip


def clock(ms: int) -> str:
    """8:12,345; with hours when there are any."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{shown},{thousandths:03d}"


# Pictures for shared links


def round_picture(contest: str, round: Round, counts: dict | None, site: str) -> dict:
    """A round in numbers, as far as everybody may know them (`counts` of results.show_round); no number below ten."""
    when = [window(round.opens_at, round.closes_at)] if round.opens_at and round.closes_at else []
    return {"heading": contest, "badge": BADGES[round.state], "lines": [round.title, *when],
            "figures": _figures(counts or {}), "foot": site}  # fmt: skip


LABELS = {"participants": "người tham gia", "attempts": "lượt thi", "perfect": "người đúng tất cả"}


def _figures(counts: dict) -> list[list[str]]:
    if counts.get("participants", 0) < LEAST_GROUP:
        return []
    known = {name: counts[name] for name in LABELS if name in counts}
    return [[whole(number), LABELS[name]] for name, number in known.items() if number == 0 or number >= LEAST_GROUP]


def certificate_picture(contest: str, title: str, standing: Standing | None, site: str) -> dict:
    """A certificate without name, unit and place: it may travel further than its owner thinks."""
    what = prize(standing.prize) or "Đã tham gia" if standing else "Không còn hiệu lực"
    return {"heading": what, "badge": "Giấy chứng nhận", "lines": [contest, title], "figures": [], "foot": site}
