"""The signed snapshot of a round's results: who signed, what it covers, what it is worth today.

A compact JWS (RFC 7515, EdDSA of RFC 8037) over the digest of results.json. Ed25519 is deterministic: the same results
give the same signature again, so it need not be stored.
"""

import hashlib
from base64 import urlsafe_b64encode

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from hoithi_contracts.fields import wire_instant
from hoithi_scoring.domain.rounds import Round

KIND = "hoithi-results+jws"
FORMAT = "hoithi-signed-results/1"


class NotSignedHere(Exception):
    """The text is no statement that this key signed."""


class Signer:
    """Signs and reads with one Ed25519 key. Raises ValueError for another kind of key."""

    def __init__(self, pem: bytes):
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("not an Ed25519 private key")
        self.key, raw = key, key.public_key().public_bytes_raw()
        self.kid = hashlib.sha256(raw).hexdigest()[:16]
        x = urlsafe_b64encode(raw).rstrip(b"=").decode()
        self.jwk = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": self.kid, "x": x}

    def sign(self, statement: dict) -> str:
        """Always the same for the same statement."""
        headers = {"kid": self.kid, "typ": KIND}
        return jwt.encode(dict(sorted(statement.items())), self.key, algorithm="EdDSA", headers=headers)

    def read(self, signature: str) -> dict:
        """What was signed; raises NotSignedHere."""
        try:
            opened = jwt.decode_complete(signature, self.key.public_key(), algorithms=["EdDSA"])
        except (jwt.PyJWTError, ValueError) as error:
            raise NotSignedHere() from error
        if opened["header"].get("typ") != KIND:
            raise NotSignedHere()
        return opened["payload"]


def statement(round: Round) -> dict:
    """What is signed of published results. Provisional ones are signed as such."""
    shot = round.snapshot
    return {
        "format": FORMAT, "contest_id": round.contest_id, "round_id": round.round_id, "revision": shot.revision,
        "digest": shot.digest, "state": round.state, "official_at": round.official_at and wire_instant(round.official_at),
    }  # fmt: skip


def worth(covered: dict, round: Round | None) -> str:
    """ok; unknown-round; superseded: signed here, but the results are other ones today."""
    if round is None or not round.is_public:
        return "unknown-round"
    return "ok" if statement(round) == covered else "superseded"
