"""Sentences of the pages that exam writes itself, in Vietnamese and English."""

from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from hoithi_exam.domain.round import Round
from hoithi_exam.domain.rules import Rules
from hoithi_exam.domain.standing import Standing

LANGUAGES = ("vi", "en")
SENTENCES = {
    "vi": {
        "before": "{round} mở sau {left}", "open": "{round} đang mở đến {until}", "closing": "{round} đóng sau {left}",
        "results": "Đã có kết quả {round}", "over": "Đã kết thúc, chờ công bố kết quả",
        "go_before": "Đăng ký dự thi", "go_open": "Vào thi", "go_closing": "Vào thi", "go_results": "Xem kết quả",
        "go_over": "Xem cuộc thi", "new_tab": "(mở trong thẻ mới)",
        "days": "{n} ngày", "hours": "{n} giờ", "minutes": "{n} phút", "seconds": "{n} giây", "instant": "ít phút",
        "span": "{n} vòng thi, từ {first} đến {last}.", "rounds": "Các vòng thi", "from_to": "{opens} đến {closes}",
        "rules": "Thể lệ tóm tắt", "prizes": "Giải thưởng", "prize": "{n} giải {name}", "results_of": "Kết quả {round}",
        "who": "Ai được thi", "paper": "Bài thi", "paper_text": "{questions} câu hỏi, làm trong {time}.", "attempts": "Số lượt",
        "per_day": "mỗi ngày {n} lượt", "per_round": "mỗi vòng nhiều nhất {n} lượt", "in_all": "cả cuộc thi nhiều nhất {n} lượt",
        "unlimited": "không giới hạn", "each_round": "Mỗi vòng, mỗi bảng:",
        "script_less": "Trang làm bài cần JavaScript. Lịch thi, thể lệ và tệp kết quả đọc được ngay tại đây.",
    },
    "en": {
        "before": "{round} opens in {left}", "open": "{round} is open until {until}", "closing": "{round} closes in {left}",
        "results": "The results of {round} are there", "over": "Over; the results are to come",
        "go_before": "Join", "go_open": "Take part", "go_closing": "Take part", "go_results": "See the results",
        "go_over": "See the contest", "new_tab": "(opens a new tab)",
        "days": "{n} d", "hours": "{n} h", "minutes": "{n} min", "seconds": "{n} s", "instant": "a moment",
        "span": "{n} rounds, from {first} to {last}.", "rounds": "Rounds", "from_to": "{opens} to {closes}",
        "rules": "The rules in short", "prizes": "Prizes", "prize": "{n} × {name}", "results_of": "Results of {round}",
        "who": "Who may take part", "paper": "Paper", "paper_text": "{questions} questions in {time}.", "attempts": "Attempts",
        "per_day": "{n} a day", "per_round": "at most {n} a round", "in_all": "at most {n} in the whole contest",
        "unlimited": "no limit", "each_round": "Each round, each division:",
        "script_less": "Papers need JavaScript. Calendar, rules and result files can be read right here.",
    },
}  # fmt: skip
NAMES = {
    "vi": {
        "officials": "cán bộ, công chức, viên chức, lực lượng vũ trang", "citizens": "người dân", "pupils": "học sinh",
        "first": "Nhất", "second": "Nhì", "third": "Ba", "consolation": "Khuyến khích",
    },
    "en": {
        "officials": "officials and armed forces", "citizens": "citizens", "pupils": "pupils",
        "first": "first", "second": "second", "third": "third", "consolation": "consolation",
    },
}  # fmt: skip
"""Divisions and prizes; what nobody foresaw is called by its own name."""
TITLE_LINE, STATE_LINE, DESCRIPTION = 30, 36, 200
"""Letters that fit a line of a card's picture in the widest of its letters; that people see of a shared link."""


class Wording:
    """The sentences of one language, with the contest's time zone for its instants."""

    def __init__(self, language: str, zone: str):
        self.language, self.zone = language, ZoneInfo(zone)

    def say(self, key: str, **values) -> str:
        """A sentence with its values."""
        return SENTENCES[self.language][key].format(**values)

    def name(self, slug: str) -> str:
        """How a division or a prize is called."""
        return NAMES[self.language].get(slug, slug)

    def moment(self, instant: datetime) -> str:
        return f"{instant.astimezone(self.zone):%H:%M %d/%m/%Y}"

    def left(self, seconds: float) -> str:
        """The two largest units: "3 ngày 4 giờ"."""
        minutes = int(seconds // 60)
        parts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
        named = [self.say(unit, n=number) for unit, number in parts.items() if number]
        return " ".join(named[: 2 if parts["days"] or parts["hours"] else 1]) or self.say("instant")

    def standing(self, found: Standing, now: datetime) -> str:
        """One line: what is going on."""
        left = found.until and self.left((found.until - now).total_seconds())
        return self.say(found.kind, round=found.round.title, left=left, until=found.until and self.moment(found.until))

    def span(self, rounds: list[Round]) -> str:
        """How many rounds, from when to when."""
        first, last = min(each.opens_at for each in rounds), max(each.closes_at for each in rounds)
        return self.say("span", n=len(rounds), first=self.moment(first), last=self.moment(last))

    def rules(self, rules: Rules) -> list[tuple[str, str]]:
        """What a reader wants to know before anything else, as (what, text)."""
        who = "; ".join(self.name(division.name) for division in rules.divisions)
        paper = self.say("paper_text", questions=rules.paper_size, time=self._time(rules.paper_seconds))
        return [(self.say("who"), who), (self.say("paper"), paper), (self.say("attempts"), self._attempts(rules))]

    def _time(self, seconds: int) -> str:
        return self.left(seconds) if seconds >= 60 else self.say("seconds", n=seconds)

    def _attempts(self, rules: Rules) -> str:
        limits = {
            "per_day": rules.attempts_per_day,
            "per_round": rules.attempts_per_round,
            "in_all": rules.attempts_in_all,
        }
        named = [self.say(key, n=limit) for key, limit in limits.items() if limit is not None]
        return ", ".join(named) or self.say("unlimited")

    def prizes(self, rules: Rules) -> list[str]:
        return [self.say("prize", n=prize.count, name=self.name(prize.name)) for prize in rules.prizes]


def short(text: str, most: int) -> str:
    """The beginning of a text, cut between words, or within one that is longer than all."""
    if len(text) <= most:
        return text
    cut = shorten(text, most, placeholder="…")
    return cut if len(cut) > 1 else f"{text[: most - 1]}…"
