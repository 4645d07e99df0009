"""Listeners: at least once, in batches or one by one, acknowledged after the work is durable.

A reader greenlet keeps the connection, opens what comes and fills a buffer; a worker greenlet takes up to `most`
events or what came within `within_ms`, calls the handler once and acknowledges once. A handler that raises
sends each event that fails by itself to a retry queue (backoff with jitter), at last to the dead
letters with the reason. While a needed part is away (`pause_on`), the batch waits in hand instead.
"""

import logging
import random
import time
import traceback
import uuid
from dataclasses import dataclass

import eventlet
import orjson
from eventlet.event import Event as Signal
from eventlet.queue import Empty, LightQueue
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, SharedExtension

from hoithi_bus import broker, clock, metrics, topology
from hoithi_bus.publisher import NotConfirmed, Publisher
from hoithi_contracts.event import NotAnEvent, open_envelope

log = logging.getLogger(__name__)

JITTER = 0.2
PAUSE_S = 0.5
MEASURE_S = 5
TRACE = 4000
"""Characters of the traceback that a parked event keeps."""


@dataclass(frozen=True)
class Delivery:
    """A message in hand, of the connection with number `era`, and the event in it or NotAnEvent, which says why there is none."""

    era: int
    message: object
    event: object

    @property
    def tries(self) -> int:
        return int((self.message.headers or {}).get("x-tries", 0))


def _event(message) -> object:
    try:
        return open_envelope(orjson.loads(message.body))
    except NotAnEvent as error:
        return error
    except ValueError as error:
        return NotAnEvent(str(error))


class Parker(SharedExtension):
    """One publisher for all listeners of a process, for what goes to retry queues and dead letters."""

    def setup(self):
        self.publisher = Publisher(self.container.config["AMQP_URI"])

    def start(self):
        self.running = self.container.spawn_managed_thread(self.publisher.run, "parker")

    def stop(self):
        self.publisher.stop()
        self.running.wait()


