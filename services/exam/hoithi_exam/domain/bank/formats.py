"""Which formats there are: how each is recognised, read and written."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from . import aiken, excel, gift, moodle, pictures, text, word
from .draft import Given
from .model import Bank, Finding, Question, error

PLAIN = "text/plain; charset=utf-8"
OFFICE = "application/vnd.openxmlformats-officedocument"
OLD = b"\xd0\xcf\x11\xe0"
BEGINNING = 200_000
OWN = re.compile(r"^(?:BANK|ID):", re.MULTILINE)
AIKEN = re.compile(r"^\s*ANSWER\s*:", re.MULTILINE | re.IGNORECASE)
GIFT = re.compile(r"^\s*(?:::|\$CATEGORY:)|\{[^{}]*(?<!\\)[=~][^{}]*\}|\{\s*(?:T|F|TRUE|FALSE)\b", re.MULTILINE)


@dataclass(frozen=True)
class Format:
    """`carries` says which questions it can hold; `pieces` writes a bank, piece by piece; `shows`: pictures too."""

    name: str
    suffix: str
    content_type: str
    parse: Callable[[bytes, Given], tuple[Bank | None, list[Finding]]]
    pieces: Callable[[Bank], Iterable[bytes]]
    carries: Callable[[Question], bool] = lambda question: True
    shows: bool = False

    def left_out(self, bank: Bank) -> int:
        """How many questions of a bank it cannot hold."""
        return sum(not self.carries(question) for question in bank.questions)

    def without_picture(self, bank: Bank) -> int:
        """How many questions will stand in the file without their picture."""
        return pictures.without(bank) if self.shows else pictures.without(replace(bank, pictures={}))


def _excel(data: bytes, given: Given) -> tuple[Bank | None, list[Finding]]:
    return excel.parse(data, **asdict(given))


def _text(data: bytes, given: Given) -> tuple[Bank | None, list[Finding]]:
    return text.parse(data)


def _encoded(write: Callable[[Bank], Iterable[str]]) -> Callable[[Bank], Iterable[bytes]]:
    return lambda bank: (piece.encode() for piece in write(bank))


def _whole(write: Callable[[Bank], bytes]) -> Callable[[Bank], Iterable[bytes]]:
    return lambda bank: [write(bank)]


FORMATS = {
    each.name: each
    for each in (
        Format("text", "txt", PLAIN, _text, _encoded(text.pieces)),
        Format("xlsx", "xlsx", f"{OFFICE}.spreadsheetml.sheet", _excel, excel.pieces),
        Format("docx", "docx", f"{OFFICE}.wordprocessingml.document", word.parse, _whole(word.write), shows=True),
        Format("gift", "gift.txt", PLAIN, gift.parse, _encoded(gift.write)),
        Format("aiken", "aiken.txt", PLAIN, aiken.parse, _encoded(aiken.write), aiken.carries),
        Format("moodle", "xml", "application/xml", moodle.parse, _encoded(moodle.write), shows=True),
    )
}
NAMES = tuple(FORMATS)


def parse(data: bytes, name: str, given: Given) -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong; the name "auto" looks at the bytes."""
    known = recognise(data) if name == "auto" else name
    if known is None:
        return None, [error("format-unknown", "file")]
    return FORMATS[known].parse(data, given)


def recognise(data: bytes) -> str | None:
    """The format of a file by its content; None when it is none of ours."""
    if data.startswith((b"PK", OLD)):
        return _office(data)
    start = data[:BEGINNING].decode("utf-8-sig", errors="replace").lstrip()
    if start.startswith("<"):
        return "moodle"
    if OWN.search(start):
        return "text"
    if AIKEN.search(start):
        return "aiken"
    return "gift" if GIFT.search(start) else None


def _office(data: bytes) -> str:
    """Word when it has Word's part; Excel's reader says what is wrong with anything else."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return "docx" if any(name.startswith("word/") for name in archive.namelist()) else "xlsx"
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return "xlsx"
