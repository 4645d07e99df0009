"""HTTP/1.1 as it is read and written: byte by byte, in pieces, wrong, broken off."""

import socket

import eventlet
import pytest

from hoithi_bus.http import Doors, Reply, door, wire
from hoithi_bus.http.problems import NoSuchDoor, WrongMethod
from hoithi_bus.http.routes import Routes
from hoithi_bus.http.wire import PIECE, Malformed, gathered, parse


class Wire(Doors):
    name = "wire"
    title = "wire"

    @door("POST", "/echo", who="anyone", body=bytes, limit=3_000_000)
    def echo(self, call):
        return Reply(call.raw, headers={"X-Name": call.headers.get("X-Name", "-")})

    @door("POST", "/small", who="anyone", body=bytes, limit=10)
    def small(self, call):
        return Reply(call.raw)

    @door("GET", "/pieces", who="anyone")
    def pieces(self, call):
        return Reply((piece for piece in (b"one,", b"", b"two")), content_type="text/csv")

    @door("GET", "/broken", who="anyone")
    def broken(self, call):
        def pieces():
            yield b"one,"
            raise RuntimeError("in the middle")

        return Reply(pieces())

    @door("GET", "/headers", who="anyone")
    def two_headers(self, call):
        return Reply(b"", headers={"X-Name": "a\r\nX-Other: b"})

    @door("GET", "/cookies", who="anyone")
    def cookies(self, call):
        return Reply(b"", headers={"Set-Cookie": ("a=1", "b=2")})

    @door("POST", "/quiet", who="anyone")
    def quiet(self, call):
        return None


class Client:
    """A socket that reads one answer at a time."""

    def __init__(self, url):
        host, port = url.removeprefix("http://").split(":")
        self.socket, self.buffer = socket.create_connection((host, int(port)), timeout=60), b""

    def send(self, data: bytes) -> "Client":
        self.socket.sendall(data)
        return self

    def until(self, end: bytes) -> bytes:
        while end not in self.buffer:
            more = self.socket.recv(65536)
            if not more:
                break
            self.buffer += more
        found, _, self.buffer = self.buffer.partition(end)
        return found

    def answer(self) -> tuple[int, dict, bytes]:
        first, *lines = self.until(b"\r\n\r\n").decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        length = int(headers.get("Content-Length", 0))
        while len(self.buffer) < length:
            self.buffer += self.socket.recv(65536)
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return int(first.split()[1]), headers, body

    def hung_up(self) -> bool:
        return not self.buffer and self.socket.recv(1) == b""


@pytest.fixture
def client(serve):
    url = serve(Wire).url
    made = []

    def connect():
        made.append(Client(url))
        return made[-1]

    yield connect
    for each in made:
        each.socket.close()


POST = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX-Name: n\r\n\r\nhello"


def test_a_request_that_comes_byte_by_byte_is_read(client):
    one = client()
    for place in range(len(POST)):
        one.send(POST[place : place + 1])
        eventlet.sleep(0)
    status, headers, body = one.answer()
    assert (status, body, headers["X-Name"]) == (200, b"hello", "n")


def test_requests_that_come_together_are_answered_one_after_the_other(client):
    one = client().send(POST * 3)
    assert [one.answer()[2] for _ in range(3)] == [b"hello"] * 3


