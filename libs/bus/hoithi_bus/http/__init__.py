"""HTTP doors: lean nameko entrypoints that validate, call one handler and answer."""

from hoithi_bus.http.audit import AuditDoors
from hoithi_bus.http.door import Call, Reply, door, dump
from hoithi_bus.http.doors import Doors
from hoithi_bus.http.problems import Forbidden, Problem
from hoithi_bus.http.tokens import Claims

__all__ = ["AuditDoors", "Call", "Claims", "Doors", "Forbidden", "Problem", "Reply", "door", "dump"]
