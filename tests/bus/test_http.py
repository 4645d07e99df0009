"""Doors: what comes in is checked, what goes wrong is told, what was accepted is answered."""

import base64
import hmac
import json
import socket
from datetime import UTC, datetime, timedelta

import eventlet
import httpx
import pytest

from hoithi_bus.http import Doors, Problem, Reply, door
from hoithi_bus.http.openapi import describe
from hoithi_contracts import fields


class RoundClosed(Exception):
    def __init__(self, closed_at):
        self.closed_at = closed_at


class NotOnPaper(Exception):
    def __init__(self, field):
        self.fields = {field: "not-on-paper"}


class Join(fields.StrictSchema):
    name = fields.Text(required=True, most=40)
    age = fields.Whole(least=0, most=150)
    answers = fields.Answers()


class Page(fields.StrictSchema):
    limit = fields.Whole(least=1, most=50, load_default=10)
    all = fields.Flag(load_default=False)


CLOSED_AT = datetime(2026, 9, 8, 15, 0, tzinfo=UTC)
SLOW: list[datetime] = []
"""When slow requests began."""


class Desk(Doors):
    """A desk for tests."""

    name = "desk"
    title = "hoithi desk"
    problems = {
        RoundClosed: Problem(409, "round-closed", "Vòng thi đã đóng lúc {closed_at}.", "The round closed at {closed_at}."),
        NotOnPaper: Problem(422, "not-on-paper", "Có câu không thuộc đề.", "A question is not on the paper."),
    }
    reasons = {"not-on-paper": ("Câu này không có trong đề.", "This question is not on the paper.")}

    @door("POST", "/people", who="anyone", body=Join, answer=Join, status=201, summary="Join")
    def join(self, call):
        return call.body

    @door("GET", "/people", who="anyone", query=Page, summary="List")
    def people(self, call):
        return call.query

    @door("GET", "/rounds/<round_id>", who="anyone")
    def round(self, call, round_id):
        if round_id == "closed":
            raise RoundClosed(CLOSED_AT)
        if round_id == "paper":
            raise NotOnPaper("answers.21")
        if round_id == "broken":
            raise RuntimeError("a secret detail")
        return {"round_id": round_id, "at": call.now}

    @door("GET", "/me", who="person")
    def me(self, call):
        return {"user_id": call.claims.user_id, "may": call.claims.holds("organiser", "contest", "c1")}

    @door("GET", "/desk", who=("organiser", "operator"))
    def desk(self, call):
        call.claims.require("organiser", "contest", "c1")
        return {}

    @door("POST", "/raw", who="anyone", body=bytes, limit=1000, consumes=("text/plain",), produces="text/csv")
    def raw(self, call):
        return Reply((part for part in (b"a,", b"b\n", call.raw)), content_type="text/csv")

    @door("POST", "/slow", who="anyone")
    def slow(self, call):
        SLOW.append(call.now)
        eventlet.sleep(1)
        return {"done": True}


@pytest.fixture
def desk(serve):
    return serve(Desk).client


