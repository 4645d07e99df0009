"""The process beside the doors: listens, relays the outbox, keeps the timers."""

import logging

from nameko.timer import Timer

from hoithi_bus import clock
from hoithi_bus.http.watch import Watched
from hoithi_bus.listener import listen, listen_batch
from hoithi_bus.relay import Relay

log = logging.getLogger(__name__)

__all__ = ["Relay", "Worker", "every", "listen", "listen_batch"]


class Every(Timer):
    """Fires in every replica, `handler(self, now)`: idempotent by state, or under a lease."""

    def __init__(self, seconds: float, **kwargs):
        self.seconds = seconds
        super().__init__(seconds, eager=True, **kwargs)

    def handle_timer_tick(self):
        self.container.spawn_worker(self, (clock.now(),), {}, handle_result=self.handle_result)

    def handle_result(self, worker_ctx, result, exc_info):
        """A timer that failed tries again at its next tick; an operator must see why."""
        if exc_info is not None:
            log.error("%s failed", self.method_name, exc_info=exc_info)
        return super().handle_result(worker_ctx, result, exc_info)


every = Every.decorator


class Worker(Watched):
    """Base of a service's worker: `/health` and `/metrics` on its own port."""
