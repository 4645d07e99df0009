"""Cutting long streams into pieces."""

from collections.abc import Iterable, Iterator
from itertools import islice


def chunks(items: Iterable, size: int) -> Iterator[list]:
    """Lists of at most `size` items."""
    items = iter(items)
    while chunk := list(islice(items, size)):
        yield chunk
