"""The proxies' own process: `python -m hoithi_native.network_proxy <host behind> <control port> <name>=<port> ...`.

A rule disturbs what one client process sends to and hears from one server:

* reset: open connections get a TCP reset, new ones too.
* black-hole: nothing passes and nobody is told; what was sent arrives when the rule ends, as TCP would repeat it.
  A new connection is accepted (by the kernel) and stays silent, where a real hole would not answer at all.
* delay: every piece waits `seconds` and up to half of that more.
* loss: a lost packet is, above TCP, a pause: each piece waits 0.2 s with probability `share`, doubled each time it
  is "lost" again; a piece lost eight times resets the connection.
"""

import asyncio
import contextlib
import json
import os
import random
import re
import socket
import struct
import sys
from dataclasses import dataclass, field
from pathlib import Path

CHUNK = 1 << 16
RETRANSMIT_S, MOST_LOSSES = 0.2, 8
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on, zero seconds: closing sends a reset."""


@dataclass(frozen=True)
class Rule:
    """One disturbance of a pair."""

    client: str
    server: str
    mode: str
    seconds: float = 0.1
    share: float = 0.3
    seed: int = 0

    def concerns(self, client, server):
        family = server if self.server != "mongodb" or not server.startswith("mongod") else "mongodb"
        return self.client == client and self.server == family and client != server


@dataclass(eq=False)
class Link:
    """One connection of a client through the proxy."""

    client: str
    server: str
    writers: list = field(default_factory=list)

    def reset(self):
        for writer in self.writers:
            _reset(writer)


class Proxy:
    """All routes of an instance."""

    def __init__(self, host, routes):
        self.host, self.routes = host, routes
        self.rules: list[Rule] = []
        self.links: set[Link] = set()
        self.changed = asyncio.Event()
        self.random = random.Random(0)

    def rule(self, link):
        """The rule that holds for a connection, or None."""
        return next((rule for rule in self.rules if rule.concerns(link.client, link.server)), None)

    async def accept(self, server, reader, writer):
        """Serve one client until either side ends."""
        port = writer.get_extra_info("peername")[1]
        link = Link(await asyncio.to_thread(client_name, port, self.routes[server]), server, [writer])
        self.links.add(link)
        try:
            await self._serve(link, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            link.reset()
        finally:
            self.links.discard(link)
            for each in link.writers:
                each.close()

    async def _serve(self, link, reader, writer):
        await self._pass(link)
        far_reader, far_writer = await asyncio.open_connection(self.host, self.routes[link.server])
        link.writers.append(far_writer)
        there = asyncio.create_task(self._pump(link, reader, far_writer))
        back = asyncio.create_task(self._pump(link, far_reader, writer))
        done, pending = await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for task in done:
            task.result()

    async def _pump(self, link, reader, writer):
        while chunk := await reader.read(CHUNK):
            await self._pass(link)
            writer.write(chunk)
            await writer.drain()

    async def _pass(self, link):
        """Wait as long as the rules hold a piece up; raises ConnectionResetError when they cut."""
        while (rule := self.rule(link)) and rule.mode == "black-hole":
            await self.changed.wait()
        if rule and rule.mode == "reset":
            raise ConnectionResetError
        if rule:
            await asyncio.sleep(self._pause(rule))

    def _pause(self, rule):
        if rule.mode == "delay":
            return rule.seconds * self.random.uniform(1, 1.5)
        losses = 0
        while self.random.random() < rule.share:
            losses += 1
            if losses == MOST_LOSSES:
                raise ConnectionResetError
        return RETRANSMIT_S * (2**losses - 1)

    async def control(self, reader, writer):
        """One order (see Network) and its answer, a line of JSON each."""
        order = json.loads(await reader.readline())
        try:
            answer = self._obey(order)
        except (TypeError, ValueError) as error:
            answer = {"error": str(error)}
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()
        writer.close()

    def _obey(self, order):
        if order.get("mode"):
            self._add(Rule(**order))
        elif order:
            self.rules = [rule for rule in self.rules if not _named(rule, order)]
        self.changed.set()
        self.changed = asyncio.Event()
        rules = [[rule.client, rule.server, rule.mode] for rule in self.rules]
        return {"rules": rules, "connections": [[link.client, link.server] for link in self.links]}

    def _add(self, rule):
        if rule.mode not in ("reset", "black-hole", "delay", "loss"):
            raise ValueError(f"no such mode: {rule.mode}")
        self.rules = [each for each in self.rules if (each.client, each.server) != (rule.client, rule.server)]
        self.rules.append(rule)
        self.random.seed(rule.seed)
        for link in self.links if rule.mode == "reset" else ():
            if rule.concerns(link.client, link.server):
                link.reset()


def _named(rule, order):
    return all(order[key] in (None, getattr(rule, key)) for key in ("client", "server"))


def _reset(writer):
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


def client_name(port, server_port):
    """supervisord's name of the process that connected from this port; `other` when it is none of its children."""
    inode = _inode(port, server_port)
    for pid in _siblings() if inode else ():
        if _holds(pid, f"socket:[{inode}]"):
            return _supervised_name(pid)
    return "other"


def _inode(port, server_port):
    """The client's end of a connection 127.0.0.1:port -> 127.0.0.1:server_port."""
    wanted = re.compile(rf"0100007F:{port:04X} \w*0100007F:{server_port:04X} (?:\S+ +){{6}}(\d+)")
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        found = wanted.search(Path(table).read_text()) if os.path.exists(table) else None
        if found:
            return found.group(1)
    return None


def _siblings():
    """What the same supervisord runs."""
    parent = os.getppid()
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()


def _holds(pid, link):
    try:
        return any(_target(f"/proc/{pid}/fd/{descriptor}") == link for descriptor in os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return False


def _target(descriptor):
    try:
        return os.readlink(descriptor)
    except OSError:
        return ""


def _supervised_name(pid):
    environment = Path(f"/proc/{pid}/environ").read_bytes()
    return re.search(rb"SUPERVISOR_PROCESS_NAME=([^\0]+)", environment).group(1).decode()


async def main(host, control, *routes):
    proxy = Proxy(host, {name: int(port) for name, port in (route.split("=") for route in routes)})
    for server, port in proxy.routes.items():
        await asyncio.start_server(lambda reader, writer, name=server: proxy.accept(name, reader, writer), "127.0.0.1", port)
    taking_orders = await asyncio.start_server(proxy.control, "127.0.0.1", int(control))
    await taking_orders.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
