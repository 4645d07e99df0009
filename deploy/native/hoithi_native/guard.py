"""Stops a test's instance when the test run dies without doing so (killed, out of time)."""

import os
import select
import subprocess
import sys
from pathlib import Path

from hoithi_native.instance import Instance


def watch(instance):
    """Starts a guard that outlives this process by the moment it takes to stop the instance."""
    command = [sys.executable, "-m", "hoithi_native.guard", str(os.getpid())]
    place = [str(instance.folders.home), str(instance.ports.front), str(instance.ports.base)]
    subprocess.Popen(
        command + place,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_for_the_end_of(pid):
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    select.select([descriptor], [], [])


def main(owner, home, front_port, base_port):
    _wait_for_the_end_of(int(owner))
    if Path(home).exists():
        Instance(Path(home), int(front_port), int(base_port)).stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
