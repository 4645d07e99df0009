"""The load client reads what nginx and our doors send, and notices what they do not."""

import asyncio
import gzip

import pytest

from bench.ceremony_people import is_sent_back
from bench.client import Client, read, request

PLAIN = b"HTTP/1.1 201 CREATED\r\nContent-Type: application/json\r\nContent-Length: 7\r\nX-Server-Time: 1.5\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"


def test_an_answer_with_a_length_is_complete_when_its_body_is():
    for cut in range(len(PLAIN) + 7):
        assert read((PLAIN + b'{"a":1}')[:cut]) is None
    answer = read(PLAIN + b'{"a":1}')
    assert (answer.status, answer.body) == (201, b'{"a":1}')
    assert answer.header("X-Server-Time") == "1.5"
    assert answer.header("Retry-After") is None


def test_a_chunked_answer_is_put_together():
    body = gzip.compress(b"0\r\n\r\n" * 100)
    data = CHUNKED + b"%x\r\n%s\r\n" % (10, body[:10]) + b"%X;more\r\n%s\r\n" % (len(body) - 10, body[10:]) + b"0\r\n\r\n"
    for cut in range(len(data)):
        assert read(data[:cut]) is None
    assert gzip.decompress(read(data).body) == b"0\r\n\r\n" * 100


def test_an_answer_without_content_has_no_body():
    assert read(b"HTTP/1.1 204 NO CONTENT\r\n\r\n").status == 204


def test_an_answer_that_cannot_be_delimited_is_an_error():
    with pytest.raises(ConnectionError, match="without a length"):
        read(b"HTTP/1.1 200 OK\r\n\r\nuntil the connection ends")


def test_a_request_says_how_long_its_body_is():
    data = request("PUT", "/a", "t", b"{}", headers=b"")
    assert data == (
        b"PUT /a HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer t\r\n"
        b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    )
    assert b"Content-Length: 0\r\n\r\n" in request("POST", "/a")
    assert b"Content-Length" not in request("GET", "/a")


async def _with_server(serve, use):
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        return await use(server.sockets[0].getsockname()[1])


def test_a_connection_is_kept_and_made_again_when_the_server_ended_it():
    connections = []

    async def serve(reader, writer):
        connections.append(writer)
        while await reader.readuntil(b"\r\n\r\n"):
            last = len(connections) == 1
            writer.write(b"HTTP/1.1 200 OK\r\n%sContent-Length: 0\r\n\r\n" % (b"Connection: close\r\n" if last else b""))
            if last:
                break
        writer.close()

    async def use(port):
        client = Client("127.0.0.1", port)
        answers = [await client.send(request("GET", "/")) for _ in range(3)]
        client.close()
        return [answer.status for answer in answers]

    assert asyncio.run(_with_server(serve, use)) == [200, 200, 200]
    assert len(connections) == 2


@pytest.mark.parametrize(("ends", "error"), [(True, ConnectionError), (False, TimeoutError)])
def test_an_answer_that_does_not_come_is_an_error(ends, error):
    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        if not ends:
            await reader.read()  # until the client gives up
        writer.close()

    async def use(port):
        await Client("127.0.0.1", port, timeout_s=30 if ends else 0.2).send(request("GET", "/"))

    with pytest.raises(error):
        asyncio.run(_with_server(serve, use))


def test_who_is_told_when_to_come_again_is_sent_back_and_met_no_error():
    full = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n%s\r\n"
    assert is_sent_back(read(full % b"Retry-After: 2\r\n"))
    assert not is_sent_back(read(full % b""))
    assert not is_sent_back(read(b"HTTP/1.1 500 x\r\nContent-Length: 0\r\nRetry-After: 2\r\n\r\n"))
