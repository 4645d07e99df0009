"""The relay: publishes what the outbox holds, with confirms, from one replica at a time."""

import logging
import os
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import eventlet
from nameko.extensions import DependencyProvider

from hoithi_bus import clock, metrics
from hoithi_bus.frames import Letter
from hoithi_bus.publisher import NotConfirmed, Publisher, Unroutable
from hoithi_bus.topology import exchange_name

log = logging.getLogger(__name__)

BATCH = 500
BUSY_S, QUIET_S = 0.4, 0.8
"""How long a collection that had events is left alone, and the most for one that has none: a look costs more than an event."""
LONGEST_SLEEP_S = 0.4
"""A relay that is asked to stop should not be waited for."""
AWAY_S = 1.0
LEASE_S = 5.0
MEASURE_S = 5.0
UNHEARD_S = 30.0
"""How long events that no queue would receive wait before the next try; others must not wait behind them."""


class Relay(DependencyProvider):
    """Publishes the events of `service` that `open_outbox(config)` holds (see `hoithi_store.Outbox`)."""

    def __init__(self, service: str, open_outbox: Callable[[dict], object]):
        self.service, self.open_outbox = service, open_outbox
        self.stopping, self.leading = False, False
        self.unheard: dict[str, float] = {}
        self.pauses: dict[str, float] = {}
        self.next_look: dict[str, float] = {}
        self.lead_until = self.measured = 0.0

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
        if not self._leads():
            return AWAY_S
        self._measure()
        if not self.publisher.ready:
            return AWAY_S
        names = self._due()
        entries = self.outbox.take(BATCH, without=self._unheard_now(), of=names)
        confirmed = self._publish(entries) if entries else []
        if confirmed:
            self.outbox.done(confirmed)
        if len(confirmed) < len(entries):
            return AWAY_S
        self._rest(names, entries)
        return min(LONGEST_SLEEP_S, max(0, min(self.next_look.values()) - time.monotonic()))

    def _leads(self) -> bool:
        """Whether this replica publishes; the lease is prolonged when half of it is over."""
        now = time.monotonic()
        if now > self.lead_until - LEASE_S / 2:
            self.leading = self.outbox.lead(self.owner, LEASE_S)
            self.lead_until = now + LEASE_S if self.leading else 0.0
        return self.leading

    def _due(self) -> list[str]:
        now = time.monotonic()
        return [name for name in self.outbox.collections if self.next_look.get(name, 0) <= now]

    def _rest(self, names: list[str], entries: list) -> None:
        """Say when to look again: at once where a batch was full, ever later where nothing is found."""
        found, now = Counter(entry.collection for entry in entries), time.monotonic()
        for name in names:
            self.pauses[name] = BUSY_S if found[name] else min(QUIET_S, 2 * self.pauses.get(name, BUSY_S))
            self.next_look[name] = now + (0 if found[name] >= BATCH else self.pauses[name])

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
        """Publish all at once and wait for the confirms together; returns the confirmed entries."""
        try:
            errors = self.publisher.publish([_letter(entry) for entry in entries])
        except NotConfirmed as error:
            log.warning("relay of %s: %s", self.service, error)
            return []
        for position, error in errors.items():
            self._note(entries[position], error)
        for error, number in Counter(map(str, errors.values())).items():
            log.warning("relay of %s: %d of %d: %s", self.service, number, len(entries), error)
        confirmed = [entry for position, entry in enumerate(entries) if position not in errors]
        for kind, number in Counter(entry.type for entry in confirmed).items():
            metrics.PUBLISHED.labels(self.service, kind, "confirmed").inc(number)
        return confirmed

    def _note(self, entry, error: NotConfirmed) -> None:
        if isinstance(error, Unroutable):
            self.unheard[entry.type] = time.monotonic()
        metrics.PUBLISHED.labels(self.service, entry.type, "unconfirmed").inc()

    def _resign(self):
        try:
            self.outbox.resign(self.owner)
        except Exception as error:
            log.warning("relay of %s: could not resign: %r", self.service, error)


def _letter(entry) -> Letter:
    return Letter(entry.id, exchange_name(entry.source), entry.type, entry.body)
