"""nginx: a worker dies, the configuration is read again."""

import os
import signal as signals
from contextlib import suppress
from pathlib import Path

from hoithi_native import waiting

from . import Injector, injector
from .processes import PATIENCE_S


def workers(platform) -> list[int]:
    """Pids of nginx's worker processes."""
    master = platform.pids().get("nginx")
    children = Path(f"/proc/{master}/task/{master}/children")
    return [int(pid) for pid in children.read_text().split()] if master and children.exists() else []


class Front(Injector):
    def targets(self, platform):
        return ["nginx"] if workers(platform) else []

    def heal(self, platform, target):
        waiting.until(lambda: bool(workers(platform)), "a worker of nginx", PATIENCE_S)
        waiting.until(lambda: waiting.answers_http(f"{platform.front_url}/docs/"), "nginx", PATIENCE_S)


@injector
class WorkerKill(Front):
    kind = "front-worker-kill"

    def inject(self, platform, target, random):
        with suppress(ProcessLookupError):
            os.kill(random.choice(workers(platform)), signals.SIGKILL)


@injector
class Reload(Front):
    kind = "front-reload"

    def inject(self, platform, target, random):
        platform.supervise("reload", target)
