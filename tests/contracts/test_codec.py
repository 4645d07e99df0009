"""The quick codec of events says exactly what marshmallow says, and is used for what travels."""

import copy
import dataclasses
import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal, Union, get_args, get_origin, get_type_hints

import pytest

from hoithi_contracts import event as event_module
from hoithi_contracts.event import REGISTRY, NotAnEvent, envelope, open_envelope, schema_of

EVENTS = sorted(REGISTRY.values(), key=lambda cls: cls.type)
NOW = datetime(2026, 9, 8, 2, 30, 0, 123000, tzinfo=UTC)
TEXTS = ["", "x", "Hà Giang", "a\nb", "7", "\u200b", "\U0001f600", "x" * 200, "2026-09-08T02:30:00.000Z"]


class Gone:
    """The key is missing."""


SURPRISES = [
    Gone, None, True, 0, -1, 2**31, 2**80, 1.5, float("nan"), "", "5", "b", "2026-09-08T02:30:00Z",
    "2026-09-08T02:30:00.123456+07:00", "2026-09-08T02:30:00", "2026-13-08T02:30:00.000Z", "0000-01-01T00:00:00.000Z",
    "٢026-09-08T02:30:00.000Z", "\ud800", [], [None], [[]], {}, {"a": 1}, {"": "ba"}, {"k": "aa"}, {"x" * 121: "a"}, {"k": ["a"]},
    {str(number): "a" for number in range(201)},
]  # fmt: skip
UNUSUAL_INSTANTS = ["2026-09-08T02:30:00Z", "2026-09-08T09:30:00.123999+07:00", "20260908T023000Z"]


def made(hint, draw: Random, field=None):
    """Something that a publisher may put into a field."""
    origin, inner = get_origin(hint), get_args(hint)
    if field is not None and "marshmallow_field" in field.metadata:
        return {f"b/q{number}": draw.choice(["", "a", "B", "ac", "abcd"]) for number in range(draw.randrange(20))}
    if origin is Literal:
        return draw.choice(inner)
    if origin is Union:
        return draw.choice([None, made(inner[0], draw)])
    if origin is list:
        return [made(inner[0], draw) for _ in range(draw.randrange(3))]
    if origin is dict:
        return {draw.choice(TEXTS): made(inner[1], draw) for _ in range(draw.randrange(3))}
    if dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{each.name: made(hints[each.name], draw, each) for each in dataclasses.fields(hint)})
    moment = NOW + timedelta(milliseconds=draw.randrange(-(10**13), 10**13))
    return {str: draw.choice(TEXTS), int: draw.choice([0, 1, 2**31 - 1]), bool: draw.choice([True, False]), datetime: moment}[
        hint
    ]


def made_times(cls, times: int):
    return [made(cls, Random(number)) for number in range(times)]


def outcome(read):
    try:
        return repr(read())
    except NotAnEvent as error:
        return f"refused: {error}"


def by_marshmallow(message):
    return outcome(lambda: event_module._load(REGISTRY[message["type"]], message["data"]))


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.type)
def test_writing_and_reading_give_what_marshmallow_gives(cls):
    for fact in made_times(cls, 30):
        assert envelope(fact, NOW)["data"] == schema_of(cls).dump(fact)
        message = json.loads(json.dumps(envelope(fact, NOW)))
        assert repr(open_envelope(message)) == by_marshmallow(message) == repr(fact)


def places(data, way=()):
    """Every place in a decoded JSON value, as the keys that lead there."""
    yield way
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield from places(data[key], (*way, key))


def changed(data, way, value):
    """`data` with another value at a place; without that key when the value is Gone."""
    if not way:
        return value
    copied = copy.copy(data)
    if value is Gone and len(way) == 1:
        del copied[way[0]]
    else:
        copied[way[0]] = changed(data[way[0]], way[1:], value)
    return copied


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.type)
def test_a_spoilt_event_is_refused_for_the_same_reason_or_taken_as_the_same_event(cls):
    message = json.loads(json.dumps(envelope(max(made_times(cls, 10), key=lambda fact: len(repr(fact))), NOW)))
    whole = message["data"]
    for way in places(whole):
        for surprise in SURPRISES if way else SURPRISES[1:]:
            message["data"] = changed(whole, way, surprise)
            assert outcome(lambda: open_envelope(message)) == by_marshmallow(message), (way, surprise)


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.type)
def test_what_travels_between_our_services_needs_no_marshmallow(cls, monkeypatch):
    monkeypatch.setattr(event_module, "schema_of", None)
    for fact in made_times(cls, 10):
        assert open_envelope(json.loads(json.dumps(envelope(fact, NOW)))) == fact


@pytest.mark.parametrize("instant", UNUSUAL_INSTANTS)
def test_an_instant_written_in_another_way_is_still_read(instant):
    message = {"type": "user-erased", "data": {"user_id": "u1", "erased_at": instant}}
    assert outcome(lambda: open_envelope(message)) == by_marshmallow(message)
    assert open_envelope(message).erased_at.microsecond in (0, 123000)


def test_what_is_written_against_its_type_is_written_as_marshmallow_does():
    fact = REGISTRY["user-erased"](user_id=7, erased_at=NOW)
    assert envelope(fact, NOW)["data"]["user_id"] == "7"
