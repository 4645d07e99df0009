"""A deploy: processes are stopped and started again one by one, while people go on."""

from . import Injector, injector
from .processes import running, wait_healthy

EVERYTHING = "everything"


@injector
class RollingRestart(Injector):
    kind, hold_s, weight = "rolling-deploy", (0, 0.5), 0.5

    def targets(self, platform):
        return [EVERYTHING, *sorted({process.service for process in running(platform)})]

    def inject(self, platform, target, random):
        for process in running(platform):
            if target == EVERYTHING or process.matches(target):
                platform.supervise("restart", process.name)
                wait_healthy(platform, process.name)

    def heal(self, platform, target):
        for process in platform.processes:
            if target == EVERYTHING or process.matches(target):
                wait_healthy(platform, process.name)
