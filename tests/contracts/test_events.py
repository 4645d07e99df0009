"""Contracts: frozen once published, readable by anyone, the same on the wire and in code."""

import copy
import html
import json
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from hoithi_bus import topology
from hoithi_contracts import asyncapi, event_map, frozen
from hoithi_contracts.event import REGISTRY, NotAnEvent, envelope, open_envelope
from hoithi_contracts.exam import AttemptSubmitted, Key, ResultRules, WeekClosed, WeekOpened
from hoithi_contracts.registration import OfficerChanged, UserErased

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 9, 8, 2, 30, 0, 123000, tzinfo=UTC)
RULES = ResultRules(
    counting="best",
    tie_break="A",
    prediction="perfect",
    divisions=["citizens"],
    prizes=[],
    collective="participation",
    collective_least_rate=50,
    answers_shown="after-close",
)
SAMPLES = [
    WeekClosed(round_id="c-w1", contest_id="c", number=1, attempts=3, closed_at=NOW),
    UserErased(user_id="u1", erased_at=NOW),
    WeekOpened(
        round_id="c-w1",
        contest_id="c",
        number=1,
        title="Tuần 1",
        opens_at=NOW,
        closes_at=NOW,
        rules=RULES,
        rules_version=1,
        paper_size=20,
        keys={"b/q1": Key(right="ac", points=2)},
    ),
    AttemptSubmitted(
        attempt_id="a",
        contest_id="c",
        round_id="c-w1",
        user_id="u",
        unit_id="x",
        division="citizens",
        number=1,
        started_at=NOW,
        submitted_at=NOW,
        duration_ms=5,
        by="server",
        late=False,
        questions=["b/q1"],
        answers={"b/q1": "a"},
        answers_digest="d",
        registered_at=NOW,
    ),
]
EVENTS = sorted(REGISTRY.values(), key=lambda cls: cls.type)
TYPE = "type"
CLOSED = {"round_id": "r", "contest_id": "c", "number": 1, "attempts": 3, "closed_at": "2026-09-08T02:30:00Z"}


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.type)
def test_a_published_event_is_frozen(cls):
    assert frozen.json_schema(cls) == frozen.frozen(cls), "add optional fields only, then run: python -m hoithi_contracts freeze"


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.type)
def test_every_event_says_when_it_is_sent_and_who_hears_it(cls):
    assert cls.__doc__.startswith("Sent when ")
    assert cls.type == cls.type.lower() and " " not in cls.type
    assert cls.queues and all(queue.count(".") == 1 for queue in cls.queues)


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.type)
def test_an_event_comes_out_of_its_envelope_as_it_went_in(event):
    message = json.loads(json.dumps(envelope(event, NOW)))
    assert open_envelope(message) == event
    jsonschema.validate(message["data"], frozen.frozen(type(event)))


def test_the_same_fact_has_the_same_id():
    first, second = (envelope(SAMPLES[0], NOW) for _ in range(2))
    assert first["id"] == second["id"] == "week-closed:c-w1"
    assert first["time"] == "2026-09-08T02:30:00.123Z"


def test_an_optional_field_of_a_newer_publisher_is_ignored():
    message = envelope(SAMPLES[0], NOW)
    message["data"]["from_the_future"] = 1
    assert open_envelope(message) == SAMPLES[0]


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {TYPE: "unheard-of"},
        {TYPE: ["week-closed"]},
        {TYPE: "week-closed"},
        {TYPE: "week-closed", "data": []},
        {TYPE: "week-closed", "data": {**CLOSED, "attempts": "3"}},
        {TYPE: "week-closed", "data": {**CLOSED, "closed_at": "2026-09-08T02:30:00"}},
    ],
    ids=str,
)
def test_what_is_not_a_valid_event_is_named_so(wrong):
    with pytest.raises(NotAnEvent):
        open_envelope(wrong)


@pytest.mark.parametrize("change", ["gone", "renamed", "required", "type", "nested"])
def test_a_breaking_change_cannot_be_frozen(change, monkeypatch):
    broken = copy.deepcopy(frozen.json_schema(WeekOpened))
    if change == "gone":
        del broken["properties"]["title"]
    elif change == "renamed":
        broken["properties"]["name"] = broken["properties"].pop("title")
    elif change == "required":
        broken["required"] = [*broken["required"], "note"]
    elif change == "type":
        broken["properties"]["number"] = {"type": "string"}
    else:
        del broken["$defs"]["Key"]["properties"]["points"]
    real = frozen.json_schema
    monkeypatch.setattr(frozen, "json_schema", lambda cls: broken if cls is WeekOpened else real(cls))
    with pytest.raises(frozen.BreaksTheContract):
        frozen.freeze()
    assert frozen.frozen(WeekOpened) != broken


def test_an_added_optional_field_breaks_nothing():
    schema = frozen.json_schema(WeekClosed)
    newer = copy.deepcopy(schema)
    newer["properties"]["note"] = {"type": ["string", "null"]}
    assert frozen.breaks(schema, newer) == []


def test_the_asyncapi_document_is_the_one_that_the_contracts_give():
    document = asyncapi.describe()
    assert json.loads((ROOT / "docs/reference/asyncapi.json").read_text()) == document, "run: make contracts"
    assert set(document["components"]["messages"]) == set(REGISTRY)
    heard = {cls.type for cls in EVENTS}
    operations = [operation for operation in document["operations"].values() if operation["action"] == "receive"]
    assert {message["$ref"].rpartition("/")[2] for operation in operations for message in operation["messages"]} == heard


def test_the_broker_starts_with_the_queues_of_the_contracts():
    written = json.loads((ROOT / "deploy/rabbitmq/topology.json").read_text())
    assert written == topology.definitions(topology.VHOST), "run: make contracts"


def test_the_event_map_shows_the_contracts():
    assert (ROOT / "docs/pictures/event-map.dot").read_text() == event_map.describe(), "run: make contracts"
    drawn = html.unescape((ROOT / "docs/pictures/event-map.svg").read_text())
    assert all(f">{cls.type}<" in drawn for cls in EVENTS)


def test_personal_data_travels_only_in_events_about_the_person():
    personal = {"name", "phone", "email", "birth_date"}
    carriers = {cls.type for cls in EVENTS if personal & {field.name for field in dataclass_fields(cls)}}
    assert carriers == {"user-registered", "user-updated", "invitation-sent", "password-reset-requested"}


def test_a_role_that_was_given_and_taken_is_two_facts():
    """The relay removes from an outbox what it published, by id: one id for both, and the second one would never be told."""
    told = {"officer_id": "x1:u1", "user_id": "u1", "unit_id": "x1"}
    given_at = datetime(2026, 9, 7, 8, 0, 0, tzinfo=UTC)
    given = OfficerChanged(**told, changed_at=given_at, holds=True)
    taken = OfficerChanged(**told, changed_at=given_at + timedelta(milliseconds=1), holds=False)
    assert given.event_id != taken.event_id
    assert given.event_id == OfficerChanged(**told, changed_at=given_at, holds=True).event_id
