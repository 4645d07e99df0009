"""The official minutes of the results of a round or of a season, in Vietnamese. Data for the template `minutes` of hoithi_print.

Form and order are those of Decree 30/2020/NĐ-CP, annex III, form 1.10 (biên bản): bases, beginning, place, those present, chair,
secretary, content, end, signatures, receivers. Signatures are by hand or by the agency's own digital signature.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hoithi_print.words import HERE, moment, whole
from hoithi_scoring.domain.blocks import heading, table, text
from hoithi_scoring.domain.export import hundredths
from hoithi_scoring.domain.minutes_figures import division
from hoithi_scoring.domain.papers import DIVISIONS, clock, prize
from hoithi_scoring.domain.units import UnitRow

BLANK = "…"
KINDS = {
    "district": "Cấp huyện",
    "commune": "Xã",
    "ward": "Phường",
    "town": "Thị trấn",
    "agency": "Cơ quan, đơn vị",
    "party-committee": "Đảng bộ",
    "school": "Trường học",
    "village": "Thôn, tổ dân phố",
}
BEST_UNITS = 3


@dataclass(frozen=True)
class Meeting:
    """What the minutes say of the meeting; what is not told stays a gap to be filled by hand."""

    number: str = f"{BLANK}/BB-BTC"
    place: str = BLANK
    chair: str = ""
    secretary: str = ""
    present: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What the platform knows. `winners`: rows with name, unit, prize; `units`: eligible ones with a place.

    `title`: of the round, or of all together; `official_at`: None before results are official. `figures`, `kept`: blocks on how
    many took part, and on how results can be checked (domain/minutes_figures.py). `pools`: (title, winners) of local pools;
    `honoured`: units that win something, with block, prize and figures.
    """

    contest: str
    title: str
    official_at: datetime | None
    figures: tuple[dict, ...]
    kept: tuple[dict, ...]
    winners: tuple[dict, ...]
    units: tuple[UnitRow, ...]
    complaints: Mapping[str, int] = field(default_factory=dict)
    invalid: int = 0
    refused: int = 0
    pools: tuple[tuple[str, tuple[dict, ...]], ...] = ()
    honoured: tuple[dict, ...] = ()


def minutes(facts: Facts, meeting: Meeting) -> dict:
    """The template's data, but for the look."""
    official = facts.official_at is not None
    what = "kết quả chính thức" if official else "kết quả tạm thời"
    subject = f"Xác nhận {what} {facts.title}, cuộc thi “{facts.contest}”"
    blocks = [*_bases(facts, meeting), *_beginning(meeting), *_content(facts), *_end(facts, meeting)]
    signers = [{"role": "THƯ KÝ", "name": meeting.secretary}, {"role": "CHỦ TỌA", "name": meeting.chair}]
    receivers = [*(meeting.receivers or ("Thành viên Ban Tổ chức",)), "Lưu: VT, Hồ sơ cuộc thi"]
    return {"title": f"Biên bản – {facts.title}", "heading": "BIÊN BẢN" if official else "BIÊN BẢN (DỰ THẢO)", "subject": subject,
            "number": meeting.number, "blocks": blocks, "signers": signers, "receivers": receivers}  # fmt: skip


def _bases(facts: Facts, meeting: Meeting) -> list[dict]:
    own = (f"Thể lệ cuộc thi “{facts.contest}”",)
    given = [base.strip().rstrip(";.").removeprefix("Căn cứ ") for base in (*meeting.bases, *own)]
    last = len(given) - 1
    return [text(f"Căn cứ {base}{'.' if place == last else ';'}") for place, base in enumerate(given)]


def _beginning(meeting: Meeting) -> list[dict]:
    present = "; ".join(meeting.present) or BLANK
    return [
        text(f"Thời gian bắt đầu: {_when(meeting.began_at)}."),
        text(f"Địa điểm: {meeting.place}."),
        text(f"Thành phần tham dự: {present}."),
        text(f"Chủ trì (chủ tọa): {meeting.chair or BLANK}."),
        text(f"Thư ký (người ghi biên bản): {meeting.secretary or BLANK}."),
    ]


def _content(facts: Facts) -> list[dict]:
    parts = [("Số liệu dự thi", facts.figures), ("Khiếu nại và xử lý vi phạm", _handled(facts)),
             ("Cá nhân đạt giải", _people(facts)), ("Xếp hạng tập thể", _collectives(facts)),
             ("Tập thể đạt giải", _honoured(facts)), ("Giải của các cấp ủy, địa phương, đơn vị", _pools(facts)),
             ("Lưu giữ và kiểm tra kết quả", facts.kept)]  # fmt: skip
    told = [(title, blocks) for title, blocks in parts if blocks]
    chapters = [[heading(f"{number}. {title}"), *blocks] for number, (title, blocks) in enumerate(told, 1)]
    opening = text("Nội dung: Ban Tổ chức xem xét và thống nhất xác nhận kết quả như sau:")
    return [opening, *(block for chapter in chapters for block in chapter)]


