"""Every door with every kind of caller, held to the table in matrix.yml: a new door is listed there, or this fails.

The doors come from the services' OpenAPI documents. A cell is the HTTP status; `2F` is 403 because the second factor is missing.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from hoithi_bus.http.openapi import describe
from rights.asking import ASKED, Asked
from rights.conftest import columns

TABLE = yaml.safe_load(Path(__file__).with_name("matrix.yml").read_text())
SERVICES = ("registration", "exam", "scoring", "notify", "emulation")
COLUMNS = tuple(columns())
REFUSED = ("401", "403", "404", "2F")
# Doors whose answer is about the caller: everybody sees something else there.
OWN = (
    "/me",
    "/roles",
    "/invitations",
    "/rosters/",
    "/contests",
    "/banks",
    "/rounds/{round_id}/attempts",
    "/rounds/{round_id}/mine",
    "/attempts/",
    "/complaints/",
)


@pytest.fixture(params=SERVICES)
def service(request):
    return request.param


@pytest.fixture
def doors(service):
    return import_module(f"hoithi_{service}.service").Doors


def operations(doors) -> dict[str, dict]:
    """ "GET /audit" -> its operation."""
    paths = describe(doors)["paths"]
    return {f"{method.upper()} {path}": operation for path, found in paths.items() for method, operation in found.items()}


def rows(service: str) -> dict[str, dict[str, str]]:
    """Door -> column -> expected cell."""
    return {door: dict(zip(COLUMNS, str(cells).split(), strict=True)) for door, cells in TABLE[service].items()}


def ask(world, door: str, asked: Asked, column: str):
    method, path = door.split(" ")
    values = {name: world.value(value, column) for name, value in asked.path.items()}
    body = asked.body and {
        name: world.value(each, column) if isinstance(each, str) else each for name, each in asked.body.items()
    }
    more = {"params": asked.query} | ({"content": asked.content} if asked.content else {})
    if asked.body is not None:
        more["json"] = body or {}
    headers = world.header(column) | asked.headers | ({"Content-Type": asked.kind} if asked.content else {})
    return world.client.request(method, path.format(**values), headers=headers, **more)


def cell(answer) -> str:
    needs_factor = answer.status_code == 403 and answer.json()["type"] == "/problems/second-factor-needed"
    return "2F" if needs_factor else str(answer.status_code)


def test_every_door_is_in_the_table_and_nothing_else(service, doors):
    assert set(TABLE[service]) == set(operations(doors))


def test_every_caller_gets_what_the_table_says(service, doors, world):
    made, differing = world(service, doors), []
    for door in operations(doors):
        made.fresh()
        asked = ASKED[service].get(door, Asked())
        found = [cell(ask(made, door, asked, column)) for column in COLUMNS]
        if found != str(TABLE[service].get(door, "")).split():
            differing.append(f"  {door}: {' '.join(found)}")
    assert not differing, "look at each, then correct the code or the table:\n" + "\n".join(differing)


# What no table may say


def test_a_door_for_roles_is_closed_to_everybody_without_one(service, doors):
    expected = rows(service)
    for door, operation in operations(doors).items():
        if isinstance(operation.get("x-who"), list):
            assert (expected[door]["nobody"], expected[door]["participant"], expected[door]["asleep"]) == ("401", "403", "2F"), (
                door
            )


def test_a_door_for_people_is_closed_to_strangers(service, doors):
    expected = rows(service)
    assert all(expected[door]["nobody"] == "401" for door, operation in operations(doors).items() if "x-who" in operation)


def test_an_organiser_of_another_contest_changes_nothing_of_this_one(service, doors):
    expected = rows(service)
    for door, operation in operations(doors).items():
        about_a_contest = any(name in door for name in ("{contest_id}", "{round_id}", "{bank_id}"))
        if about_a_contest and isinstance(operation.get("x-who"), list):
            assert expected[door]["organiser-elsewhere"] in REFUSED, door


def test_an_officer_of_another_unit_may_no_more_than_a_participant(service, doors):
    """But see the own line on the doors that filter."""
    expected = rows(service)
    own_line = {"GET /rosters/{contest_id}", "GET /roles", "GET /invitations"}
    staff = {"GET /contests/{contest_id}/poster.pdf"}  # a poster with a unit's name is for officers of every unit
    for door in set(operations(doors)) - own_line - staff:
        assert expected[door]["participant"] not in REFUSED or expected[door]["officer-elsewhere"] in REFUSED, door


def test_an_officer_of_another_unit_sees_what_a_participant_sees(service, doors, world):
    made = world(service, doors)
    made.fresh()
    for door in operations(doors):
        if door.startswith("GET ") and not door.removeprefix("GET ").startswith(OWN):
            asked = ASKED[service].get(door, Asked())
            theirs, plain = (ask(made, door, asked, column) for column in ("officer-elsewhere", "participant"))
            assert theirs.status_code == plain.status_code, door
            assert theirs.status_code >= 400 or without_time(theirs) == without_time(plain), door


def without_time(answer) -> bytes:
    return re.sub(rb'"server_time":"[^"]+"', b"", answer.content)


def test_lists_of_staff_show_an_officer_nothing_of_another_unit(world):
    from hoithi_registration.service import Doors

    made = world("registration", Doors)
    made.fresh()
    for door in ("GET /rosters/{contest_id}", "GET /roles", "GET /invitations"):
        answer = ask(made, door, ASKED["registration"].get(door, Asked()), "officer-elsewhere")
        assert answer.status_code == 200 and "x1" not in answer.text and "t02" not in answer.text, door


def test_participation_that_must_not_be_told_is_told_to_the_units_officers_alone(world):
    """While a round runs whose prediction is the number of participants, the figure is sealed."""
    from hoithi_scoring.handlers import listening
    from hoithi_scoring.service import Doors
    from hoithi_scoring.storage import Storage
    from scoring.conftest import OPENS, Making

    made = world("scoring", Doors)
    storage = Storage(made.database)
    rules = Making.rules(prediction="participants")
    listening.change_units(storage, Making.units_changed())
    listening.publish_contest(storage, Making.published(rules=rules), OPENS)
    listening.open_week(storage, Making.opened(rules=rules), OPENS)
    door = "GET /rounds/{round_id}/participation"
    told = {column: cell(ask(made, door, ASKED["scoring"][door], column)) for column in COLUMNS}
    assert {column for column, found in told.items() if found == "200"} == {"officer", "officer-above", "organiser", "operator"}
    assert set(told.values()) == {"200", "403"}
