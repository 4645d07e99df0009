"""Files for people: the ranking for the yearly evaluation as Excel and CSV, in pieces."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.nomination import Nominee
from hoithi_emulation.domain.ranking import Row
from hoithi_sheets import Sheet, pieces
from hoithi_sheets.writer import FORMULA

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BOM = "\ufeff"
Names = Mapping[str, str]
HEAD = ("unit_id", "unit", "name", "position", "league", "place", "total", "nominated_for")
WORDS = {
    "vi": {
        "head": ("Mã đơn vị", "Đơn vị", "Tên", "Chức vụ", "Khối", "Hạng", "Tổng điểm", "Đề nghị khen thưởng"),
        "collective": "Tập thể", "individual": "Cá nhân", "criteria": "Tiêu chí", "made": "Số liệu lúc {at}",
        "criteria_columns": ("Mã", "Nhóm", "Nội dung", "Điểm tối đa"),
        "draft": "Danh sách chưa được quyết định.", "decided": "Danh sách đã được quyết định; mã băm SHA-256: {digest}",
    },
    "en": {
        "head": ("Unit id", "Unit", "Name", "Position", "League", "Place", "Total", "Nominated for"),
        "collective": "Collectives", "individual": "Individuals", "criteria": "Criteria", "made": "Figures of {at}",
        "criteria_columns": ("Code", "Group", "Text", "Most points"),
        "draft": "The list is not decided yet.", "decided": "The list is decided; its SHA-256: {digest}",
    },
}  # fmt: skip


def evaluation_file(
    campaign: Campaign,
    kind: str,
    rows: list[Row],
    nominees: Iterable[Nominee],
    names: Names,
    language: str,
    now: datetime,
    beside: Callable,
) -> Iterator[bytes]:
    """One sheet with everybody of a kind and the points of each criterion, one with the criteria.

    `beside(function, *args)` runs what takes CPU off the event loop.
    """
    words, criteria = WORDS[language], campaign.rules.criteria(kind)
    made = f"{(campaign.decided_at or now).astimezone(ZONE):%H:%M %d/%m/%Y}"
    state = words["decided"].format(digest=campaign.digest) if campaign.digest else words["draft"]
    above = (f"{campaign.title} – {words[kind]}", words["made"].format(at=made), state)
    columns = (*words["head"], *(each.code for each in criteria))
    lines = _lines(campaign, kind, rows, nominees, names)
    listed = [(each.code, each.group, each.text, each.most) for each in criteria]
    return pieces(
        Sheet(words[kind], columns, lines, above, (16, 34, 34, 20, 24, 8, 12, 40, *[9] * len(criteria))),
        Sheet(words["criteria"], words["criteria_columns"], listed, widths=(10, 30, 80, 14)),
        beside=beside,
    )


def evaluation_csv(
    campaign: Campaign, kind: str, rows: list[Row], nominees: Iterable[Nominee], names: Names, bom: bool
) -> Iterator[bytes]:
    """RFC 4180, UTF-8; no cell can start a formula in a spreadsheet."""
    codes = [each.code for each in campaign.rules.criteria(kind)]
    yield _csv((*HEAD, *codes), BOM if bom else "")
    for line in _lines(campaign, kind, rows, nominees, names):
        yield _csv(line)


def _lines(campaign: Campaign, kind: str, rows: list[Row], nominees: Iterable[Nominee], names: Names) -> Iterator[list]:
    awards = {award.code: award.name for award in campaign.rules.awards}
    leagues = {league.code: league.name for league in campaign.rules.leagues}
    won = {each.row.assessment_id: awards[each.award] for each in nominees}
    codes = [each.code for each in campaign.rules.criteria(kind)]
    for row in rows:
        if row.kind == kind:
            who = [row.unit_id, names.get(row.unit_id, ""), row.name, row.position, leagues.get(row.league, "")]
            points = [row.points.get(code, 0) for code in codes]
            yield [*who, row.place, row.total, won.get(row.assessment_id, ""), *points]


def _csv(cells: Iterable, start: str = "") -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in cells])
    return (start + line.getvalue()).encode()
