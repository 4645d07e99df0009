"""The MongoDB side of what every service promises: durable writes, an outbox, a lease, an audit log."""

from hoithi_store.audit import Audit, Entry, changed
from hoithi_store.database import UNAVAILABLE, WrongClock, connect, require_come, require_right_clock
from hoithi_store.lease import Lease
from hoithi_store.newest import replace_older
from hoithi_store.outbox import Outbox
from hoithi_store.proposals import Proposals
from hoithi_store.shelf import Shelf
from hoithi_store.tally import DayCount, Tally
from hoithi_store.together import Together
from hoithi_store.transaction import in_one_step

__all__ = [
    "UNAVAILABLE",
    "Audit",
    "DayCount",
    "Entry",
    "Lease",
    "Outbox",
    "Proposals",
    "Shelf",
    "Tally",
    "Together",
    "WrongClock",
    "changed",
    "connect",
    "in_one_step",
    "replace_older",
    "require_come",
    "require_right_clock",
]
