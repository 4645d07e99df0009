"""Reports as Excel files in pieces, in Vietnamese or English. `beside(function, *args)` runs work for the CPU."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from hoithi_sheets import Sheet, pieces

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WORDS = {
    "vi": {
        "kinds": {"daily": "Báo cáo ngày", "weekly": "Báo cáo tuần", "present": "Báo cáo nhanh"},
        "made": "Số liệu lúc {at}",
        "unit": "Đơn vị: {name}", "round": "Vòng thi: {title}",
        "place": "Xếp hạng về tỷ lệ: {place} trong {peers} đơn vị cùng cấp",
        "below": "Đơn vị trực thuộc", "rounds": "Theo vòng", "days": "Theo ngày", "all": "Toàn đơn vị",
        "unit_columns": ("Đơn vị", "Quân số", "Đã đăng ký", "Đã tham gia", "Tỷ lệ (%)", "Chưa tham gia", "Điểm TB", "Lượt thi"),
        "round_columns": ("Vòng thi", "Quân số", "Đã tham gia", "Tỷ lệ (%)", "Điểm TB", "Lượt thi", "Thứ hạng", "Số đơn vị"),
        "day_columns": ("Ngày", "Số người tham gia lần đầu", "Lũy kế"),
        "points": "Điểm", "evaluation": "Điểm tham gia cuộc thi trong đánh giá cuối năm", "criterion": "Tiêu chí: {criterion}",
        "official": "Chỉ tính từ kết quả chính thức; tỷ lệ là trung bình của các vòng.",
        "evaluation_columns": ("Mã đơn vị", "Đơn vị", "Loại", "Số vòng", "Quân số", "Tỷ lệ tham gia (%)", "Điểm"),
    },
    "en": {
        "kinds": {"daily": "Daily report", "weekly": "Weekly report", "present": "Report of the moment"},
        "made": "Figures of {at}",
        "unit": "Unit: {name}", "round": "Round: {title}",
        "place": "Rank by participation: {place} of {peers} units of the same level",
        "below": "Units below", "rounds": "By round", "days": "By day", "all": "The whole unit",
        "unit_columns": ("Unit", "Roster", "Registered", "Took part", "Rate (%)", "Not yet", "Mean score", "Attempts"),
        "round_columns": ("Round", "Roster", "Took part", "Rate (%)", "Mean score", "Attempts", "Rank", "Units of the level"),
        "day_columns": ("Day", "First-time participants", "Running total"),
        "points": "Points", "evaluation": "Participation in the yearly evaluation", "criterion": "Criterion: {criterion}",
        "official": "From official results only; the rate is the mean over the rounds.",
        "evaluation_columns": ("Unit id", "Unit", "Kind", "Rounds", "Roster", "Rate (%)", "Points"),
    },
}  # fmt: skip


def report_file(figures: dict, language: str, beside: Callable) -> Iterator[bytes]:
    """One sheet for the unit with those below, one for the rounds, one for the days."""
    words = WORDS[language]
    unit = figures["unit"]
    above = [
        f"{words['kinds'][figures['kind']]} – {figures['contest']}",
        words["unit"].format(name=unit["name"]),
        words["round"].format(title=figures["title"]),
        words["made"].format(at=_moment(figures["made_at"])),
    ]
    if figures["place"] is not None:
        above.append(words["place"].format(**figures))
    units = [_unit(unit, words["all"]), *(_unit(each, each["name"]) for each in figures["below"])]
    return pieces(
        Sheet(words["below"], words["unit_columns"], units, tuple(above), (40, *[14] * 7)),
        Sheet(words["rounds"], words["round_columns"], [_round(each) for each in figures["rounds"]], widths=(32, *[14] * 7)),
        Sheet(words["days"], words["day_columns"], _days(figures["days"]), widths=(16, 26, 14)),
        beside=beside,
    )


def evaluation_file(found: dict, language: str, beside: Callable) -> Iterator[bytes]:
    words = WORDS[language]
    made = words["made"].format(at=_moment(found["made_at"]))
    above = (f"{words['evaluation']} – {found['contest']}", words["criterion"].format(**found), words["official"], made)
    rows = ((*row[:5], _number(row[5]), row[6]) for row in found["rows"])
    widths = (14, 40, 18, 10, 12, 18, 10)
    return pieces(Sheet(words["points"], words["evaluation_columns"], rows, above, widths), beside=beside)


def _unit(each: dict, name: str) -> tuple:
    counts = (each["roster"], each["registered"], each["participants"], _number(each["rate_percent"]))
    return (name, *counts, each["not_yet"], _number(each["mean_points"]), each["attempts"])


def _round(each: dict) -> tuple:
    counts = (each["roster"], each["participants"], _number(each["rate_percent"]), _number(each["mean_points"]))
    return (each["title"], *counts, each["attempts"], each["place"], each["peers"])


def _days(days: list[dict]) -> list[tuple]:
    rows, total = [], 0
    for each in days:
        total += each["newcomers"]
        rows.append(("/".join(reversed(each["day"].split("-"))), each["newcomers"], total))
    return rows


def _number(text: str | None) -> float | None:
    """Two decimals as a number people can go on counting with."""
    return None if text is None else float(text)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%H:%M %d/%m/%Y}"
