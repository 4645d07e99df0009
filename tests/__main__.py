"""`make test`: all tests in three runs of pytest, the first two side by side, each with engines and ports of its own.

The services and libraries come first, in two halves: one alone leaves a core idle. The whole platform comes last and alone:
a scenario in a browser must not miss its moment because of others. What the second half prints comes when it is over, so
nothing is mixed; the last lines say for all what was slow, what failed and how many there were.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests import told

ROOM = Path(__file__).parent
PLATFORM = {"browser", "faults", "journeys"}
"""Folders whose tests start whole platforms."""
FIRST_HALF = {"bench", "bus", "cli", "deploy", "notify", "print", "scoring"}
"""About half of the time of the others. What is named nowhere is in the second half."""
PORTS = "20000-25900", "26000-31900"
"""Two runs that look for free ports in the same moment must not find the same ones."""
NOTHING_CHOSEN = 5
"""pytest's exit code when an option such as -k leaves no test of a run."""


def runs(names: set[str]) -> tuple[list[str], list[str], list[str]]:
    """First half, second half, platform: each name is in one of them."""
    return sorted(names & FIRST_HALF), sorted(names - FIRST_HALF - PLATFORM), sorted(names & PLATFORM)


def with_tests() -> set[str]:
    """Folders and files of this room in which pytest finds tests."""
    return {path.name for path in ROOM.iterdir() if path.match("test_*.py") or any(path.rglob("test_*.py"))}


def main(options: Sequence[str]) -> int:
    """Exit code 0 when all runs were green. `options` are pytest's, for each of them."""
    first, second, platform = runs(with_tests())
    with tempfile.TemporaryDirectory(prefix="hoithi-tests-") as folder:
        reports = [Path(folder, f"{name}.xml") for name in ("first", "second", "platform")]
        codes = [*_side_by_side(first, second, options, reports), _begun(platform, options, reports[2]).wait()]
        print(told.summary(reports), flush=True)
    return max(code for code in codes if code != NOTHING_CHOSEN or set(codes) == {NOTHING_CHOSEN})


def _side_by_side(first: list[str], second: list[str], options: Sequence[str], reports: list[Path]) -> list[int]:
    with tempfile.TemporaryFile("w+") as said:
        beside = _begun(second, options, reports[1], ports=PORTS[1], said=said)
        try:
            codes = [_begun(first, options, reports[0], ports=PORTS[0]).wait(), beside.wait()]
        finally:
            beside.terminate()
        said.seek(0)
        print(said.read(), flush=True)
    return codes


def _begun(names: list[str], options: Sequence[str], report: Path, ports: str = "", said=None) -> subprocess.Popen:
    command = [sys.executable, "-m", "pytest", *(str(ROOM / name) for name in names), f"--junitxml={report}", *options]
    own = {name: value for name, value in os.environ.items() if name != "HOITHI_TEST_INSTANCE"}  # runs would share it
    environment = own | ({"HOITHI_TEST_PORTS": ports} if ports else {})
    return subprocess.Popen(command, env=environment, stdout=said, cwd=ROOM.parent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
