"""An .xlsx or .docx file looked at before it is opened: its size, its unpacked size, no document type (XML bombs)."""

from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from .model import Finding, error, quote

MOST_MB = 10
MOST_UNPACKED_MB = 60
MOST_PART_MB = 2  # styles, workbook, relations: read as a whole
MOST_PARTS = 2000
OLD = b"\xd0\xcf\x11\xe0"  # .xls, and any Office file with a password
ENCRYPTED = 1


@dataclass(frozen=True)
class Kind:
    """`large`: parts that are read piece by piece or not at all; `not_this`, `old`, `broken`: codes of what is refused."""

    large: tuple[str, ...]
    not_this: str
    old: str
    broken: str


XLSX = Kind(
    ("xl/worksheets/", "xl/sharedStrings", "xl/media/", "xl/drawings/", "xl/embeddings/"),
    "not-xlsx", "old-excel", "unreadable-file",
)  # fmt: skip
DOCX = Kind(("word/document.xml", "word/media/", "word/embeddings/", "word/fonts/"), "not-docx", "old-word", "unreadable-word")


def refuse(data: bytes, kind: Kind) -> list[Finding]:
    """Why these bytes are not opened at all; empty when they may be."""
    if len(data) > MOST_MB * 2**20:
        return [error("file-too-big", "file", most=MOST_MB)]
    if data.startswith(OLD):
        return [error(kind.old, "file")]
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _sizes(archive.infolist(), kind) or _document_types(archive)
    except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return [error(kind.not_this, "file")]
    except Exception:  # a broken archive fails in many ways (zlib.error, RuntimeError, struct.error, ...)
        return [error(kind.broken, "file")]


def _sizes(parts: list[ZipInfo], kind: Kind) -> list[Finding]:
    """zipfile never unpacks more than the size that is declared, so the declared sizes bind."""
    if any(part.flag_bits & ENCRYPTED for part in parts):
        return [error(kind.old, "file")]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_MB * 2**20:
        return [error("unpacked-too-big", "file", most=MOST_UNPACKED_MB)]
    whole = (part for part in parts if not part.filename.startswith(kind.large))
    if any(part.file_size > MOST_PART_MB * 2**20 for part in whole):
        return [error("unpacked-too-big", "file", most=MOST_UNPACKED_MB)]
    return []


def _document_types(archive: ZipFile) -> list[Finding]:
    guilty = (part for part in archive.infolist() if _has_document_type(archive, part))
    return [error("dangerous-file", "file", part=quote(part.filename)) for part in guilty]


class _Found(Exception):
    """Stops the XML parser: what came first is known."""


def _has_document_type(archive: ZipFile, part: ZipInfo) -> bool:
    """Entities need a document type, and that stands before the first element; Excel writes none."""
    seen = []

    def stop(*what):
        seen.append(what)
        raise _Found

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *what: stop("doctype")
    parser.StartElementHandler = lambda *what: stop("element")
    try:
        with archive.open(part) as source:
            while not seen and (piece := source.read(65536)):
                parser.Parse(piece)
            parser.Parse(b"", True)
    except (_Found, expat.ExpatError, ValueError, LookupError):
        pass
    return ("doctype",) in seen
