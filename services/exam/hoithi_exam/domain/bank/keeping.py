"""What stands in the way of keeping a bank beside the bank itself, as findings."""

from collections.abc import Iterable

from .model import Finding, error


def refused_use(places: Iterable[str]) -> list[Finding]:
    """Practice questions that were real ones before, or the other way round."""
    return [error("use-changed", place) for place in places]


def other_bank(bank_id: str) -> Finding:
    """The file names another bank than the one it was sent to."""
    return error("other-bank", "file", value=bank_id)


def gave_up() -> Finding:
    """The work was begun several times and never came to an end."""
    return error("gave-up", "file")
