"""CPU seconds by part of the platform, from /proc: user and system time, of threads and children too."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PARTS = (
    "nginx",
    "exam-doors",
    "exam-worker",
    "rabbitmq",
    "mongodb",
    "scoring-worker",
    "scoring-doors",
    "registration",
    "notify",
    "emulation",
    "others",
)


@dataclass(frozen=True)
class Process:
    """One line of /proc: who started it, and its seconds with those of the children it has outlived."""

    pid: int
    parent: int
    seconds: float


@dataclass(frozen=True)
class Instant:
    """CPU seconds since their start: part -> seconds; and which processes they are of."""

    seconds: Mapping[str, float]
    pids: frozenset[int]

    def since(self, before: "Instant") -> dict[str, float]:
        """Part -> seconds in between. Raises ValueError when a process was exchanged: its figure would be wrong."""
        if before.pids - self.pids:
            raise ValueError(f"processes ended in between: {sorted(before.pids - self.pids)}")
        return {part: self.seconds[part] - before.seconds[part] for part in self.seconds}


def instant(pids: Mapping[str, int]) -> Instant:
    """`pids`: name in the supervisor -> pid. What they started counts to them; everything is reported by part."""
    return by_part(pids, processes())


def by_part(pids: Mapping[str, int], found: Iterable[Process]) -> Instant:
    """The same of a given table of processes. Part "others": mail, Prometheus and what else an instance runs."""
    found = list(found)
    children: dict[int, list[Process]] = {}
    for process in found:
        children.setdefault(process.parent, []).append(process)
    own = {process.pid: process.seconds for process in found}
    seconds = dict.fromkeys(PARTS, 0.0)
    for name, pid in pids.items():
        seconds[part_of(name)] += own.get(pid, 0.0) + _below(pid, children)
    return Instant(seconds, frozenset(pids.values()))


def _below(pid: int, children: Mapping[int, list[Process]]) -> float:
    return sum(child.seconds + _below(child.pid, children) for child in children.get(pid, ()))


def part_of(name: str) -> str:
    """The part a supervised program belongs to: exam-doors-1 -> exam-doors, mongod-2 -> mongodb."""
    if name.startswith("mongod"):
        return "mongodb"
    if name == "epmd":
        return "rabbitmq"
    return next((part for part in PARTS if name.startswith(part)), "others")


def processes() -> list[Process]:
    """Every process of this machine."""
    found = (_read(folder) for folder in Path("/proc").glob("[0-9]*"))
    return [process for process in found if process]


def of_process(pid: int) -> float:
    """CPU seconds of one process and the children it has waited for; raises LookupError when it is gone."""
    found = _read(Path(f"/proc/{pid}"))
    if found is None:
        raise LookupError(f"there is no process {pid}")
    return found.seconds


def _read(folder: Path) -> Process | None:
    try:
        text = (folder / "stat").read_text()
    except OSError:
        return None  # it ended while we looked
    return parsed(text)


def parsed(stat: str) -> Process:
    """A line of /proc/PID/stat (proc(5)): the name in it may hold spaces and brackets."""
    pid, rest = stat.split(" ", 1)
    values = rest[rest.rindex(")") + 2 :].split()
    # Counted from the state: parent 1; utime, stime, cutime, cstime 11 to 14.
    return Process(int(pid), int(values[1]), sum(map(int, values[11:15])) / TICKS_A_SECOND)
