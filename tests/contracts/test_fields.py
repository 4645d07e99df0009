"""The short way through a schema says exactly what marshmallow says, and is the one that the hot path goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, validates_schema

from hoithi_contracts import fields


class Saved(fields.StrictSchema):
    answers = fields.Answers(most=3, required=True)
    seq = fields.Whole(least=1, most=9, load_default=None)


class Guessed(fields.StrictSchema):
    answers = fields.Answers(load_default=dict)
    prediction = fields.Whole(allow_none=True, load_default=None)


class Both(Saved):
    @validates_schema
    def together(self, data, **_):
        if data["seq"] == 7:
            raise ValidationError("not seven")


_CHOICES = st.sampled_from(["A", "", "ac", "AC", "CA", "AA", "1", None, 5, ["A"]])
_ANSWERS = st.dictionaries(st.text(max_size=3) | st.just("x" * 121), _CHOICES, max_size=5) | st.sampled_from([None, [], "A", {}])
_NUMBERS = st.integers(-2, 12) | st.sampled_from([None, True, "5", 5.0, 2**40])
_BODIES = st.fixed_dictionaries({}, optional={"answers": _ANSWERS, "seq": _NUMBERS, "prediction": _NUMBERS, "more": st.none()})


def _outcome(load, body):
    try:
        return load(body)
    except ValidationError as error:
        return error.normalized_messages()


@given(_BODIES | st.sampled_from([None, [], "x", 1]))
def test_both_ways_load_and_refuse_the_same(body):
    for schema in (Saved(), Guessed(), Both()):
        assert _outcome(schema.load, body) == _outcome(lambda value, schema=schema: Schema.load(schema, value), body)


def test_an_ordinary_body_goes_the_short_way(monkeypatch):
    monkeypatch.setattr(Schema, "load", lambda *_, **__: pytest.fail("marshmallow was asked"))
    assert Saved().load({"answers": {"1": "A"}, "seq": 2}) == {"answers": {"1": "A"}, "seq": 2}
    assert Guessed().load({}) == {"answers": {}, "prediction": None}


def test_a_default_is_made_anew_for_everybody():
    schema = Guessed()
    assert schema.load({})["answers"] is not schema.load({})["answers"]


def test_a_schema_that_checks_more_than_its_fields_goes_the_long_way():
    with pytest.raises(ValidationError, match="not seven"):
        Both().load({"answers": {}, "seq": 7})
