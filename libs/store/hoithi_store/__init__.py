"""The MongoDB side of what every service promises: durable writes, an outbox, one holder of a lease."""

from hoithi_store.database import UNAVAILABLE, WrongClock, connect, require_come, require_right_clock
from hoithi_store.lease import Lease
from hoithi_store.outbox import Outbox
from hoithi_store.proposals import Proposals
from hoithi_store.together import Together

__all__ = [
    "UNAVAILABLE",
    "Lease",
    "Outbox",
    "Proposals",
    "Together",
    "WrongClock",
    "connect",
    "require_come",
    "require_right_clock",
]
