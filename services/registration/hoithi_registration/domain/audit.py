"""What the audit log holds: who did what to whom or what, when, from which state to which, and why."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hoithi_contracts.fields import wire_instant

COLUMNS = ("at", "what", "by", "subject", "role", "before", "after", "reason")
BOM = "\ufeff".encode()
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entry:
    """`subject`: the person, invitation, contest or list it was done to. `before`, `after`: states in words or roles.

    `entry_id`: where it stands in the log; given by storage.
    """

    what: str
    subject: str
    by: str
    at: datetime
    role: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""
    entry_id: str = ""


def table(entries: Iterable[Entry]) -> Iterator[bytes]:
    """CSV in pieces, as Excel reads it: UTF-8 with a mark, CRLF, no cell that begins a formula."""
    yield BOM + _line(COLUMNS)
    for entry in entries:
        yield _line([_cell(getattr(entry, column)) for column in COLUMNS])


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def _cell(value: str | datetime) -> str:
    text = wire_instant(value) if isinstance(value, datetime) else value
    return "'" + text if text.startswith(FORMULA) else text
