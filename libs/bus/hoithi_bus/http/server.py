"""The HTTP server of a process: nameko's, made lean, and drained on SIGTERM.

What stock nameko spends per request (access log, the e-mail package's header parser, a URL map for
fixed paths) is measured in docs/decisions/0003. Draining: an accepted request is answered, keep-alive
connections are told to close, then the process goes.
"""

import logging
from functools import cached_property

import eventlet
from eventlet import greenio, wsgi
from nameko.extensions import SharedExtension
from nameko.web.server import HttpOnlyProtocol, WebServer, WsgiApp
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Request, Response

from hoithi_bus.http import problems
from hoithi_bus.http.tokens import Tokens
from hoithi_bus.settings import need

GRACE_S = 0.3
DRAIN_S = 10
KEEP_ALIVE_S = 75
MOST_HEADERS = 100
BACKLOG = 1024
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Headers(dict):
    """Request headers under lower-cased names; `_headers` keeps them as they came, for the WSGI environ."""

    def get(self, name, default=None):
        return dict.get(self, name.lower(), default)

    def get_content_type(self):
        return "text/plain"


class Protocol(HttpOnlyProtocol):
    """Parses requests without the e-mail package; refuses what could be read in two ways."""

    def parse_request(self):
        try:
            self._parse_request_line()
            self.headers = self._parse_headers()
        except ValueError:
            self.wfile.write(BAD_REQUEST)
            self.close_connection = True
            return False
        wish = self.headers.get("connection", "").lower()
        self.close_connection = wish == "close" or (self.request_version == "HTTP/1.0" and wish != "keep-alive")
        return True

    def _parse_request_line(self):
        self.requestline = self.raw_requestline.decode("latin1").rstrip("\r\n")
        self.command, self.path, self.request_version = self.requestline.split(" ")
        if self.request_version not in ("HTTP/1.1", "HTTP/1.0"):
            raise ValueError("unknown version")

    def _parse_headers(self) -> Headers:
        headers, raw = Headers(), []
        while (line := self.rfile.readline(65537)) not in (b"\r\n", b"\n", b""):
            name, colon, value = line.decode("latin1").partition(":")
            once = name.lower() in ("content-length", "transfer-encoding", "host")
            if not colon or name != name.strip() or len(raw) >= MOST_HEADERS or (once and name.lower() in headers):
                raise ValueError("malformed header")
            headers[name.lower()] = value.strip()
            raw.append((name, value.strip()))
        headers._headers = raw
        return headers


class App(WsgiApp):
    """Routes fixed paths by a dictionary, the others by werkzeug's map; misses become problems."""

    def __init__(self, server):
        super().__init__(server)
        self.fixed = {(provider.method, provider.path): provider for provider in server._providers if "<" not in provider.path}

    def __call__(self, environ, start_response):
        request = Request(environ)
        provider = self.fixed.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        response = self._miss(request) if provider is None else self._hit(provider, request, {})
        return response(environ, start_response)

    def _hit(self, provider, request: Request, path_values: dict) -> Response:
        request.path_values = path_values
        return provider.handle_request(request)

    def _miss(self, request: Request) -> Response:
        try:
            provider, path_values = self.url_map.bind_to_environ(request.environ).match()
        except MethodNotAllowed as error:
            return self._problem(problems.WrongMethod(error.valid_methods or ()), request)
        except (HTTPException, ValueError):
            return self._problem(problems.NoSuchDoor(), request)
        return self._hit(provider, request, path_values)

    def _problem(self, error: Exception, request: Request) -> Response:
        language = "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "vi"
        status, headers, body = problems.render(problems.OWN[type(error)], error, language, request.path, {})
        return Response(body, status, headers)


class Server(WebServer):
    """One per process, shared by its doors."""

    def __init__(self):
        super().__init__()
        self.connections, self.draining = {}, False

    @cached_property
    def tokens(self) -> Tokens:
        how = "It is the path of the JWKS file with registration's public keys; `make up` makes one."
        return Tokens(need(self.container.config, "TOKEN_KEYS", how))

    def start(self):
        if self._starting:
            return
        self._starting = True
        self._sock = eventlet.listen(self.bind_addr, backlog=BACKLOG, reuse_port=False)
        self._sock.settimeout(None)
        self._serv = self.get_wsgi_server(self._sock, self.get_wsgi_app())
        self._gt = self.container.spawn_managed_thread(self.run)

    def get_wsgi_app(self):
        return App(self)

    def get_wsgi_server(self, sock, wsgi_app, protocol=Protocol, debug=False):
        return wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=protocol,
            debug=debug,
            log=logging.getLogger("hoithi_bus.http"),
            log_output=False,
            keepalive=KEEP_ALIVE_S,
        )

    def process_request(self, sock, address):
        connection = [address, sock, wsgi.STATE_IDLE]
        self.connections[id(connection)] = connection
        try:
            self._serv.process_request(connection)
        except OSError:
            logging.getLogger(__name__).debug("a client went away", exc_info=True)
        finally:
            del self.connections[id(connection)]

    def drain(self):
        """Accept nothing more, answer what was accepted. Called by the doors' stop, once."""
        if self.draining:
            return
        self.draining = True
        self._is_accepting = False
        self._gt.kill()
        self._sock.close()
        self._serv.keepalive = False  # answers now say Connection: close
        end = eventlet.hubs.get_hub().clock() + DRAIN_S
        eventlet.sleep(GRACE_S)  # busy keep-alive clients get their Connection: close
        self._close_idle()
        while self.connections and eventlet.hubs.get_hub().clock() < end:
            eventlet.sleep(0.02)

    def _close_idle(self):
        for connection in list(self.connections.values()):
            if connection[2] == wsgi.STATE_IDLE:
                greenio.shutdown_safe(connection[1])
            connection[2] = wsgi.STATE_CLOSE

    def stop(self):
        self.drain()
        SharedExtension.stop(self)
