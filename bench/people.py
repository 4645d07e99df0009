"""People of a measurement, with the access tokens that registration would give them.

The tokens are signed here with the instance's own signing key. Exam verifies the signature and asks nobody, so what is
measured of exam is the same as if these people had signed in; what signing in costs is measured by `sign_in`.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import load_pem_private_key

VALID_S = 12 * 3600
REGISTERED_MS_AGO = 86_400_000


@dataclass(frozen=True)
class Signature:
    """What tokens are signed with; `units`: where people live, taken in turn. Travels to load generators.

    `at`: when all of them were signed (Unix seconds), so that a person has one token in every step of a measurement.
    """

    pem: str = field(repr=False)
    kid: str
    units: tuple[str, ...]
    at: int


class Somebody(NamedTuple):
    user_id: str
    token: str


class Crowd:
    """People of a name, each handed out once; the same name gives the same people."""

    def __init__(self, signature: Signature, name: str):
        self.signature, self.name, self.next = signature, name, 0
        self.key = load_pem_private_key(signature.pem.encode(), password=None)
        self.head = _encoded({"alg": "EdDSA", "typ": "JWT", "kid": signature.kid})
        self.ready: list[Somebody] = []

    def prepare(self, count: int) -> None:
        """Sign ahead, so that it costs nothing later (0.06 ms each)."""
        self.ready = [self._made() for _ in range(count)][::-1]

    def take(self) -> Somebody:
        """The next one; signed now when those prepared are used up."""
        return self.ready.pop() if self.ready else self._made()

    def _made(self) -> Somebody:
        user_id = user_id_of(self.name, self.next)
        unit = self.signature.units[self.next % len(self.signature.units)]
        self.next += 1
        return Somebody(user_id, self.sign(user_id, unit))

    def sign(self, user_id: str, unit: str, division: str = "citizens", roles: tuple[str, ...] = ()) -> str:
        """An access token as registration signs it."""
        at = self.signature.at
        claims = {
            "iss": "hoithi",
            "aud": "hoithi",
            "sub": user_id,
            "sid": f"session-{user_id}",
            "div": division,
            "unit": unit,
            "punit": None,
            "reg": at * 1000 - REGISTERED_MS_AGO,
            "roles": list(roles),
            "iat": at,
            "exp": at + VALID_S,
        }
        signed = b"%s.%s" % (self.head, _encoded(claims))
        return (signed + b"." + urlsafe_b64encode(self.key.sign(signed)).rstrip(b"=")).decode()


def user_id_of(crowd: str, number: int) -> str:
    """Twenty characters without any order, like those registration gives: indexes feel the difference."""
    return blake2b(f"{crowd}-{number}".encode(), digest_size=10).hexdigest()


def _encoded(part: dict) -> bytes:
    return urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).rstrip(b"=")
