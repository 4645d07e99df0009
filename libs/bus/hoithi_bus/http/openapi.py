"""The OpenAPI 3.1 document of a service, from its doors."""

import inspect
import re
from http import HTTPStatus

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
            },
        },
    },
}


def doors_of(service_cls) -> list:
    """(method name, door) of a service class, by path."""
    found = []
    for name, method in inspect.getmembers(service_cls, inspect.isfunction):
        for entrypoint in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
            if hasattr(entrypoint, "body_schema") and not entrypoint.hidden:
                found.append((name, method, entrypoint))
    return sorted(found, key=lambda each: (each[2].path, each[2].method))


def describe(service_cls) -> dict:
    """The document as a dictionary. Servers: the address of the service behind the front door."""
    spec = APISpec(
        title=service_cls.title,
        version=service_cls.version,
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": inspect.getdoc(service_cls) or ""},
        servers=[{"url": f"/api/{service_cls.name}"}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    spec.components.schema("Problem", PROBLEM)
    for name, method, entrypoint in doors_of(service_cls):
        spec.path(
            path=PARAMETER.sub(r"{\2}", entrypoint.path),
            operations={entrypoint.method.lower(): _operation(name, method, entrypoint)},
        )
    return spec.to_dict()


def _operation(name: str, method, entrypoint) -> dict:
    operation = {
        "operationId": name,
        "summary": entrypoint.summary,
        "description": entrypoint.description or inspect.getdoc(method) or "",
        "parameters": _parameters(entrypoint),
        "responses": _responses(entrypoint),
    }
    if entrypoint.who != "anyone":
        operation["security"] = [{"token": []}]
        operation["x-who"] = entrypoint.who if isinstance(entrypoint.who, str) else list(entrypoint.who)
    if entrypoint.body_schema is not None:
        operation["requestBody"] = {"required": True, "content": _body_content(entrypoint)}
    return operation


def _parameters(entrypoint) -> list:
    types = {"int": {"type": "integer"}}
    path = [
        {"name": name, "in": "path", "required": True, "schema": types.get(kind, {"type": "string", "minLength": 1})}
        for kind, name in PARAMETER.findall(entrypoint.path)
    ]
    headers = [
        {"name": name, "in": "header", "required": False, "description": purpose, "schema": {"type": "string"}}
        for name, purpose in entrypoint.headers.items()
    ]
    return path + headers + ([{"in": "query", "schema": entrypoint.query_schema}] if entrypoint.query_schema else [])


def _body_content(entrypoint) -> dict:
    if entrypoint.body_schema is bytes:
        return {kind: {"schema": {"type": "string"}} for kind in entrypoint.consumes or ("application/octet-stream",)}
    return {"application/json": {"schema": entrypoint.body_schema}}


def _responses(entrypoint) -> dict:
    done = {"description": HTTPStatus(entrypoint.status).phrase}
    if entrypoint.produces:
        kinds = [entrypoint.produces] if isinstance(entrypoint.produces, str) else entrypoint.produces
        done["content"] = {kind: {"schema": {"type": "string"}} for kind in kinds}
    elif entrypoint.answer_schema is not None:
        done["content"] = {"application/json": {"schema": entrypoint.answer_schema}}
    problem = {
        "description": "Problem details (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    also = {
        str(status): {"description": meaning, "content": {"application/json": {"schema": schema}}}
        for status, (meaning, schema) in entrypoint.also.items()
    }
    return {str(entrypoint.status): done, **also, "default": problem}
