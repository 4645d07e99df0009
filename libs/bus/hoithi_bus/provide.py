"""A dependency made once per process."""

from collections.abc import Callable

from nameko.extensions import DependencyProvider


class Provided(DependencyProvider):
    """Gives every call the one object that `make(config)` returned when the process started."""

    def __init__(self, make: Callable[[dict], object]):
        self.make = make

    def setup(self):
        self.value = self.make(self.container.config)

    def get_dependency(self, worker_ctx):
        return self.value
