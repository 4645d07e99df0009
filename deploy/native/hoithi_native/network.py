"""For fault tests: proxies between the parts of an instance, so that a connection can be cut, held up or made lossy.

MongoDB and RabbitMQ listen on 127.0.0.2; a proxy stands on 127.0.0.1 with the same ports, which are those that every
client knows and that the replica set's own configuration names. So the members of a set talk through it too. The
proxy knows a client by its process (supervisord's name of it), so no setting of any part has to change.
"""

import json
import socket
import sys

from hoithi_native import waiting

PROGRAM = "network"
BEHIND = "127.0.0.2"
"""Where the engines listen when proxies stand before them."""


class Network:
    """The proxies of one instance: a program of its own and a control port that takes rules."""

    def __init__(self, ports, members):
        self.control = ports.network_control
        self.routes = {"rabbitmq": ports.amqp, **members}

    def program(self):
        """The supervised program as (name, command, environment)."""
        routes = [f"{name}={port}" for name, port in self.routes.items()]
        return PROGRAM, [sys.executable, "-m", "hoithi_native.network_proxy", BEHIND, str(self.control), *routes], {}

    def listens(self):
        """True when every proxy stands: the control port opens last."""
        return waiting.listens(self.control)

    def disturb(self, client, server, mode, **values):
        """Add a rule between a client process and a server (`mongodb` is every member); it holds until `calm`.

        `delay` takes seconds, `loss` takes share (0.3) and, optionally, seed.
        """
        self._order({"client": client, "server": server, "mode": mode, **values})

    def calm(self, client=None, server=None):
        """Take back the rules of this pair, or all of them."""
        self._order({"client": client, "server": server, "mode": None})

    def rules(self):
        """What is disturbed now."""
        return self._order({})["rules"]

    def connections(self):
        """Open connections as [client, server]; `other` is a client that is not supervised."""
        return self._order({})["connections"]

    def _order(self, order):
        with socket.create_connection(("127.0.0.1", self.control), timeout=10) as connection:
            connection.sendall(json.dumps(order).encode() + b"\n")
            answer = json.loads(connection.makefile().readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer
