"""A dependency made once per process."""

from collections.abc import Callable

from nameko.extensions import DependencyProvider


class Provided(DependencyProvider):
    """Gives every call the one object that `make(config)` returned when the process started; `stop(object)` at its end."""

    def __init__(self, make: Callable[[dict], object], stop: Callable[[object], None] | None = None):
        self.make, self.at_stop = make, stop

    def setup(self):
        self.value = self.make(self.container.config)

    def get_dependency(self, worker_ctx):
        return self.value

    def stop(self):
        """After the last call was answered."""
        if self.at_stop is not None:
            self.at_stop(self.value)
