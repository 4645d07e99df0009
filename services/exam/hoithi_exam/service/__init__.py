"""The processes: `Doors` answers people, `Worker` keeps the clock, relays events and listens."""

from hoithi_exam.service.doors import Doors
from hoithi_exam.service.worker import Worker

__all__ = ["Doors", "Worker"]
