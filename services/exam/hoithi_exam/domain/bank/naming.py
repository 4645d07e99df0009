"""Names made for what a file leaves unnamed: ids of questions, slugs of topics."""

import hashlib

from .model import LONGEST, SLUG
from .spelling import fold, same, slug


def made_id(text: str, options: list[str]) -> str:
    """An id for a question that has none: a digest of its words, whatever the order of the options."""
    words = [same(text), *sorted(same(option) for option in options)]
    return "q-" + hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def is_slug(text: str) -> bool:
    """Whether a text can be an id as it is."""
    return len(text) <= LONGEST["id"] and SLUG.fullmatch(text) is not None


def resolve(topics: dict[str, str], name: str) -> str:
    """The slug of a topic given by its slug or by its name, however spelled; "" when unknown."""
    if name in topics:
        return name
    return next((key for key, known in topics.items() if fold(known) == fold(name)), "")


def declare(topics: dict[str, str], name: str) -> str:
    """The slug of a topic by its name, added when it is new."""
    key = resolve(topics, name)
    if not key:
        key = slug(name)[:60].strip("-") or name
        topics.setdefault(key, name)
    return key
