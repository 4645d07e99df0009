"""What a process remembers for speed. Nothing here would be missed."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST = 200


class Memory:
    """The last used values by key; with `seconds`, each is read again when it is older."""

    def __init__(self, seconds: float = float("inf"), most: int = MOST):
        self.seconds, self.most = seconds, most
        self.values: OrderedDict[Hashable, tuple[float, object]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, load: Callable[[], object]):
        """The value, loaded once however many ask at the same time. None is not remembered.

        Age counts from before the loading, by the monotonic clock: neither a slow database nor a
        wrong wall clock makes a value look younger than it is.
        """
        known = self.known(key)
        if known is not None:
            return known
        with self.lock:
            known = self.known(key)
            return known if known is not None else self._load(key, load)

    def known(self, key: Hashable):
        """The value, None when it is not remembered or too old."""
        loaded_at, value = self.values.get(key, (0.0, None))
        return value if value is not None and time.monotonic() - loaded_at < self.seconds else None

    def _load(self, key: Hashable, load: Callable[[], object]):
        began = time.monotonic()
        value = load()
        if value is not None:
            self._keep(key, began, value)
        return value

    def keep(self, key: Hashable, value: object) -> None:
        """Remember a value that is known to be true now."""
        self._keep(key, time.monotonic(), value)

    def _keep(self, key: Hashable, since: float, value: object) -> None:
        self.values[key] = since, value
        self.values.move_to_end(key)
        while len(self.values) > self.most:
            self.values.popitem(last=False)

    def forget(self, key: Hashable) -> None:
        """Load it anew at the next use."""
        self.values.pop(key, None)
