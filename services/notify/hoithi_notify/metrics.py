"""What an operator wants counted. Every label is bounded by the code."""

import time
from collections.abc import Iterable
from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram

DELIVERIES = Counter(
    "hoithi_notify_deliveries_total",
    "Changes of deliveries: queued, sent, deferred, failed, cancelled, no-address",
    ("channel", "occasion", "outcome"),
)
QUEUED = Gauge("hoithi_notify_queued_deliveries", "Letters that wait or are on their way; every worker shows the same number")
OLDEST_DUE = Gauge("hoithi_notify_oldest_due_seconds", "How long the longest waiting due letter has been due")
SEND_SECONDS = Histogram(
    "hoithi_notify_send_seconds",
    "Time to hand one letter to the server",
    ("channel",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
REACHABLE = Gauge("hoithi_notify_server_reachable", "1, or 0 while the server is left alone after a failure", ("channel",))


def count(deliveries: Iterable) -> None:
    """Count what became of deliveries; one that is queued again after a try was deferred."""
    for each in deliveries:
        outcome = "deferred" if each.state == "queued" and each.tries else each.state
        DELIVERIES.labels(each.channel, each.occasion, outcome).inc()


def measure(storage, channels: dict, now: datetime) -> None:
    """Take the gauges."""
    oldest = storage.deliveries.oldest_due(now)
    QUEUED.set(storage.deliveries.queued())
    OLDEST_DUE.set((now - oldest).total_seconds() if oldest else 0)
    for name, channel in channels.items():
        REACHABLE.labels(name).set(0 if channel.is_resting else 1)


class Timed:
    """A channel whose sends are timed, taken or not."""

    def __init__(self, name: str, channel):
        self.name, self.channel = name, channel

    @property
    def is_resting(self) -> bool:
        return self.channel.is_resting

    def send(self, *letter) -> str:
        """As the channel's own."""
        began = time.perf_counter()
        try:
            return self.channel.send(*letter)
        finally:
            SEND_SECONDS.labels(self.name).observe(time.perf_counter() - began)

    def close(self):
        """As the channel's own."""
        self.channel.close()
