"""Receipts: what one is worth."""

from hoithi_exam.domain.attempt import UnknownAttempt
from hoithi_exam.domain.receipt import NotAReceipt, Signer, covered


def verify_receipt(storage, signer: Signer, receipt: str) -> dict:
    """{valid, reason, covers}: reason is "ok", "not-signed-here", "unknown-attempt" or "differs"."""
    try:
        covers = signer.read(receipt)
    except NotAReceipt:
        return _verdict("not-signed-here", None)
    try:
        attempt = storage.attempts.get(str(covers.get("attempt_id")))
    except UnknownAttempt:
        return _verdict("unknown-attempt", covers)
    same = attempt.state == "submitted" and covered(attempt) == covers
    return _verdict("ok" if same else "differs", covers)


def _verdict(reason: str, covers: dict | None) -> dict:
    return {"valid": reason == "ok", "reason": reason, "covers": covers}
