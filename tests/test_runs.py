"""`make test` is several runs: none forgets a test, and its last lines forget no failure."""

import pytest

from tests import __main__ as running
from tests import told

REPORT = """<testsuites><testsuite time="90">
<testcase classname="tests.bus.test_relay" name="test_a" time="1.5"/>
<testcase classname="tests.bus.test_relay" name="test_b" time="9.25"><failure message="assert 1 == 2&#10;x">x</failure></testcase>
<testcase classname="tests.bus.test_relay" name="test_c" time="0.1"><error message="no broker">x</error></testcase>
<testcase classname="tests.bus.test_relay" name="test_d" time="0"><skipped message="why">x</skipped></testcase>
</testsuite></testsuites>"""


def test_every_folder_with_tests_is_in_one_run_also_a_new_one():
    names = running.with_tests() | {"new"}
    found = [name for run in running.runs(names).values() for name in run]
    assert sorted(found) == sorted(names) and "test_runs.py" in found
    assert running.with_tests() >= running.FIRST_HALF | running.SCENARIOS | running.PLATFORMS


def test_the_last_lines_tell_what_was_slow_what_failed_and_how_many_there_were(tmp_path):
    (tmp_path / "first.xml").write_text(REPORT)
    lines = told.summary([tmp_path / "first.xml"]).splitlines()
    assert "9.2 s  tests.bus.test_relay::test_b" in lines[1]
    failed = lines[lines.index("= what was not passed") + 1 : -2]
    assert failed == [
        "FAILURE tests.bus.test_relay::test_b: assert 1 == 2", "ERROR tests.bus.test_relay::test_c: no broker",
        "SKIPPED tests.bus.test_relay::test_d: why",
    ]  # fmt: skip
    assert lines[-2] == "= minutes of each run: first 1.5"
    assert lines[-1] == "= 4 tests: 1 passed, 1 failure, 1 error, 1 skipped"


def test_a_run_that_left_no_report_is_told(tmp_path):
    assert "NO REPORT of the run `platform`" in told.summary([tmp_path / "platform.xml"])


WORST = [((0, 0, 0, 0), 0), ((0, 1, 0, 0), 1), ((5, 0, 5, 5), 0), ((5, 5, 5, 5), 5), ((1, 0, 0, 2), 2)]


@pytest.mark.parametrize("codes, expected", WORST)
def test_the_exit_code_is_that_of_the_worst_run(codes, expected, monkeypatch):
    two_by_two = iter((codes[:2], codes[2:]))
    monkeypatch.setattr(running, "_side_by_side", lambda *arguments: next(two_by_two))
    assert running.main([]) == expected
