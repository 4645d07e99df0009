"""Which options of a Word file are marked as right: by a star, or by what is seldom used for anything else."""

from functools import partial

from .foreign import answer_of
from .paragraphs import BOLD, COLOUR, HIGHLIGHT, UNDERLINE, Line

MARKS = (HIGHLIGHT, UNDERLINE, COLOUR, BOLD)  # what is seldom used for anything else comes first
Option = tuple[Line, list[Line]]
"""The label ("A.") and the lines of the text."""


def marked_of(options: list[Option]) -> str:
    """Letters of the options that are marked; a mark that all of them carry says nothing."""
    ways = [_starred, *(partial(has, mark) for mark in MARKS for has in (_text_has, _label_has))]
    for is_marked in ways:
        found = answer_of(is_marked(label, rows) for label, rows in options)
        if found and len(found) < len(options):
            return found
    return ""


def _starred(label: Line, rows: list[Line]) -> bool:
    first, last = rows[0].text, rows[-1].text
    return label.text.startswith("*") or not first.startswith("\\") and (first.startswith("*") or last.endswith("*"))


def _text_has(mark: int, _label: Line, rows: list[Line]) -> bool:
    return all(row.has(mark) for row in rows)


def _label_has(mark: int, label: Line, _rows: list[Line]) -> bool:
    return label.has(mark)


def unstarred(text: str) -> str:
    """The text without a star that marks it; behind a backslash everything is text."""
    return text[1:] if text.startswith("\\") else text.strip("* ") if text[:1] == "*" or text[-1:] == "*" else text