def _handled(facts: Facts) -> list[dict]:
    found = facts.complaints
    told = (
        f"Ban Tổ chức đã nhận {whole(sum(found.values()))} khiếu nại: chấp nhận {whole(found.get('upheld', 0))}, "
        f"bác {whole(found.get('rejected', 0))}, người khiếu nại rút {whole(found.get('withdrawn', 0))}, "
        f"chưa giải quyết {whole(found.get('open', 0))}."
    )
    struck = f"Đã hủy {whole(facts.invalid)} lượt thi do vi phạm thể lệ"
    refused = f"qua xác minh, không trao giải cho {whole(facts.refused)} trường hợp"
    return [text(told), text(f"{struck}; {refused}.")]


def _people(facts: Facts) -> list[dict]:
    groups = defaultdict(list)
    for row in facts.winners:
        groups[row["division"]].append(row)
    if not groups:
        return [text("Không có cá nhân đạt giải.")]
    columns = (("STT", 2, True), ("Giải", 5, False), ("Họ và tên", 7, False), ("Đơn vị", 8, False), ("Điểm", 3, True),
               ("Thời gian", 4, True), ("Lệch dự đoán", 4, True))  # fmt: skip
    lists = [(text(f"{_first_up(division(name))}:"), table(_winners(rows), *columns)) for name, rows in groups.items()]
    return [block for pair in lists for block in pair]


def _winners(rows: list[dict]) -> list[list[str]]:
    return [
        [str(number), prize(row["prize"]), row["name"] or BLANK, row["unit"] or "", str(row["points"]), clock(row["duration_ms"]),
         "" if row["prediction_error"] is None else whole(row["prediction_error"])]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip


def _collectives(facts: Facts) -> list[dict]:
    """The best of each kind: who compares itself with whom is what the rules say (docs/reference/results.md, Units)."""
    if not facts.units:
        return [text("Không có tập thể đủ điều kiện xếp hạng theo thể lệ.")]
    rows = [
        [KINDS.get(row.kind, row.kind), str(row.place), row.name, whole(row.participants), _rate(row), _two(row.mean)]
        for row in sorted(facts.units, key=lambda row: (row.tree, row.kind, row.place, row.unit_id))
    ]
    columns = (("Khối", 5, False), ("Hạng", 2, True), ("Đơn vị", 9, False), ("Số người", 3, True), ("Tỷ lệ (%)", 3, True),
               ("Điểm bình quân", 4, True))  # fmt: skip
    return [table(rows, *columns)]


def _honoured(facts: Facts) -> list[dict]:
    """Nothing where the contest has no prizes for collectives."""
    rows = [
        [unit["block"], prize(unit["prize"]), str(unit["place"]), unit["unit"], whole(unit["participants"] or 0),
         (unit["rate_percent"] or "").replace(".", ",")]
        for unit in facts.honoured
    ]  # fmt: skip
    columns = (("Khối", 5, False), ("Giải", 4, False), ("Hạng", 2, True), ("Đơn vị", 8, False), ("Số người", 3, True),
               ("Tỷ lệ (%)", 3, True))  # fmt: skip
    return [table(rows, *columns)] if rows else []


def _pools(facts: Facts) -> list[dict]:
    """Nothing where no unit has a pool of its own."""
    columns = (("Giải", 4, False), ("Bảng dự thi", 5, False), ("Họ và tên", 7, False), ("Đơn vị", 8, False), ("Điểm", 3, True))
    blocks = []
    for title, winners in facts.pools:
        rows = [
            [prize(row["prize"]), DIVISIONS.get(row["division"], row["division"]).removeprefix("bảng "), row["name"] or BLANK,
             row["unit"] or "", str(row["points"])]
            for row in winners
        ]  # fmt: skip
        blocks += [text(f"{title}:"), table(rows, *columns) if rows else text("Không có cá nhân đạt giải.")]
    return blocks


def best(rows: Iterable[UnitRow]) -> tuple[UnitRow, ...]:
    """The eligible units of the first places, of each kind."""
    return tuple(row for row in rows if row.place is not None and row.place <= BEST_UNITS)


def _end(facts: Facts, meeting: Meeting) -> list[dict]:
    official = facts.official_at
    told = [text(f"Kết quả chính thức được công bố lúc {moment(official)}.")] if official else []
    end = f"Buổi làm việc kết thúc vào {_when(meeting.ended_at)}"
    return [*told, text(f"{end}; biên bản được đọc lại và các thành viên thống nhất ký tên.")]


def _when(instant: datetime | None) -> str:
    if instant is None:
        return f"{BLANK} giờ {BLANK} phút, ngày {BLANK} tháng {BLANK} năm {BLANK}"
    here = instant.astimezone(HERE)
    return f"{here:%H} giờ {here:%M} phút, ngày {here:%d} tháng {here.month} năm {here.year}"


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rate(row: UnitRow) -> str:
    return _two(row.rate * 100) if row.rate is not None else ""


def _two(value) -> str:
    """Two decimals, rounded half up as in units.csv, with the comma of Vietnamese figures."""
    return (hundredths(value) or "").replace(".", ",")
