"""nameko's container with two corrections: an idle process sees SIGTERM at once, and the search for cycles is rare.

Python retries an interrupted poll (PEP 475), so a signal handler of an idle eventlet hub runs only at
the hub's next timer, up to a minute later. A quiet ticker gives the hub a timer.
"""

import gc

import eventlet
from nameko.containers import ServiceContainer

TICK_S = 0.25
YOUNG, MIDDLE, OLD = 20_000, 50, 1_000
"""Thresholds of the search for cycles (gc.set_threshold): what a door makes and drops has none, what it remembers is much.
Looking through it again and again costs exam's doors about a tenth of their CPU (docs/decisions/0075)."""


class Container(ServiceContainer):
    def start(self):
        eventlet.spawn(self._tick)
        super().start()
        _search_rarely()

    def _tick(self):
        while not self._died.ready():
            eventlet.sleep(TICK_S)


def _search_rarely():
    """What is there after the start stays: it is never looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
