"""The front door for somebody who does not give up: one and the same request until there is an answer."""

import random
import time
from collections.abc import Callable
from itertools import count

import httpx

from hoithi_cli.front_door import decoded, refusal

TIMEOUT_S = 6.0
AGAIN = (401, 408, 429, 500, 502, 503, 504)
"""Nothing was said about the request itself. 401: a process with a wrong clock takes a token for expired."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0


class GivenUp(Exception):
    """The run is over; the outcome of the request stays unknown."""


class StubbornDoor:
    """As hoithi_cli's FrontDoor, but it repeats until `over()`; `saw(what)` is told of everything a person would see."""

    def __init__(self, url: str, saw: Callable[[str], None], over: Callable[[], bool] = lambda: False, connections: int = 16):
        self.url, self.saw, self.over = url, saw, over
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        self._client = httpx.Client(base_url=url, limits=limits, timeout=httpx.Timeout(TIMEOUT_S, pool=60), trust_env=False)

    def close(self):
        self._client.close()

    def call(self, method: str, service: str, path: str, **request):
        """The decoded answer; raises Refused for a final refusal, GivenUp."""
        return decoded(self.send(method, service, path, **request))

    def send(
        self, method: str, service: str, path: str, *, token=None, idempotent=None, headers=None, **request
    ) -> httpx.Response:
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
        for tries in count():
            answer = self._once(method, f"/api/{service}{path}", headers=headers, **request)
            if answer is not None and answer.is_success:
                return answer
            if answer is not None and answer.status_code not in AGAIN:
                raise refusal(answer)
            if self.over():
                raise GivenUp(f"{method} {path}")
            time.sleep(pause(tries))
        raise AssertionError("unreachable")

    def _once(self, method: str, path: str, **request) -> httpx.Response | None:
        try:
            answer = self._client.request(method, path, **request)
        except httpx.TransportError as error:
            self.saw(type(error).__name__)
            return None
        self.saw(str(answer.status_code))
        return answer


def pause(tries: int) -> float:
    """Seconds before the next try: doubling, with jitter."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(tries, 10)) * random.uniform(0.5, 1.5)
