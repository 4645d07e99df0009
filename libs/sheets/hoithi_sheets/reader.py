"""The rows of an .xlsx or .csv file that came from outside, as texts."""

import csv
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

MOST_UNPACKED = 60 * 2**20
MOST_PARTS = 500
MOST_COLUMNS = 30
OLD = b"\xd0\xcf\x11\xe0"  # .xls, and any Office file with a password
LOOKED_AT = 4096
ARCHIVE = b"PK"
DELIMITERS = ";\t,"


class NotReadable(Exception):
    """`code`: old-excel, not-xlsx, not-csv, unpacked-too-big, dangerous-file, too-many-rows, empty-file."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def rows(data: bytes, most: int = 20_000) -> dict[int, list[str]]:
    """Row number -> texts of the first sheet with something in it, without empty rows. Raises NotReadable."""
    _check(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            found = next((rows for sheet in book.worksheets if (rows := _filled(sheet, most))), None)
        finally:
            book.close()
    except NotReadable:
        raise
    except Exception as error:  # openpyxl answers a broken file with any exception
        raise NotReadable("not-xlsx") from error
    if not found:
        raise NotReadable("empty-file")
    return found


def rows_of_any(data: bytes, most: int = 20_000) -> dict[int, list[str]]:
    """As `rows`, of an Excel or a CSV file. Raises NotReadable."""
    return rows(data, most) if data.startswith((ARCHIVE, OLD)) else _of_csv(data, most)


def _of_csv(data: bytes, most: int) -> dict[int, list[str]]:
    """UTF-8; the delimiter is the sign of DELIMITERS that the first line has most of."""
    try:
        text = data.decode("utf-8-sig")
        first = text.lstrip().partition("\n")[0]
        lines = csv.reader(StringIO(text), delimiter=max(DELIMITERS, key=first.count), strict=True)
        found = {number: cells for number, line in enumerate(lines, 1) if any(cells := _trimmed(line))}
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotReadable("not-csv") from error
    if not found or len(found) > most:
        raise NotReadable("too-many-rows" if found else "empty-file")
    return found


def _trimmed(line: list[str]) -> list[str]:
    return [" ".join(text.split()) for text in line[:MOST_COLUMNS]]


def _filled(sheet, most: int) -> dict[int, list[str]]:
    sheet.reset_dimensions()
    found = {}
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        texts = [_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            found[number] = texts
        if len(found) > most or number > 50 * most:
            raise NotReadable("too-many-rows")
    return found


def _text(value) -> str:
    """As Excel shows it: 12.0 is 12, a day is written as people here do."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") and hasattr(value, "year") else " ".join(str(value).split())


def _check(data: bytes) -> None:
    if data.startswith(OLD):
        raise NotReadable("old-excel")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            # zipfile never unpacks more than the size that is declared, so the declared sizes bind.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise NotReadable("unpacked-too-big")
            if any(_has_document_type(archive, part) for part in parts):
                raise NotReadable("dangerous-file")
    except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise NotReadable("not-xlsx") from error


def _has_document_type(archive: ZipFile, part) -> bool:
    """Entities need a document type, which stands before the first element; Excel writes none. Also in UTF-16."""
    with archive.open(part) as source:
        return b"<!DOCTYPE" in source.read(LOOKED_AT).replace(b"\0", b"")
