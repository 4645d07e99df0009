"""Exchanges and queues: names and arguments. The same for publisher, listener, operator and definitions file.

`python -m hoithi_bus.topology` prints all of it in RabbitMQ's definitions format: the broker has every queue
before the first event, so that no listener misses what was published before its own first start.

Every queue is a durable quorum queue (RabbitMQ 3.8 and later; nothing that 4.x deprecates). Beside each
queue lie its retry queues, whose messages return when their time is over, and its dead letters.
"""

import json

from kombu import Connection, Exchange, Queue

from hoithi_contracts import emulation, exam, registration, scoring  # noqa: F401 (fills the registry)
from hoithi_contracts.event import REGISTRY, Event

VHOST = "hoithi"
RETRY_DELAYS_S = (1, 5, 30, 120, 600)
DELIVERY_LIMIT = 20
"""How often a message may come back because its listener died with it in hand."""
UNLIMITED = 1_000_000_000
"""For dead letters: an operator's look counts as a delivery, and RabbitMQ 4 deletes after 20 by default (3.10 takes no -1)."""


def exchange_name(publisher: str) -> str:
    """The name of the exchange of a publisher's events."""
    return f"{publisher}.events"


def exchange(publisher: str) -> Exchange:
    """The exchange of a publisher's events; the routing key is the event's type."""
    return Exchange(exchange_name(publisher), type="topic", durable=True)


def dead_letters(queue: str) -> str:
    """The name of a queue's dead-letter queue."""
    return f"{queue}.dead"


def retry(queue: str, delay_s: int) -> str:
    """The name of the queue in which a failed message waits `delay_s` seconds."""
    return f"{queue}.retry.{delay_s}"


def _quorum(name: str, **arguments) -> Queue:
    return Queue(name, durable=True, queue_arguments={"x-queue-type": "quorum", **arguments})


def queue_family(name: str) -> list[Queue]:
    """A queue with its dead letters and retries, in the order in which they must be declared."""
    home = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": name}
    parked = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead_letters(name)}
    waiting = [_quorum(retry(name, delay), **home, **{"x-message-ttl": delay * 1000}) for delay in RETRY_DELAYS_S]
    return [
        _quorum(dead_letters(name), **{"x-delivery-limit": UNLIMITED}),
        *waiting,
        _quorum(name, **parked, **{"x-delivery-limit": DELIVERY_LIMIT}),
    ]


def events_of(queue: str) -> list[type[Event]]:
    """The events that a queue receives; raises ValueError for a queue that no contract names."""
    found = [cls for cls in REGISTRY.values() if queue in cls.queues]
    if not found:
        raise ValueError(f"no event names the queue {queue!r} in its contract")
    return found


def queue_names(listener: str | None = None) -> list[str]:
    """All queues of the contracts, or those of one listening service."""
    names = {queue for cls in REGISTRY.values() for queue in cls.queues}
    return sorted(name for name in names if listener in (None, name.partition(".")[0]))


def declare(channel, queue: str) -> None:
    """Declare a queue, its companions and its bindings on a kombu channel. Idempotent."""
    for member in queue_family(queue):
        member(channel).declare()
    for cls in events_of(queue):
        source = exchange(cls.publisher)
        source(channel).declare()
        Queue(queue)(channel).bind_to(source, routing_key=cls.type)


def declare_all(uri: str) -> list[str]:
    """Declare every queue of the contracts; returns their names."""
    with Connection(uri, connect_timeout=10) as connection:
        for queue in queue_names():
            declare(connection.default_channel, queue)
    return queue_names()


def definitions(vhost: str) -> dict:
    """Exchanges, queues and bindings as RabbitMQ imports them at its start."""
    publishers = sorted({cls.publisher for cls in REGISTRY.values()})
    members = [member for queue in queue_names() for member in queue_family(queue)]
    bindings = sorted((cls.publisher, cls.type, queue) for cls in REGISTRY.values() for queue in cls.queues)
    fixed = {"vhost": vhost, "durable": True, "auto_delete": False}
    return {
        "exchanges": [
            {"name": exchange(name).name, "type": "topic", "internal": False, "arguments": {}, **fixed} for name in publishers
        ],
        "queues": [{"name": member.name, "arguments": member.queue_arguments, **fixed} for member in members],
        "bindings": [
            {
                "source": exchange(publisher).name,
                "vhost": vhost,
                "destination": queue,
                "destination_type": "queue",
                "routing_key": event,
                "arguments": {},
            }
            for publisher, event, queue in bindings
        ],
    }


if __name__ == "__main__":
    print(json.dumps(definitions(VHOST), indent=2))
