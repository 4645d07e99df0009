"""The relay: publishes what the outbox holds, with confirms, from one replica at a time."""

import logging
import os
import time
import uuid
from collections.abc import Callable
from datetime import datetime

import eventlet
from nameko.extensions import DependencyProvider

from hoithi_bus import clock, metrics
from hoithi_bus.publisher import NotConfirmed, Publisher, Unroutable

log = logging.getLogger(__name__)

BATCH = 500
PAUSE_S = 0.05
AWAY_S = 1.0
MEASURE_S = 2.0
UNHEARD_S = 30.0
"""How long events that no queue would receive wait before the next try; others must not wait behind them."""


class Relay(DependencyProvider):
    """Publishes the events of `service` that `open_outbox(config)` holds (see `hoithi_store.Outbox`)."""

    def __init__(self, service: str, open_outbox: Callable[[dict], object]):
        self.service, self.open_outbox = service, open_outbox
        self.stopping, self.leading = False, False
        self.unheard: dict[str, float] = {}
        self.measured = 0.0

    def setup(self):
        self.owner = f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
        self.outbox = self.open_outbox(self.container.config)
        self.publisher = Publisher(self.container.config["AMQP_URI"])

    def start(self):
        self.confirming = self.container.spawn_managed_thread(self.publisher.run, "relay-confirms")
        self.running = self.container.spawn_managed_thread(self.run, "relay")

    def stop(self):
        self.stopping = True
        self.running.wait()
        self.publisher.stop()
        self.confirming.wait()

    def health(self) -> str:
        """What this replica does; raises when it could not publish."""
        self.publisher.require_ready()
        return "publishing" if self.leading else "standing by"

    def run(self):
        """Publish until `stop`; trouble with the store or the broker is waited out."""
        while not self.stopping:
            try:
                eventlet.sleep(self._turn())
            except Exception:
                log.exception("relay of %s: trying again", self.service)
                eventlet.sleep(AWAY_S)
        self._resign()

    def _turn(self) -> float:
        """One look into the outbox; returns the seconds until the next."""
        self.leading = self.outbox.lead(self.owner)
        if not self.leading:
            return AWAY_S
        self._measure()
        if not self.publisher.ready:
            return AWAY_S
        entries = self.outbox.take(BATCH, without=self._unheard_now())
        confirmed = self._publish(entries)
        if confirmed:
            self.outbox.done(confirmed)
        if len(confirmed) < len(entries):
            return AWAY_S
        return 0 if entries else PAUSE_S

    def _measure(self):
        """Tell how long the oldest event has been waiting, every few seconds."""
        if time.monotonic() - self.measured < MEASURE_S:
            return
        self.measured = time.monotonic()
        oldest = self.outbox.oldest()
        waiting_s = (clock.now() - datetime.fromisoformat(oldest)).total_seconds() if oldest else 0
        metrics.OUTBOX_OLDEST.labels(self.service).set(max(0, waiting_s))

    def _unheard_now(self) -> list[str]:
        """Types of events that were unroutable a moment ago."""
        self.unheard = {name: since for name, since in self.unheard.items() if time.monotonic() - since < UNHEARD_S}
        return list(self.unheard)

    def _publish(self, entries: list) -> list:
        """Publish all at once, then collect the confirms; returns the confirmed entries."""
        sent = []
        for entry in entries:
            try:
                sent.append((entry, self.publisher.send(entry.envelope)))
            except NotConfirmed as error:
                log.warning("relay of %s: %s", self.service, error)
                break
        self.patience_s = self.publisher.timeout
        return [entry for entry, signal in sent if self._confirmed(entry, signal)]

    def _confirmed(self, entry, signal) -> bool:
        try:
            self.publisher.wait(signal, self.patience_s)
        except NotConfirmed as error:
            if isinstance(error, Unroutable):
                self.unheard[entry.envelope["type"]] = time.monotonic()
            else:
                self.patience_s = 0  # a silent broker is waited for once, not once for every event
            log.warning("relay of %s: %s: %s", self.service, entry.envelope["id"], error)
            metrics.PUBLISHED.labels(self.service, entry.envelope["type"], "unconfirmed").inc()
            return False
        metrics.PUBLISHED.labels(self.service, entry.envelope["type"], "confirmed").inc()
        return True

    def _resign(self):
        try:
            self.outbox.resign(self.owner)
        except Exception as error:
            log.warning("relay of %s: could not resign: %r", self.service, error)
