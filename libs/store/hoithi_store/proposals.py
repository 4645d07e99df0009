"""What waits for a second person. Proposals are closed and never deleted: they record who proposed and who confirmed."""

import dataclasses
from datetime import datetime

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from hoithi_contracts.proposal import OPEN, Proposal, ProposalClosed, UnknownProposal

MOST_SHOWN = 200


class Proposals:
    """Of one service, in its collection `proposals`."""

    def __init__(self, database: Database):
        self.proposals = database["proposals"]

    def ensure_indexes(self) -> None:
        """For the list of a subject, newest first."""
        self.proposals.create_index([("subject", ASCENDING), ("at", DESCENDING)], name="subject")

    def add(self, proposal: Proposal) -> Proposal:
        """Keep it; the open one, when the same person proposed the same before."""
        known = next((each for each in self.of(proposal.subject) if each.repeats(proposal)), None)
        if known is None:
            self.proposals.insert_one(_document(proposal))
        return known or proposal

    def get(self, proposal_id: str, subject: str) -> Proposal:
        """Raises UnknownProposal."""
        found = self.proposals.find_one({"_id": proposal_id, "subject": subject})
        if found is None:
            raise UnknownProposal()
        return _proposal(found)

    def of(self, subject: str) -> list[Proposal]:
        """Newest first."""
        found = self.proposals.find({"subject": subject}).sort("at", DESCENDING).limit(MOST_SHOWN)
        return [_proposal(document) for document in found]

    def close(self, closed: Proposal) -> Proposal:
        """Once: raises ProposalClosed when somebody else was quicker."""
        still_open = {"_id": closed.proposal_id, "state": OPEN}
        changes = {name: getattr(closed, name) for name in ("state", "closed_by", "closed_at")}
        if not self.proposals.update_one(still_open, {"$set": changes}).matched_count:
            raise ProposalClosed(self.get(closed.proposal_id, closed.subject).state)
        return closed

    def withdraw(self, proposal_id: str, subject: str, by: str, now: datetime) -> Proposal:
        """Raises UnknownProposal, ProposalClosed."""
        return self.close(self.get(proposal_id, subject).withdrawn(by, now))


def _document(proposal: Proposal) -> dict:
    document = dataclasses.asdict(proposal)
    return {"_id": document.pop("proposal_id"), **document}


def _proposal(document: dict) -> Proposal:
    return Proposal(proposal_id=document.pop("_id"), **document)
