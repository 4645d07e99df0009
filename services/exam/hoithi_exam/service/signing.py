"""The key that signs receipts and notices, and what is derived from it."""

import sys
from pathlib import Path

from hoithi_bus.settings import need
from hoithi_exam import metrics
from hoithi_exam.domain.queue import Tickets
from hoithi_exam.domain.receipt import Signer
from hoithi_exam.handlers.admission import Admission

HOW = "It is the path of an Ed25519 private key (PEM); `openssl genpkey -algorithm ed25519` or `make up` makes one."


def open_admission(config: dict) -> Admission:
    """The line of this process; stops the start with a sentence when its rate is no number."""
    rate = config.get("STARTS_PER_SECOND")
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate < float("inf"):
        sys.exit(f"hoithi: STARTS_PER_SECOND {rate!r} (environment HOITHI_STARTS_PER_SECOND) must be a number, 0 for no limit.")
    admission = Admission(rate, Tickets(open_signer(config).derived("hoithi waiting tickets 1")))
    metrics.WAIT_S.set_function(lambda: admission.wait_s)
    return admission


def open_signer(config: dict) -> Signer:
    """The signer; stops the start with a sentence when the key is missing or not one."""
    path = need(config, "RECEIPT_KEY", HOW)
    try:
        return Signer(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        sys.exit(f"hoithi: RECEIPT_KEY {path} cannot be used: {error}. {HOW}")
