"""Large tables are built in a process of their own, so that the worker's listeners are not held up by the sorting.

python -m hoithi_scoring.builder takes one task as JSON on its standard input and prints what was built. It shares nothing
with the worker but the database and the name under which the lease is held.
"""

import json
import logging
import os
import subprocess
import sys
from datetime import datetime

from hoithi_scoring.handlers.building import Built, Task, carry_out
from hoithi_scoring.storage import open_storage

log = logging.getLogger(__name__)

WAITED_FOR, BESIDE_PAPERS = 5, 19
"""Niceness of tables that people wait for, and of a running round's: whoever takes a paper goes before it."""


class Builder:
    """Starts a process for each large task and waits for it; other greenlets of the worker run meanwhile."""

    def __init__(self, mongo_uri: str, owner: str):
        self.mongo_uri, self.owner = mongo_uri, owner

    def build(self, task: Task, now: datetime) -> Built | None:
        """As building.carry_out; also None when the process failed (told on standard error, tried again)."""
        # The URI holds a password: it is neither an argument, which everybody could see, nor a file.
        told = {"mongo_uri": self.mongo_uri, "owner": self.owner, "task": task, "now": now.isoformat()}
        process = subprocess.Popen([sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        answer, _ = process.communicate(json.dumps(told).encode())
        if process.returncode:
            log.error("%s: its process ended with %s; tried again", task.lease, process.returncode)
            return None
        built = json.loads(answer)
        return Built(*built) if built else None


def main() -> None:
    """Carry out the task on standard input."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("pymongo").setLevel(logging.WARNING)
    told = json.load(sys.stdin)
    storage, task = open_storage({"MONGO_URI": told["mongo_uri"]}), Task(*told["task"])
    os.nice(niceness(storage, task))
    built = carry_out(storage, task, told["owner"], datetime.fromisoformat(told["now"]))
    json.dump(built, sys.stdout)


def niceness(storage, task: Task) -> int:
    """How far behind others a table is built."""
    runs = task.kind == "ranking" and storage.rounds.get(task.id).state == "running"
    return BESIDE_PAPERS if runs else WAITED_FOR


if __name__ == "__main__":
    main()
