"""Official minutes over the real doors: what they say, that they are for organisers, and that they are set beside the doors."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document as Word
from pypdf import PdfReader

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.minutes import Meeting, _when
from hoithi_scoring.handlers import listening


@pytest.fixture
def boss(auth):
    return auth("boss", roles=("organiser:contest:c",))


@pytest.fixture
def round_(play, making, storage):
    """u1 and u2 of x1, where two people are on the roster; u1 wins the only prize."""
    listening.change_units(storage, making.units_changed())
    listening.freeze_roster(storage, making.roster("x1", 2))
    storage.people.keep(making.person("u1"))
    attempts = [making.submitted("u1"), making.submitted("u2", duration_ms=400_000)]
    return play(attempts, closed=True, prizes=[Prize("first", 1)])


def written(doors, boss, **body) -> str:
    answer = doors.post("/rounds/c-w1/minutes", json=body, headers=boss)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    assert answer.headers["cache-control"] == "private, no-store" and "bien-ban-c-w1.pdf" in answer.headers["content-disposition"]
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_minutes_say_figures_winners_units_digest_and_who_signs(doors, round_, boss):
    text = written(doors, boss, number="12/BB-BTC", chair="Nguyễn Văn A", secretary="Trần Thị B", bases=["Quyết định số 100"])
    for said in ("Số: 12/BB-BTC", "Căn cứ Quyết định số 100;", "Căn cứ Thể lệ cuộc thi “Công dân số”.", "Giải Nhất",
                 "Vàng Thị Mỷ", "Xã Ngọc Đường 2 100,00", "Nguyễn Văn A", "Trần Thị B", round_.snapshot.digest[:16]):  # fmt: skip
        assert said in text, said


def test_provisional_results_give_a_draft_and_official_ones_minutes(doors, round_, boss, storage, making):
    assert "BIÊN BẢN (DỰ THẢO)" in written(doors, boss)
    storage.rounds.change("c-w1", lambda found: found.publish("boss", "", making.closes), making.closes)
    text = written(doors, boss)
    assert "DỰ THẢO" not in text and "Kết quả chính thức được công bố lúc 22:00 ngày 13/9/2026" in text


def test_the_same_minutes_come_as_docx(doors, round_, boss):
    answer = doors.post("/rounds/c-w1/minutes", json={"format": "docx"}, headers=boss)
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    names = [cell.text for table in Word(io.BytesIO(answer.content)).tables for row in table.rows for cell in row.cells]
    assert "Vàng Thị Mỷ" in names


def test_minutes_are_for_organisers_and_need_results(doors, round_, boss, auth, play, making):
    for roles in [("organiser:contest:other",), ("officer:unit:t1",), ()]:
        assert doors.post("/rounds/c-w1/minutes", json={}, headers=auth("somebody", roles=roles)).status_code == 403
    play([making.submitted("u1", round_id="c-w2")], number=2)
    assert doors.post("/rounds/c-w2/minutes", json={}, headers=boss).status_code == 409


def test_what_is_not_told_stays_a_gap_for_the_pen():
    assert _when(None) == "… giờ … phút, ngày … tháng … năm …"
    assert _when(datetime(2026, 9, 14, 1, 5, tzinfo=UTC)) == "08 giờ 05 phút, ngày 14 tháng 9 năm 2026"
    assert Meeting().number == "…/BB-BTC"
