"""What doors and worker are given when the process starts."""

import sys
from pathlib import Path

from hoithi_bus.settings import need
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.signing import Signer

SECRET = "Any long random text, for example from `openssl rand -hex 32`; it must stay the same as long as results are shown."


KEY = "It is the path of an Ed25519 private key (PEM); `openssl genpkey -algorithm ed25519` or `make up` makes one."


def open_pseudonyms(config: dict) -> Pseudonyms:
    return Pseudonyms(need(config, "PSEUDONYM_SECRET", SECRET).encode())


def open_signer(config: dict) -> Signer:
    """The signer of results; stops the start with a sentence when the key is missing or not one."""
    path = need(config, "RESULTS_KEY", KEY)
    try:
        return Signer(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        sys.exit(f"hoithi: RESULTS_KEY {path} cannot be used: {error}. {KEY}")
