"""`make test`: all tests, in two runs side by side, each with engines of its own.

What starts the whole platform waits more than it computes, and so do the others: together they need hardly longer than one.
The output of the second run comes when the first has ended, and the last lines say how both went.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOM = Path(__file__).parent
PLATFORM = ("browser", "faults", "journeys", "rights")
"""Folders whose tests start whole platforms, or take as long."""
PORTS = "20000-25900", "26000-31900"
"""Two runs that look for free ports in the same moment must not find the same ones."""


def runs() -> tuple[list[str], list[str]]:
    """What each run takes: every folder and file with tests is in one of them."""
    found = sorted(path.name for path in ROOM.iterdir() if _has_tests(path))
    return [name for name in found if name in PLATFORM], [name for name in found if name not in PLATFORM]


def _has_tests(path: Path) -> bool:
    return path.match("test_*.py") or (path.is_dir() and any(path.rglob("test_*.py")))


def main(more: list[str]) -> int:
    """Exit code 0 when both runs were green. `more`: options for pytest."""
    platform, others = runs()
    with tempfile.TemporaryFile("w+") as said:
        beside = _started(others, PORTS[1], more, said)
        try:
            codes = [_started(platform, PORTS[0], more, None).wait(), beside.wait()]
        finally:
            beside.terminate()
        said.seek(0)
        print(said.read())
    for names, code in zip((platform, others), codes, strict=True):
        print(f"{'green' if code == 0 else 'RED'}: {' '.join(names)}")
    return max(codes)


def _started(names: list[str], ports: str, more: list[str], said) -> subprocess.Popen:
    command = [sys.executable, "-m", "pytest", *(str(ROOM / name) for name in names), *more]
    return subprocess.Popen(command, env={**os.environ, "HOITHI_TEST_PORTS": ports}, stdout=said, cwd=ROOM.parent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
