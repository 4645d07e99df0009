"""What is to be printed: a template's name, plain data, a format."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
PDF, PNG, DOCX = "pdf", "png", "docx"
CONTENT_TYPES = {
    PDF: "application/pdf",
    PNG: "image/png",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Document:
    """`data` holds texts, numbers, lists and objects only. A text under `address` becomes a QR code beside it."""

    template: str
    data: dict
    format: str = PDF

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.format]

    @property
    def wire(self) -> bytes:
        """As the press takes it; the same document gives the same bytes."""
        told = {"template": self.template, "format": self.format, "data": self.data}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def key(self) -> str:
        """SHA-256 over everything that decides the printed bytes."""
        return hashlib.sha256(edition() + self.wire).hexdigest()


@cache
def edition() -> bytes:
    """Changes with the templates and with what sets them."""
    files = b"".join(path.read_bytes() for path in sorted(TEMPLATES.iterdir()))
    programs = "".join(version(name) for name in ("typst", "python-docx"))
    return hashlib.sha256(programs.encode() + files).digest()


def printed(shelf, printer, document: Document, now: datetime, about: str | None = None) -> bytes:
    """The document from the shelf (see hoithi_store.Shelf), else printed and put there. `about`: whose name is in it."""
    kept = shelf.get(document.key)
    if kept is None:
        kept = printer.print(document)
        shelf.put(document.key, kept, now, about)
    return kept
