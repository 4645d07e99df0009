"""The clock, read at the doors only."""

from datetime import UTC, datetime

from hoithi_contracts.fields import whole_ms


def now() -> datetime:
    """The instant now: aware, UTC, whole milliseconds (what MongoDB and the wire keep)."""
    return whole_ms(datetime.now(UTC))
