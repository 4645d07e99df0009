"""Photographs as phones make them: they stand, and nothing that the phone wrote stays."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from exam.test_domain_picture import jpeg, segment
from hoithi_exam.domain.picture import MOST_KB, NotPicture, picture
from hoithi_exam.domain.upright import UPRIGHT, WAYS, told_way

WIDTH, HEIGHT = 96, 64
CORNERS = [(200, 30, 30), (30, 160, 30), (40, 40, 200), (230, 230, 230)]
"""Red above left, green above right, blue below left, white below right: as it is to be seen."""
PLACE = {1: "N", 2: (22.0, 49.0, 26.4), 3: "E", 4: (104.0, 58.0, 48.1)}
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def seen() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for number, colour in enumerate(CORNERS):
        x, y = number % 2 * WIDTH // 2, number // 2 * HEIGHT // 2
        image.paste(colour, (x, y, x + WIDTH // 2, y + HEIGHT // 2))
    return image


BACK = {2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
"""How what is to be seen has to be turned to lie as a camera keeps it that tells this orientation."""


def photograph(way: int, **how) -> bytes:
    """A real JPEG, kept lying, with a place and the camera's maker."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = way, "PhoneMaker"
    exif.get_ifd(GPS).update(PLACE)
    lying = seen().transpose(WAYS[BACK[way]]) if way in BACK else seen()
    file = BytesIO()
    lying.save(file, "JPEG", exif=exif, **{"quality": 90, **how})
    assert b"PhoneMaker" in file.getvalue() and Image.open(file).getexif().get_ifd(GPS)[1] == "N"
    return file.getvalue()


def corners(image: Image.Image) -> list[tuple[int, int, int]]:
    return [image.convert("RGB").getpixel((x, y)) for y in (8, image.height - 8) for x in (8, image.width - 8)]


def is_as_seen(image: Image.Image) -> bool:
    found = zip(corners(image), CORNERS, strict=True)
    return all(abs(one - other) < 12 for pixel, colour in found for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("way", range(1, 9))
@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"subsampling": 0}], ids=["baseline", "progressive", "444"])
def test_a_photograph_stands_and_tells_no_place(way, how):
    kept = picture(photograph(way, **how))
    image = Image.open(BytesIO(kept.body))
    assert kept.size == image.size == (WIDTH, HEIGHT) and is_as_seen(image)
    assert not image.getexif() and b"Exif" not in kept.body and b"PhoneMaker" not in kept.body
    assert picture(kept.body) == kept, "it is a picture again, and the same one"


def test_a_grey_photograph_stands_too():
    file, exif = BytesIO(), Image.Exif()
    exif[ORIENTATION] = 6
    seen().convert("L").rotate(90, expand=True).save(file, "JPEG", exif=exif)
    assert picture(file.getvalue()).size == (WIDTH, HEIGHT)


def test_what_lies_as_it_is_shown_is_not_decoded_at_all():
    assert picture(jpeg()).body == picture(jpeg()).body
    told = segment(0xE1, b"Exif\0\0" + tiff(">", UPRIGHT))
    assert picture(jpeg()[:2] + told + jpeg()[2:]).body == picture(jpeg()).body


def test_a_damaged_photograph_that_would_have_to_be_turned_is_refused():
    told = segment(0xE1, b"Exif\0\0" + tiff("<", 6))
    with pytest.raises(NotPicture):
        picture(jpeg()[:2] + told + jpeg()[2:])


def test_a_turned_photograph_is_never_larger_than_a_picture_may_be():
    noise = Image.effect_noise((700, 500), 90).convert("RGB")
    file, exif = BytesIO(), Image.Exif()
    exif[ORIENTATION] = 6
    noise.save(file, "JPEG", quality=95, exif=exif)
    assert len(file.getvalue()) > MOST_KB * 1024, "more than the door takes, to see the turning alone"
    assert len(picture(file.getvalue()).body) <= MOST_KB * 1024


def tiff(order: str, way: int) -> bytes:
    entries = struct.pack(f"{order}HHIHH", ORIENTATION, 3, 1, way, 0)
    return (b"MM" if order == ">" else b"II") + struct.pack(f"{order}HIH", 42, 8, 1) + entries


@pytest.mark.parametrize("order", "<>")
def test_both_byte_orders_are_read_and_what_does_not_exist_is_upright(order):
    told = [told_way(b"Exif\0\0" + tiff(order, way)) for way in (1, 3, 8, 0, 9, 65535)]
    assert told == [1, 3, 8, 1, 1, 1]


@given(st.binary(max_size=60))
def test_a_damaged_tag_is_none(junk):
    assert told_way(b"Exif\0\0" + junk) in (UPRIGHT, *WAYS)
    assert told_way(junk) == UPRIGHT or junk.startswith(b"Exif\0\0")
