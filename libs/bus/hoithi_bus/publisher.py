"""Confirmed publishing with many confirms outstanding: one connection, one channel, one waiting greenlet.

Waiting for each confirm gives about 1,400 messages a second, pipelining about 18,900 (measured, see
docs/decisions/0002).
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import takewhile
from socket import SHUT_RDWR

import eventlet
from amqp import Message
from eventlet.event import Event as Signal

from hoithi_bus import broker
from hoithi_bus.frames import Letter, publishing

log = logging.getLogger(__name__)


class NotConfirmed(Exception):
    """The broker did not confirm: the message may or may not lie in its queues. Publish it again."""


class Unroutable(NotConfirmed):
    """No queue is bound: nobody would hear it."""


class Flight:
    """Messages handed over together, with the delivery tags from `first` on. `errors`: what befell them, by position."""

    def __init__(self, ids: Sequence[str], first: int):
        self.ids, self.first, self.left = ids, first, len(ids)
        self.errors: dict[int, NotConfirmed] = {}
        self.landed = Signal()

    def id_of(self, tag: int) -> str:
        return self.ids[tag - self.first]

    def settle(self, tag: int, error: NotConfirmed | None) -> None:
        if error:
            self.errors[tag - self.first] = error
        self.left -= 1
        if self.left == 0:
            self.landed.send()


class Publisher:
    """Publishes for one service and tells which messages the broker has safely."""

    def __init__(self, uri: str, timeout: float = 5):
        self.uri, self.timeout = uri, timeout
        self.channel, self.blocked = None, False
        self.waiting: dict[int, Flight] = {}
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
        self.next_tag, self.channel, self.blocked = 1, channel, False

    def _on_blocked(self, reason: str) -> None:
        log.warning("publisher waits: %s", reason)
        self.blocked = True

    def _on_unblocked(self) -> None:
        self.blocked = False

    def _drain(self, connection) -> None:
        while not self.stopping or self.waiting:
            try:
                connection.drain_events(timeout=broker.LOOK_UP_S)
            except TimeoutError:
                connection.heartbeat_check()

    def _close(self, connection) -> None:
        self.channel = None
        self._settle(list(self.waiting), NotConfirmed("connection lost"))
        broker.close(connection)

    def _settle(self, tags: Sequence[int], error: NotConfirmed | None) -> None:
        for tag in tags:
            flight = self.waiting.pop(tag, None)
            if flight is not None:
                flight.settle(tag, error)

    def _covered(self, tag: int, multiple: bool) -> list[int]:
        # Tags are given and kept in rising order.
        return list(takewhile(tag.__ge__, self.waiting)) if multiple else [tag]

    def _acknowledged(self, tag, multiple):
        self._settle(self._covered(tag, multiple), None)

    def _refused(self, tag, multiple):
        self._settle(self._covered(tag, multiple), NotConfirmed("refused by the broker"))

    def _returned(self, error, exchange_name, routing_key, message):
        """No queue is bound: comes before the acknowledgement, which then finds nothing to settle."""
        lost_id = message.properties.get("message_id")
        lost = [tag for tag, flight in self.waiting.items() if flight.id_of(tag) == lost_id]
        self._settle(lost, Unroutable(f"no queue is bound for {routing_key}"))

    def publish(self, letters: Sequence[Letter]) -> dict[int, NotConfirmed]:
        """Hand all to the broker in one piece and wait for the confirms; what was not confirmed, by position.

        Raises NotConfirmed when there is no broker.
        """
        if not letters:
            return {}
        self.require_ready()
        amqp = self.channel.connection
        frames = publishing(letters, self.channel.channel_id, amqp.frame_max)
        flight = self._depart([letter.id for letter in letters])
        amqp.bytes_sent += 1  # as py-amqp counts: no heartbeat is due now, which would fall between the frames
        self._write(flight, lambda: amqp.transport.write(frames))
        return self._arrivals(flight)

    def send_raw(self, body: bytes, *, exchange: str, routing_key: str, message_id: str, headers=None, **properties) -> Flight:
        """Hand bytes with headers to an exchange or, with exchange "", to a queue; see `wait`."""
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
        flight = self._depart([message_id])
        # kombu's producer would wait for each confirm; the channel below it does not.
        publish = self.channel._basic_publish
        self._write(flight, lambda: publish(message, exchange=exchange, routing_key=routing_key, mandatory=True))
        return flight

    def wait(self, flight: Flight) -> None:
        """Wait for the confirm of one message; raises NotConfirmed."""
        for error in self._arrivals(flight).values():
            raise error

    def _depart(self, ids: list[str]) -> Flight:
        flight = Flight(ids, self.next_tag)
        self.next_tag += len(ids)
        self.waiting |= dict.fromkeys(range(flight.first, self.next_tag), flight)
        return flight

    def _write(self, flight: Flight, write: Callable[[], None]) -> None:
        """Raises NotConfirmed; then the connection is of no use: half a frame may be out."""
        connection = self.channel.connection
        try:
            with eventlet.Timeout(self.timeout, NotConfirmed("the broker reads nothing")):
                write()
        except (OSError, NotConfirmed) as error:
            trouble = NotConfirmed(repr(error))
            self._abandon(flight, trouble)
            with suppress(OSError, AttributeError):
                connection.transport.sock.shutdown(SHUT_RDWR)
            raise trouble from error

    def _arrivals(self, flight: Flight) -> dict[int, NotConfirmed]:
        with eventlet.Timeout(self.timeout, False):
            flight.landed.wait()
        self._abandon(flight, NotConfirmed("no confirm in time"))
        return flight.errors

    def _abandon(self, flight: Flight, error: NotConfirmed) -> None:
        # The tags of a flight of the connection before belong to others by now.
        own = range(flight.first, flight.first + len(flight.ids))
        self._settle([tag for tag in own if self.waiting.get(tag) is flight], error)
