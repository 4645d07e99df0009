"""What stands on a contest's poster and picture, in Vietnamese. Data for the templates of hoithi_print."""

from datetime import datetime
from urllib.parse import quote

from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.rules import Rules
from hoithi_print.words import moment, window


def poster(contest: Contest, rounds: list[Round], size: str, unit: str | None, source: str | None, url: str) -> dict:
    """The template `poster`: what, when, how to join, and the way in as a QR code that tells where it hung."""
    address = f"{url}/c/{quote(contest.contest_id, safe='')}"
    return {
        "size": size,
        "heading": contest.title,
        "when": _whole_window(rounds),
        "unit": unit,
        "address": f"{address}?from={quote(source, safe='')}" if source else address,
        "site": address.partition("://")[2],
        "steps": steps(contest.rules),
    }


def steps(rules: Rules) -> list[str]:
    """How to take part, in three steps."""
    minutes = max(1, round(rules.paper_seconds / 60))
    return [
        "Quét mã QR hoặc mở trang cuộc thi trên điện thoại, máy tính.",
        "Đăng ký tài khoản với họ tên, ngày sinh và đơn vị của bạn.",
        f"Bấm “Bắt đầu làm bài”, trả lời {rules.paper_size} câu hỏi trong {minutes} phút rồi nộp bài.",
    ]


def picture(contest: Contest, rounds: list[Round], now: datetime, site: str) -> dict:
    """The template `picture`: title, calendar, what is going on now. No count: it might be what is to be predicted."""
    badge, line = _present(rounds, now)
    when = _whole_window(rounds)
    many = f"{len(rounds)} vòng thi. {when}" if len(rounds) > 1 else when
    return {"heading": contest.title, "badge": badge, "lines": [many, *line], "figures": [], "foot": site}


def _whole_window(rounds: list[Round]) -> str:
    return window(min(each.opens_at for each in rounds), max(each.closes_at for each in rounds))


def _present(rounds: list[Round], now: datetime) -> tuple[str, list[str]]:
    """(badge, what comes next)."""
    running = next((each for each in rounds if each.opens_at <= now < each.closes_at), None)
    if running:
        return "Đang mở", [f"{running.title}: mở đến {moment(running.closes_at)}"]
    coming = min((each for each in rounds if now < each.opens_at), key=lambda each: each.opens_at, default=None)
    if coming:
        return "Sắp mở", [f"{coming.title}: mở lúc {moment(coming.opens_at)}"]
    return "Đã kết thúc", []
