"""Dead letters from the operator's side: look, replay, drop. Plain kombu, no event loop needed.

Every function takes the operator's AMQP URI. A letter is removed only after it was published again and
confirmed; listeners are idempotent, so a letter replayed twice does no harm.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kombu import Connection
from kombu.exceptions import ChannelError

from hoithi_bus.topology import dead_letters, queue_names

TIMEOUT_S = 5


class NoSuchQueue(ValueError):
    """No contract names this queue, or it was never declared."""


@dataclass(frozen=True)
class Letter:
    """A parked event: what it is, why it lies here, what it carries."""

    queue: str
    id: str
    type: str
    tries: int
    reason: str
    failed_at: str
    headers: dict
    body: str


def queues(uri: str) -> dict[str, int]:
    """Queue -> number of its dead letters; queues that were never declared are left out."""
    counts = {}
    for queue in queue_names():
        with _channel(uri) as channel:
            try:
                counts[queue] = channel.queue_declare(dead_letters(queue), passive=True).message_count
            except ChannelError:
                continue
    return counts


def peek(uri: str, queue: str, limit: int = 100) -> list[Letter]:
    """The first letters of a queue; they stay there."""
    with _channel(uri) as channel:
        return [_letter(queue, message) for message in _messages(channel, queue, limit)]


def replay(uri: str, queue: str, ids: list[str] | None = None) -> list[Letter]:
    """Give letters (all, or those with these ids) back to their queue; returns them."""

    def give_back(channel, message):
        headers = {
            key: value for key, value in message.headers.items() if key not in ("x-tries", "x-reason", "x-trace", "x-failed-at")
        }
        # Confirmed (see _channel), so the letter is never in neither queue.
        channel.basic_publish_confirm(
            channel.prepare_message(
                message.body,
                content_type=message.content_type,
                content_encoding=message.content_encoding,
                headers=headers,
                properties={"delivery_mode": 2, "message_id": message.properties.get("message_id")},
            ),
            exchange="",
            routing_key=queue,
            mandatory=True,
            timeout=TIMEOUT_S,
        )

    return _remove(uri, queue, ids, give_back)


def drop(uri: str, queue: str, ids: list[str] | None = None) -> list[Letter]:
    """Delete letters (all, or those with these ids); returns them, so that the caller can keep them."""
    return _remove(uri, queue, ids, lambda channel, message: None)


def _remove(uri: str, queue: str, ids: list[str] | None, before) -> list[Letter]:
    """Take each chosen letter out after `before` succeeded; the others return when the channel closes."""
    removed = []
    with _channel(uri) as channel:
        for message in _messages(channel, queue, _count(channel, queue)):
            letter = _letter(queue, message)
            if ids is None or letter.id in ids:
                before(channel, message)
                message.ack()
                removed.append(letter)
    return removed


@contextmanager
def _channel(uri: str):
    with Connection(uri, connect_timeout=TIMEOUT_S, transport_options={"confirm_publish": True}) as connection:
        try:
            yield connection.channel()
        except TimeoutError as error:
            raise ConnectionError("RabbitMQ does not answer") from error


def _count(channel, queue: str) -> int:
    if queue not in queue_names():
        raise NoSuchQueue(f"there is no queue {queue!r}; the queues are: {', '.join(queue_names())}")
    try:
        return channel.queue_declare(dead_letters(queue), passive=True).message_count
    except ChannelError as error:
        raise NoSuchQueue(f"{dead_letters(queue)} does not exist yet: its listener has never run") from error


def _messages(channel, queue: str, limit: int) -> Iterator:
    for _ in range(min(limit, _count(channel, queue))):
        message = channel.basic_get(dead_letters(queue), no_ack=False)
        if message is None:
            return
        yield channel.message_to_python(message)


def _letter(queue: str, message) -> Letter:
    body = message.body if isinstance(message.body, str) else message.body.decode(errors="replace")
    headers = {key: value for key, value in (message.headers or {}).items() if isinstance(value, str | int | float)}
    return Letter(
        queue=queue,
        id=message.properties.get("message_id") or "",
        type=_type(body),
        tries=int(headers.get("x-tries", 0)),
        reason=headers.get("x-reason") or _broker_reason(message),
        failed_at=str(headers.get("x-failed-at", "")),
        headers=headers,
        body=body,
    )


def _type(body: str) -> str:
    try:
        return str(json.loads(body).get("type", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _broker_reason(message) -> str:
    deaths = (message.headers or {}).get("x-death") or [{}]
    return f"{deaths[0].get('reason', 'unknown')} (by the broker: its listener died with it in hand too often)"
