"""The line between one process and the database or the broker: cut, silent, slow, lossy. Needs Instance(proxied=True).

This machine's kernel has no netem, so a proxy disturbs the connections themselves. What a lost packet is above TCP, a
pause and sometimes a reset, is what the parts notice of it: see docs/decisions/0060.
"""

from . import CannotWorkHere, Injector, injector
from .processes import running, wait_healthy

SERVERS = ("mongodb", "rabbitmq")
ARROW = ">"


class Line(Injector):
    """One process and one engine, e.g. exam-doors-0>mongodb."""

    mode = ""

    def usable(self, platform):
        if not platform.network:
            raise CannotWorkHere("there is no proxy between the parts: Instance(proxied=True)")

    def targets(self, platform):
        """Doors talk to the database alone."""
        if not platform.network:
            return []
        used = {tuple(pair) for pair in platform.network.connections()}
        pairs = [(process.name, server) for process in running(platform) for server in SERVERS]
        return [ARROW.join(pair) for pair in pairs if pair[1] == "mongodb" or pair in used]

    def inject(self, platform, target, random):
        client, server = target.split(ARROW)
        platform.network.disturb(client, server, self.mode, **self.values(random))

    def values(self, random) -> dict:
        """More about the disturbance."""
        return {}

    def heal(self, platform, target):
        client, server = target.split(ARROW)
        platform.network.calm(client, server)
        wait_healthy(platform, client)


@injector
class Reset(Line):
    """Every connection is reset, new ones too."""

    kind, mode, weight = "network-reset", "reset", 2


@injector
class BlackHole(Line):
    """Nothing comes through and nobody is told."""

    kind, mode, hold_s = "network-black-hole", "black-hole", (1, 15)


@injector
class Loss(Line):
    """30 % of what is sent has to be sent again."""

    kind, mode, hold_s = "network-loss-30", "loss", (3, 10)

    def values(self, random):
        return {"share": 0.3, "seed": random.randrange(1 << 30)}


@injector
class Delay(Line):
    """A long line: 50 to 300 ms each way."""

    kind, mode, hold_s, weight = "network-delay", "delay", (2, 8), 0.5

    def values(self, random):
        return {"seconds": random.uniform(0.05, 0.2)}
