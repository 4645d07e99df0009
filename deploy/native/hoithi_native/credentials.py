"""Secrets: generated once, kept in files only the owner may read, never printed into a log."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hoithi_native.rendering import write

SERVICES = ("registration", "exam", "scoring", "notify", "emulation")
PUBLISHED = {"token-signing-key.pem": "token-keys.json", "results-key.pem": "results-keys.json"}
"""Private keys whose public half other services need, as a JWKS file."""
ACCOUNTS = ("operator", "organiser", "reviewer", "officer", "participant")


class Credentials:
    """The secrets of one instance, one file each in `folder`."""

    def __init__(self, folder: Path):
        self.folder = folder

    def read(self, name):
        return self.path(name).read_text().strip()

    def path(self, name):
        return self.folder / name

    def create(self):
        """Makes what is missing and leaves what exists, so that running it again changes nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        for name, make in _makers().items():
            if not self.path(name).exists():
                write(self.path(name), make())
        for private, public in PUBLISHED.items():
            write(self.path(public), self._public_keys(private))

    def _public_keys(self, private):
        pem = self.path(private).read_bytes()
        return json.dumps({"keys": [public_jwk(pem)]}, indent=2) + "\n"


def public_jwk(pem):
    """The public half of an Ed25519 key as RFC 8037 writes it; `kid` is its own fingerprint."""
    public = serialization.load_pem_private_key(pem, password=None).public_key()
    raw = public.public_bytes_raw()
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": hashlib.sha256(raw).hexdigest()[:16],
        "x": urlsafe_b64encode(raw).rstrip(b"=").decode(),
    }


def _makers():
    """File name -> how to make its content."""
    machines = [f"{engine}-{service}" for engine in ("mongo", "rabbit") for service in SERVICES]
    machines += ["mongo-admin", "rabbit-operator", "erlang-cookie", "pseudonym-secret"]
    return {
        **dict.fromkeys(machines, _machine_password),
        **{f"{account}-password": _human_password for account in ACCOUNTS},
        "second-factor-key": _key,
        "mongo-keyfile": _keyfile,
        "token-signing-key.pem": _ed25519_pem,
        "receipt-key.pem": _ed25519_pem,
        "results-key.pem": _ed25519_pem,
    }


def _machine_password():
    # Hexadecimal needs no escaping in a URI, a shell or a configuration file.
    return secrets.token_hex(24)


def _human_password():
    """Four groups a person can read aloud and type; 80 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _key():
    """256 bits for AES."""
    return secrets.token_hex(32)


def _keyfile():
    return secrets.token_hex(256)


def _ed25519_pem():
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
