"""Runs of the fault suite in a process of their own: its threads and this run's eventlet do not mix."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def faults(platform, demo, tmp_path_factory):
    """`faults(*options)`: exit code, what was printed and the report of a run on this platform."""
    report = tmp_path_factory.mktemp("faults") / "report.json"
    place = f"{platform.folders.home},{platform.ports.front},{platform.ports.base}"

    def run(*options: str):
        report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.faults", "--attach", place, "--json", str(report), *options]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1800, env=dict(os.environ))
        assert report.exists(), f"{done.returncode}: {done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.returncode, done.stdout + done.stderr[-3000:], json.loads(report.read_text())

    return run
