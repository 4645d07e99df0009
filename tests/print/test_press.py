"""Papers as they leave the press: text stays text, every Vietnamese letter has its form, nothing runs off the page."""

import io
import unicodedata
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from hoithi_print.press import FONTS, Press

VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ", "Đ"]
HOSTILE = [
    '#eval("1+1")',
    "#import \"/etc/passwd\"; #read('/etc/passwd')",
    "$x^2$ *đậm* _nghiêng_ `mã` = tiêu đề",
    "@tham-chieu <nhan> \\ [ ] { } // /* ~ -- ---",
    '"; } #panic() {',
    "\\u{41} \"nháy kép\" 'nháy đơn'",
    "{{ name }} %s ${HOME}",
]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_person_typed_is_shown_and_never_read_as_typst(printer, certificate, name):
    assert "".join(name.split()) in "".join(text_of(printer.print(certificate(name=name, unit=name, deed=name))).split())


def test_every_vietnamese_letter_is_in_both_fonts_and_on_the_page(printer, certificate):
    shown = "".join(text_of(printer.print(certificate(name="".join(LETTERS[:60]), unit="".join(LETTERS[60:])))).split())
    assert set(LETTERS) <= set(unicodedata.normalize("NFC", shown))


def test_fonts_are_the_packages_ones():
    assert all(Path(folder).is_dir() and list(Path(folder).glob("*.ttf")) for folder in FONTS)


def test_the_same_document_gives_the_same_bytes_and_the_same_key(printer, certificate):
    first, second = certificate(), certificate()
    assert first.key == second.key != certificate(name="Lò Văn Páo").key
    assert printer.print(first) == printer.print(second)


def test_a_certificate_is_tagged_and_archival(printer, certificate):
    root = PdfReader(io.BytesIO(printer.print(certificate()))).trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about and "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("vi")


def test_a_letter_no_font_has_costs_the_archival_profile_not_the_paper(printer, certificate):
    assert printer.print(certificate(name="Mỷ 🦄"))[:5] == b"%PDF-"


LONG_NAME = "Nguyễn Phước Công Tằng Tôn Nữ Hoàng Thị Ngọc Bích Phượng Uyển Nghiễm"
LONG_UNIT = (
    "Chi bộ Trung tâm Dịch vụ tổng hợp và Ứng dụng công nghệ thông tin trực thuộc Sở Khoa học và Công nghệ tỉnh Tuyên Quang, "
    "Đảng bộ các cơ quan Đảng tỉnh"
)


def test_long_names_and_units_stay_on_one_page(printer, certificate):
    pdf = printer.print(
        certificate(name=LONG_NAME, unit=LONG_UNIT, deed=f"đã tham gia {LONG_UNIT} " * 2, prize="Giải Khuyến khích")
    )
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    shown = "".join(text_of(pdf).split())
    assert "".join(LONG_NAME.split()) in shown and "".join(LONG_UNIT.split()) in shown


def test_many_certificates_are_one_page_each(printer, papers, page):
    document = papers.document("certificate", "pdf", title="Giấy chứng nhận", pages=[page(number=str(n)) for n in range(12)])
    assert len(PdfReader(io.BytesIO(printer.print(document))).pages) == 12


@pytest.mark.parametrize("size, millimetres", [("a4", (210, 297)), ("a3", (297, 420))])
def test_a_poster_has_the_size_that_was_asked_for(printer, papers, size, millimetres):
    steps = ["Quét mã QR.", "Đăng ký.", "Làm bài."]
    told = {
        "heading": LONG_UNIT,
        "when": "Từ 8:00 ngày 7/9/2026",
        "unit": LONG_UNIT,
        "site": "hoithi.example/c/x",
        "steps": steps,
    }
    pdf = printer.print(papers.document("poster", "pdf", size=size, address="https://hoithi.example/c/x?from=thon", **told))
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    shown = [round(float(side) / 72 * 25.4) for side in (pages[0].mediabox.width, pages[0].mediabox.height)]
    assert shown == list(millimetres)


def test_a_picture_is_1200_by_630_and_small(printer, papers):
    told = {"heading": LONG_UNIT, "badge": "Kết quả chính thức", "lines": [LONG_UNIT, "Tuần 1"], "foot": "hoithi.example"}
    png = printer.print(papers.document("picture", "png", figures=[["242.242", "người tham gia"]], **told))
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1200, 630)
    assert len(png) < 200_000


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_the_code_of_a_poster_leads_to_the_contest(printer, papers, size):
    address = "https://hoithi.tuyenquang.example/c/xay-dung-cong-dan-so-2026?from=nha-van-hoa-thon-lung-cu"
    told = {"heading": "Công dân số", "when": "", "unit": None, "site": "", "steps": [], "size": size, "address": address}
    assert scanned(printer.print(papers.document("poster", "png", **told))) == [address]


def test_the_code_of_a_certificate_leads_to_its_check(papers, page):
    document = papers.document("certificate", "png", title="", pages=[page()])
    assert scanned(Press(ppi=110).set("certificate", "png", document.data)) == [page()["address"]]


def scanned(png: bytes) -> list[str]:
    """What a phone reads."""
    return [each.text for each in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))]
