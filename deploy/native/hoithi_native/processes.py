"""The processes of the platform, read from deploy/processes.yml."""

import shlex
from dataclasses import dataclass
from pathlib import Path

import yaml

from hoithi_native.layout import REPOSITORY

TABLE = REPOSITORY / "deploy" / "processes.yml"
KINDS = ("doors", "worker")
# Workers have two ports before the next service's block begins, doors have eight.
ROOM = {"doors": 8, "worker": 2}


@dataclass(frozen=True)
class Process:
    """One operating-system process of one service, e.g. exam-doors-0."""

    service: str
    kind: str
    index: int
    command: tuple[str, ...]
    folder: Path
    port: int

    @property
    def name(self):
        return f"{self.service}-{self.kind}-{self.index}"

    def matches(self, wanted):
        """True for `exam`, `exam-doors` and `exam-doors-0` alike."""
        return wanted in (self.service, f"{self.service}-{self.kind}", self.name)


def services():
    """The `services` table of processes.yml as it stands."""
    return yaml.safe_load(TABLE.read_text())["services"]


def processes(base_port, replicas=None):
    """Every process with its port; `replicas` overrides the table, within each kind's room."""
    return [
        _process(service, entry, kind, index, base_port)
        for service, entry in services().items()
        for kind in KINDS
        for index in range(_count(entry[kind], kind, replicas))
    ]


def _process(service, entry, kind, index, base_port):
    command = tuple(shlex.split(entry[kind]["command"]))
    port = base_port + entry[kind]["port"] + index
    return Process(service, kind, index, command, REPOSITORY / entry["package"], port)


def _count(entry, kind, replicas):
    return min(replicas or entry["replicas"], ROOM[kind])
