"""Merged cells of a worksheet, which openpyxl does not tell when it reads row by row."""

import re
from io import BytesIO
from zipfile import ZipFile

from openpyxl.utils import range_boundaries

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
MOST = 10_000
PIECE, LONGEST = 65536, 64


def spans(data: bytes, sheet) -> list[tuple[int, int, int]]:
    """(column from 0, first row, last row) of cells merged over several rows, at most MOST of them."""
    with ZipFile(BytesIO(data)) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as part:
        found = _refs(part)
    boxes = (range_boundaries(ref) for ref in found)
    return [(left - 1, top, bottom) for left, top, _, bottom in boxes if bottom > top]


def _refs(part) -> list[str]:
    """They stand behind the rows; text cannot look like one, since its "<" is escaped."""
    refs, rest = [], b""
    while len(refs) < MOST and (piece := part.read(PIECE)):
        rest += piece
        end = 0
        for match in MERGED.finditer(rest):
            refs.append(match[1].decode())
            end = match.end()
        rest = rest[max(end, len(rest) - LONGEST) :]
    return refs[:MOST]
