"""The doors and the worker. The only room that knows nameko and eventlet."""

from hoithi_registration.service.doors import Doors
from hoithi_registration.service.worker import Worker

__all__ = ["Doors", "Worker"]
