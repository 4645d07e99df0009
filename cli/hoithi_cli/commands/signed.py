"""Signed results: hold a results.json against the platform's signature, with or without the platform."""

import hashlib
import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Annotated

import typer
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hoithi_cli.running import Run
from hoithi_cli.trouble import CheckFailed, WrongUsage

KIND = "hoithi-results+jws"
There = {"exists": True, "dir_okay": False}


def verify_results(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="results.json of a round.", **There)],
    signature: Annotated[
        Path | None, typer.Option("--signature", help="signature.json as `results export` saved it.", **There)
    ] = None,
    keys: Annotated[Path | None, typer.Option("--keys", help="keys.json, got in a way you trust.", **There)] = None,
):
    """Check that a results.json is the one the platform signed: the digest here, the signature with the public key.

    With --signature and --keys nobody is asked, so that it works years later and without trust in the platform.
    """
    content = file.read_bytes()
    round_id, digest = _round_id(content), hashlib.sha256(content).hexdigest()
    signed = _given(signature) or run.door.call("GET", "scoring", f"/rounds/{round_id}/signature")
    statement = opened(signed["signature"], (_given(keys) or run.door.call("GET", "scoring", "/results/keys"))["keys"])
    found = {"round_id": round_id, "sha256": digest, "statement": statement}
    if (statement.get("round_id"), statement.get("digest")) != (round_id, digest):
        raise CheckFailed(f"{file} is not what was signed: SHA-256 {digest}, signed {statement.get('digest')}", found)
    run.show(f"{file} is genuine: {round_id}, revision {statement['revision']}, {statement['state']}, SHA-256 {digest}")
    return found


def opened(signature: str, keys: list[dict]) -> dict:
    """What a compact JWS (RFC 7515, EdDSA) covers; raises CheckFailed unless one of the keys signed it."""
    try:
        signed, _, sealed = signature.rpartition(".")
        header, payload = (json.loads(_bytes(part)) for part in signed.split("."))
        key = next(key for key in keys if key["kid"] == header["kid"])
        Ed25519PublicKey.from_public_bytes(_bytes(key["x"])).verify(_bytes(sealed), signed.encode())
    except StopIteration:
        raise CheckFailed("the signature was made with a key that is not among the given ones") from None
    except (InvalidSignature, NotBase64, ValueError, KeyError, TypeError) as error:
        raise CheckFailed("the signature is not genuine") from error
    if header.get("typ") != KIND or header.get("alg") != "EdDSA":
        raise CheckFailed(f"what was signed are no results: {header.get('typ')}")
    return payload


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _given(file: Path | None) -> dict | None:
    return None if file is None else _json(file.read_bytes(), str(file))


def _round_id(content: bytes) -> str:
    found = _json(content, "FILE").get("round_id")
    if not isinstance(found, str):
        raise WrongUsage("FILE is no results.json: it names no round")
    return found


def _json(content: bytes, name: str) -> dict:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise WrongUsage(f"{name} is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise WrongUsage(f"{name} is not a JSON object")
    return found
