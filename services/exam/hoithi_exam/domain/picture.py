"""Pictures of questions: what one is, and the same without what its maker wrote into it.

A tag may hold a place, a person or a file's first name ("cau-12-dap-an-b.png"): tags do not travel. Nothing is decoded but a
photograph that is upright only by its tag (`upright`): every other picture stays as it is.
"""

import hashlib
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from hoithi_exam.domain.upright import UPRIGHT, NotDecoded, told_way, turned

MOST_KB = 300
"""A phone with weak signal waits for it in the middle of a paper."""
MOST_SIDE = 2000
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"}
SCAN, END, ADOBE, COMMENT, EXIF = 0xDA, 0xD9, 0xEE, 0xFE, 0xE1
APPLICATION = range(0xE0, 0xF0)
FRAME = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BARE = {0x01, *range(0xD0, 0xD8)}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
ALPHA = 0x10


class NotPicture(Exception):
    """No PNG, JPEG or WebP file, a moving or a damaged one, or one of too many points. `most`: points a side may have."""

    def __init__(self):
        self.most = MOST_SIDE
        super().__init__()


class UnknownPicture(Exception):
    """There is no such picture."""


@dataclass(frozen=True)
class Picture:
    """`reference`: 96 bits of the content's SHA-256 and the size, "….640x480": so the page keeps its place free."""

    reference: str
    content_type: str
    body: bytes

    @property
    def file_name(self) -> str:
        """What it is called where it lies in a file: it tells nothing."""
        return f"{self.reference}.{self.content_type.removeprefix('image/')}"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in points."""
        width, height = self.reference.rpartition(".")[2].split("x")
        return int(width), int(height)


def picture(data: bytes) -> Picture:
    """What was uploaded, upright and without tags; raises NotPicture."""
    content_type, body, size = _bare(data)
    _require_bounded(size)
    way = _way(data) if content_type == "image/jpeg" else UPRIGHT
    if way != UPRIGHT:
        body, size = _upright(body, way)
    digest = urlsafe_b64encode(hashlib.sha256(body).digest()[:12]).decode()
    return Picture(f"{digest}.{size[0]}x{size[1]}", content_type, body)


def _require_bounded(size: tuple[int, int]) -> None:
    """Raises NotPicture."""
    if not all(0 < side <= MOST_SIDE for side in size):
        raise NotPicture()


def _way(data: bytes) -> int:
    """How a JPEG's first Exif tag says it is to be held."""
    return next((told_way(whole[4:]) for marker, whole in _segments(data) if marker == EXIF), UPRIGHT)


def _upright(body: bytes, way: int) -> tuple[bytes, tuple[int, int]]:
    """(the turned picture without tags, its size). Raises NotPicture."""
    try:
        return _jpeg(turned(body, way, MOST_KB * 1024))
    except NotDecoded as error:
        raise NotPicture() from error


def _bare(data: bytes) -> tuple[str, bytes, tuple[int, int]]:
    try:
        if data.startswith(PNG):
            return "image/png", *_png(data)
        if data.startswith(JPEG):
            return "image/jpeg", *_jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return "image/webp", *_webp(data)
    except (IndexError, StopIteration) as error:
        raise NotPicture() from error
    raise NotPicture()


def _png(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """Only the chunks that are the picture (W3C PNG, 5.6)."""
    chunks = list(_png_chunks(data))
    kinds = [kind for kind, _ in chunks]
    if kinds[0] != b"IHDR" or b"IDAT" not in kinds or kinds[-1] != b"IEND":
        raise NotPicture()
    header = chunks[0][1]
    kept = b"".join(whole for kind, whole in chunks if kind in PNG_KEPT)
    return PNG + kept, (int.from_bytes(header[8:12]), int.from_bytes(header[12:16]))


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, whole chunk) up to the end of the picture; what stands behind it is no part of it."""
    at, kind = len(PNG), b""
    while kind != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind, whole = data[at + 4 : at + 8], data[at:end]
        if end > len(data) or zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:]):
            raise NotPicture()
        yield kind, whole
        at = end


def _jpeg(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """Without comments and application segments (Exif, XMP) but Adobe's, which says how colours are meant (ITU-T T.81, B)."""
    kept, size = [JPEG], None
    for marker, whole in _segments(data):
        if marker in FRAME:
            size = int.from_bytes(whole[7:9]), int.from_bytes(whole[5:7])
        if marker == ADOBE or marker not in APPLICATION and marker != COMMENT:
            kept.append(whole)
    if size is None:
        raise NotPicture()
    return b"".join(kept), size


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, whole segment), a scan with its data, up to the end of the picture."""
    at, marker = len(JPEG), 0
    while marker != END:
        if data[at] != 0xFF:
            raise NotPicture()
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        end = at + 2 if marker in BARE or marker == END else at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == SCAN:
            end = _end_of_scan(data, end)
        if end > len(data):
            raise NotPicture()
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: behind 0xFF there are stuffed zeros and restarts within a scan's data."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise NotPicture()
        if data[at + 1] != 0 and data[at + 1] not in BARE:
            return at
        at += 2


def _webp(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """Only the chunks of a still picture; the extended header no longer promises the others (RFC 9649, 2.7)."""
    chunks = {kind: body for kind, body in _webp_chunks(data) if kind in WEBP_KEPT}
    if not {b"VP8 ", b"VP8L"} & chunks.keys():
        raise NotPicture()
    size = _webp_size(chunks)
    if b"VP8X" in chunks:
        chunks[b"VP8X"] = bytes([chunks[b"VP8X"][0] & ALPHA]) + chunks[b"VP8X"][1:]
    body = b"WEBP" + b"".join(
        kind + len(part).to_bytes(4, "little") + part + bytes(len(part) % 2) for kind, part in chunks.items()
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body, size


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data) or kind == b"ANIM":
            raise NotPicture()
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _webp_size(chunks: dict[bytes, bytes]) -> tuple[int, int]:
    if header := chunks.get(b"VP8X"):
        return 1 + int.from_bytes(header[4:7], "little"), 1 + int.from_bytes(header[7:10], "little")
    if header := chunks.get(b"VP8L"):
        bits = int.from_bytes(header[1:5], "little")
        return 1 + bits % 2**14, 1 + (bits >> 14) % 2**14
    header = chunks[b"VP8 "]
    return int.from_bytes(header[6:8], "little") % 2**14, int.from_bytes(header[8:10], "little") % 2**14
