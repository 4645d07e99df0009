"""Encryption: a random key per service, wrapped for a passphrase or an X25519 public key; files in chunks of AES-256-GCM.

The chunks follow the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce holds the chunk's number and
whether it is the last, so chunks cannot be cut off, exchanged or repeated. Byte by byte: docs/reference/backup-format.md.
"""

import base64
import io
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from hoithi_cli.backup.trouble import Damaged, WrongKey
from hoithi_cli.trouble import WrongUsage

MAGIC = b"HOITHI-SEALED-1\n"
CHUNK = 1024 * 1024
TAG = 16
SALT = 16
KEY = 32
WRAPPED_FOR = b"hoithi-backup-1 key"
SCRYPT = {"n": 2**17, "r": 8, "p": 1}
MOST_SCRYPT_N = 2**20
LEAST_PASSPHRASE = 12
MAKE_A_KEY = "openssl genpkey -algorithm X25519 -out backup.key; openssl pkey -in backup.key -pubout -out backup.pub"


@dataclass(frozen=True)
class Seal:
    """A backup's key, and how the manifest tells of it. The key is not shown by printing."""

    key: bytes
    about: dict

    def __repr__(self):
        return f"Seal({self.about['kind']})"


# Making a seal


def seal_for_public_key(file: Path) -> Seal:
    """A new key that only the private half of an X25519 key can unwrap."""
    recipient = _public_key(file)
    ephemeral = X25519PrivateKey.generate()
    public, theirs = ephemeral.public_key().public_bytes_raw(), recipient.public_bytes_raw()
    wrapping = _shared_key(ephemeral.exchange(recipient), public, theirs)
    return _new_seal(wrapping, {"kind": "x25519", "ephemeral": _text(public), "recipient": _text(theirs)})


def seal_for_passphrase(file: Path) -> Seal:
    """A new key that the passphrase unwraps."""
    passphrase = read_passphrase(file)
    if len(passphrase) < LEAST_PASSPHRASE:
        raise WrongUsage(f"the passphrase in {file} is too short: at least {LEAST_PASSPHRASE} bytes")
    salt = os.urandom(SALT)
    return _new_seal(_passphrase_key(passphrase, salt, SCRYPT), {"kind": "passphrase", "salt": _text(salt), "scrypt": SCRYPT})


def _new_seal(wrapping: bytes, about: dict) -> Seal:
    key, nonce = os.urandom(KEY), os.urandom(12)
    wrapped = AESGCM(wrapping).encrypt(nonce, key, WRAPPED_FOR)
    return Seal(key, {**about, "nonce": _text(nonce), "wrapped": _text(wrapped)})


# Opening one


def opened(about: dict, key_file: Path | None, passphrase_file: Path | None) -> Seal:
    """The seal a manifest tells of; raises WrongKey, WrongUsage (no key given) or Damaged."""
    try:
        wrapping = _wrapping_key(about, key_file, passphrase_file)
        return Seal(AESGCM(wrapping).decrypt(_bytes(about["nonce"]), _bytes(about["wrapped"]), WRAPPED_FOR), about)
    except InvalidTag as error:
        raise WrongKey("the backup cannot be opened with this key: nothing was restored") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(f"the manifest's description of the encryption cannot be used: {error}") from error


def _wrapping_key(about: dict, key_file: Path | None, passphrase_file: Path | None) -> bytes:
    if about["kind"] == "x25519":
        return _wrapping_of_private_key(about, _given(key_file, "for a public key: give --key, the file of its private half"))
    if about["kind"] == "passphrase":
        passphrase = read_passphrase(_given(passphrase_file, "with a passphrase: give --passphrase-file"))
        return _passphrase_key(passphrase, _bytes(about["salt"]), about["scrypt"])
    raise Damaged(f"the backup is encrypted in a way this hoithi does not know: {about['kind']}")


def _wrapping_of_private_key(about: dict, file: Path) -> bytes:
    private = _private_key(file)
    mine = private.public_key().public_bytes_raw()
    if mine != _bytes(about["recipient"]):
        raise WrongKey(f"the backup was encrypted for another public key than that of {file}: nothing was restored")
    ephemeral = _bytes(about["ephemeral"])
    return _shared_key(private.exchange(X25519PublicKey.from_public_bytes(ephemeral)), ephemeral, mine)


