"""Pictures inside files of banks, in a real browser against the whole platform: brought by Word, seen, and taken along again."""

import json
import secrets
from io import BytesIO

import pytest
from PIL import Image

from exam.docx import docx, p, pictured, shown
from exam.test_domain_picture import png
from exam.test_domain_upright import HEIGHT, ORIENTATION, WIDTH, photograph
from hoithi_exam.domain.picture import MOST_KB

ALT = "Ảnh chụp bốn ô màu"


@pytest.fixture(scope="module")
def accounts(platform, demo):
    """{identifier, password} of the demo's people by what they are."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]


@pytest.fixture
def files(tmp_path):
    """A Word file with a phone's photograph below a question, and one with a picture in an option and one without words."""
    media = {"lying.jpg": photograph(6), "sign.png": png(320, 160)}
    first = [p("Câu 1: Ô nào màu đỏ?"), pictured(shown("lying.jpg", ALT)), p("A. Trên bên trái"), p("B. Dưới bên phải")]
    first.append(p("Đáp án: A"))
    second = [p("Câu 2: Biển nào cấm?"), p("A. Biển 1"), pictured(shown("sign.png", "x")), p("B. Biển 2"), p("Đáp án: B")]
    third = [p("Câu 3: Biển gì?"), pictured(shown("sign.png", "IMG_2041.png")), p("A. Cấm"), p("B. Nguy hiểm"), p("Đáp án: A")]
    (tmp_path / "anh.docx").write_bytes(docx(*first, media=media))
    (tmp_path / "sai.docx").write_bytes(docx(*first, *second, *third, media=media))
    (tmp_path / "phone.jpg").write_bytes(large())
    return {"folder": str(tmp_path), "bank": f"co-hinh-{secrets.token_hex(3)}"}


def large() -> bytes:
    """Kept lying by the camera: 2600 by 1900 points, more than 300 KB, to be seen standing."""
    file, exif = BytesIO(), Image.Exif()
    exif[ORIENTATION] = 6
    Image.effect_noise((2600, 1900), 40).convert("RGB").save(file, "JPEG", exif=exif)
    assert len(file.getvalue()) > MOST_KB * 1024
    return file.getvalue()


def test_a_picture_in_a_word_file_stands_upright_in_the_bank_and_in_its_next_file(play, files, accounts):
    play("desk-media", organiser=accounts["organiser"], alt=ALT, width=WIDTH, height=HEIGHT, **files)
