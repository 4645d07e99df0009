"""The HTTP server of a process: nameko's place for one, filled leanly, and drained on SIGTERM.

What general servers spend per request is measured in docs/decisions/0003 and 0072. Draining: an accepted request is
answered, keep-alive connections are told to close, then the process goes.
"""

import logging
import time
from functools import cached_property

import eventlet
from nameko.extensions import ProviderCollector, SharedExtension
from nameko.web.server import parse_address

from hoithi_bus.http import problems
from hoithi_bus.http.routes import Routes
from hoithi_bus.http.tokens import Tokens
from hoithi_bus.http.wire import Connection, Request
from hoithi_bus.settings import need

log = logging.getLogger(__name__)

GRACE_S = 0.3
DRAIN_S = 10
KEEP_ALIVE_S = 75
SWEEP_S = 5
BACKLOG = 1024


class Server(ProviderCollector, SharedExtension):
    """One per process, shared by its doors."""

    def __init__(self):
        super().__init__()
        self.connections: set[Connection] = set()
        self.starting, self.draining = False, False

    @cached_property
    def tokens(self) -> Tokens:
        how = "It is the path of the JWKS file with registration's public keys; `make up` makes one."
        return Tokens(need(self.container.config, "TOKEN_KEYS", how))

    @property
    def bind_addr(self) -> tuple[str, int]:
        return parse_address(self.container.config.get("WEB_SERVER_ADDRESS", "0.0.0.0:8000"))

    def start(self):
        if self.starting:
            return
        self.starting = True
        self.routes = Routes(self._providers)
        # Without SO_REUSEPORT: a forgotten process cannot take traffic.
        self.sock = eventlet.listen(self.bind_addr, backlog=BACKLOG, reuse_port=False)
        self.sock.settimeout(None)
        self.running = self.container.spawn_managed_thread(self._accept, "http")
        self.sweeping = self.container.spawn_managed_thread(self._sweep, "http-sweeper")

    def _accept(self):
        while True:
            sock, address = self.sock.accept()
            sock.settimeout(None)
            self.container.spawn_managed_thread(lambda sock=sock, address=address: self._serve(sock, address))

    def _serve(self, sock, address):
        connection = Connection(sock, self.answer, address[0] if address else "")
        self.connections.add(connection)
        try:
            connection.serve()
        except OSError:
            log.debug("a client went away", exc_info=True)
        except Exception:
            log.exception("an answer broke off")  # raised here it would end the whole process
        finally:
            self.connections.discard(connection)

    def answer(self, request: Request) -> tuple[int, dict, bytes]:
        """What the path's door says."""
        try:
            door, values = self.routes.find(request.method, request.path)
        except (problems.NoSuchDoor, problems.WrongMethod) as error:
            language = problems.language_of(request)
            return problems.render(problems.OWN[type(error)], error, language, request.path, {})
        return door.handle_request(request, values)

    def _sweep(self):
        """Hang up on clients that have said nothing for long."""
        while True:
            eventlet.sleep(SWEEP_S)
            oldest = time.monotonic() - KEEP_ALIVE_S
            for connection in [each for each in self.connections if each.since is not None and each.since < oldest]:
                connection.hang_up()

    def drain(self):
        """Accept nothing more, answer what was accepted. Called by the doors' stop, once."""
        if self.draining:
            return
        self.draining = True
        self.running.kill()
        self.sweeping.kill()
        self.sock.close()
        for connection in self.connections:
            connection.closing = True  # answers now say Connection: close
        end = time.monotonic() + DRAIN_S
        eventlet.sleep(GRACE_S)  # busy keep-alive clients get their Connection: close
        for connection in [each for each in self.connections if each.since is not None]:
            connection.hang_up()
        while self.connections and time.monotonic() < end:
            eventlet.sleep(0.02)

    def stop(self):
        self.drain()
        SharedExtension.stop(self)  # ProviderCollector's would wait for doors to unregister
