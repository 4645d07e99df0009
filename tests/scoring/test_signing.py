"""Signed results: anybody can hold results.json against a signature, and ask what the signature is worth today."""

import hashlib
from base64 import urlsafe_b64decode
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hoithi_scoring.handlers import listening
from hoithi_scoring.service.opening import open_signer
from tests.tables import make_due

HOUR = timedelta(hours=1)


@pytest.fixture
def round_(play, making):
    return play([making.submitted(f"u{number}") for number in (1, 2)], closed=True)


def verify(doors, signature):
    return doors.post("/results/verify", json={"signature": signature}).json()


def test_the_signature_covers_the_digest_of_the_published_file_and_needs_only_the_public_key(doors, round_):
    signed = doors.get("/rounds/c-w1/signature").json()
    [key] = doors.get("/results/keys").json()["keys"]
    public = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(key["x"] + "=="))
    covered = jwt.decode(signed["signature"], public, algorithms=["EdDSA"])
    assert covered == signed["statement"] and key["kid"] == signed["kid"]
    assert covered["digest"] == hashlib.sha256(doors.get("/rounds/c-w1/results.json").content).hexdigest()
    assert (covered["state"], covered["official_at"]) == ("provisional", None)


def test_the_same_results_are_signed_the_same_way_again(doors, round_):
    assert doors.get("/rounds/c-w1/signature").json() == doors.get("/rounds/c-w1/signature").json()


def test_a_signature_is_superseded_when_results_change_and_worth_nothing_when_altered(doors, round_, storage, making):
    signature = doors.get("/rounds/c-w1/signature").json()["signature"]
    assert (verify(doors, signature)["valid"], verify(doors, signature)["reason"]) == (True, "ok")
    listening.correct_key(storage, making.corrected(), making.closes)
    make_due(storage, making.closes + HOUR)
    assert verify(doors, signature)["reason"] == "superseded"
    header, body, sealed = signature.split(".")
    assert verify(doors, f"{header}.{body[:-2]}AA.{sealed}") == {"valid": False, "reason": "not-signed-here", "covers": None}


def test_there_is_nothing_to_sign_before_results(doors, play, making):
    play([making.submitted("u1")])
    assert doors.get("/rounds/c-w1/signature").status_code == 409


def test_a_start_without_a_key_stops_with_a_sentence(tmp_path):
    for config in ({}, {"RESULTS_KEY": "/nowhere"}, {"RESULTS_KEY": str(_not_a_key(tmp_path))}):
        with pytest.raises(SystemExit, match="RESULTS_KEY"):
            open_signer(config)


def _not_a_key(folder):
    (folder / "key.pem").write_text("no key")
    return folder / "key.pem"
