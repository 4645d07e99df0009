"""Audio files: what is taken, and that nothing their maker wrote into them travels."""

import io
import struct
import wave
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoithi_exam.domain.sound import NotSound, _ogg_sum, sound

SECRET = b"an-toan-001-a"


def wav(seconds: float = 0.1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"".join(struct.pack("<h", n % 100) for n in range(int(8000 * seconds))))
    return file.getvalue()


def tagged_wav() -> bytes:
    plain = wav()
    chunk = b"LIST" + struct.pack("<I", 4 + len(SECRET) + 1) + b"INFO" + SECRET + b"\0"
    return b"RIFF" + struct.pack("<I", len(plain) - 8 + len(chunk)) + plain[8:] + chunk


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\xc4" + bytes(413)
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(SECRET)]) + SECRET
    return tag + frame * 3 + b"TAG" + SECRET.ljust(125, b"\0")


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def m4a() -> bytes:
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", box(b"mvhd", bytes(20)), box(b"udta", SECRET)) + box(b"mdat", b"sound")


def page(number: int, packet: bytes) -> bytes:
    sizes = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS\0" + bytes([2 if number == 0 else 0]) + bytes(8) + struct.pack("<II", 7, number) + bytes(4)
    made = bytearray(head + bytes([len(sizes)]) + sizes + packet)
    made[22:26] = _ogg_sum(made).to_bytes(4, "little")
    return bytes(made)


def opus() -> bytes:
    tags = b"OpusTags" + struct.pack("<I", 3) + b"abc" + struct.pack("<I", 1) + struct.pack("<I", len(SECRET)) + SECRET
    return page(0, b"OpusHead" + bytes(11)) + page(1, tags) + page(2, b"sound")


FILES = {"audio/wav": tagged_wav, "audio/mpeg": mp3, "audio/mp4": m4a, "audio/ogg": opus}


@pytest.mark.parametrize("content_type", FILES)
def test_tags_do_not_travel(content_type):
    raw = FILES[content_type]()
    assert SECRET in raw
    kept = sound(raw)
    assert kept.content_type == content_type and SECRET not in kept.body


@pytest.mark.parametrize("content_type", FILES)
def test_what_was_cleaned_is_clean_already(content_type):
    kept = sound(FILES[content_type]())
    assert sound(kept.body) == kept


def test_a_wav_file_is_still_the_same_sound():
    with wave.open(io.BytesIO(sound(tagged_wav()).body)) as kept, wave.open(io.BytesIO(wav())) as made:
        assert kept.getparams() == made.getparams() and kept.readframes(9999) == made.readframes(9999)


def test_the_sum_of_an_opus_page_is_the_published_one():
    """CRC-32 with polynomial 04C11DB7, start and end 0: its catalogue's check value."""
    assert _ogg_sum(b"123456789") == 0x89A1897F


def test_a_cleaned_opus_file_has_right_sums_and_the_sound_it_had():
    first, last = page(0, b"OpusHead" + bytes(11)), page(2, b"sound")
    body = sound(opus()).body
    assert body.startswith(first) and body.endswith(last)
    assert page(1, body[len(first) + 28 : -len(last)]) == body[len(first) : -len(last)]


@given(st.sampled_from([b"", *(make()[:12] for make in FILES.values())]), st.binary(max_size=200))
def test_no_bytes_raise_anything_else(beginning, rest):
    with suppress(NotSound):
        sound(beginning + rest)


@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_damage_raises_anything_else(content_type, data):
    raw = bytearray(FILES[content_type]())
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(NotSound):
        sound(bytes(raw))


def test_the_reference_depends_on_the_sound_alone():
    assert sound(tagged_wav()).reference == sound(wav()).reference != sound(wav(0.2)).reference
    assert len(sound(wav()).reference) == 16


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello", b"<html><script>alert(1)</script>", b"RIFF\0\0\0\0WAVE", b"OggS", b"OggSOpusTags", b"\0\0\0\x08ftyp",
     b"\0\0\0\x08ftyp\0\0\0\0", b"ID3", b"\xff\xfb", m4a()[:-3], opus()[:40], b"\x89PNG\r\n\x1a\n" + bytes(100)],
)  # fmt: skip
def test_anything_else_is_refused(raw):
    with pytest.raises(NotSound):
        sound(raw)
