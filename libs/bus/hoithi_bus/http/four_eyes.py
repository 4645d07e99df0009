"""Doors of what waits for a second person; a part of a service's `Doors` (docs/decisions/0115).

The service brings `proposing`: a module with `of_organiser(storage, claims, round_id)`, which refuses everybody but organisers of
the round's contest, `confirm(storage, claims, round_id, proposal_id, now)`, which does what was proposed, and
`refused(proposal)`, the event when somebody else refused it; and `storage.proposals`.
"""

import secrets
from datetime import datetime

from marshmallow.fields import Dict, String

from hoithi_bus.http.door import Reply, door
from hoithi_bus.http.problems import Problem
from hoithi_bus.provide import Provided
from hoithi_bus.settings import need
from hoithi_contracts.fields import Choice, Instant, Many, Part, StrictSchema, Text
from hoithi_contracts.proposal import (
    OwnProposal,
    Proposal,
    ProposalClosed,
    ProposalOutdated,
    RefusalNeedsReason,
    UnknownProposal,
)

ACTS = ("official", "keys")
NOBODY = "none"
ORGANISER = ("organiser",)
OWN = "organiser:contest:"

PROBLEMS = {
    UnknownProposal: Problem(404, "proposal-unknown", "Không có đề nghị này.", "There is no such proposal."),
    ProposalClosed: Problem(
        409,
        "proposal-closed",
        "Đề nghị này không còn chờ xác nhận (trạng thái: {state}).",
        "This proposal does not wait any more: it is {state}.",
    ),
    OwnProposal: Problem(
        403,
        "own-proposal",
        "Bạn là người đề nghị nên không thể tự xác nhận. Hãy nhờ một thành viên khác của Ban Tổ chức.",
        "You proposed this, so you cannot confirm it. Ask another organiser.",
    ),
    RefusalNeedsReason: Problem(
        422,
        "reason-needed",
        "Khi không đồng ý với đề nghị của người khác, hãy ghi rõ lý do.",
        "Say why you refuse what somebody else proposed.",
    ),
    ProposalOutdated: Problem(
        409,
        "proposal-outdated",
        "Dữ liệu đã thay đổi sau khi có đề nghị này. Hãy xem lại và lập đề nghị mới.",
        "What this is about has changed since it was proposed. Look again and propose anew.",
    ),
}


class ProposalAnswer(StrictSchema):
    proposal_id = String()
    act = Choice(*ACTS)
    subject = String(metadata={"description": "The round."})
    body = Dict(metadata={"description": "What was proposed, as it was sent."})
    by = String()
    at = Instant()
    state = Choice("open", "confirmed", "withdrawn", "expired")
    closed_by = String(allow_none=True)
    closed_at = Instant(allow_none=True)
    scope = String(metadata={"description": "The contest."})
    expires_at = Instant()
    reason = String(metadata={"description": "Why it was withdrawn, or refused by somebody else."})


class GivenUp(StrictSchema):
    """Needed from whoever refuses somebody else's proposal."""

    reason = Text(least=0, most=500, load_default="")


class ProposalsAnswer(StrictSchema):
    proposals = Many(Part(ProposalAnswer))


WAITS = {202: ("Proposed: another organiser has to confirm it", ProposalAnswer)}
"""`also` of doors whose act may need a second person."""


def open_four_eyes(config: dict) -> frozenset[str]:
    """The acts that need a second person; stops the start when one does not exist."""
    how = f'It names acts that need a second person, for example "official keys", or is "{NOBODY}".'
    names = set(need(config, "FOUR_EYES", how).replace(",", " ").split())
    unknown = names - {*ACTS, NOBODY}
    if unknown:
        raise SystemExit(f"hoithi: FOUR_EYES names {', '.join(sorted(unknown))}; there are {', '.join(ACTS)}.")
    return frozenset(names - {NOBODY})


def new_proposal_id() -> str:
    return secrets.token_hex(8)


def waits(proposal: Proposal, now: datetime) -> Reply:
    """The answer to the first person."""
    return Reply.json(shown(proposal, now), status=202)


def shown(proposal: Proposal, now: datetime) -> dict:
    """A proposal as people see it."""
    now_so = {"state": proposal.state_at(now), "expires_at": proposal.expires_at}
    return ProposalAnswer().dump(vars(proposal) | now_so)


class FourEyes:
    """Expects `storage` and `proposing` of the class it is a part of; `four_eyes` holds the acts that need two."""

    four_eyes = Provided(open_four_eyes)

    @door(
        "GET",
        "/proposals",
        who=ORGANISER,
        answer=ProposalsAnswer,
        summary="What waits, or waited, for a second person in the own contests",
    )
    def list_own_proposals(self, call):
        """The newest 200. Of all contests for an organiser of all."""
        found = self.storage.proposals.of_scopes(_own(call.claims))
        return {"proposals": [shown(each, call.now) for each in found]}

    @door(
        "GET",
        "/rounds/<round_id>/proposals",
        who=ORGANISER,
        answer=ProposalsAnswer,
        summary="What waits, or waited, for a second person",
    )
    def list_proposals(self, call, round_id):
        self.proposing.of_organiser(self.storage, call.claims, round_id)
        return {"proposals": [shown(each, call.now) for each in self.storage.proposals.of(round_id)]}

    @door(
        "POST",
        "/rounds/<round_id>/proposals/<proposal_id>/confirmation",
        who=ORGANISER,
        answer=ProposalAnswer,
        summary="Confirm, as the second person, what another one proposed: it is done",
    )
    def confirm_proposal(self, call, round_id, proposal_id):
        """Only while what it is about is as the first person saw it."""
        return shown(self.proposing.confirm(self.storage, call.claims, round_id, proposal_id, call.now), call.now)

    @door(
        "POST",
        "/rounds/<round_id>/proposals/<proposal_id>/withdrawal",
        who=ORGANISER,
        body=GivenUp,
        answer=ProposalAnswer,
        summary="Withdraw a proposal, or refuse another one's",
    )
    def withdraw_proposal(self, call, round_id, proposal_id):
        self.proposing.of_organiser(self.storage, call.claims, round_id)
        by, reason = call.claims.user_id, call.body["reason"]
        refused = self.proposing.refused
        return shown(self.storage.proposals.withdraw(proposal_id, round_id, by, call.now, refused, reason), call.now)


def _own(claims) -> list[str] | None:
    """The contests that somebody organises; None: all."""
    if claims.holds("organiser", "contest", "*"):
        return None
    return [role.removeprefix(OWN) for role in claims.roles if role.startswith(OWN)]
