"""Sessions: a refresh token is used once; an old one used again ends the session (RFC 9700, 4.14.2).

A refresh token is "<session id>.<secret>". Its successor is made from it and a random seed, so that a
person whose answer was lost (weak signal, a double click) gets the same successor again for a short time.

A session that was begun on the page knows on whose device: docs/decisions/0081, 0082.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoithi_registration.domain.refusal import Refused

LIFETIME = timedelta(days=30)
REPEAT_WITHIN = timedelta(seconds=60)
OWN, SHARED, ASSISTED = DEVICES = ("own", "shared", "assisted")
IDLE = {SHARED: timedelta(hours=1), ASSISTED: timedelta(minutes=30)}
"""How long a session on somebody else's device lasts without use. Longer than an access token, which a page in use renews."""
AWAY_FROM_HOME = timedelta(hours=12)
"""How long it lasts at most: the longest paper and the wait for it."""


class SessionEnded(Refused):
    """Signed out, expired, or never there."""


class RefreshReused(Refused):
    """A refresh token came a second time: it, or its successor, may be stolen."""

    def __init__(self, session_id: str):
        super().__init__()
        self.session_id = session_id


@dataclass(frozen=True)
class Session:
    """Only SHA-256 of secrets is kept. `seed`: made the current secret out of the previous one.

    `device`: whose it is, one of DEVICES, when the page keeps the token in a cookie; None for every other client.
    `client`: browser and system in two words, for the person's list. `second_factor`: opened with one.
    """

    session_id: str
    user_id: str
    refresh_hash: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime
    previous_hash: str | None = None
    seed: str | None = None
    device: str | None = None
    client: str = ""
    second_factor: bool = False

    def renewed(self, secret: str, seed: str, now: datetime) -> tuple["Session", str]:
        """The session after the token was used, and the next secret. Raises SessionEnded, RefreshReused."""
        if self.expires_at <= now:
            raise SessionEnded()
        presented = fingerprint(secret)
        if hmac.compare_digest(presented, self.refresh_hash):
            return self._rotated(presented, successor(secret, seed), seed, now)
        if self.previous_hash == presented and self._may_be_repeated(now):
            return self, successor(secret, self.seed)
        raise RefreshReused(self.session_id)

    def _may_be_repeated(self, now: datetime) -> bool:
        """Of the token before the present one, which nobody has used yet. A cookie may have been lost with its answer by a
        phone that then slept for hours: it may be asked for until it is used."""
        return self.device is not None or now - self.used_at <= REPEAT_WITHIN

    def _rotated(self, presented: str, secret: str, seed: str, now: datetime) -> tuple["Session", str]:
        changed = {"refresh_hash": fingerprint(secret), "previous_hash": presented, "seed": seed, "used_at": now}
        return replace(self, **changed, expires_at=_end(self.device, self.created_at, now)), secret


def begin(
    session_id: str,
    user_id: str,
    secret: str,
    now: datetime,
    device: str | None = None,
    client: str = "",
    second_factor: bool = False,
) -> Session:
    """A session that lasts LIFETIME, however often it is renewed; on a device of others much shorter."""
    hashed, until = fingerprint(secret), _end(device, now, now)
    return Session(session_id, user_id, hashed, now, until, now, device=device, client=client, second_factor=second_factor)


def _end(device: str | None, created_at: datetime, used_at: datetime) -> datetime:
    if device not in IDLE:
        return created_at + LIFETIME
    return min(created_at + AWAY_FROM_HOME, used_at + IDLE[device])


def fingerprint(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def successor(secret: str, seed: str) -> str:
    """The next secret: 256 bits nobody can tell without both the secret and the seed."""
    return hmac.new(seed.encode(), secret.encode(), hashlib.sha256).hexdigest()


def token(session_id: str, secret: str) -> str:
    """The refresh token as the person keeps it."""
    return f"{session_id}.{secret}"


def taken_apart(refresh_token: str) -> tuple[str, str]:
    """Session id and secret; SessionEnded when it is no refresh token."""
    session_id, point, secret = refresh_token.partition(".")
    if not (session_id and point and secret):
        raise SessionEnded()
    return session_id, secret
