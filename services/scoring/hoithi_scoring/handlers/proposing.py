"""Official results by two persons: one proposes, another one confirms."""

from datetime import datetime

from hoithi_contracts.proposal import Proposal
from hoithi_contracts.scoring import ResultsProposed, ResultsRefused
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.handlers import deciding

OFFICIAL = "official"


def propose_official(storage, claims, round_id: str, body: dict, proposal_id: str, now: datetime) -> Proposal:
    """Refused as the act itself would be, so while complaints are open. Its basis is the digest of the results that were seen."""
    round = of_organiser(storage, claims, round_id)
    round.check_publishable()
    deciding.settled(storage, round, body["despite_complaints"], now)
    made = Proposal(proposal_id, OFFICIAL, round_id, body, _basis(round), claims.user_id, now, scope=round.contest_id)
    return storage.proposals.add(made, ResultsProposed(**made.told))


def confirm(storage, claims, round_id: str, proposal_id: str, now: datetime) -> Proposal:
    """Do it, unless a complaint came meanwhile.

    Should the process die before the last write, confirming again finds the results official and closes it.
    """
    round = of_organiser(storage, claims, round_id)
    found = storage.proposals.get(proposal_id, round_id)
    confirmed = found.confirmed(claims.user_id, _basis(round), now)
    note, despite = found.body["note"], found.body["despite_complaints"]
    deciding.make_official(storage, claims, round_id, note, despite, now, seen=found.basis)
    return storage.proposals.close(confirmed)


def refused(proposal: Proposal) -> ResultsRefused:
    """Told to whoever proposed it."""
    return ResultsRefused(**proposal.refusal)


def of_organiser(storage, claims, round_id: str) -> Round:
    """The round, for an organiser of its contest. Raises Forbidden."""
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    return round


def _basis(round: Round) -> str:
    return round.snapshot.digest if round.snapshot else ""
