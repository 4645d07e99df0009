"""A connection to RabbitMQ that is found again when it was lost."""

from kombu import Connection

HEARTBEAT_S = 30
RETRY = {"interval_start": 0.5, "interval_step": 0.5, "interval_max": 3}
"""Seconds between attempts to connect; kombu's own default rises to 30 s."""


def connect(uri: str, **options) -> Connection:
    """A connection that is open when this returns, however long the broker is away."""
    connection = Connection(uri, heartbeat=HEARTBEAT_S, transport_options=options)
    connection.ensure_connection(errback=None, max_retries=None, **RETRY)
    return connection


def lost(connection: Connection) -> tuple[type[BaseException], ...]:
    """The exceptions that mean: the connection is of no use any more."""
    return (*connection.connection_errors, *connection.channel_errors, OSError)
