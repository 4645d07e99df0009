"""The process that publishes registration's events."""

from hoithi_bus.provide import Provided
from hoithi_bus.worker import Relay
from hoithi_bus.worker import Worker as BusWorker
from hoithi_registration.service.opening import open_first_operator
from hoithi_registration.storage import open_outbox, open_storage


class Worker(BusWorker):
    name = "registration-worker"
    storage = Provided(open_storage)
    first_operator = Provided(open_first_operator)
    relay = Relay("registration", open_outbox)

    def health_checks(self):
        return {"mongodb": self.storage.ping}
