"""nameko's container with one correction: an idle process sees SIGTERM at once.

Python retries an interrupted poll (PEP 475), so a signal handler of an idle eventlet hub runs only at
the hub's next timer, up to a minute later. A quiet ticker gives the hub a timer.
"""

import eventlet
from nameko.containers import ServiceContainer

TICK_S = 0.25


class Container(ServiceContainer):
    def start(self):
        eventlet.spawn(self._tick)
        super().start()

    def _tick(self):
        while not self._died.ready():
            eventlet.sleep(TICK_S)
