"""Tables as files for spreadsheets."""

from hoithi_bus.http import Reply

CSV = "text/csv; charset=utf-8"


def csv_file(name: str, pieces) -> Reply:
    """`name` may hold characters that a header or a file system does not like."""
    safe = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name)
    return Reply(pieces, content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{safe}.csv"'})
