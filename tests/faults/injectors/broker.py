"""Death and restart of RabbitMQ."""

from kombu import Connection
from kombu.exceptions import KombuError

from hoithi_native import waiting

from . import Injector, injector
from .processes import PATIENCE_S, signal


class Broker(Injector):
    action = ""
    hold_s = (0.5, 4)

    def targets(self, platform):
        return ["rabbitmq"] if "rabbitmq" in platform.pids() else []

    def inject(self, platform, target, random):
        signal(platform, self.action, target)

    def heal(self, platform, target):
        waiting.until(lambda: answers(platform), "RabbitMQ", PATIENCE_S)


def answers(platform) -> bool:
    """Whether it takes connections and has the platform's queues."""
    try:
        with Connection(platform.amqp_uri("operator"), connect_timeout=3) as connection:
            connection.default_channel.queue_declare("scoring.attempts", passive=True)
            return True
    except (OSError, KombuError, *connection.connection_errors, *connection.channel_errors):
        return False


@injector
class Kill(Broker):
    kind, action, weight = "broker-kill", "kill", 1.5


@injector
class Restart(Broker):
    """Asked to end; the supervisor starts it again."""

    kind, action, weight = "broker-restart", "terminate", 1
