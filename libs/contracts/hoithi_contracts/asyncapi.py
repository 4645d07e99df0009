"""The AsyncAPI 3 document of all events, from the contracts."""

from hoithi_contracts import emulation, exam, registration, scoring  # noqa: F401 (fills the registry)
from hoithi_contracts.event import REGISTRY, Event
from hoithi_contracts.frozen import json_schema


def describe() -> dict:
    """The document as a dictionary: a channel per publisher's exchange, a receive operation per queue."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "hoithi events",
            "version": "0.1.0",
            "description": "CloudEvents 1.0 as JSON over AMQP 0-9-1: a topic exchange per publisher, routed by the event's type.",
        },
        "defaultContentType": "application/json",
        "channels": {publisher: _channel(publisher) for publisher in _publishers()},
        "operations": {**_send_operations(), **_receive_operations()},
        "components": {"messages": {cls.type: _message(cls) for cls in REGISTRY.values()}},
    }


def _publishers() -> list[str]:
    return sorted({cls.publisher for cls in REGISTRY.values()})


def _of(publisher: str) -> list[type[Event]]:
    return [cls for cls in REGISTRY.values() if cls.publisher == publisher]


def _channel(publisher: str) -> dict:
    exchange = {"name": f"{publisher}.events", "type": "topic", "durable": True, "autoDelete": False}
    return {
        "address": f"{publisher}.events",
        "messages": {cls.type: {"$ref": f"#/components/messages/{cls.type}"} for cls in _of(publisher)},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
    }


def _operation(action: str, publisher: str, events: list[type[Event]], summary: str) -> dict:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{publisher}"},
        "summary": summary,
        "messages": [{"$ref": f"#/channels/{publisher}/messages/{cls.type}"} for cls in events],
    }


def _send_operations() -> dict:
    return {
        f"{name}-publishes": _operation("send", name, _of(name), f"{name} publishes with confirms, from its outbox.")
        for name in _publishers()
    }


def _receive_operations() -> dict:
    queues = sorted({(queue, cls.publisher) for cls in REGISTRY.values() for queue in cls.queues})
    return {
        f"{queue}-hears-{publisher}": _operation(
            "receive",
            publisher,
            [cls for cls in _of(publisher) if queue in cls.queues],
            f"{queue.partition('.')[0]} hears these, in order, in the queue {queue}.",
        )
        for queue, publisher in queues
    }


def _message(cls: type[Event]) -> dict:
    return {
        "name": cls.type,
        "summary": " ".join((cls.__doc__ or "").split()),
        "contentType": "application/json",
        "payload": {
            "type": "object",
            "required": ["specversion", "id", "type", "source", "time", "subject", "data"],
            "properties": {
                "specversion": {"const": "1.0"},
                "id": {"type": "string", "description": "type:subject[:revision]; the same fact has the same id"},
                "type": {"const": cls.type},
                "source": {"const": cls.publisher},
                "time": {"type": "string", "format": "date-time"},
                "subject": {"type": "string"},
                "data": _inline(json_schema(cls)),
            },
        },
    }


def _inline(schema: dict) -> dict:
    """The schema with its $defs put in place: a $ref inside a component would point out of it."""
    definitions = schema.get("$defs", {})

    def resolved(node):
        if isinstance(node, list):
            return [resolved(each) for each in node]
        if not isinstance(node, dict):
            return node
        if str(node.get("$ref", "")).startswith("#/$defs/"):
            return resolved(definitions[node["$ref"].removeprefix("#/$defs/")])
        return {key: resolved(value) for key, value in node.items() if key not in ("$defs", "$schema")}

    return resolved(schema)
