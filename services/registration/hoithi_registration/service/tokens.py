"""Access tokens, signed with Ed25519, and the public keys everybody verifies them with."""

import hashlib
import json
import secrets
import string
from datetime import datetime
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from hoithi_bus.http.tokens import AUDIENCE, ISSUER
from hoithi_bus.settings import need
from hoithi_registration.domain.person import Person
from hoithi_registration.domain.role import BOUND_TO
from hoithi_registration.domain.second_factor import awake
from hoithi_registration.handlers.accounts import Fresh

LIFETIME_S = 600
LETTERS = string.ascii_letters + string.digits


class Signer:
    """Signs with the private key of the PEM file; `jwks` are the keys that others trust."""

    def __init__(self, pem: bytes, jwks: dict, needing: tuple[str, ...] = ()):
        self.key = load_pem_private_key(pem, password=None)
        self.kid = hashlib.sha256(self.key.public_key().public_bytes_raw()).hexdigest()[:16]
        self.jwks, self.needing = jwks, needing

    def access_token(self, person: Person, session_id: str, now: datetime, second_factor: bool = False) -> str:
        """Valid LIFETIME_S seconds from `now`. Roles of `needing` sleep in it unless the session has a second factor."""
        claims = {**_claims(person, session_id, now), **self._roles(person, second_factor)}
        return jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": self.kid})

    def _roles(self, person: Person, second_factor: bool) -> dict:
        """`amr`: how the session was opened (RFC 8176)."""
        roles, asleep = awake(person.roles, second_factor, self.needing)
        return {"roles": roles, "asleep": asleep, "amr": ["pwd", "otp"] if second_factor else ["pwd"]}


NOBODY = "none"


def open_needing(config: dict) -> tuple[str, ...]:
    """The kinds of role that sleep without a second factor; stops the start when one does not exist."""
    how = f'It names roles, for example "organiser operator", or is "{NOBODY}": nobody needs a second factor.'
    names = tuple(need(config, "SECOND_FACTOR", how).replace(",", " ").split())
    unknown = set(names) - {*BOUND_TO, NOBODY}
    if unknown:
        raise SystemExit(f"hoithi: SECOND_FACTOR names {', '.join(sorted(unknown))}; there are {', '.join(BOUND_TO)}.")
    return tuple(name for name in names if name != NOBODY)


def open_signer(config: dict) -> Signer:
    """Stops the start when the keys are missing or the others do not trust ours."""
    pem = need(
        config,
        "TOKEN_SIGNING_KEY",
        "It is the path of the Ed25519 private key (PEM) that signs access tokens; `make up` makes one.",
    )
    jwks = need(config, "TOKEN_KEYS", "It is the path of the JWKS file with registration's public keys; `make up` makes one.")
    signer = Signer(Path(pem).read_bytes(), json.loads(Path(jwks).read_text()), open_needing(config))
    if signer.kid not in {key["kid"] for key in signer.jwks["keys"]}:
        raise SystemExit(f"hoithi: {jwks} does not hold the public key {signer.kid} of {pem}: nobody would trust our tokens.")
    return signer


def fresh(client: str = "") -> Fresh:
    """Random texts for a new account or session; ids have 119 bits, the secret 256."""
    return Fresh(_new_id(), _new_id(), new_secret(), client)


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def rising_id(now: datetime) -> str:
    """An id that sorts by time."""
    return f"{int(now.timestamp() * 1000):012x}{secrets.token_hex(6)}"


def _new_id() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(20))


def _claims(person: Person, session_id: str, now: datetime) -> dict:
    issued = int(now.timestamp())
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": person.user_id,
        "sid": session_id,
        "div": person.division,
        "unit": person.unit_id,
        "punit": person.party_unit_id,
        "reg": round(person.registered_at.timestamp() * 1000),
        "iat": issued,
        "exp": issued + LIFETIME_S,
    }
