"""Signed results: what is sent and what is answered."""

from hoithi_contracts.fields import Choice, Flag, Instant, Name, Part, StrictSchema, Text, Whole
from hoithi_scoring.domain.rounds import PUBLISHED
from hoithi_scoring.domain.signing import FORMAT

REASONS = ("ok", "not-signed-here", "unknown-round", "superseded")
SIGNATURE = {"description": "A compact JWS (EdDSA) of type hoithi-results+jws."}


class Signature(StrictSchema):
    signature = Text(required=True, most=2000, metadata=SIGNATURE)


class Statement(StrictSchema):
    format = Choice(FORMAT, required=True)
    contest_id = Name(required=True)
    round_id = Name(required=True)
    revision = Whole(required=True)
    digest = Text(required=True, metadata={"description": "SHA-256 of results.json."})
    state = Choice(*PUBLISHED, required=True)
    official_at = Instant(required=True, allow_none=True)


class SignedResults(StrictSchema):
    statement = Part(Statement, required=True)
    signature = Text(required=True, most=2000, metadata=SIGNATURE)
    kid = Text(required=True, metadata={"description": "Which key of `GET /results/keys`."})


class Verdict(StrictSchema):
    valid = Flag(required=True)
    reason = Choice(*REASONS, required=True, metadata={"description": "superseded: signed here, but corrected since."})
    covers = Part(Statement, required=True, allow_none=True)
