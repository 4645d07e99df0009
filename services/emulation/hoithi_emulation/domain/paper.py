"""The list of nominations on paper, in Vietnamese: data for the template `minutes` of hoithi_print.

A list (danh sách) that goes with a proposal, in the layout of Decree 30/2020/NĐ-CP, annex I; signed by hand or with the
agency's own digital signature.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.nomination import Nominee
from hoithi_emulation.domain.rules import Award

BLANK = "…"
SUBJECTS = {"collective": "Tập thể", "individual": "Cá nhân"}


@dataclass(frozen=True)
class Sheet:
    """What the platform does not know; what is not told stays a gap for the pen."""

    number: str = BLANK
    signer: str = ""
    role: str = ""
    bases: tuple[str, ...] = ()


def listed(campaign: Campaign, nominees: Iterable[Nominee], names: Mapping[str, str], sheet: Sheet) -> dict:
    """`names`: unit -> name."""
    nominees = list(nominees)
    is_draft = campaign.state != "decided"
    blocks = [*_bases(campaign, sheet)]
    for number, award in enumerate(campaign.rules.awards, 1):
        blocks += _of_award(number, award, [each for each in nominees if each.award == award.code], names)
    blocks.append(_text(_end(campaign, len(nominees))))
    return {
        "title": f"Danh sách đề nghị khen thưởng – {campaign.title}",
        "heading": "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG" + (" (DỰ THẢO)" if is_draft else ""),
        "subject": campaign.title, "number": sheet.number, "blocks": blocks,
        "signers": [{"role": "NGƯỜI LẬP DANH SÁCH", "name": ""}, {"role": sheet.role or BLANK, "name": sheet.signer}],
        "receivers": ["Hội đồng Thi đua – Khen thưởng", "Lưu: VT, Hồ sơ phong trào"],
    }  # fmt: skip


def _bases(campaign: Campaign, sheet: Sheet) -> list[dict]:
    given = [base.strip().rstrip(";.").removeprefix("Căn cứ ") for base in sheet.bases]
    period = f"Thời gian phát động: từ ngày {_day(campaign.from_day)} đến ngày {_day(campaign.to_day)}."
    return [*(_text(f"Căn cứ {base};") for base in given), _text(period)]


def _of_award(number: int, award: Award, nominees: list[Nominee], names: Mapping[str, str]) -> list[dict]:
    heading = {"kind": "heading", "text": f"{number}. {award.name} – {SUBJECTS[award.subject]} (thẩm quyền: {award.given_by})"}
    if not nominees:
        return [heading, _text("Không có trường hợp đề nghị.")]
    is_person = award.subject == "individual"
    columns = [("STT", 2, True), ("Họ và tên" if is_person else "Đơn vị", 8, False)]
    columns += [("Chức vụ", 5, False), ("Đơn vị", 7, False)] if is_person else []
    columns += [("Điểm", 3, True), ("Hạng", 2, True)]
    rows = [_cells(place, each, names, is_person) for place, each in enumerate(nominees, 1)]
    shown = [{"title": title, "width": width, "number": is_number} for title, width, is_number in columns]
    return [heading, {"kind": "table", "columns": shown, "rows": rows}]


def _cells(place: int, each: Nominee, names: Mapping[str, str], is_person: bool) -> list[str]:
    who = [each.row.position or "", names.get(each.row.unit_id, "")] if is_person else []
    return [str(place), each.row.name or BLANK, *who, figure(each.row.total), str(each.row.place)]


def _end(campaign: Campaign, count: int) -> str:
    digest = f"; mã băm SHA-256 của danh sách trên hệ thống: {campaign.digest}" if campaign.digest else ""
    return f"Danh sách có {count} trường hợp{digest}."


def figure(points: float) -> str:
    """87,5"""
    return f"{points:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def _text(words: str) -> dict:
    return {"kind": "text", "text": words}
