"""What an operator sees of any process: `/health` and `/metrics`."""

from collections.abc import Callable

from nameko.extensions import DependencyProvider
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from hoithi_bus.http.door import Reply, door
from hoithi_bus.metrics import DoorMetrics


class Vitals(DependencyProvider):
    """The health of the process's own extensions (listeners, relay)."""

    def get_dependency(self, worker_ctx):
        return self

    def checks(self) -> dict[str, Callable[[], object]]:
        """One check per extension that has one; a check raises when something is wrong."""
        watched = [extension for extension in self.container.extensions if hasattr(extension, "health")]
        return {getattr(extension, "queue", type(extension).__name__.lower()): extension.health for extension in watched}


class Watched:
    """Base of every service class. Attributes: `name`, `version`."""

    name = ""
    version = "0.1.0"
    vitals = Vitals()
    door_metrics = DoorMetrics()

    def health_checks(self) -> dict[str, Callable[[], object]]:
        """The service's own checks, for example {"mongodb": self.storage.ping}; raise = unhealthy."""
        return {}

    @door("GET", "/health", who="anyone", hidden=True)
    def health(self, call):
        checks = {name: _result(check) for name, check in {**self.health_checks(), **self.vitals.checks()}.items()}
        healthy = all(check["ok"] for check in checks.values())
        state = {"service": self.name, "version": self.version, "status": "ok" if healthy else "unhealthy", "checks": checks}
        return Reply.json(state, status=200 if healthy else 503)

    @door("GET", "/metrics", who="anyone", hidden=True)
    def metrics(self, call):
        return Reply(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _result(check: Callable[[], object]) -> dict:
    try:
        detail = check()
    except Exception as error:
        return {"ok": False, "detail": f"{type(error).__name__}: {error}"[:200]}
    return {"ok": True} if detail is None or isinstance(detail, dict | bool) else {"ok": True, "detail": str(detail)}
