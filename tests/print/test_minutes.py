"""Minutes as PDF and DOCX: one text, the layout of Decree 30/2020/NĐ-CP, nothing read as a program."""

import io

import pytest
from docx import Document as Word
from docx.shared import Mm
from pypdf import PdfReader

from hoithi_print import DOCX, PDF

COLUMNS = [{"title": "Họ và tên", "width": 3, "number": False}, {"title": "Điểm", "width": 1, "number": True}]


@pytest.fixture
def minutes(papers, printer):
    """`minutes("pdf", rows=...)`: the bytes."""

    def make(format: str, rows=(("Vàng Thị Mỷ", "20"),), **changes) -> bytes:
        told = {
            "title": "Biên bản – Tuần 1", "heading": "BIÊN BẢN", "subject": "Xác nhận kết quả Tuần 1", "number": "12/BB-BTC",
            "blocks": [
                {"kind": "text", "text": "Căn cứ Thể lệ cuộc thi."}, {"kind": "heading", "text": "1. Cá nhân đạt giải"},
                {"kind": "table", "columns": COLUMNS, "rows": [list(row) for row in rows]},
            ],
            "signers": [{"role": "THƯ KÝ", "name": "Trần Thị B"}, {"role": "CHỦ TỌA", "name": "Nguyễn Văn A"}],
            "receivers": ["Ủy ban nhân dân tỉnh", "Lưu: VT, Hồ sơ cuộc thi"],
        }  # fmt: skip
        return printer.print(papers.document("minutes", format, **{**told, **changes}))

    return make


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def words_of(docx: bytes) -> list[str]:
    """All paragraphs, those in tables too, in no promised order."""
    word = Word(io.BytesIO(docx))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for where in (word, *cells) for paragraph in where.paragraphs]


SAID = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/BB-BTC", "BIÊN BẢN",
        "Căn cứ Thể lệ cuộc thi.", "1. Cá nhân đạt giải", "Vàng Thị Mỷ", "THƯ KÝ", "CHỦ TỌA",
        "Nguyễn Văn A", "Nơi nhận:", "- Lưu: VT, Hồ sơ cuộc thi.")  # fmt: skip


def test_both_formats_say_the_same(minutes):
    pdf, docx = text_of(minutes(PDF)), words_of(minutes(DOCX))
    assert [said for said in SAID if said not in pdf] == []
    assert [said for said in SAID if said not in docx] == []


def test_pages_have_the_margins_of_the_decree_and_are_numbered_from_the_second_on(minutes):
    rows = [(f"Người thứ {number}", "20") for number in range(80)]
    pages = [page.extract_text().split() for page in PdfReader(io.BytesIO(minutes(PDF, rows))).pages]
    assert pages[0][0] != "1" and [page[0] for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]
    section = Word(io.BytesIO(minutes(DOCX, rows))).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer and section.first_page_header.paragraphs[0].text == ""


@pytest.mark.parametrize("format", [PDF, DOCX])
def test_the_same_minutes_give_the_same_bytes(minutes, format):
    assert minutes(format) == minutes(format)


@pytest.mark.parametrize("name", ['#eval("1+1")', "<w:t>x</w:t> & ]]>", "=HYPERLINK(1)"])
def test_what_a_person_typed_is_shown_as_it_is(minutes, name):
    assert "".join(name.split()) in "".join(text_of(minutes(PDF, [(name, "1")])).split())
    assert name in words_of(minutes(DOCX, [(name, "1")]))


def test_minutes_are_archival_and_have_their_headings_marked(minutes):
    reader = PdfReader(io.BytesIO(minutes(PDF)))
    assert "pdfaid" in str(reader.xmp_metadata.stream.get_data())
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "vi"