def _given(file: Path | None, how: str) -> Path:
    if file is None:
        raise WrongUsage(f"the backup is encrypted {how}")
    return file


# Keys


def _shared_key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=ephemeral + recipient, info=WRAPPED_FOR).derive(shared)


def _passphrase_key(passphrase: bytes, salt: bytes, cost: dict) -> bytes:
    if cost["n"] > MOST_SCRYPT_N:
        raise Damaged("the manifest asks for more memory than any backup of hoithi needs")
    return Scrypt(salt=salt, length=KEY, **cost).derive(passphrase)


def read_passphrase(file: Path) -> bytes:
    """The first line of the file."""
    try:
        return file.read_bytes().split(b"\n")[0].rstrip(b"\r")
    except OSError as error:
        raise WrongUsage(f"the passphrase cannot be read: {error}") from error


def _public_key(file: Path) -> X25519PublicKey:
    return _key(file, load_pem_public_key, X25519PublicKey, "public")


def _private_key(file: Path) -> X25519PrivateKey:
    return _key(file, lambda text: load_pem_private_key(text, password=None), X25519PrivateKey, "private")


def _key(file: Path, load, kind: type, half: str):
    try:
        found = load(file.read_bytes())
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise WrongUsage(f"{file} holds no {half} key (PEM): {error}. To make a pair: {MAKE_A_KEY}") from error
    if not isinstance(found, kind):
        raise WrongUsage(f"{file} holds another kind of key, wanted is X25519. To make a pair: {MAKE_A_KEY}")
    return found


# Files


class SealedWriter:
    """Encrypts what is written to it into `target`; `close` writes the last chunk and leaves `target` open."""

    def __init__(self, target, seal: Seal, name: str):
        salt = os.urandom(SALT)
        self.target, self.cipher = target, _cipher(seal, salt, name)
        self.waiting, self.number = bytearray(), 0
        target.write(MAGIC + salt)

    def write(self, data) -> int:
        self.waiting += data
        while len(self.waiting) > CHUNK:
            self._put(bytes(self.waiting[:CHUNK]), last=False)
            del self.waiting[:CHUNK]
        return len(data)

    def flush(self):
        """What waits for a full chunk stays."""

    def close(self):
        self._put(bytes(self.waiting), last=True)

    def _put(self, chunk: bytes, last: bool):
        self.target.write(self.cipher.encrypt(_nonce(self.number, last), chunk, MAGIC))
        self.number += 1


class SealedReader(io.RawIOBase):
    """The plain bytes of a sealed file; raises Damaged at the first chunk that is not as it was written."""

    def __init__(self, source, seal: Seal, name: str):
        head = source.read(len(MAGIC) + SALT)
        if head[: len(MAGIC)] != MAGIC or len(head) < len(MAGIC) + SALT:
            raise Damaged(f"{name} is not a sealed file of a backup")
        self.source, self.label, self.cipher = source, name, _cipher(seal, head[len(MAGIC) :], name)
        self.number, self.plain = 0, b""
        self.ahead = source.read(CHUNK + TAG)

    def readable(self):
        return True

    def readinto(self, buffer) -> int:
        while not self.plain and self.ahead is not None:
            self._open_next()
        count = min(len(buffer), len(self.plain))
        buffer[:count], self.plain = self.plain[:count], self.plain[count:]
        return count

    def _open_next(self):
        chunk, self.ahead = self.ahead, self.source.read(CHUNK + TAG) or None
        try:
            self.plain = memoryview(self.cipher.decrypt(_nonce(self.number, last=self.ahead is None), chunk, MAGIC))
        except InvalidTag as error:
            raise Damaged(f"{self.label} is not as it was written (chunk {self.number})") from error
        self.number += 1


def _cipher(seal: Seal, salt: bytes, name: str) -> AESGCM:
    """A key of the file's own: bound to its name, and fresh each time because of the salt."""
    return AESGCM(HKDF(SHA256(), KEY, salt=salt, info=b"hoithi-backup-1 file " + name.encode()).derive(seal.key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
