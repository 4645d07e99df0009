"""RabbitMQ refuses publishers: its memory alarm and its disk alarm (both block, neither disconnects)."""

from hoithi_native import waiting

from . import Injector, injector
from .broker import answers
from .processes import PATIENCE_S, wait_healthy

USUAL_MEMORY, TINY_MEMORY = "0.3", "0.0001"
USUAL_DISK, HUGE_DISK = "50MB", "100000GB"
NO_ALARMS = "[]"


def alarms(platform) -> str:
    """What the broker is in alarm about, as Erlang writes it; `[]` when nothing."""
    return platform.rabbitmq.control("eval", "rabbit_alarm:get_alarms().").strip()


class Alarm(Injector):
    command, wrong, usual = "", "", ""
    hold_s = (1, 10)

    def targets(self, platform):
        return ["rabbitmq"] if "rabbitmq" in platform.pids() else []

    def inject(self, platform, target, random):
        platform.rabbitmq.control(self.command, self.wrong)
        waiting.until(lambda: alarms(platform) != NO_ALARMS, "the alarm", PATIENCE_S)

    def heal(self, platform, target):
        platform.rabbitmq.control(self.command, self.usual)
        waiting.until(lambda: alarms(platform) == NO_ALARMS, "the end of the alarm", PATIENCE_S)
        waiting.until(lambda: answers(platform), "RabbitMQ", PATIENCE_S)
        wait_healthy(platform, *platform.pids())


@injector
class MemoryAlarm(Alarm):
    kind, command = "broker-memory-alarm", "set_vm_memory_high_watermark"
    wrong, usual = TINY_MEMORY, USUAL_MEMORY


@injector
class DiskAlarm(Alarm):
    """As if its disk were full."""

    kind, command = "broker-disk-alarm", "set_disk_free_limit"
    wrong, usual = HUGE_DISK, USUAL_DISK
