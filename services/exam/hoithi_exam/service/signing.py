"""The key that signs receipts and notices."""

import sys
from pathlib import Path

from hoithi_bus.settings import need
from hoithi_exam.domain.receipt import Signer

HOW = "It is the path of an Ed25519 private key (PEM); `openssl genpkey -algorithm ed25519` or `make up` makes one."


def open_signer(config: dict) -> Signer:
    """The signer; stops the start with a sentence when the key is missing or not one."""
    path = need(config, "RECEIPT_KEY", HOW)
    try:
        return Signer(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        sys.exit(f"hoithi: RECEIPT_KEY {path} cannot be used: {error}. {HOW}")
