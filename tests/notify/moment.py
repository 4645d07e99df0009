"""The moment at which this run of the tests began."""

from datetime import UTC, datetime

from hoithi_contracts.fields import whole_ms

NOW = whole_ms(datetime.now(UTC))
