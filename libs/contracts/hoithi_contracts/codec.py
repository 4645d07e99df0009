"""The usual case of encoding and decoding an event, made once per class from its field types.

marshmallow takes 90 us for an `attempt-submitted`, which is read and written once for every attempt; this takes a fifth.
It accepts only what travels between our own services: whatever it does not know raises Unusual, and marshmallow
accepts it or says what is wrong. Both give the same (`tests/contracts/test_codec.py`).
"""

import dataclasses
import re
import types
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hoithi_contracts.fields import Answers, Whole, wire_instant

WIRE_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
LARGEST = Whole().validators[0].max


class Unusual(Exception):
    """Ask marshmallow."""


class Codec:
    """Both directions of one type."""

    def __init__(self, encode: Callable[[Any], Any], decode: Callable[[Any], Any]):
        self.encode, self.decode = encode, decode


@cache
def codec_of(cls: type) -> Codec:
    """The codec of a dataclass: from an object to what JSON knows, and back."""
    hints = get_type_hints(cls)
    parts = [(each, _codec(hints[each.name], each.metadata.get("marshmallow_field"))) for each in dataclasses.fields(cls)]
    encoders = [(each.name, codec.encode) for each, codec in parts]
    decoders = [(each.name, codec.decode, each.default) for each, codec in parts]

    def encode(made):
        if type(made) is not cls:
            raise Unusual
        values = vars(made)
        return {name: encode(values[name]) for name, encode in encoders}

    def decode(data):
        if type(data) is not dict:
            raise Unusual
        return cls(**{name: decode(data[name]) if name in data else _given(default) for name, decode, default in decoders})

    return Codec(encode, decode)


def _given(default):
    if default is dataclasses.MISSING:
        raise Unusual
    return default


def _codec(hint, field) -> Codec:
    """The codec of one field; one that knows nothing for a type not listed here."""
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(field, Answers):
        checked = _same(field.is_usual)
        return Codec(_dict(_SCALARS[str]).encode, checked.decode)
    if field is not None:
        return _same(lambda value: False)
    if origin is Literal:
        return _same(lambda value: type(value) is str and value in inner)
    if origin in (Union, types.UnionType) and len(inner) == 2 and inner[1] is type(None):
        return _optional(_codec(inner[0], None))
    if origin is list:
        return _list(_codec(inner[0], None))
    if origin is dict and inner[0] is str:
        return _dict(_codec(inner[1], None))
    return codec_of(hint) if dataclasses.is_dataclass(hint) else _SCALARS.get(hint, _same(lambda value: False))


def _same(usual: Callable[[Any], bool]) -> Codec:
    """What is written as it is."""

    def check(value):
        if usual(value):
            return value
        raise Unusual

    return Codec(check, check)


def _optional(codec: Codec) -> Codec:
    return Codec(
        lambda value: None if value is None else codec.encode(value), lambda value: None if value is None else codec.decode(value)
    )


def _list(codec: Codec) -> Codec:
    def each(code):
        def items(value):
            if type(value) is not list:
                raise Unusual
            return [code(item) for item in value]

        return items

    return Codec(each(codec.encode), each(codec.decode))


def _dict(codec: Codec) -> Codec:
    def each(code):
        def items(value):
            if type(value) is not dict or any(type(key) is not str for key in value):
                raise Unusual
            return {key: code(item) for key, item in value.items()}

        return items

    return Codec(each(codec.encode), each(codec.decode))


def _text(value):
    if type(value) is not str:
        raise Unusual
    return value


def _write_instant(moment):
    if type(moment) is not datetime or moment.tzinfo is None:
        raise Unusual
    return wire_instant(moment)


def _read_instant(text):
    if type(text) is not str or WIRE_INSTANT.fullmatch(text) is None:
        raise Unusual
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unusual from error


_SCALARS = {
    str: Codec(_text, _text),
    int: _same(lambda value: type(value) is int and 0 <= value <= LARGEST),
    bool: _same(lambda value: type(value) is bool),
    datetime: Codec(_write_instant, _read_instant),
}
