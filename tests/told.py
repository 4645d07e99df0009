"""The last lines of `make test`: what was slow, what failed and how many there were, of several runs of pytest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

SLOW = 15
LINE = 160
STATES = ("failure", "error", "skipped")


@dataclass(frozen=True)
class Test:
    """One test of a JUnit report. `state`: passed, failure, error or skipped; `why` its first line."""

    name: str
    seconds: float
    state: str
    why: str = ""


def summary(reports: Sequence[Path]) -> str:
    """For people, the most important last."""
    missing = [path.stem for path in reports if not path.exists()]
    tests = [test for path in reports if path.exists() for test in tests_of(path)]
    slow = sorted(tests, key=lambda test: -test.seconds)[:SLOW]
    tally = Counter(test.state for test in tests)
    return "\n".join(
        [
            "= the slowest tests of all runs, with setup and teardown",
            *(f"{test.seconds:7.1f} s  {test.name}" for test in slow),
            "= what was not passed",
            *(f"{test.state.upper()} {test.name}: {test.why}"[:LINE] for test in tests if test.state != "passed"),
            *(f"NO REPORT of the run `{name}`: it did not come to its end" for name in missing),
            "= minutes of each run: " + ", ".join(f"{path.stem} {_minutes(path):.1f}" for path in reports if path.exists()),
            f"= {len(tests)} tests: " + ", ".join(f"{tally[state]} {state}" for state in ("passed", *STATES)),
        ]
    )


def _minutes(report: Path) -> float:
    return sum(float(suite.get("time", 0)) for suite in ElementTree.parse(report).iter("testsuite")) / 60


def tests_of(report: Path) -> list[Test]:
    """A test that fails and whose teardown fails too comes twice in a report, and so it does here."""
    return [_test(case) for case in ElementTree.parse(report).iter("testcase")]


def _test(case: ElementTree.Element) -> Test:
    found = next((each for each in case if each.tag in STATES), None)
    name, seconds = f"{case.get('classname')}::{case.get('name')}", float(case.get("time", 0))
    if found is None:
        return Test(name, seconds, "passed")
    return Test(name, seconds, found.tag, next(iter(found.get("message", "").splitlines()), ""))
