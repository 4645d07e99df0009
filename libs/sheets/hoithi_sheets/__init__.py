"""Excel files: made for people, read with care."""

from hoithi_sheets.corrections import corrections
from hoithi_sheets.reader import NotReadable, rows, rows_of_any
from hoithi_sheets.sentences import UNREADABLE
from hoithi_sheets.writer import MEDIA_TYPE, Sheet, pieces, workbook

__all__ = ["MEDIA_TYPE", "UNREADABLE", "NotReadable", "Sheet", "corrections", "pieces", "rows", "rows_of_any", "workbook"]
