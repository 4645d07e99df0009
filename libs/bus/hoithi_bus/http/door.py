"""A door: one HTTP method and path. Checks who calls and what, calls one method, answers.

The work runs in the connection's own greenlet (nameko's second pool costs a quarter of the
throughput, see docs/decisions/0003), still through nameko's worker life cycle, so that dependencies
and metrics see every call.
"""

import json
import logging
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from sys import exc_info

import orjson
from marshmallow import Schema, ValidationError
from nameko.containers import WorkerContext
from nameko.extensions import Entrypoint

from hoithi_bus import clock
from hoithi_bus.http import problems
from hoithi_bus.http.server import Server
from hoithi_bus.http.tokens import Claims
from hoithi_bus.http.wire import BodyTooLong, Request
from hoithi_contracts.fields import Flag, Whole, wire_instant

log = logging.getLogger(__name__)

LIMIT = 64 * 1024
WHOLE = re.compile(r"-?\d{1,18}")
JSON = {"Content-Type": "application/json"}
FLAGS = {"true": True, "false": False}
AS_WE_WRITE = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS


@dataclass
class Call:
    """One request as the service's method sees it."""

    now: datetime
    language: str
    claims: Claims | None
    query: dict
    body: dict | None
    raw: bytes
    request: Request

    @property
    def content_type(self) -> str:
        return self.request.content_type

    @property
    def headers(self):
        return self.request.headers

    @property
    def address(self) -> str:
        """The caller's address as nginx saw it."""
        return self.request.headers.get("x-real-ip") or self.request.address


@dataclass(frozen=True)
class Reply:
    """An answer that is not plain JSON with the door's status. `body`: bytes, text or an iterable of bytes."""

    body: bytes | str | Iterable[bytes] = b""
    status: int = 200
    content_type: str = "application/octet-stream"
    headers: dict | None = None

    @classmethod
    def json(cls, value, status: int = 200, headers: dict | None = None) -> "Reply":
        """JSON with another status or with headers."""
        return cls(dump(value), status, "application/json", headers)


def dump(value) -> bytes:
    """JSON as hoithi writes it: UTF-8, instants in RFC 3339 with milliseconds."""
    return orjson.dumps(value, default=_wire, option=AS_WE_WRITE)