def errors(response) -> dict:
    return {error["field"]: error["code"] for error in response.json()["errors"]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {"name": "required"}),
        ({"name": None}, {"name": "required"}),
        ({"name": {"$gt": ""}}, {"name": "not-a-text"}),
        ({"name": ["a"]}, {"name": "not-a-text"}),
        ({"name": 5}, {"name": "not-a-text"}),
        ({"name": "  "}, {"name": "too-short"}),
        ({"name": "a" * 41}, {"name": "too-long"}),
        ({"name": "a\u0000b"}, {"name": "control-character"}),
        ({"name": "a\u202eb"}, {"name": "deceiving-character"}),
        ({"name": "<script>"}, {"name": "markup"}),
        ({"name": "a", "$where": "1"}, {"$where": "unknown-field"}),
        ({"name": "a", "age": "5"}, {"age": "not-a-whole-number"}),
        ({"name": "a", "age": 5.5}, {"age": "not-a-whole-number"}),
        ({"name": "a", "age": 5.0}, {"age": "not-a-whole-number"}),
        ({"name": "a", "age": True}, {"age": "not-a-whole-number"}),
        ({"name": "a", "age": 10**30}, {"age": "out-of-range"}),
        ({"name": "a", "answers": {"1": "BA"}}, {"answers.1": "not-options"}),
        ({"name": "a", "answers": {"1": "B\n"}}, {"answers.1": "not-options"}),
        ({"name": "a", "answers": {"1": {"$ne": 1}}}, {"answers.1": "not-options"}),
        ({"name": "a", "answers": [1]}, {"answers": "not-an-object"}),
        ({"name": "a", "answers": {str(n): "A" for n in range(201)}}, {"answers": "too-many"}),
    ],
    ids=str,
)
def test_bad_input_names_the_field_and_the_reason(desk, body, expected):
    response = desk.post("/people", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert errors(response) == expected


def test_a_lone_surrogate_is_refused(desk):
    response = desk.post("/people", content=rb'{"name": "\ud800"}', headers={"Content-Type": "application/json"})
    assert errors(response) == {"name": "control-character"}
    as_a_name = desk.post("/people", content=rb'{"name": "a", "\ud800": 1}', headers={"Content-Type": "application/json"})
    assert as_a_name.status_code == 422 and list(errors(as_a_name).values()) == ["unknown-field"]


def test_a_name_is_trimmed_and_composed(desk):
    assert desk.post("/people", json={"name": "  Vàng Thi\u0323 Mỷ "}).json() == {"name": "Vàng Thị Mỷ"}


def test_the_person_reads_the_problem_in_the_own_language(desk):
    vietnamese = desk.get("/rounds/closed").json()
    english = desk.get("/rounds/closed", headers={"Accept-Language": "en-GB,en;q=0.9"}).json()
    assert vietnamese["title"] == "Vòng thi đã đóng lúc 22:00:00 08/09/2026."
    assert english["title"] == "The round closed at 22:00:00 08/09/2026."
    assert vietnamese["type"] == "/problems/round-closed" and vietnamese["status"] == 409
    assert desk.get("/rounds/paper").json()["errors"] == [
        {"field": "answers.21", "code": "not-on-paper", "message": "Câu này không có trong đề."}
    ]


def test_an_unforeseen_failure_shows_a_reference_and_no_detail(desk):
    response = desk.get("/rounds/broken")
    assert response.status_code == 500 and "secret" not in response.text
    assert "mã " in response.json()["title"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"name": NaN}', b"[" * 50_000, b'"name"', b"null", b"[]", b'{"name":"a"}{"name":"b"}']
)
def test_a_body_that_is_no_json_object_is_refused(desk, body):
    response = desk.post("/people", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422), response.text


def test_a_megabyte_is_refused_and_the_connection_goes_on(desk):
    assert desk.post("/people", json={"name": "a" * 2**20}).status_code == 413
    assert desk.post("/people", json={"name": "a"}).status_code == 201