class ListenBatch(Entrypoint):
    """Up to `most` events or what came within `within_ms`, one call: `handler(self, events, now)`.

    See the module's text. Idempotency is the handler's duty.
    """

    parker = Parker()

    def __init__(self, *events, queue: str, most: int = 200, within_ms: float = 20, pause_on: tuple = (), **kwargs):
        unnamed = [cls.type for cls in events if queue not in cls.queues]
        missing = {cls.type for cls in topology.events_of(queue)} - {cls.type for cls in events}
        if unnamed or missing:
            raise ValueError(f"queue {queue}: the contract and the listener differ in {unnamed or sorted(missing)}")
        self.queue, self.most, self.within_s, self.pause_on = queue, most, within_ms / 1000, pause_on
        self.stopping, self.era, self.connected = False, 0, False
        super().__init__(**kwargs)

    def setup(self):
        self.uri = self.container.config["AMQP_URI"]
        self.buffer = LightQueue()

    def start(self):
        self.reading = self.container.spawn_managed_thread(self._read, f"{self.queue}-reader")
        self.working = self.container.spawn_managed_thread(self._work, f"{self.queue}-worker")

    def stop(self):
        """Finish and acknowledge the batch in hand, then drop the connection: the rest is redelivered."""
        self.stopping = True
        self.working.wait()
        self.reading.wait()

    def kill(self):
        self.stopping = True

    def health(self) -> str:
        """Raises while the broker is away."""
        if not self.connected:
            raise ConnectionError(f"{self.queue}: no broker")
        return "listening"

    # The reader

    def _read(self):
        while not self.stopping:
            self.connection = connection = broker.connect(self.uri, wanted=lambda: not self.stopping)
            if connection is None:
                return
            try:
                self._consume(connection)
            except broker.lost(connection) as error:
                log.warning("%s: lost the broker: %r", self.queue, error)
                eventlet.sleep(PAUSE_S)
            finally:
                self.connected = False
                broker.close(connection)

    def _consume(self, connection):
        channel = connection.default_channel
        topology.declare(channel, self.queue)
        # Less than a batch in flight would make every batch wait for its time limit.
        channel.basic_qos(0, max(10, 2 * self.most), False)
        self.era, self.buffer = self.era + 1, LightQueue()
        era, buffer = self.era, self.buffer
        # Opened here, while the worker waits for the database, and not by the worker before its next batch.
        channel.basic_consume(self.queue, callback=lambda message: buffer.put(Delivery(era, message, _event(message))))
        self.connected, measured = True, 0.0
        while not self.working.dead:
            try:
                connection.drain_events(timeout=broker.LOOK_UP_S)
            except TimeoutError:
                connection.heartbeat_check()
            if time.monotonic() - measured > MEASURE_S:
                measured = time.monotonic()
                self._measure(channel)

    def _measure(self, channel):
        for name, gauge in ((self.queue, metrics.QUEUE_MESSAGES), (topology.dead_letters(self.queue), metrics.DEAD_LETTERS)):
            gauge.labels(self.queue).set(channel.queue_declare(name, passive=True).message_count)

    # The worker

    def _work(self):
        while not self.stopping:
            batch = self._take()
            if batch and batch[0].era == self.era:
                metrics.BATCH_EVENTS.labels(self.queue).observe(len(batch))
                try:
                    self._settle(batch)
                except ContainerBeingKilled:
                    return

    def _take(self) -> list[Delivery]:
        buffer = self.buffer
        try:
            batch = [buffer.get(timeout=PAUSE_S)]
        except Empty:
            return []
        end = time.monotonic() + self.within_s
        while len(batch) < self.most:
            try:
                batch.append(buffer.get(timeout=max(0, end - time.monotonic())) if buffer.empty() else buffer.get_nowait())
            except Empty:
                break
        return batch

    def _settle(self, batch: list[Delivery]):
        """Work through a batch, then acknowledge it at once; what failed is parked before that."""
        failures = self._failures(batch)
        if failures is None or not all(self._parked(delivery, error) for delivery, error in failures):
            return
        try:
            if self._is_current(batch[-1]):
                batch[-1].message.channel.basic_ack(batch[-1].message.delivery_tag, multiple=True)
        except (OSError, AttributeError) as error:
            log.warning("%s: not acknowledged, the broker delivers again: %r", self.queue, error)
            return
        metrics.RECEIVED.labels(self.queue, "done").inc(len(batch) - len(failures))

    def _failures(self, batch: list[Delivery]) -> list[tuple[Delivery, Exception]] | None:
        """Those of the batch that failed; None when the service stops while it waits for a missing part."""
        failures = [(delivery, delivery.event) for delivery in batch if isinstance(delivery.event, NotAnEvent)]
        opened = [delivery for delivery in batch if not isinstance(delivery.event, NotAnEvent)]
        outcome = self._call_patiently([delivery.event for delivery in opened]) if opened else None
        if isinstance(outcome, self.pause_on or ()):
            return None
        if outcome is not None and len(opened) == 1:
            failures.append((opened[0], outcome))
        elif outcome is not None:
            return self._one_by_one(opened, failures)
        return failures

    def _one_by_one(self, opened, failures):
        """One bad event must not hold up its neighbours."""
        for delivery in opened:
            outcome = self._call_patiently([delivery.event])
            if isinstance(outcome, self.pause_on or ()):
                return None
            if outcome is not None:
                failures.append((delivery, outcome))
        return failures

    def _call_patiently(self, events: list) -> Exception | None:
        while True:
            outcome = self._call(events)
            if not isinstance(outcome, self.pause_on or ()) or self.stopping:
                return outcome
            metrics.RECEIVED.labels(self.queue, "paused").inc(len(events))
            log.warning("%s: waiting: %r", self.queue, outcome)
            eventlet.sleep(PAUSE_S)

    def _call(self, events: list) -> Exception | None:
        """The handler's exception, or None."""
        done = Signal()

        def settled(worker_ctx, result, exc_info):
            done.send(exc_info and exc_info[1])
            return result, exc_info

        self.container.spawn_worker(self, self.arguments(events), {}, handle_result=settled)
        return done.wait()

    def arguments(self, events: list) -> tuple:
        """What the handler is called with."""
        return events, clock.now()

    # Retry and dead letters

    def _is_current(self, delivery: Delivery) -> bool:
        """False when the connection it came by was lost: the broker delivers it again."""
        return delivery.era == self.era and self.connected

    def _parked(self, delivery: Delivery, error: Exception) -> bool:
        """Park it, however long the broker takes nothing; False when it comes again by itself.

        Going on to the next batch instead would lose it: that batch's acknowledgement covers all before it.
        """
        while not self.stopping and self._is_current(delivery):
            try:
                self._park(delivery, error)
                return True
            except NotConfirmed as trouble:
                log.warning("%s: could not park, trying again: %r", self.queue, trouble)
                eventlet.sleep(PAUSE_S)
        return False

    def _park(self, delivery: Delivery, error: Exception):
        """Send a failed message to the next retry queue or to the dead letters, confirmed."""
        hopeless = isinstance(error, NotAnEvent) or delivery.tries >= len(topology.RETRY_DELAYS_S)
        target, properties = topology.dead_letters(self.queue), {}
        if not hopeless:
            delay = topology.RETRY_DELAYS_S[delivery.tries]
            target = topology.retry(self.queue, delay)
            properties = {"expiration": str(int(delay * 1000 * random.uniform(1 - JITTER, 1)))}
        metrics.RECEIVED.labels(self.queue, "dead" if hopeless else "retried").inc()
        log.log(logging.ERROR if hopeless else logging.WARNING, "%s: to %s: %r", self.queue, target, error)
        self._send(delivery, error, target, properties)

    def _send(self, delivery: Delivery, error: Exception, target: str, properties: dict):
        headers = {
            **{key: value for key, value in (delivery.message.headers or {}).items() if not key.startswith("x-death")},
            "x-tries": delivery.tries + 1,
            "x-queue": self.queue,
            "x-reason": f"{type(error).__name__}: {error}"[:500],
            "x-trace": "".join(traceback.format_exception(error))[-TRACE:],
            "x-failed-at": clock.now().isoformat(),
        }
        body = delivery.message.body
        signal = self.parker.publisher.send_raw(
            body if isinstance(body, bytes) else body.encode(),
            exchange="",
            routing_key=target,
            message_id=delivery.message.properties.get("message_id") or uuid.uuid4().hex,
            headers=headers,
            **properties,
        )
        self.parker.publisher.wait(signal)


class Listen(ListenBatch):
    """One event, one call: `handler(self, event, now)`."""

    def __init__(self, *events, queue: str, **kwargs):
        super().__init__(*events, queue=queue, **{**kwargs, "most": 1, "within_ms": 0})

    def arguments(self, events):
        return events[0], clock.now()


listen = Listen.decorator
listen_batch = ListenBatch.decorator
