"""Signed results: given to everybody once there are results, and what a signature is worth."""

from hoithi_scoring.domain.refusals import RoundUnknown
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.signing import NotSignedHere, Signer, statement, worth
from hoithi_scoring.handlers import rights


def signed(storage, signer: Signer, round_id: str) -> dict:
    """The statement in plain words and as it is signed. Raises NotYet, StillChanging."""
    round = storage.rounds.get(round_id)
    rights.check_settled(round)
    made = statement(round)
    return {"statement": made, "signature": signer.sign(made), "kid": signer.kid}


def verify(storage, signer: Signer, signature: str) -> dict:
    """{valid, reason, covers}: reason is "ok", "not-signed-here", "unknown-round" or "superseded"."""
    try:
        covers = signer.read(signature)
    except NotSignedHere:
        return {"valid": False, "reason": "not-signed-here", "covers": None}
    reason = worth(covers, _round(storage, str(covers.get("round_id"))))
    return {"valid": reason == "ok", "reason": reason, "covers": covers}


def _round(storage, round_id: str) -> Round | None:
    try:
        return storage.rounds.get(round_id)
    except RoundUnknown:
        return None
