"""Excel files: made for people, read with care."""

from hoithi_sheets.reader import NotReadable, rows
from hoithi_sheets.writer import MEDIA_TYPE, Sheet, workbook

__all__ = ["MEDIA_TYPE", "NotReadable", "Sheet", "rows", "workbook"]
