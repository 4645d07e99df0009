"""A connection to RabbitMQ that is found again when it was lost."""

import logging
from collections.abc import Callable

import eventlet
from kombu import Connection

log = logging.getLogger(__name__)

HEARTBEAT_S = 30
READ_AHEAD = 16384
"""Bytes. What was read ahead is copied at each part of a frame, so more does not pay."""
LOOK_UP_S = 1.0
"""How long who waits for messages waits at most, before it sees that it should stop."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 3.0
"""Seconds between attempts to connect; kombu's own default rises to 30 s."""


def connect(uri: str, wanted: Callable[[], bool]) -> Connection | None:
    """An open connection, however long the broker is away; None when it is no longer `wanted`."""
    connection, pause = Connection(uri, heartbeat=HEARTBEAT_S), FIRST_PAUSE_S
    while wanted():
        try:
            connection.connect()
            _read_ahead(connection)
            return connection
        except lost(connection) as error:
            log.warning("no broker: %r", error)
            eventlet.sleep(pause)
            pause = min(LONGEST_PAUSE_S, pause + FIRST_PAUSE_S)
    return None


def _read_ahead(connection: Connection) -> None:
    """Take what has come with one system call; py-amqp asks for each part of a frame by itself, six or more an event."""
    transport = connection.connection.transport
    receive = transport.sock.recv
    transport._quick_recv = lambda size: receive(max(size, READ_AHEAD))


def lost(connection: Connection) -> tuple[type[BaseException], ...]:
    """The exceptions that mean: the connection is of no use any more."""
    return (*connection.connection_errors, *connection.channel_errors, OSError)


def close(connection: Connection) -> None:
    """Close, whether or not the broker is still there."""
    try:
        connection.close()
    except lost(connection) as error:
        log.debug("closing a lost connection: %r", error)
