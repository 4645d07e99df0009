"""The rules' schema as data: from this the desk draws its forms, so that there is no second list of settings."""

from functools import cache

from marshmallow import Schema
from marshmallow.fields import Field
from marshmallow.validate import Length, OneOf, Range

from hoithi_contracts import fields
from hoithi_exam.domain.rules import Rules, plain
from hoithi_exam.domain.rules_schema import RulesSchema

KINDS = ((fields.Whole, "whole"), (fields.Flag, "flag"), (fields.Choice, "choice"), (fields.Many, "list"), (fields.Part, "part"))


@cache
def described_rules() -> list[dict]:
    """Every setting with its kind, limits, group and default, in the order of the schema."""
    defaults = plain(Rules())
    return [{**each, "default": defaults[each["name"]]} for each in _described(RulesSchema())]


def _described(schema: Schema) -> list[dict]:
    return [{"name": name, **_field(field)} for name, field in schema.fields.items()]


def _field(field: Field) -> dict:
    kind = next((name for cls, name in KINDS if isinstance(field, cls)), "text")
    about = {"kind": kind, "nullable": field.allow_none, "required": field.required, **_limits(field)}
    if "group" in field.metadata:
        about["group"] = field.metadata["group"]
    inner = field.inner if kind == "list" else field
    return {**about, "fields": _described(inner.schema)} if isinstance(inner, fields.Part) else about


def _limits(field: Field) -> dict:
    """Bounds of a number or of a list's length, the words of a choice."""
    limits: dict = {}
    for check in field.validators:
        if isinstance(check, OneOf):
            limits["choices"] = list(check.choices)
        elif isinstance(check, Range | Length):
            bounds = {"least": check.min, "most": check.max}
            limits |= {name: bound for name, bound in bounds.items() if bound is not None}
    return limits
