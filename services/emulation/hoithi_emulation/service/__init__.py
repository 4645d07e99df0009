"""The processes: `Doors` answers people, `Worker` listens, fetches official results, forgets and relays events."""

from hoithi_emulation.service.doors import Doors
from hoithi_emulation.service.worker import Worker

__all__ = ["Doors", "Worker"]
