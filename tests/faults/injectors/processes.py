"""Death and pauses of service processes."""

from hoithi_native import waiting
from hoithi_native.trouble import Trouble

from . import Injector, injector

PATIENCE_S = 240


def running(platform) -> list:
    """The service processes that run now, in the order of processes.yml."""
    pids = platform.pids()
    return [process for process in platform.processes if process.name in pids]


def signal(platform, action: str, name: str) -> None:
    """Tolerates a process that ended by itself a moment ago."""
    try:
        platform.supervise(action, name)
    except Trouble as trouble:
        if "NOT_RUNNING" not in str(trouble):
            raise


def is_healthy(process) -> bool:
    return waiting.answers_http(f"http://127.0.0.1:{process.port}/health")


def wait_healthy(platform, *wanted: str) -> None:
    """Until every process that `wanted` names answers its health check."""
    for process in platform.processes:
        if any(process.matches(name) for name in wanted):
            waiting.until(lambda process=process: is_healthy(process), process.name, PATIENCE_S)


class OneProcess(Injector):
    """One process of one service."""

    action = ""

    def targets(self, platform):
        return [process.name for process in running(platform)]

    def inject(self, platform, target, random):
        signal(platform, self.action, target)

    def heal(self, platform, target):
        wait_healthy(platform, target)


@injector
class Kill(OneProcess):
    kind, action, weight = "process-kill", "kill", 4


@injector
class Terminate(OneProcess):
    kind, action, weight = "process-terminate", "terminate", 3


@injector
class Pause(OneProcess):
    """SIGSTOP: the process neither answers nor ends."""

    kind, action, hold_s, weight = "process-pause", "pause", (20, 20), 2

    def heal(self, platform, target):
        if target in platform.pids():
            signal(platform, "resume", target)
        wait_healthy(platform, target)


@injector
class KillAll(Injector):
    """Every replica of one kind at the same instant."""

    kind, weight = "replicas-kill", 2

    def targets(self, platform):
        return sorted({f"{process.service}-{process.kind}" for process in running(platform)})

    def inject(self, platform, target, random):
        for process in running(platform):
            if process.matches(target):
                signal(platform, "kill", process.name)

    def heal(self, platform, target):
        wait_healthy(platform, target)
