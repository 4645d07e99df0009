"""Receipts: what was accepted, signed with Ed25519, so that a person can prove it.

A receipt is a compact JWS (RFC 7515, EdDSA of RFC 8037). Ed25519 is deterministic: the same attempt
gives the same receipt again, so it need not be stored.
"""

import hashlib
import json
from base64 import urlsafe_b64encode

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from hoithi_contracts.fields import wire_instant

RECEIPT = "hoithi-receipt+jws"
NOTICE = "hoithi-notice+jws"


class NotAReceipt(Exception):
    """The text is not a receipt that this key signed."""


def canonical(value) -> bytes:
    """JSON in one form: names sorted, no blanks, UTF-8 as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def answers_digest(answers: dict[str, str]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON of the answers as stored: number of the question -> letters as shown."""
    return hashlib.sha256(canonical(answers)).hexdigest()


class Signer:
    """Signs and verifies with one Ed25519 key."""

    def __init__(self, pem: bytes):
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("not an Ed25519 private key")
        raw = key.public_key().public_bytes_raw()
        self.key, self.public = key, key.public_key()
        self.headers: dict[str, bytes] = {}
        self.kid = hashlib.sha256(raw).hexdigest()[:16]
        self.jwk = {
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "EdDSA",
            "use": "sig",
            "kid": self.kid,
            "x": urlsafe_b64encode(raw).rstrip(b"=").decode(),
        }

    def derived(self, purpose: str) -> bytes:
        """Another secret of 32 bytes, the same in every process that has this key (HKDF, RFC 5869)."""
        return HKDF(hashes.SHA256(), 32, None, purpose.encode()).derive(self.key.private_bytes_raw())

    def receipt(self, attempt) -> str:
        """The receipt of a submitted attempt."""
        return self.sign(covered(attempt), RECEIPT)

    def sign(self, payload: dict, kind: str) -> str:
        """A compact JWS; always the same for the same payload."""
        body = json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()
        signed = self._header(kind) + b"." + urlsafe_b64encode(body).rstrip(b"=")
        return (signed + b"." + urlsafe_b64encode(self.key.sign(signed)).rstrip(b"=")).decode()

    def _header(self, kind: str) -> bytes:
        """As PyJWT writes it, made once: its `encode` costs as much as the signature."""
        if kind not in self.headers:
            whole = jwt.encode({}, self.key, algorithm="EdDSA", headers={"kid": self.kid, "typ": kind})
            self.headers[kind] = whole.partition(".")[0].encode()
        return self.headers[kind]

    def read(self, receipt: str) -> dict:
        """What a receipt covers; raises NotAReceipt."""
        try:
            opened = jwt.decode_complete(receipt, self.public, algorithms=["EdDSA"], options={"verify_exp": False})
        except (jwt.PyJWTError, ValueError) as error:
            raise NotAReceipt() from error
        if opened["header"].get("typ") != RECEIPT:
            raise NotAReceipt()
        return opened["payload"]


def covered(attempt) -> dict:
    """What a receipt says of a submitted attempt."""
    return {
        "attempt_id": attempt.attempt_id,
        "answers_digest": attempt.answers_digest,
        "submitted_at": wire_instant(attempt.submitted_at),
        "by": attempt.by,
        "late": attempt.late,
    }
