"""`make test`: all tests in four runs of pytest, two by two, each run with engines and ports of its own.

The services and libraries come first, in two halves: one alone leaves a core idle. Then the scenarios in a browser, beside those
tests that start and stop whole platforms and mostly wait for them. What the second of two prints comes when it is over, so
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
FIRST_HALF = {"bench", "bus", "cli", "deploy", "notify", "print", "scoring"}
"""About half of the time of the services and libraries. What is named nowhere is in the second half."""
SCENARIOS, PLATFORMS = {"browser"}, {"faults", "journeys"}
PORTS = "20000-25900", "26000-31900"
"""Two runs that look for free ports in the same moment must not find the same ones."""
NOTHING_CHOSEN = 5
"""pytest's exit code when an option such as -k leaves no test of a run."""


def runs(names: set[str]) -> dict[str, list[str]]:
    """Run -> what is in it, two by two as they are beside each other. Each name is in one of them."""
    second = names - FIRST_HALF - SCENARIOS - PLATFORMS
    parts = {"first": names & FIRST_HALF, "second": second, "scenarios": names & SCENARIOS, "platforms": names & PLATFORMS}
    return {run: sorted(part) for run, part in parts.items()}


def with_tests() -> set[str]:
    """Folders and files of this room in which pytest finds tests."""
    return {path.name for path in ROOM.iterdir() if path.match("test_*.py") or any(path.rglob("test_*.py"))}


def main(options: Sequence[str]) -> int:
    """Exit code 0 when all runs were green. `options` are pytest's, for each of them."""
    all_runs = list(runs(with_tests()).items())
    with tempfile.TemporaryDirectory(prefix="hoithi-tests-") as folder:
        codes = [code for two in (all_runs[:2], all_runs[2:]) for code in _side_by_side(two, options, Path(folder))]
        print(told.summary([_report(folder, run) for run, _ in all_runs]), flush=True)
    return max(code for code in codes if code != NOTHING_CHOSEN or set(codes) == {NOTHING_CHOSEN})


def _report(folder: str | Path, run: str) -> Path:
    return Path(folder, f"{run}.xml")


def _side_by_side(two: list[tuple[str, list[str]]], options: Sequence[str], folder: Path) -> list[int]:
    (one, names), (other, others) = two
    with tempfile.TemporaryFile("w+") as said:
        beside = _begun(others, options, _report(folder, other), PORTS[1], said)
        try:
            codes = [_begun(names, options, _report(folder, one), PORTS[0]).wait(), beside.wait()]
        finally:
            beside.terminate()
        said.seek(0)
        print(said.read(), flush=True)
    return codes


def _begun(names: list[str], options: Sequence[str], report: Path, ports: str, said=None) -> subprocess.Popen:
    command = [sys.executable, "-m", "pytest", *(str(ROOM / name) for name in names), f"--junitxml={report}", *options]
    own = {name: value for name, value in os.environ.items() if name != "HOITHI_TEST_INSTANCE"}  # runs would share it
    environment = own | {"HOITHI_TEST_PORTS": ports}
    return subprocess.Popen(command, env=environment, stdout=said, cwd=ROOM.parent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
