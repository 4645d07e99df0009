"""nameko's container with three corrections: an idle process sees SIGTERM at once, the search for cycles is rare, and only
dependencies that do something around a call are asked to.

Python retries an interrupted poll (PEP 475), so a signal handler of an idle eventlet hub runs only at
the hub's next timer, up to a minute later. A quiet ticker gives the hub a timer.
"""

import gc
from functools import cached_property

import eventlet
from nameko.containers import ServiceContainer
from nameko.extensions import DependencyProvider

TICK_S = 0.25
YOUNG, MIDDLE, OLD = 20_000, 50, 1_000
"""Thresholds of the search for cycles (gc.set_threshold): what a door makes and drops has none, what it remembers is much.
Looking through it again and again costs exam's doors about a tenth of their CPU (docs/decisions/0075)."""


class Container(ServiceContainer):
    def start(self):
        eventlet.spawn(self._tick)
        super().start()
        _search_rarely()

    # Most dependencies give an object and leave these three as they are, which costs a call each in every request.

    def _worker_setup(self, worker_ctx):
        for provider in self._doing["worker_setup"]:
            provider.worker_setup(worker_ctx)

    def _worker_result(self, worker_ctx, result, exc_info):
        for provider in self._doing["worker_result"]:
            provider.worker_result(worker_ctx, result, exc_info)

    def _worker_teardown(self, worker_ctx):
        for provider in self._doing["worker_teardown"]:
            provider.worker_teardown(worker_ctx)

    @cached_property
    def _doing(self) -> dict[str, list[DependencyProvider]]:
        """The dependencies that have a step of the life cycle of their own, by its name."""
        steps = ("worker_setup", "worker_result", "worker_teardown")
        return {step: [each for each in self.dependencies if _has_own(each, step)] for step in steps}

    def _tick(self):
        while not self._died.ready():
            eventlet.sleep(TICK_S)


def _has_own(provider: DependencyProvider, step: str) -> bool:
    return getattr(type(provider), step) is not getattr(DependencyProvider, step)


def _search_rarely():
    """What is there after the start stays: it is never looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
