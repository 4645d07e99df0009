"""Pictures: what is taken, and that nothing their maker wrote into them travels."""

import struct
import zlib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.making import bank, question
from hoithi_exam.domain.bank import check
from hoithi_exam.domain.bank.pictures import carried
from hoithi_exam.domain.paper import Item
from hoithi_exam.domain.picture import MOST_SIDE, NotPicture, picture

SECRET = b"cau-12-dap-an-b"
REFERENCE = "AbCdEfGhIjKlMnOp.640x480"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 4, height: int = 3, *more: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes([200, 30, 30]) * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 640, height: int = 480) -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    tagged = segment(0xE1, b"Exif\0\0" + SECRET) + segment(0xFE, SECRET) + segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56"
    return b"\xff\xd8" + tagged + frame + scan + b"\xff\xd9" + SECRET


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(part)) + part + bytes(len(part) % 2) for kind, part in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


LOSSY = b"\x30\x01\0\x9d\x01\x2a" + struct.pack("<HH", 320, 200) + b"data"
EXTENDED = bytes([0x1C, 0, 0, 0]) + (319).to_bytes(3, "little") + (199).to_bytes(3, "little")


@pytest.mark.parametrize(
    ("made", "kind", "size"),
    [
        (png(4, 3, chunk(b"tEXt", b"Title\0" + SECRET)) + SECRET, "image/png", "4x3"),
        (jpeg(), "image/jpeg", "640x480"),
        (riff((b"VP8 ", LOSSY)), "image/webp", "320x200"),
        (riff((b"VP8L", b"\x2f" + (319 | 199 << 14).to_bytes(4, "little") + b"x")), "image/webp", "320x200"),
        (riff((b"VP8X", EXTENDED), (b"VP8 ", LOSSY), (b"EXIF", SECRET), (b"XMP ", SECRET)), "image/webp", "320x200"),
    ],
)
def test_a_picture_is_taken_by_its_content_without_its_tags_and_tells_its_size(made, kind, size):
    kept = picture(made)
    assert kept.content_type == kind and kept.reference.endswith(f".{size}")
    assert SECRET not in kept.body
    assert picture(kept.body) == kept, "what is kept is a picture again, and the same one"


def test_an_extended_webp_no_longer_promises_what_was_dropped():
    body = picture(riff((b"VP8X", EXTENDED), (b"VP8 ", LOSSY), (b"EXIF", SECRET))).body
    assert body[20] == 0x10 and int.from_bytes(body[4:8], "little") == len(body) - 8


def test_how_the_colours_of_a_jpeg_are_meant_stays():
    assert b"Adobe" in picture(jpeg()).body


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"GIF89a" + bytes(20),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"PK\3\4" + bytes(30),
        png()[:-20],
        png().replace(b"IDAT", b"IDAX"),
        png(0, 3),
        png(MOST_SIDE + 1, 3),
        jpeg()[:40],
        b"\xff\xd8\xff\xd9",
        riff((b"VP8X", EXTENDED), (b"ANIM", bytes(6))),
        riff((b"EXIF", SECRET)),
        riff((b"VP8 ", LOSSY))[:-6],
    ],
    ids=range(13),
)
def test_what_is_no_still_picture_of_bounded_size_is_refused(made):
    with pytest.raises(NotPicture):
        picture(made)


@given(st.sampled_from([png(), jpeg(), riff((b"VP8X", EXTENDED), (b"VP8 ", LOSSY))]), st.integers(0, 200), st.binary(max_size=8))
def test_a_damaged_file_is_refused_or_taken_but_never_fails(made, at, damage):
    with suppress(NotPicture):
        picture(made[:at] + damage + made[at + len(damage) :])


# In questions

PICTURED = replace(question(1), picture=REFERENCE, alt="Biển báo hình tam giác")


def test_a_paper_shows_the_picture_and_says_nothing_where_there_is_none():
    assert b'"picture":{"reference":"' + REFERENCE.encode() in Item(PICTURED, (0, 1, 2, 3)).rendered
    assert b"picture" not in Item(question(1), (0, 1, 2, 3)).rendered


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"alt": ""}, "alt-missing"),
        ({"picture": ""}, "picture-missing"),
        ({"picture": "../../x"}, "picture-wrong"),
        ({"alt": "x" * 301}, "too-long"),
    ],
)
def test_a_picture_and_its_words_belong_together(changed, code):
    made = replace(bank(), questions=(replace(PICTURED, **changed), *bank().questions[1:]))
    assert code in {found.code for found in check.check(made)}
    assert check.is_sound(replace(bank(), questions=(PICTURED, *bank().questions[1:])))


def test_pictures_stay_where_the_same_is_asked_and_nowhere_else():
    before = replace(bank(), questions=(PICTURED, replace(question(2), picture=REFERENCE, alt="x"), *bank().questions[2:]))
    after = replace(bank(), questions=(bank().questions[0], replace(question(2), text="Khác?"), *bank().questions[2:]))
    pictures = [each.picture for each in carried(before, after).questions[:3]]
    assert pictures == [REFERENCE, "", ""]
    assert carried(None, after) == after
