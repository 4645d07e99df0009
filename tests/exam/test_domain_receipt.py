"""Receipts: what they cover, that they are the same again, that they cannot be made up."""

import hashlib

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from exam.making import MINUTE, NOON, Someone, bank, round_, rules
from hoithi_exam.domain.attempt import begin
from hoithi_exam.domain.paper import press
from hoithi_exam.domain.receipt import NOTICE, NotAReceipt, Signer, answers_digest, covered

PAPER = press(bank(), rules().divisions[0], rules()).paper("seed")


def pem(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def signer(seed: bytes = b"\x07" * 32) -> Signer:
    return Signer(pem(seed))


def submitted():
    attempt = begin(Someone(), round_(), (), "seed", NOON)
    return attempt.submit({"1": "A", "4": "B"}, None, PAPER, round_(), NOON + MINUTE)[0]


def test_the_digest_is_sha256_of_the_canonical_json():
    assert answers_digest({"2": "B", "10": "AC", "1": "A"}) == hashlib.sha256(b'{"1":"A","10":"AC","2":"B"}').hexdigest()
    assert answers_digest({}) == hashlib.sha256(b"{}").hexdigest()


def test_a_receipt_covers_attempt_answers_and_time():
    read = signer().read(signer().receipt(submitted()))
    assert read == covered(submitted()) == {
        "attempt_id": "hg-w1:u1:1", "answers_digest": answers_digest({"1": "A", "4": "B"}),
        "submitted_at": "2026-11-23T05:01:00.000Z", "by": "person", "late": False,
    }  # fmt: skip


def test_the_same_attempt_gives_the_same_receipt():
    assert signer().receipt(submitted()) == signer().receipt(submitted())


def test_anybody_can_verify_a_receipt_with_the_published_key():
    key = jwt.PyJWK(signer().jwk, algorithm="EdDSA")
    receipt = signer().receipt(submitted())
    assert jwt.get_unverified_header(receipt)["kid"] == signer().jwk["kid"]
    assert jwt.decode(receipt, key, algorithms=["EdDSA"])["attempt_id"] == "hg-w1:u1:1"


def test_receipts_of_other_keys_altered_ones_and_notices_are_refused():
    receipt = signer().receipt(submitted())
    head, payload, signature = receipt.split(".")
    unsigned = jwt.encode(covered(submitted()), None, algorithm="none")
    altered = [f"{head}.{payload[:-2]}AA.{signature}", f"{head}.{payload}.", "", "a.b.c", "\ud800"]
    others = [signer(b"\x08" * 32).receipt(submitted()), signer().sign(covered(submitted()), NOTICE)]
    for text in [unsigned, *altered, *others]:
        with pytest.raises(NotAReceipt):
            signer().read(text)


def test_only_an_ed25519_key_signs():
    with pytest.raises(ValueError):
        Signer(b"no key")