def _wire(value):
    if isinstance(value, datetime):
        return wire_instant(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, tuple):  # a named one
        return list(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _no_constant(name: str):
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(parse_constant=_no_constant)


class Door(Entrypoint):
    """One method and path of a service.

    `who`: "anyone", "person" (signed in) or a tuple of roles, of which any will do (the handler
    checks the scope). `body`: a schema for JSON, `bytes` for a raw body, None. `query`, `answer`:
    schemas. `limit`: bytes of the body. `hidden`: not in the OpenAPI document. `produces`,
    `consumes`: content types other than JSON. For the document only: `headers`, name of a request
    header -> what it is for; `also`, status -> (what it means, schema) of further answers.
    """

    server = Server()

    def __init__(
        self,
        method,
        path,
        *,
        who,
        body=None,
        query=None,
        answer=None,
        status=200,
        limit=LIMIT,
        summary="",
        description="",
        produces=None,
        consumes=(),
        headers=None,
        also=None,
        hidden=False,
        **kwargs,
    ):
        self.method, self.path, self.who, self.status, self.limit = method, path, who, status, limit
        self.body_schema, self.query_schema, self.answer_schema = body, query, answer
        self.summary, self.description, self.produces, self.consumes, self.hidden = (
            summary,
            description,
            produces,
            consumes,
            hidden,
        )
        self.headers, self.also = headers or {}, also or {}
        super().__init__(**kwargs)

    def setup(self):
        self.expected_exceptions = self._refusals()
        self.server.register_provider(self)

    def stop(self):
        self.server.drain()
        super().stop()

    @cached_property
    def service(self):
        return self.container.service_cls

    def _refusals(self) -> tuple:
        """Exceptions that are the caller's doing: counted as refused, not as errors."""
        table = {**problems.OWN, **getattr(self.service, "problems", {})}
        return tuple(error for error, problem in table.items() if problem.status < 500)

    # A request

    def handle_request(self, request: Request, values: dict) -> tuple[int, dict, bytes | Iterable[bytes]]:
        """(status, headers, body) of the answer, whatever happens. `values`: the parameters of the path."""
        language = problems.language_of(request)
        try:
            return self._answer(self._run(self._call(request, language), values))
        except Exception as error:
            return self._problem(error, language, request.path)

    def _call(self, request: Request, language: str) -> Call:
        now = clock.now()
        claims = self._claims(request, now)
        raw = self._raw(request)
        return Call(
            now,
            language,
            claims,
            self._query(request),
            self._json(request, raw),
            raw,
            request,
        )

    def _claims(self, request: Request, now: datetime) -> Claims | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if self.who == "anyone" and not token:
            return None
        if scheme.lower() != "bearer":
            raise problems.NotSignedIn()
        claims = self.server.tokens.verify(token.strip(), now)
        if not isinstance(self.who, str):
            claims.require_any(self.who)
        return claims

    def _raw(self, request: Request) -> bytes:
        if self.body_schema is None:
            return b""
        try:
            return request.read(self.limit)
        except BodyTooLong as error:
            raise problems.BodyTooLarge(self.limit) from error

    def _json(self, request: Request, raw: bytes) -> dict | None:
        if self.body_schema is None or self.body_schema is bytes:
            return None
        if request.content_type != "application/json":
            raise problems.WrongContentType("application/json")
        try:
            value = _decoder.decode(raw.decode())
        except (ValueError, RecursionError) as error:
            raise problems.NotJson() from error
        return _load(self._body_loader, value)

    def _query(self, request: Request) -> dict:
        if self.query_schema is None:
            return {}
        return _load(self._query_loader, _typed(self._query_loader, request.query))

    @cached_property
    def _body_loader(self) -> Schema:
        return _instance(self.body_schema)

    @cached_property
    def _query_loader(self) -> Schema:
        return _instance(self.query_schema)

    def _run(self, call: Call, path_values: dict):
        """nameko's worker life cycle in this greenlet, without its log records: they cost a fifth of a door's time."""
        container, result, failure = self.container, None, None
        context = WorkerContext(container, container.service_cls(), self, (call,), path_values)
        container._inject_dependencies(context)
        container._worker_setup(context)
        try:
            result = getattr(context.service, self.method_name)(call, **path_values)
        except Exception:
            failure = exc_info()
        container._worker_result(context, result, failure)
        container._worker_teardown(context)
        if failure is not None:
            raise failure[1]
        return result

    def _answer(self, result) -> tuple[int, dict, bytes | Iterable[bytes]]:
        if isinstance(result, Reply):
            headers = {"Content-Type": _with_charset(result.content_type), **(result.headers or {})}
            return result.status, headers, _bytes(result.body)
        if result is None:
            return 204, {}, b""
        return self.status, JSON, dump(result)

    def _problem(self, error: Exception, language: str, path: str) -> tuple[int, dict, bytes]:
        problem = problems.find(error, getattr(self.service, "problems", {}))
        if problem is None:
            error.reference = secrets.token_hex(4)
            log.error("%s %s failed, reference %s", self.method, self.path, error.reference, exc_info=exc_info())
            problem = problems.INTERNAL
        return problems.render(problem, error, language, path, getattr(self.service, "reasons", {}))


def _bytes(body: bytes | str | Iterable[bytes]) -> bytes | Iterable[bytes]:
    return body.encode() if isinstance(body, str) else body


def _with_charset(content_type: str) -> str:
    plain = content_type.startswith("text/") and "charset" not in content_type
    return f"{content_type}; charset=utf-8" if plain else content_type


def _instance(schema) -> Schema:
    return schema() if isinstance(schema, type) else schema


def _load(schema: Schema, value) -> dict:
    try:
        return schema.load(value)
    except ValidationError as error:
        raise problems.NotValid(error.normalized_messages()) from error


def _typed(schema: Schema, args: dict) -> dict:
    """Query values are texts; numbers and flags get their type, everything else is for the schema to judge."""
    typed = {}
    for name, text in args.items():
        field = schema.fields.get(name)
        if isinstance(field, Whole) and WHOLE.fullmatch(text):
            typed[name] = int(text)
        else:
            typed[name] = FLAGS.get(text, text) if isinstance(field, Flag) else text
    return typed


door = Door.decorator
