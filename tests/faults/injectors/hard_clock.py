"""One process with a wrong clock. Needs Debian's libfaketime, unpacked beside the instance and installed nowhere.

The first time a process is hit, it is restarted with the library and a file that holds how wrong its clock is; from
then on the clock jumps while it runs. The monotonic clock stays right, as it does when somebody sets a clock.
"""

import subprocess
from pathlib import Path

from hoithi_native import rendering, waiting

from . import CannotWorkHere, Injector, injector
from .processes import PATIENCE_S, running, wait_healthy

PACKAGE, LIBRARY = "libfaketime", "libfaketimeMT.so.1"
RIGHT = "+0"
SEEN_AFTER_S = 1
"""How long the library remembers what the file says."""


def library(platform) -> Path:
    """The shared library, fetched through the machine's own Debian mirror. Raises CannotWorkHere."""
    folder = platform.folders.data / "faketime"
    found = [*Path("/usr/lib").rglob(LIBRARY), *folder.rglob(LIBRARY)]
    if not found:
        _unpack(folder)
        found = [*folder.rglob(LIBRARY)]
    if not found:
        raise CannotWorkHere(f"{LIBRARY} is not in the package {PACKAGE}")
    return found[0]


def _unpack(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for command in (f"apt-get -q download {PACKAGE}", f"dpkg -x {PACKAGE}_*.deb ."):
        done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise CannotWorkHere(f"`{command}` failed, clocks stay right: {done.stderr.strip()[-300:]}")


def _file(platform, name) -> Path:
    return platform.folders.run / f"{name}.clock"


def set_clock(platform, name: str, offset: str) -> None:
    """Let the process's clock be wrong by so many seconds (`-90`, `+86400`); `+0` is right."""
    rendering.write(_file(platform, name), offset)
    if name not in platform.disturbances:
        _restart_with_library(platform, name)


def _restart_with_library(platform, name) -> None:
    platform.disturbances[name] = {
        "LD_PRELOAD": str(library(platform)),
        "FAKETIME_TIMESTAMP_FILE": str(_file(platform, name)),
        "FAKETIME_CACHE_DURATION": str(SEEN_AFTER_S),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_RESET": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    # The supervisor stops the process because its settings changed; nothing else is touched.
    platform.prepare()
    platform.start_services(only=[name])


class WrongClock(Injector):
    """A running process's clock jumps."""

    offsets: tuple[str, ...] = ()
    hold_s = (2, 10)

    def usable(self, platform):
        library(platform)

    def targets(self, platform):
        return [process.name for process in running(platform)]

    def inject(self, platform, target, random):
        set_clock(platform, target, random.choice(self.offsets))

    def heal(self, platform, target):
        set_clock(platform, target, RIGHT)
        waiting.until(lambda: target in platform.pids(), target, PATIENCE_S)
        wait_healthy(platform, target)


@injector
class NinetySeconds(WrongClock):
    kind, offsets = "clock-90-s", ("-90", "+90")


@injector
class OneDay(WrongClock):
    kind, offsets, weight = "clock-one-day", ("+86400",), 0.5
