"""What the template `minutes` of hoithi_print is made of: texts, headings, tables."""


def text(words: str) -> dict:
    return {"kind": "text", "text": words}


def heading(words: str) -> dict:
    return {"kind": "heading", "text": words}


def table(rows: list[list[str]], *columns: tuple[str, int, bool]) -> dict:
    """Columns as (title, width, whether figures stand in it)."""
    shown = [{"title": title, "width": width, "number": number} for title, width, number in columns]
    return {"kind": "table", "columns": shown, "rows": rows}
