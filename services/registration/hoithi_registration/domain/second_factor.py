"""The second factor: time-based one-time codes (RFC 6238) from an app on the person's phone, and recovery codes.

The arithmetic is `cryptography`'s. What is ours: a code counts once (RFC 6238, 5.2), recovery codes are kept hashed, and
the roles named in the settings sleep in sessions that were opened without a second factor (docs/decisions/0113).
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from hoithi_registration.domain.refusal import Refused

DIGITS, STEP_S = 6, 30
ISSUER = "hoithi"
SLACK = (0, -1, 1)
"""Steps that are tried: a phone's clock may be half a minute off, and typing takes time."""
RECOVERY_CODES = 10


class CodeNeeded(Refused):
    """The password was right; the account also asks for a code."""


class WrongCode(Refused):
    """Neither the present code nor an unused recovery code."""


class CodeUsed(Refused):
    """This code was right and was used before: the next one comes within half a minute."""


class FactorIsOn(Refused):
    """The account has a second factor already; it has to be removed first."""


class FactorIsOff(Refused):
    """The account has no second factor."""


class OwnFactor(Refused):
    """Nobody lifts the own second factor without a code: that is another operator's to do."""


@dataclass(frozen=True)
class SecondFactor:
    """`sealed`: the secret, encrypted for this person. `last_step`: of the last code that counted; -1: none yet.

    `recovery`: fingerprints of the unused recovery codes. Until `confirmed_at` it asks nobody for a code.
    """

    user_id: str
    sealed: bytes
    begun_at: datetime
    confirmed_at: datetime | None = None
    last_step: int = -1
    recovery: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        return self.confirmed_at is not None

    def confirmed(self, secret: bytes, code: str, codes: list[str], now: datetime) -> "SecondFactor":
        """On from now on, with these recovery codes. Raises FactorIsOn, WrongCode."""
        if self.is_on:
            raise FactorIsOn()
        hashes = tuple(fingerprint(self.user_id, each) for each in codes)
        return replace(self._with_step(secret, code, now), confirmed_at=now, recovery=hashes)

    def used(self, secret: bytes, code: str, now: datetime) -> "SecondFactor":
        """The factor after a code of the app, or a recovery code, was used. Raises WrongCode, CodeUsed."""
        given = plain(code)
        if given.isdecimal() and len(given) == DIGITS:
            return self._with_step(secret, given, now)
        return self._without(fingerprint(self.user_id, given))

    def _with_step(self, secret: bytes, code: str, now: datetime) -> "SecondFactor":
        step = _step_of(secret, plain(code), now)
        if step is None:
            raise WrongCode()
        if step <= self.last_step:
            raise CodeUsed()
        return replace(self, last_step=step)

    def _without(self, presented: str) -> "SecondFactor":
        left = tuple(each for each in self.recovery if not hmac.compare_digest(each, presented))
        if len(left) == len(self.recovery):
            raise WrongCode()
        return replace(self, recovery=left)


def awake(roles: Iterable[str], second_factor: bool, needing: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Roles that count in a session, and those that sleep in it: `needing` names the kinds of role that want a second factor."""
    held = list(roles)
    sleeping = [] if second_factor else [role for role in held if role.partition(":")[0] in needing]
    return [role for role in held if role not in sleeping], sleeping


def plain(code: str) -> str:
    """As it was shown, however it was typed: "123 456", "ABCD-efgh"."""
    return "".join(sign for sign in code.lower() if sign.isalnum())


def fingerprint(user_id: str, code: str) -> str:
    """What is kept of a recovery code (80 random bits: no slow hash is needed)."""
    return hashlib.sha256(f"{user_id}:{plain(code)}".encode()).hexdigest()


def uri_of(secret: bytes, account: str) -> str:
    """What the page draws as a QR code: otpauth://totp/..."""
    return _totp(secret).get_provisioning_uri(account, ISSUER)


def code_at(secret: bytes, now: datetime) -> str:
    """The code that an app shows now."""
    return _totp(secret).generate(int(now.timestamp())).decode()


def _step_of(secret: bytes, code: str, now: datetime) -> int | None:
    present = int(now.timestamp()) // STEP_S
    steps = [present + slack for slack in SLACK]
    shown = [(step, _totp(secret).generate(step * STEP_S)) for step in steps]
    return next((step for step, right in shown if hmac.compare_digest(right, code.encode())), None)


def _totp(secret: bytes) -> TOTP:
    # SHA-1 and six digits: what every authenticator app understands. HMAC does not suffer from SHA-1's collisions.
    return TOTP(secret, DIGITS, SHA1(), STEP_S)
