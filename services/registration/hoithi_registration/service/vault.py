"""Encrypts what the database must not hold readable: the secrets of second factors (AES-256-GCM, NIST SP 800-38D)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hoithi_bus.settings import need
from hoithi_registration.domain.refusal import Refused

NONCE = 12
KEY_BYTES = 32
HOW = "It is 32 bytes in hexadecimal, for example from `openssl rand -hex 32`, and encrypts second factors; `make up` makes one."


class SealedElsewhere(Refused):
    """Encrypted with another key than ours, or for another person."""


class Vault:
    """`owner` is bound in: what was sealed for one person opens for nobody else."""

    def __init__(self, key: bytes):
        self.cipher = AESGCM(key)

    def seal(self, owner: str, secret: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self.cipher.encrypt(nonce, secret, owner.encode())

    def open(self, owner: str, sealed: bytes) -> bytes:
        """Raises SealedElsewhere."""
        try:
            return self.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], owner.encode())
        except InvalidTag as error:
            raise SealedElsewhere() from error


def open_vault(config: dict) -> Vault:
    """Stops the start when the key is missing or is none."""
    text = str(need(config, "SECOND_FACTOR_KEY", HOW))
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SystemExit(f"hoithi: the setting SECOND_FACTOR_KEY (environment HOITHI_SECOND_FACTOR_KEY) is no key. {HOW}")
    return Vault(key)
