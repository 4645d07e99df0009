"""Access tokens: JWT signed with Ed25519 by registration, verified here without a call.

The reading is our own: PyJWT's costs three times the signature's check (docs/decisions/0072). Keys are still read by PyJWT;
signatures are checked by libsodium, in half of OpenSSL's time.
"""

import json
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import jwt
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from hoithi_bus.http.problems import Forbidden, NotSignedIn, SecondFactorNeeded, SessionExpired

AUDIENCE = ISSUER = "hoithi"
REMEMBERED = 20_000


@dataclass(frozen=True)
class Claims:
    """Who is calling. `roles`: "role:kind:id" texts, e.g. "organiser:contest:*", "officer:unit:x00688"."""

    user_id: str
    session_id: str
    division: str
    unit_id: str
    party_unit_id: str | None
    registered_at: datetime
    roles: tuple[str, ...] = ()
    expires_at: float = 0
    asleep: tuple[str, ...] = ()
    """Roles the person has, but not in this session: they wait for the second factor."""

    def holds(self, role: str, kind: str | None = None, scope: str | None = None) -> bool:
        """True when the person has the role - for this scope, or for all ("*")."""
        if kind is None:
            return any(held.startswith(f"{role}:") for held in self.roles)
        return f"{role}:{kind}:*" in self.roles or f"{role}:{kind}:{scope}" in self.roles

    def require(self, role: str, kind: str | None = None, scope: str | None = None) -> None:
        """Raises Forbidden unless `holds`."""
        if not self.holds(role, kind, scope):
            raise Forbidden()

    def require_any(self, roles: Iterable[str]) -> None:
        """Raises SecondFactorNeeded when only a role that is asleep would do, else Forbidden, unless the person has one."""
        if any(self.holds(role) for role in roles):
            return
        if any(held.startswith(f"{role}:") for role in roles for held in self.asleep):
            raise SecondFactorNeeded()
        raise Forbidden()


class Tokens:
    """Verifies tokens with the public keys of a JWKS file; remembers verified ones until they expire."""

    def __init__(self, jwks_path: str):
        keys = json.loads(Path(jwks_path).read_text())["keys"]
        self.keys = {key["kid"]: VerifyKey(jwt.PyJWK(key, algorithm="EdDSA").key.public_bytes_raw()) for key in keys}
        self.verified: dict[str, Claims] = {}

    def verify(self, text: str, now: datetime) -> Claims:
        """The claims of a token; raises NotSignedIn or SessionExpired."""
        claims = self.verified.get(text) or self._remember(text, self._decode(text))
        if claims.expires_at <= now.timestamp():
            self.verified.pop(text, None)
            raise SessionExpired()
        return claims

    def _remember(self, text: str, claims: Claims) -> Claims:
        if len(self.verified) >= REMEMBERED:
            self.verified.clear()
        self.verified[text] = claims
        return claims

    def _decode(self, text: str) -> Claims:
        """Compact JWS (RFC 7515) with EdDSA (RFC 8037) and nothing else; the expiry is checked at each use."""
        try:
            signed, _, signature = text.encode("ascii").rpartition(b".")
            header, _, payload = signed.partition(b".")
            known = json.loads(_decoded(header))
            if known["alg"] != "EdDSA" or "crit" in known:
                raise NotSignedIn()
            self.keys[known["kid"]].verify(signed, _decoded(signature))
            claims = json.loads(_decoded(payload))
            if (claims["iss"], claims["aud"]) != (ISSUER, AUDIENCE):
                raise NotSignedIn()
            return _claims(claims)
        except (CryptoError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise NotSignedIn() from error


def _decoded(part: bytes) -> bytes:
    return b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)


def _claims(payload: dict) -> Claims:
    return Claims(
        user_id=payload["sub"],
        session_id=payload["sid"],
        division=payload["div"],
        unit_id=payload["unit"],
        party_unit_id=payload.get("punit"),
        registered_at=datetime.fromtimestamp(payload["reg"] / 1000, UTC),
        roles=tuple(payload.get("roles", ())),
        expires_at=float(payload["exp"]),
        asleep=tuple(payload.get("asleep", ())),
    )
