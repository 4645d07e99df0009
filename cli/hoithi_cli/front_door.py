"""The front door over HTTP: one pool of connections, polite repeats, problems as exceptions."""

import random
import time
from threading import Lock

import httpx

from hoithi_cli import __version__
from hoithi_cli.platform import Account
from hoithi_cli.trouble import Refused, Unreachable

BUSY = (429, 503)  # nothing was done
AWAY = (502, 504)  # nginx lost the service on the way: what was done is not known
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
REPEATABLE = ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")
LONGEST_WAIT_S = 20.0


class FrontDoor:
    """Calls `/api/<service><path>`. Thread-safe; shared by everybody a process speaks for.

    Repeats, with jitter and after a Retry-After: what was not sent, what was answered 429 or 503,
    and, where it is idempotent, what broke on the way. `on_repeat(reason)` is told of every repeat.
    """

    def __init__(self, url: str, language: str = "en", connections: int = 8, timeout_s: float = 30.0, repeats: int = 5):
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        headers = {"Accept-Language": language, "User-Agent": f"hoithi-cli/{__version__}"}
        self.url = url
        self.repeats = repeats
        self.on_repeat = lambda reason: None
        self._client = httpx.Client(
            base_url=url, headers=headers, limits=limits, timeout=httpx.Timeout(timeout_s, pool=120.0), trust_env=False
        )

    def close(self):
        self._client.close()

    def call(self, method: str, service: str, path: str, *, token=None, idempotent=None, **request):
        """The decoded answer (None for 204); raises Refused or Unreachable."""
        return decoded(self.send(method, service, path, token=token, idempotent=idempotent, **request))

    def send(
        self, method: str, service: str, path: str, *, token=None, idempotent=None, headers=None, **request
    ) -> httpx.Response:
        """The answer as it came; problems are raised. `idempotent` says that a POST may be repeated."""
        repeatable = method in REPEATABLE if idempotent is None else idempotent
        for attempt in range(self.repeats + 1):
            try:
                answer = self._client.request(
                    method, f"/api/{service}{path}", headers={**_bearer(token), **(headers or {})}, **request
                )
            except httpx.TransportError as error:
                self._wait_or_give_up(attempt, error, repeatable)
                continue
            pause = _pause(attempt, answer.headers.get("Retry-After"))
            again = answer.status_code in BUSY or (repeatable and answer.status_code in AWAY)
            if not again or attempt == self.repeats or pause > LONGEST_WAIT_S:
                return _accepted(answer)
            self.on_repeat(str(answer.status_code))
            time.sleep(pause)
        raise AssertionError("unreachable: the last repeat returns or raises")

    def stream(self, service: str, path: str, *, token=None, **request):
        """Context manager of a streamed GET (see `download`)."""
        return self._client.stream("GET", f"/api/{service}{path}", headers=_bearer(token), **request)

    def get_page(self, path: str) -> httpx.Response:
        """A page of the front door outside /api, not checked."""
        try:
            return self._client.get(path)
        except httpx.TransportError as error:
            raise unreachable(self.url, error) from error

    def _wait_or_give_up(self, attempt: int, error: httpx.TransportError, repeatable: bool):
        may_repeat = repeatable or isinstance(error, NEVER_SENT)
        if attempt == self.repeats or not may_repeat:
            raise unreachable(self.url, error) from error
        self.on_repeat(type(error).__name__)
        time.sleep(_pause(attempt, None))


class Person:
    """Somebody signed in: every call carries a fresh access token."""

    def __init__(self, door: FrontDoor, account: Account):
        self.door, self.account = door, account
        self.user: dict = {}
        self._token = self._refresh = None
        self._renew_at = 0.0
        self._lock = Lock()

    def adopt(self, signed_in: dict):
        """Take over the answer of /join, /sign-in or /refresh."""
        self.user = signed_in.get("user") or self.user
        self._token, self._refresh = signed_in["access_token"], signed_in.get("refresh_token", self._refresh)
        self._renew_at = time.monotonic() + 0.8 * float(signed_in.get("expires_in_s", 600))

    def sign_in(self) -> dict:
        """Sign in with the password; gives the user."""
        body = {"identifier": self.account.identifier, "password": self.account.password}
        body |= {"code": self.account.code} if self.account.code else {}
        self.adopt(self.door.call("POST", "registration", "/sign-in", json=body, idempotent=True))
        return self.user

    def call(self, method: str, service: str, path: str, **request):
        """Like FrontDoor.call, as this person."""
        return decoded(self.send(method, service, path, **request))

    def send(self, method: str, service: str, path: str, **request) -> httpx.Response:
        """Like FrontDoor.send, as this person."""
        return self.door.send(method, service, path, token=self.token(), **request)

    def stream(self, service: str, path: str, **request):
        """Like FrontDoor.stream, as this person."""
        return self.door.stream(service, path, token=self.token(), **request)

    def token(self) -> str:
        with self._lock:
            if self._token is None or time.monotonic() > self._renew_at:
                self._renew()
            return self._token

    def _renew(self):
        if self._refresh is None:
            self.sign_in()
            return
        try:
            self.adopt(self.door.call("POST", "registration", "/refresh", json={"refresh_token": self._refresh}))
        except Refused:
            self.sign_in()


def decoded(answer: httpx.Response):
    """JSON as Python values; text where it is not JSON; None for an empty answer."""
    if not answer.content:
        return None
    return answer.json() if "json" in answer.headers.get("Content-Type", "") else answer.text


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise refusal(answer)


def refusal(answer: httpx.Response) -> Refused:
    """The problem details of an answer; what is no problem document (a proxy's page) is described."""
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {"title": f"{answer.request.method} {answer.request.url.path} was refused", "detail": answer.text[:300].strip()}
    return Refused(answer.status_code, problem)


def unreachable(url: str, error: Exception) -> Unreachable:
    """What a person can do when nobody answers."""
    return Unreachable(f"{url} does not answer ({type(error).__name__}: {error}). Is the platform up? `make up` starts it.")


def _bearer(token) -> dict:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _pause(attempt: int, retry_after: str | None) -> float:
    """Seconds before the next try: what the server asked for, else doubling from 0.2; jitter on both."""
    asked = float(retry_after) if retry_after and retry_after.isdigit() else 0.2 * 2**attempt
    return asked * random.uniform(0.9, 1.3)
