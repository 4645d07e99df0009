"""Corrected keys by two persons: one proposes, another one confirms."""

from datetime import datetime

from hoithi_contracts.exam import KeyCorrectionProposed, KeyCorrectionRefused
from hoithi_contracts.proposal import Proposal
from hoithi_exam.domain.round import Round
from hoithi_exam.handlers import rounds

KEYS = "keys"


def propose_key(storage, claims, round_id: str, body: dict, proposal_id: str, now: datetime) -> Proposal:
    """Refused as the act itself would be. Its basis is the number of corrections so far."""
    round_ = of_organiser(storage, claims, round_id)
    rounds.check_key(storage, round_, body, now)
    made = Proposal(proposal_id, KEYS, round_id, body, _basis(round_), claims.user_id, now, scope=round_.contest_id)
    return storage.proposals.add(made, KeyCorrectionProposed(**made.told))


def confirm(storage, claims, round_id: str, proposal_id: str, now: datetime) -> Proposal:
    """Do it. Should the process die before the last write, the key is corrected and the proposal stays, outdated."""
    round_ = of_organiser(storage, claims, round_id)
    found = storage.proposals.get(proposal_id, round_id)
    confirmed = found.confirmed(claims.user_id, _basis(round_), now)
    rounds.correct_key(storage, round_id, found.body, now, claims.user_id, seen=int(found.basis))
    return storage.proposals.close(confirmed)


def refused(proposal: Proposal) -> KeyCorrectionRefused:
    """Told to whoever proposed it."""
    return KeyCorrectionRefused(**proposal.refusal)


def of_organiser(storage, claims, round_id: str) -> Round:
    """The round, for an organiser of its contest. Raises Forbidden."""
    round_ = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round_.contest_id)
    return round_


def _basis(round_: Round) -> str:
    return str(len(round_.corrections))
