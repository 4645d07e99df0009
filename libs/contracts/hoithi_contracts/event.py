"""What every event shares: definition, envelope, registry.

The envelope is a CloudEvents 1.0 JSON object. Its id is made from the state the event tells of
(type, subject, revision), so the same fact published twice has the same id and no random number
is needed where events are decided.
"""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import ClassVar

import marshmallow_dataclass
from marshmallow import EXCLUDE, ValidationError

from hoithi_contracts import fields
from hoithi_contracts.codec import Unusual, codec_of


class NotAnEvent(ValueError):
    """The message is not a known, valid event. The text says what is wrong; it never heals by a retry."""


class EventSchema(fields.StrictSchema):
    """Types of dataclass fields on the wire. Unknown fields are ignored: publishers may add optional ones."""

    class Meta:
        unknown = EXCLUDE

    TYPE_MAPPING = {str: fields.fields.String, int: fields.Whole, datetime: fields.Instant, bool: fields.Flag}


@dataclass(frozen=True)
class Event:
    """Base of all events.

    Class attributes: `type` on the wire, `publisher`, and `queues`, the explicit names of the queues
    that receive it ("<listener>.<purpose>"). Events that must stay in order share a queue.
    """

    type: ClassVar[str]
    publisher: ClassVar[str]
    queues: ClassVar[tuple[str, ...]]

    @property
    def subject(self) -> str:
        """What the event is about: the value of the event's first field."""
        return getattr(self, dataclasses.fields(self)[0].name)

    @property
    def event_id(self) -> str:
        """Unique per fact: type, subject and, where a fact can change, its revision or the instant of the change."""
        changed_at = getattr(self, "changed_at", None)
        parts = (self.type, self.subject, getattr(self, "revision", None), changed_at and fields.wire_instant(changed_at))
        return ":".join(str(part) for part in parts if part is not None)


REGISTRY: dict[str, type[Event]] = {}


def event(name: str, publisher: str, queues: tuple[str, ...]):
    """Class decorator: a frozen dataclass under its name on the wire."""

    def register(cls):
        cls.type, cls.publisher, cls.queues = name, publisher, queues
        REGISTRY[name] = made = dataclass(frozen=True, kw_only=True)(cls)
        return made

    return register


@cache
def schema_of(cls: type[Event]) -> fields.StrictSchema:
    """The marshmallow schema of an event's data."""
    return marshmallow_dataclass.class_schema(cls, base_schema=EventSchema)()


def envelope(fact: Event, now: datetime) -> dict:
    """The JSON object that travels. `now` is when the state changed."""
    return {
        "specversion": "1.0",
        "id": fact.event_id,
        "type": fact.type,
        "source": fact.publisher,
        "time": fields.wire_instant(now),
        "subject": fact.subject,
        "data": _dump(fact),
    }


def _dump(fact: Event) -> dict:
    try:
        return codec_of(type(fact)).encode(fact)
    except Unusual:
        return schema_of(type(fact)).dump(fact)


def open_envelope(message) -> Event:
    """The event in a decoded envelope; raises NotAnEvent."""
    if not isinstance(message, dict):
        raise NotAnEvent("not an envelope")
    cls = REGISTRY.get(str(message.get("type")))
    if cls is None:
        raise NotAnEvent(f"unknown event type {message.get('type')!r}")
    try:
        return codec_of(cls).decode(message.get("data"))
    except Unusual:
        return _load(cls, message.get("data"))


def _load(cls: type[Event], data) -> Event:
    try:
        return schema_of(cls).load(data)
    except ValidationError as error:
        raise NotAnEvent(f"{cls.type}: {error.messages}") from error
