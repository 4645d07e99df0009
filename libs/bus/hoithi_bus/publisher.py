"""Confirmed publishing with many confirms outstanding: one connection, one channel, one waiting greenlet.

Waiting for each confirm gives about 1,400 messages a second, pipelining about 18,900 (measured, see
docs/decisions/0002).
"""

import json
import logging
from itertools import count

import eventlet
from amqp import Message
from eventlet.event import Event as Signal

from hoithi_bus import broker
from hoithi_bus.topology import exchange

log = logging.getLogger(__name__)


class NotConfirmed(Exception):
    """The broker did not confirm: the message may or may not lie in its queues. Publish it again."""


class Unroutable(NotConfirmed):
    """No queue is bound: nobody would hear it."""


class Publisher:
    """Publishes envelopes of one service and tells which ones the broker has safely."""

    def __init__(self, uri: str, timeout: float = 5):
        self.uri, self.timeout = uri, timeout
        self.channel, self.blocked = None, False
        self.waiting: dict[int, tuple[Signal, str]] = {}
        self.stopping = False

    @property
    def connected(self) -> bool:
        return self.channel is not None

    @property
    def ready(self) -> bool:
        """There is a broker and it takes messages."""
        return self.connected and not self.blocked

    def require_ready(self) -> None:
        """Raises NotConfirmed while there is no broker or it takes nothing."""
        if self.channel is None:
            raise NotConfirmed("no broker")
        if self.blocked:
            raise NotConfirmed("the broker takes nothing: memory or disk alarm")

    def run(self) -> None:
        """Keep the connection and deliver confirms until `stop`; runs in its own greenlet."""
        while not self.stopping:
            connection = broker.connect(self.uri, wanted=lambda: not self.stopping)
            if connection is None:
                return
            try:
                self._open(connection)
                self._drain(connection)
            except broker.lost(connection) as error:
                log.warning("publisher lost the broker: %r", error)
            finally:
                self._close(connection)

    def stop(self) -> None:
        self.stopping = True

    def _open(self, connection) -> None:
        channel = connection.default_channel
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acknowledged)
        channel.events["basic_nack"].add(self._refused)
        channel.events["basic_return"].add(self._returned)
        # In a memory or disk alarm the broker reads nothing more from here: it would come twice, or fill the socket.
        connection.connection.on_blocked, connection.connection.on_unblocked = self._on_blocked, self._on_unblocked
        self.tags, self.channel, self.blocked = count(1), channel, False

    def _on_blocked(self, reason: str) -> None:
        log.warning("publisher waits: %s", reason)
        self.blocked = True

    def _on_unblocked(self) -> None:
        self.blocked = False

    def _drain(self, connection) -> None:
        while not self.stopping or self.waiting:
            try:
                connection.drain_events(timeout=1)
            except TimeoutError:
                connection.heartbeat_check()

    def _close(self, connection) -> None:
        self.channel = None
        for signal, _ in self.waiting.values():
            signal.send_exception(NotConfirmed("connection lost"))
        self.waiting = {}
        broker.close(connection)

    def _settle(self, tag: int, multiple: bool, error: Exception | None) -> None:
        for each in [t for t in self.waiting if t <= tag] if multiple else [tag]:
            signal, _ = self.waiting.pop(each, (None, None))
            if signal is not None:
                signal.send_exception(error) if error else signal.send()

    def _acknowledged(self, tag, multiple):
        self._settle(tag, multiple, None)

    def _refused(self, tag, multiple):
        self._settle(tag, multiple, NotConfirmed("refused by the broker"))

    def _returned(self, error, exchange_name, routing_key, message):
        """No queue is bound: comes before the acknowledgement, which then finds nothing to settle."""
        lost_id = message.properties.get("message_id")
        for tag in [t for t, (_, message_id) in self.waiting.items() if message_id == lost_id]:
            self._settle(tag, False, Unroutable(f"no queue is bound for {routing_key}"))

    def send(self, envelope: dict) -> Signal:
        """Hand an envelope to the broker without waiting; raises NotConfirmed when there is none."""
        routing_key = envelope["type"]
        return self.send_raw(
            json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode(),
            exchange=exchange(envelope["source"]).name,
            routing_key=routing_key,
            message_id=envelope["id"],
        )

    def send_raw(self, body: bytes, *, exchange: str, routing_key: str, message_id: str, headers=None, **properties) -> Signal:
        """Hand bytes to an exchange or, with exchange "", to a queue. The signal fires with the confirm."""
        self.require_ready()
        message = Message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=2,
            message_id=message_id,
            application_headers=headers or {},
            **properties,
        )
        signal, tag = Signal(), next(self.tags)
        self.waiting[tag] = signal, message_id
        try:
            # kombu's producer would wait for each confirm; the channel below it does not.
            self.channel._basic_publish(message, exchange=exchange, routing_key=routing_key, mandatory=True)
        except OSError as error:
            self.waiting.pop(tag, None)
            raise NotConfirmed(repr(error)) from error
        return signal

    def wait(self, signal: Signal, seconds: float | None = None) -> None:
        """Wait for the confirm, by default as long as `timeout`; raises NotConfirmed."""
        with eventlet.Timeout(self.timeout if seconds is None else seconds, NotConfirmed("no confirm in time")):
            signal.wait()
