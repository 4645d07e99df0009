"""Events as they should not come: poison, twice, late and in the wrong order."""

import json
import uuid
from contextlib import contextmanager

from kombu import Connection

from hoithi_bus import topology

from ..tap import COPIES
from . import Injector, injector

MOST_COPIES = 40
COMPANIONS = ("message_id", "content_type", "content_encoding")


@contextmanager
def confirmed(platform):
    """A channel of the operator on which every publish is confirmed."""
    with Connection(platform.amqp_uri("operator"), transport_options={"confirm_publish": True}) as connection:
        yield connection.channel()


def publish(channel, body, exchange: str, routing_key: str, message_id: str) -> None:
    message = channel.prepare_message(
        body,
        content_type="application/json",
        content_encoding="utf-8",
        properties={"delivery_mode": 2, "message_id": message_id},
    )
    channel.basic_publish_confirm(message, exchange=exchange, routing_key=routing_key, timeout=10)


POISON = {
    "not-json": lambda queue: "{not json",
    "not-an-event": lambda queue: "[1, 2, 3]",
    "unknown-type": lambda queue: json.dumps({"type": "never-heard-of", "data": {}}),
    "wrong-data": lambda queue: json.dumps({"type": topology.events_of(queue)[0].type, "data": {"contest_id": 7}}),
    "too-deep": lambda queue: "[" * 5000,
}


@injector
class Poison(Injector):
    """Something that is no event, in a queue of the platform. It must be parked and hold up nothing."""

    kind, hold_s = "poison-event", (0.2, 1)

    def __init__(self):
        self.ids: set[str] = set()

    def targets(self, platform):
        return topology.queue_names()

    def inject(self, platform, target, random):
        sort = random.choice(sorted(POISON))
        message_id = f"poison:{sort}:{uuid.uuid4().hex[:12]}"
        self.ids.add(message_id)
        with confirmed(platform) as channel:
            publish(channel, POISON[sort](target), "", target, message_id)

    def heal(self, platform, target):
        """Nothing to undo."""


class Copies(Injector):
    """Takes copies of real events; the queue of copies is bound to all exchanges (tap.py)."""

    def targets(self, platform):
        with Connection(platform.amqp_uri("operator")) as connection:
            try:
                waiting = connection.default_channel.queue_declare(COPIES, passive=True).message_count
            except connection.channel_errors:
                return []
        return [COPIES] if waiting else []

    def _take(self, channel, most: int) -> list[tuple]:
        taken = []
        while len(taken) < most and (message := channel.basic_get(COPIES, no_ack=True)) is not None:
            body = message.body if isinstance(message.body, str) else bytes(message.body).decode()
            info = message.delivery_info
            taken.append((body, info["exchange"], info["routing_key"], message.properties.get("message_id") or ""))
        return taken

    def _give(self, channel, copies: list[tuple]) -> None:
        for body, exchange, routing_key, message_id in copies:
            publish(channel, body, exchange, routing_key, message_id)

    def heal(self, platform, target):
        """Nothing to undo."""


@injector
class Duplicate(Copies):
    """Events that were heard already are published again at once."""

    kind, hold_s = "duplicate-events", (0.2, 1)

    def inject(self, platform, target, random):
        with confirmed(platform) as channel:
            self._give(channel, self._take(channel, random.randint(1, MOST_COPIES)))


@injector
class Reorder(Copies):
    """Copies are held for a while and come late, the last first."""

    kind, hold_s = "late-events", (3, 8)

    def __init__(self):
        self.held: list[tuple] = []

    def inject(self, platform, target, random):
        with confirmed(platform) as channel:
            self.held += self._take(channel, random.randint(5, MOST_COPIES))

    def heal(self, platform, target):
        with confirmed(platform) as channel:
            while self.held:
                self._give(channel, [self.held[-1]])
                self.held.pop()
