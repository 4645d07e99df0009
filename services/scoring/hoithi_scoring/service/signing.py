"""The doors of signed results."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import door
from hoithi_bus.provide import Provided
from hoithi_scoring.handlers import signing
from hoithi_scoring.schemas import signing as schemas
from hoithi_scoring.service.opening import open_signer
from hoithi_scoring.storage import open_storage


class SigningDoors(HttpDoors):
    storage = Provided(open_storage)
    signer = Provided(open_signer)

    @door(
        "GET",
        "/rounds/<round_id>/signature",
        who="anyone",
        answer=schemas.SignedResults,
        summary="The signed snapshot: a signature over the digest of results.json",
    )
    def signature(self, call, round_id):
        return signing.signed(self.storage, self.signer, round_id)

    @door("GET", "/results/keys", who="anyone", summary="The public key of signed results (JWKS)")
    def result_keys(self, call):
        return {"keys": [self.signer.jwk]}

    @door(
        "POST",
        "/results/verify",
        who="anyone",
        body=schemas.Signature,
        answer=schemas.Verdict,
        summary="Whether signed results are genuine, and still the ones of today",
    )
    def verify_results(self, call):
        return signing.verify(self.storage, self.signer, **call.body)
