"""The MongoDB side of what every service promises: durable writes, an outbox, one holder of a lease."""

from hoithi_store.database import UNAVAILABLE, connect
from hoithi_store.lease import Lease
from hoithi_store.outbox import Outbox

__all__ = ["UNAVAILABLE", "Lease", "Outbox", "connect"]
