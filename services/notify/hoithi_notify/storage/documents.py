"""How values become documents, and documents values."""

from dataclasses import asdict, fields
from datetime import timedelta

KEPT = timedelta(days=365)  # personal records go a year after they were made; a contest is long over by then


def if_newer(value, key: str = "user_id") -> list:
    """An update that replaces the document if this value is newer. A filter would make concurrent upserts collide."""
    document = asdict(value)
    document["_id"] = document.pop(key)
    newer = {"$and": [{"$lt": [{"$ifNull": ["$revision", -1]}, value.revision]}, {"$not": ["$erased_at"]}]}
    # $literal: a name that begins with "$" is a name, not an expression.
    return [{"$replaceWith": {"$cond": [newer, {"$literal": document}, "$$ROOT"]}}]


def plain(value) -> dict:
    """The fields of a flat dataclass as MongoDB takes them."""
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: list(each) if isinstance(each, tuple) else each for name, each in found.items()}


def named(cls, document: dict, **given) -> dict:
    """The document's fields that the dataclass has."""
    names = {field.name for field in fields(cls)}
    return {**{name: value for name, value in document.items() if name in names}, **given}
