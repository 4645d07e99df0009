"""Which measurements there are, and how they are run one after the other."""

import importlib
import json
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from bench.machine import circumstances
from bench.place import Place, attached, open_place
from bench.result import Result, plain, written

# In the order in which they are run and shown. Each is a module with `measure(place, options) -> Result`, and may say
#   PLACE = "platform" (the default), "fresh platform" (nobody used it before or will after) or None (needs none)
#   SETTINGS = {"HOITHI_...": "..."}: what its platform differs in
NAMES = (
    "journey", "sustained", "door", "lag", "ceremony", "deadline", "drain", "ranking", "tables", "sign_in", "growth", "processes",
    "page", "scale",
)  # fmt: skip
# People are let in at once, unless a measurement is about waiting.
SETTINGS = {"HOITHI_STARTS_PER_SECOND": "0"}


@dataclass(frozen=True)
class Options:
    """`short`: a form of a minute or so. `runs`: how often what varies is repeated. `attach`: a platform that runs already."""

    short: bool
    runs: int
    say: Callable[[str], None]
    replicas: int | None = None
    attach: str = ""


def found() -> list[str]:
    """The names of those that exist."""
    return [name for name in NAMES if importlib.util.find_spec(f"bench.{name}")]


def run(names: Sequence[str], options: Options, folder: Path | None) -> list[str]:
    """Run, print and keep as JSON; returns the names of those that broke. Measurements share platforms where they can."""
    broken = []
    with Places(options) as places:
        for name in names:
            try:
                _run(importlib.import_module(f"bench.{name}"), name, places, options, folder)
            except Exception:
                traceback.print_exc()
                broken.append(name)
    return broken


def _run(module: ModuleType, name: str, places: "Places", options: Options, folder: Path | None) -> None:
    options.say(f"{name}: begins")
    about = circumstances(options.short, options.runs, options.replicas)
    result = module.measure(places.of(module), options)
    print("\n" + written(result) + "\n", flush=True)
    if folder:
        keep(result, about, folder)


def keep(result: Result, about: dict, folder: Path) -> Path:
    """Write folder/name.json: the result and what it was measured on."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{result.name}.json"
    file.write_text(json.dumps({"measured": about, **plain(result)}, ensure_ascii=False, indent=1) + "\n")
    return file


class Places(ExitStack):
    """At most one platform runs at a time; the next measurement gets it too when it asks for the same."""

    def __init__(self, options: Options):
        super().__init__()
        self.options, self.settings, self.place = options, None, None

    def of(self, module: ModuleType) -> Place | None:
        kind = getattr(module, "PLACE", "platform")
        if kind is None:
            return None
        settings = {**SETTINGS, **getattr(module, "SETTINGS", {})}
        if self.place is None or kind.startswith("fresh") or settings != self.settings:
            self.close()
            self.place = self.enter_context(self._opened(settings))
        self.settings = None if kind.startswith("fresh") else settings
        return self.place

    def _opened(self, settings: dict):
        if self.options.attach:
            return attached(self.options.say, self.options.attach)
        return open_place(self.options.say, self.options.replicas, settings)

    def close(self) -> None:
        """Stop the present platform."""
        self.place = self.settings = None
        super().close()


def kept(folder: Path) -> list[dict]:
    """What `keep` wrote there, in the order of NAMES."""
    files = [folder / f"{name}.json" for name in NAMES]
    return [json.loads(file.read_text()) for file in files if file.is_file()]
