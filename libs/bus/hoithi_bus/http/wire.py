"""HTTP/1.1 on one connection: exactly what nginx sends to a process, read in one way only (RFC 9112).

A general WSGI server spends more on a request than a door does on its work (docs/decisions/0072). Bodies come with their
length; nginx takes chunked ones from people and sends them on whole.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote

import eventlet
from eventlet import greenio

HEAD_LIMIT = 64 * 1024
MOST_HEADERS, MOST_KEYS = 100, 500
BLANKS = " \t"
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
ONCE = ("content-length", "transfer-encoding", "host", "authorization", "content-type")
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
PIECE = 64 * 1024
"""Bytes of a streamed answer that go out together: a line of a table each would cost a system call each."""
DISCARDED = 2 * 1024 * 1024
"""Bytes of an unread body that are read away, so that the connection can go on."""
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
STATUS_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}
BODYLESS = (204, 304)


class Malformed(ValueError):
    """Nothing that can be answered but with 400."""


class BodyTooLong(Exception):
    """The body is longer than the door takes."""


class Headers(dict):
    """Values by lower-cased name."""

    def get(self, name: str, default=None):
        return dict.get(self, name.lower(), default)


class Request:
    """What a client asked. `read(limit)` gives the body; raises BodyTooLong."""

    __slots__ = ("_query", "address", "headers", "length", "method", "path", "read")

    def __init__(self, method: str, target: str, headers: Headers, address: str):
        path, _, self._query = target.partition("?")
        self.method, self.headers, self.address = method, headers, address
        self.path = unquote(path) if "%" in path else path
        self.length = _length(headers)

    @property
    def query(self) -> dict[str, str]:
        """The query's values by name; of a repeated one the first."""
        return dict(reversed(parse_qsl(self._query, keep_blank_values=True))) if self._query else {}

    @property
    def content_type(self) -> str:
        """Without parameters, lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def _length(headers: Headers) -> int:
    if "transfer-encoding" in headers:
        raise Malformed("a body without its length")
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit()):
        raise Malformed("Content-Length is no number")
    return int(text)


def parse(head: bytes, address: str = "") -> tuple[Request, bool]:
    """The request in a head (without its last empty line), and whether the client keeps the connection; raises Malformed."""
    if b"\0" in head or head.count(b"\n") != head.count(b"\r\n"):
        raise Malformed("a line end within a line")
    first, *lines = head.decode("latin1").split("\r\n")
    method, target, version = _request_line(first)
    headers = _headers(lines)
    wish = headers.get("connection", "").lower()
    keeps = wish != "close" if version == "HTTP/1.1" else wish == "keep-alive"
    return Request(method, target, headers, address), keeps


def _request_line(line: str) -> tuple[str, str, str]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] not in METHODS or not parts[1].startswith("/") or parts[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise Malformed("no request line")
    return parts[0], parts[1], parts[2]


def _headers(lines: list[str]) -> Headers:
    if len(lines) > MOST_HEADERS:
        raise Malformed("too many headers")
    headers = Headers()
    for line in lines:
        name, colon, value = line.partition(":")
        key = _keys.get(name) or _key(name)
        if not colon:
            raise Malformed("malformed header")
        if key not in headers:
            headers[key] = value.strip(BLANKS)
        elif key in ONCE:
            raise Malformed(f"{key} twice")
        else:
            headers[key] += ", " + value.strip(BLANKS)
    return headers


_keys: dict[str, str] = {}
"""Header names as they came -> lower case: nginx and browsers send always the same ones."""


def _key(name: str) -> str:
    if not TOKEN.fullmatch(name):
        raise Malformed("malformed header")
    if len(_keys) < MOST_KEYS:
        _keys[name] = name.lower()
    return name.lower()


class Connection:
    """Serves one client until it goes, or `closing` is set. `answer(request)` -> (status, headers, body); it never raises.

    `since`: since when (monotonic) it has been waiting for the client; None while it works.
    """

    def __init__(self, sock, answer: Callable[[Request], tuple[int, dict, bytes | Iterable[bytes]]], address: str):
        self.sock, self.answer, self.address = sock, answer, address
        self.buffer, self.closing = b"", False
        self.since: float | None = time.monotonic()

    def serve(self) -> None:
        """Answers request after request."""
        try:
            while self._next():
                self.since = time.monotonic()
        except Malformed:
            self.sock.sendall(BAD_REQUEST)
        finally:
            self.since = None
            self.hang_up()
            self.sock.close()

    def hang_up(self) -> None:
        """From any greenlet: the serving one then comes to its end."""
        greenio.shutdown_safe(self.sock)

    def _next(self) -> bool:
        head = self._head()
        if head is None:
            return False
        request, keeps = parse(head, self.address)
        unread = [request.length]
        request.read = lambda limit: self._body(request, unread, limit)
        self.since = None
        status, headers, body = self.answer(request)
        keeps = keeps and not self.closing and unread[0] <= DISCARDED
        self._send(status, headers, body, keeps, request.method == "HEAD")
        if keeps and unread[0]:
            self._take(unread[0])
        return keeps

    def _head(self) -> bytes | None:
        """The next head, None when the client hung up."""
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            if len(self.buffer) > HEAD_LIMIT:
                raise Malformed("the head is too long")
            more = self.sock.recv(65536)
            if not more:
                return None
            self.buffer = self.buffer + more if self.buffer else more
        head, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
        return head

    def _body(self, request: Request, unread: list[int], limit: int) -> bytes:
        if request.length > limit:
            raise BodyTooLong()
        if len(self.buffer) < request.length and request.headers.get("expect", "").lower() == "100-continue":
            self.sock.sendall(CONTINUE)
        unread[0] = 0
        return self._take(request.length)

    def _take(self, length: int) -> bytes:
        pieces, got = [self.buffer], len(self.buffer)
        while got < length:
            more = self.sock.recv(65536)
            if not more:
                raise ConnectionError("the client went away")
            pieces.append(more)
            got += len(more)
        whole = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self.buffer = whole[length:]
        return whole[:length]

    def _send(self, status: int, headers: dict, body, keeps: bool, only_head: bool) -> None:
        lines = [STATUS_LINES[status], *[_line(name, value) for name, value in headers.items()], _date()]
        if not keeps:
            lines.append(b"Connection: close\r\n")
        if isinstance(body, bytes):
            if status not in BODYLESS:
                lines.append(b"Content-Length: %d\r\n" % len(body))
            self.sock.sendall(b"".join([*lines, b"\r\n", b"" if only_head else body]))
            return
        self.sock.sendall(b"".join([*lines, b"Transfer-Encoding: chunked\r\n\r\n"]))
        for piece in () if only_head else gathered(body):
            self.sock.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
            eventlet.sleep()  # a socket that takes everything at once would let nobody else have a turn
        if not only_head:
            self.sock.sendall(b"0\r\n\r\n")


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of PIECE or a little more; none is empty."""
    waiting, size = [], 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if size:
        yield b"".join(waiting)


def _line(name: str, value: str | tuple[str, ...]) -> bytes:
    """Several values are several lines: cookies cannot be joined (RFC 9110, 5.3)."""
    if isinstance(value, tuple):
        return b"".join(_line(name, each) for each in value)
    if "\n" in value or "\r" in value:
        raise ValueError(f"the header {name} would be two")
    return f"{name}: {value}\r\n".encode("latin1")


_dated: list = [0, b""]


def _date() -> bytes:
    second = int(time.time())
    if _dated[0] != second:
        _dated[:] = [second, f"Date: {formatdate(second, usegmt=True)}\r\n".encode()]
    return _dated[1]
