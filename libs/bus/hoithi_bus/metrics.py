"""What the bus library counts for every service. Labels are bounded by the code: no person, no free text."""

from time import perf_counter

from nameko.extensions import DependencyProvider
from prometheus_client import Counter, Gauge, Histogram

DOOR = ("service", "door", "kind")
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

DOOR_SECONDS = Histogram(
    "hoithi_door_seconds", "Time in a door: HTTP request, listener call, timer", (*DOOR, "outcome"), buckets=BUCKETS
)
BUSY = Gauge("hoithi_door_calls_running", "Calls under way", ("service",))
PUBLISHED = Counter("hoithi_events_published_total", "Events handed to the broker", ("service", "event", "outcome"))
RECEIVED = Counter("hoithi_events_received_total", "Events settled by a listener", ("queue", "outcome"))
BATCH_EVENTS = Histogram(
    "hoithi_listener_batch_events", "Events per listener call", ("queue",), buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
)
OUTBOX_OLDEST = Gauge("hoithi_outbox_oldest_seconds", "Age of the oldest unpublished event", ("service",))
QUEUE_MESSAGES = Gauge("hoithi_queue_messages", "Messages ready in a queue", ("queue",))
DEAD_LETTERS = Gauge("hoithi_dead_letters", "Events parked for an operator", ("queue",))


class DoorMetrics(DependencyProvider):
    """Times every entrypoint of the service; a problem the caller caused is "refused", not "error"."""

    def __init__(self):
        self.known: dict[tuple, Histogram] = {}
        self.busy = 0

    def setup(self):
        # Asked when somebody looks: a gauge locks at each step.
        BUSY.labels(self.container.service_name).set_function(lambda: self.busy)

    def worker_setup(self, worker_ctx):
        self.busy += 1
        worker_ctx.began = perf_counter()

    def worker_result(self, worker_ctx, result=None, exc_info=None):
        seconds = perf_counter() - worker_ctx.began
        self._histogram(worker_ctx.entrypoint, _outcome(worker_ctx.entrypoint, exc_info)).observe(seconds)

    def _histogram(self, door, outcome: str):
        """Finding a child by its labels costs more than observing."""
        key = (door.method_name, type(door), outcome)
        if key not in self.known:
            labels = (self.container.service_name, door.method_name, type(door).__name__.lower(), outcome)
            self.known[key] = DOOR_SECONDS.labels(*labels)
        return self.known[key]

    def worker_teardown(self, worker_ctx):
        self.busy -= 1


def _outcome(door, exc_info) -> str:
    if exc_info is None:
        return "ok"
    return "refused" if isinstance(exc_info[1], door.expected_exceptions) else "error"
