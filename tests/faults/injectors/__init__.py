"""What can be done to a running platform: one module per family of faults, one class per kind.

A module registers its classes with `@injector`. One that cannot work on this machine raises CannotWorkHere (or
ImportError) while it is imported; a class says so in `usable`. The reason stands in the report.
"""

import importlib
import pkgutil
from abc import ABC, abstractmethod
from typing import ClassVar


class CannotWorkHere(Exception):
    """This machine or this run lacks something the injector needs; the text says what."""


class Injector(ABC):
    """One kind of fault. `platform` is a hoithi_native Instance, `random` a seeded random.Random."""

    kind: ClassVar[str] = ""
    """The name in the report, e.g. process-kill."""
    hold_s: ClassVar[tuple[float, float]] = (0.5, 3)
    """How long the fault lasts: least and most seconds between inject and heal."""
    weight: ClassVar[float] = 1
    """How often it is chosen, compared with the others."""

    def usable(self, platform) -> None:
        """Raise CannotWorkHere when the kind has nothing to hit on this platform."""
        return

    @abstractmethod
    def targets(self, platform) -> list[str]:
        """What can be hit now, e.g. names of processes; empty when nothing can."""

    @abstractmethod
    def inject(self, platform, target: str, random) -> None:
        """Do it. Returns when the fault is there."""

    @abstractmethod
    def heal(self, platform, target: str) -> None:
        """Undo it, or wait until the supervisor has. Called once after the hold, and again at the end: idempotent."""


INJECTORS: dict[str, Injector] = {}
"""Kind -> its injector."""
LEFT_OUT: dict[str, str] = {}
"""Module or kind -> why it cannot work on this machine."""


def injector(cls: type[Injector]) -> type[Injector]:
    """Class decorator: the kind takes part."""
    INJECTORS[cls.kind] = cls()
    return cls


def load() -> dict[str, Injector]:
    """Import every module of this folder; returns INJECTORS."""
    for module in pkgutil.iter_modules(__path__):
        try:
            importlib.import_module(f"{__name__}.{module.name}")
        except (CannotWorkHere, ImportError) as error:
            LEFT_OUT[module.name] = str(error)
    return INJECTORS