def test_a_large_body_is_read_whole(client):
    body = bytes(range(256)) * 8000
    one = client().send(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    assert one.answer()[2] == body


def test_a_refused_body_is_read_away_and_the_connection_goes_on(client):
    one = client().send(b"POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000 + POST)
    assert [one.answer()[0] for _ in range(2)] == [413, 200]


def test_a_body_that_is_far_too_long_ends_the_connection(client):
    one = client().send(b"POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
    status, headers, _ = one.answer()
    assert (status, headers["Connection"]) == (413, "close") and one.hung_up()


def test_who_asks_before_sending_the_body_is_told_to_go_on(client):
    one = client().send(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    assert one.until(b"\r\n\r\n") == b"HTTP/1.1 100 Continue"
    assert one.send(b"ab").answer()[2] == b"ab"


@pytest.mark.parametrize(
    ("request_bytes", "stays"),
    [
        (b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", False),
        (b"GET /health HTTP/1.0\r\n\r\n", False),
        (b"GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", True),
    ],
)
def test_the_connection_stays_when_the_client_wants_it(client, request_bytes, stays):
    one = client().send(request_bytes)
    assert ("Connection" in one.answer()[1]) != stays
    assert stays or one.hung_up()


def test_head_has_the_length_but_no_body(client):
    one = client().send(b"HEAD /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n")
    head = one.until(b"\r\n\r\n")
    assert b" 200 OK" in head and b"Content-Length: " in head
    assert one.send(POST).answer()[2] == b"hello"


def test_no_content_has_no_length(client):
    status, headers, body = client().send(b"POST /quiet HTTP/1.1\r\nHost: a\r\n\r\n").answer()
    assert (status, body) == (204, b"") and "Content-Length" not in headers


def test_small_pieces_are_sent_together(client):
    one = client().send(b"GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n")
    assert b"Transfer-Encoding: chunked" in one.until(b"\r\n\r\n")
    assert one.until(b"0\r\n\r\n") == b"7\r\none,two\r\n"
    assert one.send(POST).answer()[0] == 200


def test_pieces_are_gathered_up_to_a_size_and_nothing_is_lost():
    asked = []

    def pieces():
        for number in range(100):
            asked.append(number)
            yield b"" if number % 10 == 0 else bytes([number]) * 4_000

    found = gathered(pieces())
    assert PIECE <= len(next(found)) < PIECE + 4_000 and len(asked) < 20
    assert b"".join(gathered(pieces())) == b"".join(pieces())
    assert list(gathered([b"", b""])) == []


def test_a_header_with_several_values_has_a_line_for_each(client):
    head = client().send(b"GET /cookies HTTP/1.1\r\nHost: a\r\n\r\n").until(b"\r\n\r\n")
    assert [line for line in head.split(b"\r\n") if line.startswith(b"Set-Cookie")] == [b"Set-Cookie: a=1", b"Set-Cookie: b=2"]


@pytest.mark.parametrize("path", [b"/broken", b"/headers"])
def test_an_answer_that_breaks_off_cannot_be_taken_for_whole_and_the_process_lives(client, path):
    one = client().send(b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % path)
    assert b"0\r\n\r\n" not in one.until(b"0\r\n\r\n") and one.hung_up()
    assert client().send(POST).answer()[0] == 200


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"GET",
        b"GET  / HTTP/1.1",
        b"GET / HTTP/2.0",
        b"get / HTTP/1.1",
        b"GET http://a/ HTTP/1.1",
        b"GET * HTTP/1.1",
        b"BREW / HTTP/1.1",
        b"GET / HTTP/1.1\r\nNo colon",
        b"GET / HTTP/1.1\r\n: nothing",
        b"GET / HTTP/1.1\r\n folded: line",
        b"GET / HTTP/1.1\r\nHost : a",
        b"GET / HTTP/1.1\r\nA: b\nC: d",
        b"GET / HTTP/1.1\r\nA: b\0",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1",
        b"GET / HTTP/1.1\r\nContent-Length: -1",
        b"GET / HTTP/1.1\r\nContent-Length: +1",
        b"GET / HTTP/1.1\r\nContent-Length: 1_0",
        "GET / HTTP/1.1\r\nContent-Length: ٣".encode(),
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        b"GET / HTTP/1.1" + b"\r\nA: b" * (wire.MOST_HEADERS + 1),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(head):
    with pytest.raises(Malformed):
        parse(head)


def test_a_head_without_end_is_refused(client):
    one = client().send(b"GET / HTTP/1.1\r\nA: " + b"b" * (wire.HEAD_LIMIT + 70_000))
    assert b" 400 " in one.until(b"\r\n\r\n")


def test_a_head_is_taken_apart():
    request, keeps = parse(
        b"GET /a%20%C3%A0?x=1&y=&x=2&z=%E1%BB%87 HTTP/1.1\r\nACCEPT: a\r\nAccept: b\r\nContent-Type: Text/CSV; q=1"
    )
    assert keeps and request.path == "/a à"
    assert request.query == {"x": "1", "y": "", "z": "ệ"}
    assert request.headers.get("Accept") == "a, b" and request.content_type == "text/csv"


class FakeDoor:
    def __init__(self, method, path):
        self.method, self.path = method, path


def test_routes():
    names = [("GET", "/a"), ("POST", "/a"), ("GET", "/r/<id>"), ("GET", "/r/new"), ("PUT", "/r/<id>/x"), ("GET", "/v/<int:n>")]
    routes = Routes([FakeDoor(*each) for each in names])

    def found(method, path):
        door, values = routes.find(method, path)
        return door.method, door.path, values

    assert found("POST", "/a") == ("POST", "/a", {})
    assert found("HEAD", "/a") == ("GET", "/a", {})
    assert found("GET", "/r/new") == ("GET", "/r/new", {})
    assert found("GET", "/r/5:u:1") == ("GET", "/r/<id>", {"id": "5:u:1"})
    assert found("PUT", "/r/a b/x") == ("PUT", "/r/<id>/x", {"id": "a b"})
    assert found("GET", "/v/7") == ("GET", "/v/<int:n>", {"n": 7})
    for path in ("/", "/b", "/r/", "/v/x", "/v/-1", "/r/a/y", "/a/", "//a"):
        with pytest.raises(NoSuchDoor):
            routes.find("GET", path)
    with pytest.raises(WrongMethod) as caught:
        routes.find("PUT", "/a")
    assert caught.value.allowed == "GET, HEAD, POST"


def test_one_parameter_has_one_name():
    with pytest.raises(ValueError, match="/r/<other>"):
        Routes([FakeDoor("GET", "/r/<id>"), FakeDoor("DELETE", "/r/<other>")])
