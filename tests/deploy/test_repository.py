"""What must not be in the repository is not; scripts are clean."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
# Written in two parts, so that this file does not contain what it looks for.
_REGISTRIES = [
    ("registry.npm", "js.org"),
    ("pypi", ".org"),
    ("files.python", "hosted.org"),
    ("deb.", "debian.org"),
    ("security.debian", ".org"),
    ("snapshot.debian", ".org"),
    ("archive.ubuntu", ".com"),
    ("registry.yarn", "pkg.com"),
    ("docker", ".io"),
    ("quay", ".io"),
    ("ghcr", ".io"),
    ("proxy.golang", ".org"),
    ("crates", ".io"),
]
REGISTRY_HOSTS = re.compile("|".join(re.escape("".join(parts)) for parts in _REGISTRIES))
PRIVATE_KEY = re.compile("-----BEGIN [A-Z ]*" + "PRIVATE KEY-----")
SCRIPTS = [
    ".ci/run",
    "deploy/native/bootstrap.sh",
    "deploy/native/contracts.sh",
    "deploy/native/lock.sh",
    "deploy/compose/with-settings.sh",
]


def tracked_texts():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file():
            yield name, path.read_bytes().decode(errors="ignore")


def test_no_registry_or_mirror_host_is_named():
    found = {name: REGISTRY_HOSTS.findall(text) for name, text in tracked_texts() if REGISTRY_HOSTS.search(text)}
    assert found == {}


def test_no_private_key_is_kept():
    assert [name for name, text in tracked_texts() if PRIVATE_KEY.search(text)] == []


def test_no_folder_of_an_instance_is_kept():
    assert [name for name, _ in tracked_texts() if name.startswith((".hoithi/", ".venv/"))] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_pass_shellcheck_and_are_executable(script):
    result = subprocess.run([TOOLS / "shellcheck", ROOT / script], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
    assert (ROOT / script).stat().st_mode & 0o111


def test_a_make_target_is_one_line():
    targets = re.findall(r"^(\w+):(.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert {name for name, _ in targets} == {"up", "down", "status", "test", "lint", "rehearse", "contracts", "faults", "bench"}
    assert all(command.strip() for _, command in targets)
