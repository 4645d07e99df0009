"""Two queues of the suite's own: a tap that keeps every `attempt-submitted`, and copies of everything to publish again."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from kombu import Connection, Queue

from hoithi_bus import topology
from hoithi_contracts.exam import AttemptSubmitted

TAP, COPIES = "faults.tap", "faults.copies"
PUBLISHERS = ("registration", "exam", "scoring")
DURABLE = {"x-queue-type": "quorum"}


@dataclass
class Tapped:
    """Attempt id -> data of its event; how often each event came; ids that came with differing data."""

    data: dict[str, dict] = field(default_factory=dict)
    times: Counter = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)

    def add(self, data: dict) -> None:
        key = data["attempt_id"]
        if self.data.setdefault(key, data) != data:
            self.differing.append(key)
        self.times[key] += 1


def open_taps(uri: str) -> None:
    """Declare both queues; what is published from now on is in them."""
    with Connection(uri) as connection:
        channel = connection.default_channel
        for publisher in PUBLISHERS:
            topology.exchange(publisher)(channel).declare()
        tap = Queue(TAP, durable=True, queue_arguments=DURABLE, channel=channel)
        copies = Queue(COPIES, durable=True, queue_arguments={**DURABLE, "x-max-length": 2000}, channel=channel)
        tap.declare()
        copies.declare()
        tap.bind_to(topology.exchange("exam"), routing_key=AttemptSubmitted.type)
        for publisher in PUBLISHERS:
            copies.bind_to(topology.exchange(publisher), routing_key="#")


def close_taps(uri: str) -> None:
    """Delete both queues."""
    with Connection(uri) as connection:
        for name in (TAP, COPIES):
            connection.default_channel.queue_delete(name)


def drain(uri: str, round_ids: Collection[str]) -> Tapped:
    """What was tapped of these rounds: papers that others left open on the platform run out meanwhile, too."""
    tapped = Tapped()
    with Connection(uri) as connection:
        channel = connection.channel()
        channel.basic_qos(0, 1000, False)
        channel.basic_consume(TAP, callback=lambda message: _taken(message, tapped, round_ids))
        try:
            while True:
                connection.drain_events(timeout=2)
        except TimeoutError:
            return tapped


def _taken(message, tapped: Tapped, round_ids: Collection[str]) -> None:
    data = json.loads(message.body)["data"]
    if data["round_id"] in round_ids:
        tapped.add(data)
    message.channel.basic_ack(message.delivery_tag)