def test_another_content_type_is_refused(desk):
    assert (
        desk.post("/people", content="name=a", headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code == 415
    )


def test_query_values_get_their_type_and_limits(desk):
    assert desk.get("/people?limit=5&all=true").json() == {"limit": 5, "all": True}
    assert errors(desk.get("/people?limit=51")) == {"limit": "out-of-range"}
    assert errors(desk.get("/people?limit=x&z=1")) == {"limit": "not-a-whole-number", "z": "unknown-field"}


def test_unknown_paths_and_methods_are_problems_too(desk):
    assert desk.get("/nowhere").json()["type"] == "/problems/no-such-page"
    response = desk.delete("/people")
    assert response.status_code == 405 and response.headers["allow"] == "GET, HEAD, POST"


def test_a_raw_body_is_taken_as_it_is_up_to_its_limit(desk):
    assert desk.post("/raw", content=b"c").text == "a,b\nc"
    assert desk.post("/raw", content=b"c" * 1001).status_code == 413


def segment(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def hmac_of(secret: str, head: str, body: str) -> str:
    digest = hmac.digest(secret.encode(), f"{head}.{body}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def test_only_a_valid_token_signs_in(desk, auth, token, instance):
    assert desk.get("/me").status_code == 401
    assert desk.get("/me", headers=auth("u7")).json() == {"user_id": "u7", "may": False}
    assert desk.get("/me", headers=auth("u7", roles=["organiser:contest:*"])).json()["may"]
    expired = desk.get("/me", headers=auth("u7", expires_in_s=-1))
    assert expired.status_code == 401 and expired.json()["type"] == "/problems/session-expired"
    head, body, signature = token("u7").split(".")
    public = json.loads(instance.secret("token-keys.json"))["keys"][0]
    as_none = {"alg": "none", "kid": public["kid"]}
    forged = [
        f"{segment(as_none)}.{body}.{signature}",
        f"{segment(as_none)}.{body}.",
        f"{segment({**as_none, 'alg': 'HS256'})}.{body}.{hmac_of(public['x'], segment({**as_none, 'alg': 'HS256'}), body)}",
        f"{segment({'alg': 'EdDSA', 'kid': 'other'})}.{body}.{signature}",
        f"{segment({'alg': 'EdDSA', 'kid': ['a']})}.{body}.{signature}",
        f"{segment([1])}.{body}.{signature}",
        f"{segment('x')}.{body}.{signature}",
        f"{base64.urlsafe_b64encode(b'[' * 9000).decode()}.{body}.{signature}",
        f"{head}.{segment({'sub': 'u7'})}.{signature}",
        f"{head}.{body}.{signature}.more",
        f"more.{head}.{body}.{signature}",
        f"{head}.{body}=.{signature}",
        f"{head}.{body}.{signature}!",
        f"{head}{body}{signature}",
        ".",
        "..",
        token("u7", exp="soon"),
        token("u7", sub=None, reg="x"),
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{body}.",
        "a.b.c",
        token("u7", aud="other"),
        token("u7", iss="other"),
    ]
    assert [desk.get("/me", headers={"Authorization": f"Bearer {text}"}).status_code for text in forged] == [401] * len(forged)


def test_a_remembered_token_still_expires(desk, auth, monkeypatch):
    header = auth("u8", expires_in_s=600)
    assert desk.get("/me", headers=header).status_code == 200
    monkeypatch.setattr("hoithi_bus.clock.now", lambda: datetime.now(UTC) + timedelta(seconds=601))
    assert desk.get("/me", headers=header).status_code == 401


def test_a_role_is_bound_to_its_scope(desk, auth):
    assert desk.get("/desk", headers=auth("u1")).status_code == 403
    assert desk.get("/desk", headers=auth("u1", roles=["organiser:contest:c2"])).status_code == 403
    assert desk.get("/desk", headers=auth("u1", roles=["organiser:contest:c1"])).status_code == 200


def test_a_request_that_was_accepted_is_answered_when_the_process_stops(serve, eventually):
    served = serve(Desk)
    answers, before = [], len(SLOW)
    waiting = eventlet.spawn(lambda: answers.append(httpx.post(served.url + "/slow", timeout=60)))
    eventually(lambda: len(SLOW) > before)
    served.container.stop()
    waiting.wait()
    assert answers[0].json() == {"done": True}
    with pytest.raises(httpx.TransportError):
        httpx.get(served.url + "/people")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/3.0\r\n\r\n",
        b"POST /people HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"GET /people HTTP/1.1\r\nHost : a\r\n\r\n",
    ],
)
def test_a_request_that_could_be_read_in_two_ways_is_refused(serve, request_bytes):
    host, port = serve(Desk).url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as client:
        client.sendall(request_bytes)
        assert client.recv(1000).startswith(b"HTTP/1.1 400")


def test_every_call_is_counted_by_its_outcome(desk):
    before = desk.get("/metrics").text
    desk.get("/rounds/closed")
    desk.get("/rounds/broken")

    def count(text, outcome):
        name = f'hoithi_door_seconds_count{{door="round",kind="door",outcome="{outcome}",service="desk"}} '
        return sum(float(line.removeprefix(name)) for line in text.splitlines() if line.startswith(name))

    after = desk.get("/metrics").text
    assert count(after, "refused") - count(before, "refused") == 1
    assert count(after, "error") - count(before, "error") == 1


def test_calls_under_way_are_counted(serve):
    url = serve(Desk).url
    httpx.get(f"{url}/rounds/broken")
    shown = httpx.get(f"{url}/metrics").text.splitlines()
    assert 'hoithi_door_calls_running{service="desk"} 1.0' in shown, "the call that asks, and nobody else"


def test_the_openapi_document_tells_who_may_call_and_what(desk):
    document = desk.get("/openapi.json").json()
    assert document == describe(Desk) and document["openapi"] == "3.1.0"
    join = document["paths"]["/people"]["post"]
    assert "security" not in join and join["requestBody"]["required"]
    assert document["paths"]["/desk"]["get"]["x-who"] == ["organiser", "operator"]
    assert document["components"]["schemas"]["Join"]["additionalProperties"] is False
    assert document["paths"]["/rounds/{round_id}"]["get"]["parameters"][0]["name"] == "round_id"


def test_instants_carry_their_zone(desk):
    at = datetime.fromisoformat(desk.get("/rounds/r1").json()["at"])
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
