"""The whole platform through the front door: two replicas of every service, nginx, mail, Prometheus."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from hoithi_bus import topology
from hoithi_native.platform_file import write_platform_file

RANKING_COOLDOWN_S = "1"


@pytest.fixture(scope="session")
def platform(instance):
    """The running platform, empty but for its first operator."""
    os.environ["HOITHI_RANKING_COOLDOWN_S"] = RANKING_COOLDOWN_S
    instance.reset_data()
    topology.declare_all(instance.amqp_uri("operator"))
    instance.start()
    write_platform_file(instance)
    return instance


@pytest.fixture(scope="session")
def front(platform):
    """An httpx client at the front door."""
    with httpx.Client(base_url=platform.front_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def hoithi(platform):
    """`hoithi("status", ...)`: the command with --json; returns what it printed, fails when it failed."""

    def run(*arguments: str, code: int = 0):
        command = [str(Path(sys.executable).parent / "hoithi"), *arguments, "--json"]
        environment = {**os.environ, "HOITHI_PLATFORM": str(platform.folders.home / "platform.json")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900, cwd=platform.folders.home)
        assert done.returncode == code, f"{done.returncode}: {done.stderr[-3000:]}\n{done.stdout[-3000:]}"
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def demo(hoithi):
    """The demonstration contest is loaded."""
    return hoithi("demo", "load")


@pytest.fixture(scope="session")
def sign_in(front, platform, demo):
    """`sign_in("organiser")`: the header of a demo account."""
    accounts = json.loads((platform.folders.home / "platform.json").read_text())["accounts"]

    def header(account: str) -> dict:
        answer = front.post("/api/registration/sign-in", json=accounts[account])
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    return header


@pytest.fixture(scope="session")
def rehearsal(hoithi, demo):
    """The report of a whole contest: 200 people, four compressed weeks."""
    return hoithi("rehearse", "--people", "200", "--seed", "7")
