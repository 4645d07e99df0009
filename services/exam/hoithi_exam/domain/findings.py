"""What stands in the way of a contest, with numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from hoithi_contracts.exam import RoundPlan
from hoithi_exam.domain.bank import Bank
from hoithi_exam.domain.paper import shortages
from hoithi_exam.domain.rules import Division, Rules

SENTENCES = {
    "no-rounds": ("Cuộc thi chưa có vòng nào; hãy thêm ít nhất một vòng.", "The contest has no round; add at least one."),
    "round-too-short": (
        "Vòng {number} chỉ dài {seconds} giây, ngắn hơn {paper_seconds} giây làm bài; hãy kéo dài vòng hoặc rút ngắn bài.",
        "Round {number} lasts {seconds} s, less than its paper's {paper_seconds} s; lengthen the round or shorten the paper.",
    ),
    "start-window-too-long": (
        "Vòng {number}: ai vào thi cuối khoảng giãn giờ vào {window} giây sẽ không còn đủ {paper_seconds} giây làm bài; "
        "hãy rút ngắn khoảng này.",
        "Round {number}: who starts at the end of the start window of {window} s has less than the paper's {paper_seconds} s; "
        "shorten the window.",
    ),
    "round-over": (
        "Vòng {number} kết thúc trong quá khứ; hãy chọn thời gian khác.",
        "Round {number} ends in the past; choose another time.",
    ),
    "round-opens-at-once": (
        "Vòng {number} đã đến giờ mở: công bố xong là mở ngay.",
        "Round {number} is due already: it opens as soon as the contest is published.",
    ),
    "rounds-overlap": (
        "Vòng {number} bắt đầu khi vòng {other} chưa kết thúc; hãy chỉnh lại thời gian.",
        "Round {number} begins before round {other} ends; change their times.",
    ),
    "blueprint-size": (
        "Cấu trúc đề cộng lại là {asked} câu nhưng đề có {paper_size} câu; hãy chỉnh cho bằng nhau.",
        "The blueprint adds up to {asked} questions but a paper has {paper_size}; make them equal.",
    ),
    "bank-missing": ("Chưa chọn ngân hàng câu hỏi cho bảng thi này.", "No question bank is chosen for this division."),
    "bank-unknown": (
        "Chưa có ngân hàng câu hỏi «{bank}»; hãy nhập ngân hàng này trước.",
        "There is no question bank “{bank}”; import it first.",
    ),
    "bank-unapproved": (
        "Phiên bản {version} của ngân hàng «{bank}» chưa được người thứ hai duyệt; hãy nhờ người khác trong Ban Tổ chức duyệt.",
        "Version {version} of the bank “{bank}” is not approved by a second person; ask another organiser to approve it.",
    ),
    "bank-newer-unapproved": (
        "Phiên bản {version} của ngân hàng «{bank}» chưa duyệt nên chưa được dùng; đề thi lấy từ bản đã duyệt gần nhất.",
        "Version {version} of the bank “{bank}” is not approved and so not used; papers are drawn from the last approved one.",
    ),
    "blueprint-short": (
        "Ngân hàng «{bank}» không đủ câu cho chủ đề {topic}, mức độ {level}: cần {asked}, chỉ còn {available}.",
        "The bank “{bank}” is short of questions of topic {topic}, level {level}: {asked} asked, {available} available.",
    ),
    "question-twice": (
        "{count} mã câu hỏi của ngân hàng «{bank}» trùng với «{other}», ví dụ {question}; hãy đổi mã hoặc dùng một ngân hàng.",
        "{count} question ids of the bank “{bank}” are also in “{other}”, such as {question}; change them or use one bank.",
    ),
}


@dataclass(frozen=True)
class Finding:
    """`code` names the sentence, `where` the part ("rounds.2", "divisions.pupils"), `numbers` fill the sentence."""

    severity: str
    code: str
    where: str
    numbers: dict = field(default_factory=dict)

    def sentence(self, language: str = "vi") -> str:
        """What is wrong and what to do."""
        return SENTENCES[self.code][0 if language == "vi" else 1].format(**self.numbers)


def _error(code: str, where: str, **numbers) -> Finding:
    return Finding("error", code, where, numbers)


def check(
    rules: Rules, rounds: tuple[RoundPlan, ...], banks: Mapping[str, Bank], now: datetime, drafts: Mapping[str, int] | None = None
) -> list[Finding]:
    """Everything found; `banks`: bank id -> its newest approved version, `drafts`: bank id -> a newer one that is not.

    Errors stop the publication.
    """
    drafts = drafts or {}
    found = [_unapproved(finding, drafts) for finding in check_banks(rules, banks)]
    return [*check_rounds(rules, rounds, now), *found, *_not_used(banks, drafts)]


def _unapproved(finding: Finding, drafts: Mapping[str, int]) -> Finding:
    """A bank that is there but only as a draft is not unknown."""
    bank = finding.numbers.get("bank")
    if finding.code != "bank-unknown" or bank not in drafts:
        return finding
    return _error("bank-unapproved", finding.where, bank=bank, version=drafts[bank])


def _not_used(banks: Mapping[str, Bank], drafts: Mapping[str, int]) -> Iterator[Finding]:
    for bank in sorted(set(banks) & set(drafts)):
        yield Finding("warning", "bank-newer-unapproved", "divisions", {"bank": bank, "version": drafts[bank]})


def check_banks(rules: Rules, banks: Mapping[str, Bank]) -> list[Finding]:
    """Whether the banks can fill every paper."""
    found = [finding for division in rules.divisions for finding in _division(rules, division, banks)]
    return found + list(_shared_ids(rules, banks))


def check_rounds(rules: Rules, rounds: tuple[RoundPlan, ...], now: datetime) -> Iterator[Finding]:
    """Whether the calendar is possible."""
    if not rounds:
        yield _error("no-rounds", "rounds")
    for plan in rounds:
        yield from _round(rules, plan, now)
    for before, after in pairwise(sorted(rounds, key=lambda plan: plan.opens_at)):
        if after.opens_at < before.closes_at:
            yield _error("rounds-overlap", f"rounds.{after.number}", number=after.number, other=before.number)


def _round(rules: Rules, plan: RoundPlan, now: datetime) -> Iterator[Finding]:
    where, seconds = f"rounds.{plan.number}", (plan.closes_at - plan.opens_at) // timedelta(seconds=1)
    if seconds < rules.paper_seconds:
        yield _error("round-too-short", where, number=plan.number, seconds=max(0, seconds), paper_seconds=rules.paper_seconds)
    elif seconds < rules.paper_seconds + rules.start_window_seconds:
        numbers = {"number": plan.number, "window": rules.start_window_seconds, "paper_seconds": rules.paper_seconds}
        yield Finding("warning", "start-window-too-long", where, numbers)
    if plan.closes_at <= now:
        yield _error("round-over", where, number=plan.number)
    elif plan.opens_at <= now:
        yield Finding("warning", "round-opens-at-once", where, {"number": plan.number})


def _division(rules: Rules, division: Division, banks: Mapping[str, Bank]) -> Iterator[Finding]:
    where, asked = f"divisions.{division.name}", sum(draw.count for draw in division.blueprint)
    if asked != rules.paper_size:
        yield _error("blueprint-size", where, asked=asked, paper_size=rules.paper_size)
    if not division.bank:
        yield _error("bank-missing", where)
    elif division.bank not in banks:
        yield _error("bank-unknown", where, bank=division.bank)
    else:
        yield from _short(rules, division, banks[division.bank], where)


def _short(rules: Rules, division: Division, bank: Bank, where: str) -> Iterator[Finding]:
    for draw, available in shortages(bank, division, rules):
        numbers = {"topic": draw.topic, "level": draw.level, "asked": draw.count, "available": available, "bank": bank.id}
        yield _error("blueprint-short", where, **numbers)


def _shared_ids(rules: Rules, banks: Mapping[str, Bank]) -> Iterator[Finding]:
    """Keys travel by question id: two banks of one contest must not use an id twice."""
    chosen = sorted({division.bank for division in rules.divisions if division.bank in banks})
    seen: dict[str, str] = {}
    for name in chosen:
        twice = [question.id for question in banks[name].questions if question.id in seen]
        if twice:
            yield _error("question-twice", "divisions", bank=name, other=seen[twice[0]], question=twice[0], count=len(twice))
        seen |= {question.id: name for question in banks[name].questions}
