"""Evidence files: what one is, told by its content and not by its name. Nothing in it is ever interpreted."""

import hashlib
import io
import re
import unicodedata
from zipfile import BadZipFile, ZipFile

from hoithi_emulation.domain.refusals import NotEvidence

MOST_MEGABYTES = 5
MOST_PARTS, MOST_UNPACKED = 3000, 100 * 2**20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", WORD: "docx", EXCEL: "xlsx"}
MAIN_PART = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL}
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
SUFFIX_SAID = re.compile(r"\.[A-Za-z0-9]{1,5}$")
END_OF_PDF = 1024
MOST_NAME = 100


def kind_of(data: bytes) -> str:
    """The content type. Raises NotEvidence for anything but a whole PDF, PNG, JPEG, DOCX or XLSX without macros."""
    found = next((kind for kind, looks_so in _LOOKS if looks_so(data)), None) or _office(data)
    if found is None:
        raise NotEvidence()
    return found


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-END_OF_PDF:]


def _is_png(data: bytes) -> bool:
    """Signature, header chunk, end chunk (ISO/IEC 15948)."""
    return data.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") and data[-8:-4] == b"IEND"


def _is_jpeg(data: bytes) -> bool:
    """Start and end of image; cameras may add zeros behind."""
    return data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0").endswith(b"\xff\xd9")


_LOOKS = (("application/pdf", _is_pdf), ("image/png", _is_png), ("image/jpeg", _is_jpeg))


def _office(data: bytes) -> str | None:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return None
    names = {part.filename for part in parts}
    is_bomb = len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED
    is_locked = any(part.flag_bits & 1 for part in parts)
    if is_bomb or is_locked or "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for name, kind in MAIN_PART.items() if name in names), None)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def safe_name(said: str, content_type: str) -> str:
    """A name for a file system: what was said, without paths and signs that mean something, with the suffix of the content."""
    name = NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", said))
    stem = " ".join(SUFFIX_SAID.sub("", name).split())[:MOST_NAME].strip(". ")
    return f"{stem or 'minh-chung'}.{SUFFIX[content_type]}"
