"""The OpenAPI documents: valid, complete, and safe to generate clients from."""

from importlib import import_module

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from hoithi_bus.http.openapi import describe, doors_of

SERVICES = ("registration", "exam", "scoring", "notify", "emulation")


@pytest.fixture(params=SERVICES)
def doors(request):
    return import_module(f"hoithi_{request.param}.service").Doors


def test_the_document_is_valid_openapi(doors):
    OpenAPIV31SpecValidator(describe(doors)).validate()


def test_every_door_says_what_it_is_for(doors):
    assert all(door.summary for _, _, door in doors_of(doors))


def test_every_body_refuses_what_it_does_not_know(doors):
    document = describe(doors)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content:
                name = content["schema"]["$ref"].rpartition("/")[2]
                assert document["components"]["schemas"][name]["additionalProperties"] is False, (path, name)


def test_every_refusal_has_a_sentence_in_both_languages(doors):
    for error, problem in doors.problems.items():
        assert problem.vi.strip() and problem.en.strip() and problem.vi != problem.en, error
        assert 400 <= problem.status < 600
