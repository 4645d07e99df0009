"""A press, and the data of papers."""

from pathlib import Path

import pytest

from hoithi_print import Papers, Printer, Theme

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def theme():
    return Theme.read(ROOT / "web" / "theme")


@pytest.fixture(scope="session")
def printer():
    made = Printer()
    yield made
    made.close()


@pytest.fixture(scope="session")
def papers(printer, theme):
    return Papers(printer, theme, "https://hoithi.example")


@pytest.fixture
def page():
    """`page(name=...)`: a page of the template `certificate`."""

    def make(**changes) -> dict:
        told = {
            "heading": "GIẤY CHỨNG NHẬN", "certifies": "Ban Tổ chức chứng nhận", "name": "Vàng Thị Mỷ", "unit": "Xã Ngọc Đường",
            "deed": "đã tham gia Tuần 1, cuộc thi “Công dân số”", "prize": None, "facts": [["Số câu đúng", "19"]],
            "number": "7K4M-2QXR-9D3T", "address": "https://hoithi.example/#/certificate/7K4M-2QXR-9D3T",
            "site": "hoithi.example", "basis": "Theo kết quả chính thức", "issued": "Ngày 18 tháng 9 năm 2026",
        }  # fmt: skip
        return {**told, **changes}

    return make


@pytest.fixture
def certificate(papers, page):
    """`certificate(name=..., ...)`: a document of one page."""
    return lambda **changes: papers.document("certificate", "pdf", title="Giấy chứng nhận", pages=[page(**changes)])
