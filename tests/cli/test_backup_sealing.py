"""Encrypted files of a backup: whoever lacks the key sees nothing, whoever changes a byte is noticed."""

import io

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as some

from hoithi_cli.backup import sealing
from hoithi_cli.backup.sealing import CHUNK, MAGIC, SALT, TAG, Seal, SealedReader, SealedWriter
from hoithi_cli.backup.trouble import Damaged, WrongKey
from hoithi_cli.trouble import WrongUsage

SEAL = Seal(b"k" * 32, {"kind": "passphrase"})
HEAD = len(MAGIC) + SALT
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK)


def sealed(plain: bytes, name="001.sealed", pieces=100_000) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, SEAL, name)
    for start in range(0, len(plain), pieces):
        writer.write(plain[start : start + pieces])
    writer.close()
    return target.getvalue()


def unsealed(data: bytes, name="001.sealed", seal=SEAL) -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(data), seal, name)).read()


@pytest.fixture
def passphrase(tmp_path):
    file = tmp_path / "passphrase"
    file.write_text("bốn năm học một bài\n")
    return file


@pytest.fixture
def key_pair(tmp_path):
    def make(name):
        private = X25519PrivateKey.generate()
        files = tmp_path / f"{name}.key", tmp_path / f"{name}.pub"
        files[0].write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        files[1].write_bytes(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        return files

    return make


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_is_read_again(size):
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert unsealed(sealed(plain)) == plain


@given(plain=some.binary(max_size=5000), pieces=some.integers(1, 6000))
def test_how_it_was_written_does_not_matter(plain, pieces):
    assert unsealed(sealed(plain, pieces=pieces)) == plain


def test_the_same_content_never_looks_the_same():
    assert sealed(b"answers")[len(MAGIC) :] != sealed(b"answers")[len(MAGIC) :]


@given(position=some.integers(0, HEAD + 100 + TAG - 1), flip=some.integers(1, 255))
def test_every_changed_byte_is_noticed(position, flip):
    data = bytearray(sealed(b"a" * 100))
    data[position] ^= flip
    with pytest.raises(Damaged):
        unsealed(bytes(data))


@pytest.mark.parametrize("kept", [0, HEAD - 1, HEAD, HEAD + 5, HEAD + CHUNK + TAG, HEAD + 2 * (CHUNK + TAG)])
def test_a_file_that_was_cut_off_is_refused_also_between_chunks(kept):
    with pytest.raises(Damaged):
        unsealed(sealed(b"a" * (2 * CHUNK + 7))[:kept])


def test_chunks_cannot_change_places():
    data = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c")
    first, second = data[HEAD : HEAD + CHUNK + TAG], data[HEAD + CHUNK + TAG : HEAD + 2 * (CHUNK + TAG)]
    with pytest.raises(Damaged):
        unsealed(data[:HEAD] + second + first + data[HEAD + 2 * (CHUNK + TAG) :])


def test_one_file_cannot_stand_in_for_another():
    with pytest.raises(Damaged):
        unsealed(sealed(b"people", "001.sealed"), "002.sealed")


def test_a_passphrase_opens_what_it_sealed(passphrase):
    made = sealing.seal_for_passphrase(passphrase)
    assert sealing.opened(made.about, None, passphrase).key == made.key
    assert made.key.hex() not in repr(made)


def test_another_passphrase_is_the_wrong_key(passphrase, tmp_path):
    made = sealing.seal_for_passphrase(passphrase)
    (tmp_path / "other").write_text("mười năm học một bài")
    with pytest.raises(WrongKey, match="nothing was restored"):
        sealing.opened(made.about, None, tmp_path / "other")


def test_a_short_passphrase_is_refused(tmp_path):
    (tmp_path / "short").write_text("12345678901\nthe second line does not count")
    with pytest.raises(WrongUsage, match="too short"):
        sealing.seal_for_passphrase(tmp_path / "short")


def test_the_private_key_opens_what_the_public_key_sealed(key_pair):
    private, public = key_pair("ours")
    made = sealing.seal_for_public_key(public)
    assert sealing.opened(made.about, private, None).key == made.key


def test_another_private_key_is_the_wrong_key(key_pair):
    made = sealing.seal_for_public_key(key_pair("ours")[1])
    with pytest.raises(WrongKey, match="another public key"):
        sealing.opened(made.about, key_pair("theirs")[0], None)


def test_without_a_key_it_is_said_which_one_is_needed(key_pair, passphrase):
    with pytest.raises(WrongUsage, match="--key"):
        sealing.opened(sealing.seal_for_public_key(key_pair("ours")[1]).about, None, passphrase)
    with pytest.raises(WrongUsage, match="--passphrase-file"):
        sealing.opened(sealing.seal_for_passphrase(passphrase).about, None, None)


def test_a_file_without_a_key_is_refused_with_how_to_make_one(key_pair, tmp_path):
    (tmp_path / "none").write_text("not a key")
    with pytest.raises(WrongUsage, match="openssl genpkey -algorithm X25519"):
        sealing.seal_for_public_key(tmp_path / "none")


@pytest.mark.parametrize(
    "changed", [{"wrapped": "%%"}, {"nonce": None}, {"kind": "rot13"}, {"scrypt": {"n": 2**30, "r": 8, "p": 1}}]
)
def test_a_strange_description_of_the_key_is_refused(passphrase, changed):
    made = sealing.seal_for_passphrase(passphrase)
    with pytest.raises(Damaged):
        sealing.opened({**made.about, **changed}, None, passphrase)
