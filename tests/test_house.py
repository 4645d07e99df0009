"""The house's order: rooms know what they may know, the code reads alike."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
ROOMS = {"domain", "handlers", "service", "schemas", "storage", "metrics"}


def run(*command: str):
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_rooms_import_only_what_they_may_know():
    run("lint-imports", "--no-cache")


def test_the_code_passes_the_linter():
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")


@pytest.mark.parametrize("service", ["registration", "exam", "scoring", "notify", "emulation"])
def test_every_service_has_the_same_six_rooms_and_a_readme(service):
    package = ROOT / "services" / service / f"hoithi_{service}"
    assert {path.stem for path in package.iterdir()} >= ROOMS
    readme = (ROOT / "services" / service / "README.md").read_text().lower()
    assert all(heading in readme for heading in ("owns", "publishes", "listens", "settings", "metrics"))
