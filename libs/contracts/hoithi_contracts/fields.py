"""Fields for everything that comes from outside: HTTP bodies and events.

Stricter than marshmallow's own (a number is not a text, 5.5 is not 5), and their messages are
*reasons*: a code, or a code and its arguments ("too-long:80"), which the HTTP door turns into a
sentence of the person's language (`hoithi_bus.http.reasons`).
"""

import re
import unicodedata
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from marshmallow import RAISE, Schema, ValidationError, fields, missing
from marshmallow.validate import Length, OneOf, Range, Regexp

COMMON = {"required": "required", "null": "required", "validator_failed": "not-valid"}
# Zero-width and bidirectional controls can make one name look like another (Unicode TR 36, 3.1).
DECEIVING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
INVISIBLE = {"Cc", "Cs", "Co", "Cn"}


class FullMatch(Regexp):
    """The whole text matches: Python's `$` alone would also accept a final line feed."""

    def __call__(self, value: str) -> str:
        if self.regex.fullmatch(value) is None:
            raise ValidationError(self._format_error(value))
        return value


class StrictSchema(Schema):
    """A schema that refuses what it does not know."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "unknown-field", "type": "not-an-object"}

    def load(self, data, **kwargs):
        """As marshmallow loads. The two fields of a save cost it 20 us; 4 where all fields know what is usual."""
        found = self._usual(data) if self._quick and not kwargs else None
        return super().load(data, **kwargs) if found is None else found

    @cached_property
    def _quick(self) -> bool:
        """Whether every field says what is usual, and nothing but fields has a say."""
        plain_fields = all(hasattr(field, "is_usual") and not field.data_key for field in self.load_fields.values())
        return plain_fields and not self.many and not any(self._hooks.values())

    def _usual(self, data) -> dict | None:
        """What is loaded when every value is a usual one or has a default; else None: marshmallow decides."""
        if type(data) is not dict or not data.keys() <= self.load_fields.keys():
            return None
        loaded = {}
        for name, field in self.load_fields.items():
            if name not in data and field.load_default is not missing:
                loaded[name] = field.load_default() if callable(field.load_default) else field.load_default
            elif name in data and field.is_usual(data[name]):
                loaded[name] = data[name]
            else:
                return None
        return loaded


def plain(text: str, keep: str = "") -> None:
    """Refuse control characters (except those in `keep`), lone surrogates and deceiving marks."""
    for sign in text:
        if sign not in keep and unicodedata.category(sign) in INVISIBLE:
            raise ValidationError(f"control-character:U+{ord(sign):04X}")
    if DECEIVING.search(text):
        raise ValidationError("deceiving-character")


class Text(fields.String):
    """One line of text: trimmed, NFC, `least` to `most` characters, no markup, no control characters."""

    default_error_messages = {**COMMON, "invalid": "not-a-text", "invalid_utf8": "not-a-text"}
    keep = ""

    def __init__(self, *, least: int = 1, most: int = 200, markup: bool = False, **kwargs):
        self.markup = markup
        checks = [Length(least, None, error=f"too-short:{least}"), Length(None, most, error=f"too-long:{most}")]
        super().__init__(validate=checks + list(kwargs.pop("also", ())), **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        plain(text, self.keep)
        text = unicodedata.normalize("NFC", text).strip()
        if not self.markup and ("<" in text or ">" in text):
            raise ValidationError("markup")
        return text


class LongText(Text):
    """Text of several lines."""

    keep = "\n\r\t"

    def __init__(self, *, most: int = 4000, **kwargs):
        super().__init__(most=most, **kwargs)


class Secret(fields.String):
    """A password or code: kept exactly as typed apart from NFC; `least` to `most` characters."""

    default_error_messages = Text.default_error_messages

    def __init__(self, *, least: int = 1, most: int = 200, **kwargs):
        checks = [Length(least, None, error=f"too-short:{least}"), Length(None, most, error=f"too-long:{most}")]
        super().__init__(validate=checks, load_only=True, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        plain(text)
        return unicodedata.normalize("NFC", text)


class Name(fields.String):
    """A technical identifier: letters, digits, and . _ : / ~ - inside; at most 120 characters."""

    default_error_messages = Text.default_error_messages

    def __init__(self, *, pattern: str = r"^[A-Za-z0-9][A-Za-z0-9._:/~-]{0,119}$", **kwargs):
        super().__init__(validate=FullMatch(pattern, error="not-an-identifier"), **kwargs)


class Whole(fields.Integer):
    """A whole number from `least` to `most`; neither "5" nor 5.0 nor true."""

    default_error_messages = {**COMMON, "invalid": "not-a-whole-number", "too_large": "not-a-whole-number"}

    def __init__(self, *, least: int = 0, most: int = 2**31 - 1, **kwargs):
        self.least, self.most = least, most
        super().__init__(strict=True, validate=Range(least, most, error=f"out-of-range:{least}:{most}"), **kwargs)

    def is_usual(self, value) -> bool:
        return type(value) is int and self.least <= value <= self.most

    def _validated(self, value):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.make_error("invalid")
        return super()._validated(value)


class Decimal(fields.Float):
    """A finite number from `least` to `most`."""

    default_error_messages = {**COMMON, "invalid": "not-a-number", "too_large": "not-a-number", "special": "not-a-number"}

    def __init__(self, *, least: float, most: float, **kwargs):
        super().__init__(allow_nan=False, validate=Range(least, most, error=f"out-of-range:{least:g}:{most:g}"), **kwargs)

    def _validated(self, value):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self.make_error("invalid")
        return super()._validated(value)


class Flag(fields.Boolean):
    """true or false, nothing that looks like it."""

    default_error_messages = {**COMMON, "invalid": "not-true-or-false"}

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Instant(fields.AwareDateTime):
    """A point in time with its zone (RFC 3339), kept in UTC to the millisecond."""

    default_error_messages = {
        **COMMON,
        "invalid": "not-an-instant",
        "invalid_awareness": "zone-missing",
        "format": "not-an-instant",
    }

    def __init__(self, **kwargs):
        super().__init__(format="iso", **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, str):
            raise self.make_error("invalid", input=value, obj_type="datetime")
        try:
            return whole_ms(super()._deserialize(value, attr, data, **kwargs).astimezone(UTC))
        except OverflowError as error:
            raise self.make_error("invalid", input=value, obj_type="datetime") from error

    def _serialize(self, value, attr, obj, **kwargs):
        return None if value is None else wire_instant(value)


class Day(fields.Date):
    """A calendar day, YYYY-MM-DD."""

    default_error_messages = {**COMMON, "invalid": "not-a-day", "format": "not-a-day"}

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class Choice(fields.String):
    """One of the given words."""

    default_error_messages = Text.default_error_messages

    def __init__(self, *words: str, **kwargs):
        super().__init__(validate=OneOf(words, error="not-one-of:{choices}"), **kwargs)


class Many(fields.List):
    """A list of `least` to `most` items."""

    default_error_messages = {**COMMON, "invalid": "not-a-list"}

    def __init__(self, item, *, least: int = 0, most: int = 1000, **kwargs):
        checks = [Length(least, None, error=f"too-few:{least}"), Length(None, most, error=f"too-many:{most}")]
        super().__init__(item, validate=checks, **kwargs)


class Part(fields.Nested):
    """An object inside the object."""

    default_error_messages = {**COMMON, "type": "not-an-object"}


class Answers(fields.Dict):
    """Chosen options by question: {"7": "B", "8": "AC"}; one field checked in one pass, for speed.

    Keys: what the paper calls the question. Values: distinct letters in rising order, "" for a
    question that was cleared.
    """

    default_error_messages = {**COMMON, "invalid": "not-an-object"}
    letters = FullMatch("^[A-Za-z]{0,10}$", error="not-options")

    def __init__(self, *, most: int = 200, **kwargs):
        self.most = most
        super().__init__(keys=fields.String(), values=fields.String(validate=self.letters), **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if len(value) > self.most:
            raise ValidationError(f"too-many:{self.most}")
        wrong = self.wrong(value)
        if wrong:
            raise ValidationError({key: ["not-options"] for key in wrong})
        return value

    def is_usual(self, value) -> bool:
        return type(value) is dict and len(value) <= self.most and not self.wrong(value)

    def wrong(self, value: dict) -> list:
        """The keys whose choice is none."""
        return [key for key, chosen in value.items() if len(key) > 120 or type(chosen) is not str or not self.is_choice(chosen)]

    @classmethod
    @lru_cache(maxsize=10_000)
    def is_choice(cls, letters: str) -> bool:
        """Whether these are distinct letters in rising order. Nearly all are one letter: remembered."""
        return cls.letters.regex.fullmatch(letters) is not None and list(letters) == sorted(set(letters))


def whole_ms(moment: datetime) -> datetime:
    """The same instant cut to milliseconds: what MongoDB keeps and the wire carries."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def wire_instant(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds; such texts sort like the instants they name."""
    there = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return there.isoformat(timespec="milliseconds")[:-6] + "Z"
