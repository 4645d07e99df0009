"""A photograph that its camera kept lying and told to be turned: turned for good, since the tag that tells it does not stay.

The only place where a picture of a stranger is decoded: a JPEG, of bounded size, whose segments were read before, by a decoder
for JPEG alone. What a camera kept upright never comes here.
"""

from io import BytesIO

from PIL import Image, JpegImagePlugin

UPRIGHT = 1
ORIENTATION = b"\x01\x12"
"""The tag (Exif 2.32, 4.6.4 A)."""
ENTRY = 12
ORDERS = {b"II": "little", b"MM": "big"}
WAYS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
COARSER = (85, 75, 60, 40)


class NotDecoded(Exception):
    """A damaged picture, or one that is too large when it is turned."""


def told_way(segment: bytes) -> int:
    """The orientation that the content of an Exif segment tells, UPRIGHT where it tells none that there is."""
    tiff = segment.removeprefix(b"Exif\0\0")
    order = ORDERS.get(tiff[:2])
    if order is None or tiff == segment:
        return UPRIGHT
    first = int.from_bytes(tiff[4:8], order)
    for number in range(int.from_bytes(tiff[first : first + 2], order)):
        start = first + 2 + number * ENTRY
        tag = tiff[start : start + 2]
        if (tag if order == "big" else tag[::-1]) == ORIENTATION:
            way = int.from_bytes(tiff[start + 8 : start + 10], order)
            return way if way in WAYS else UPRIGHT
    return UPRIGHT


def turned(body: bytes, way: int, most: int) -> bytes:
    """The JPEG as it is to be held, as finely kept as before, coarser only where it would have more than `most` bytes.

    Raises NotDecoded. Work for the CPU: off the event loop.
    """
    try:
        with Image.open(BytesIO(body), formats=["JPEG"]) as lying:
            kept = {"qtables": lying.quantization, "subsampling": JpegImagePlugin.get_sampling(lying)}
            image = lying.transpose(WAYS[way])
        ways = (_saved(image, **how) for how in (kept, *({"quality": quality} for quality in COARSER)))
        return next(made for made in ways if len(made) <= most)
    except Exception as error:  # a damaged file fails in many ways (OSError, SyntaxError, ValueError, StopIteration, ...)
        raise NotDecoded() from error


def _saved(image: Image.Image, **how) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", optimize=True, **how)
    return file.getvalue()
