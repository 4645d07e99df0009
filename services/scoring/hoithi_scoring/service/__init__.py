"""The processes: `Doors` answers people, `Worker` listens, builds rankings and relays events."""

from hoithi_scoring.service.doors import Doors
from hoithi_scoring.service.worker import Worker

__all__ = ["Doors", "Worker"]
