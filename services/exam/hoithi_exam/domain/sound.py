"""Audio files: what one is, and the same without what its maker wrote into it.

A tag may hold the file's first name ("an-toan-001-a.mp3"), which would tell an option's place in the bank: tags do not
travel. Nothing is decoded: the sound stays byte for byte.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass

MOST_KB = 900
"""One document of MongoDB, one request: three minutes of speech at 40 kbit/s."""
ID3, ID3_OLD_SIZE = b"ID3", 128
M4A_BOXES = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
TAG_BOXES = (b"udta", b"meta", b"uuid")
OPUS_TAGS, OGG = b"OpusTags", b"OggS"


class NotSound(Exception):
    """No Opus, MP3, M4A or WAV file, or a damaged one."""


class UnknownSound(Exception):
    """There is no such audio file."""


@dataclass(frozen=True)
class Sound:
    """`reference`: 96 bits of the content's SHA-256, so that it can be kept for ever and tells nothing of where it belongs."""

    reference: str
    content_type: str
    body: bytes


def sound(data: bytes) -> Sound:
    """What was uploaded, without tags; raises NotSound."""
    content_type, body = _bare(data)
    reference = urlsafe_b64encode(hashlib.sha256(body).digest()[:12]).decode()
    return Sound(reference, content_type, body)


def _bare(data: bytes) -> tuple[str, bytes]:
    try:
        if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
            return "audio/wav", _wav(data)
        if data[:4] == OGG and OPUS_TAGS in data[:8192]:
            return "audio/ogg", _opus(data)
        if data[4:8] == b"ftyp":
            return "audio/mp4", _m4a(data)
        return "audio/mpeg", _mp3(data)
    except (IndexError, ValueError) as error:
        raise NotSound() from error


def _wav(data: bytes) -> bytes:
    """Only the chunks that are the sound."""
    kept, at = [], 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] in (b"fmt ", b"data"):
            kept.append(data[at : at + 8 + size + size % 2])
        at += 8 + size + size % 2
    if len(kept) != 2:
        raise NotSound()
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _mp3(data: bytes) -> bytes:
    """Without ID3 (version 2 in front, version 1 behind): from the first frame on."""
    while data[:3] == ID3:
        size = sum(part << shift for part, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-ID3_OLD_SIZE:][:3] == b"TAG":
        data = data[:-ID3_OLD_SIZE]
    # The frame's sync word; layer III (ISO/IEC 11172-3, 2.4.1.3).
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE6 != 0xE2:
        raise NotSound()
    return data


def _m4a(data: bytes) -> bytes:
    """Boxes with tags become free space of the same size, so that no offset changes (ISO/IEC 14496-12, 8.1.2)."""
    made = bytearray(data)
    found = [data[start + 4 : start + 8] for start, _ in _boxes(data, 0, len(data))]
    if b"moov" not in found or b"mdat" not in found:
        raise NotSound()
    _free_tags(made, 0, len(made))
    return bytes(made)


def _free_tags(made: bytearray, start: int, end: int) -> None:
    for at, next_at in list(_boxes(made, start, end)):
        kind = bytes(made[at + 4 : at + 8])
        if kind in TAG_BOXES or kind == b"free":
            made[at + 4 : next_at] = b"free" + bytes(next_at - at - 8)
        elif kind in M4A_BOXES:
            _free_tags(made, at + 8, next_at)


def _boxes(data, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each box begins and ends."""
    while start < end:
        size = int.from_bytes(data[start : start + 4], "big")
        if size == 0:
            size = end - start
        if size < 8 or start + size > end:
            raise NotSound()
        yield start, start + size
        start += size


def _opus(data: bytes) -> bytes:
    """The comment header emptied; what is left of it is padding of the same size (RFC 7845, 5.2)."""
    made, pages = bytearray(data), list(_pages(data))
    if len(pages) < 2:
        raise NotSound()
    begin, body, end = pages[1]
    sizes = data[begin + 27 : body]
    # One packet that ends in its page: a picture among the tags is longer, and is refused.
    if data[body : body + 8] != OPUS_TAGS or sizes[-1:] == b"\xff" or sum(size < 255 for size in sizes) != 1:
        raise NotSound()
    made[body + 8 : end] = bytes(end - body - 8)
    made[begin + 22 : begin + 26] = bytes(4)
    made[begin + 22 : begin + 26] = _ogg_sum(made[begin:end]).to_bytes(4, "little")
    return bytes(made)


def _pages(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each Ogg page begins, its body begins, and it ends (RFC 3533, 6)."""
    at = 0
    while at < len(data):
        if data[at : at + 4] != OGG:
            raise NotSound()
        body = at + 27 + data[at + 26]
        end = body + sum(data[at + 27 : body])
        yield at, body, end
        at = end


def _ogg_sum(page: bytes) -> int:
    """CRC-32 with polynomial 04C11DB7, not reflected, from zero."""
    register = 0
    for byte in page:
        register ^= byte << 24
        for _ in range(8):
            register = (register << 1) ^ (0x104C11DB7 if register & 0x80000000 else 0)
    return register
