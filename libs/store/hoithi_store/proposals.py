"""What waits for a second person. Proposals are closed and never deleted: they record who proposed and who confirmed."""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import datetime

from pymongo import ASCENDING, DESCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database

from hoithi_contracts.event import Event, envelope
from hoithi_contracts.proposal import OPEN, Proposal, ProposalClosed, UnknownProposal
from hoithi_store.audit import Audit, Entry
from hoithi_store.transaction import in_one_step

MOST_SHOWN = 200
NAMES = set(Proposal.__dataclass_fields__)


class Proposals:
    """Of one service, in its collection `proposals`, which is one of its outboxes."""

    def __init__(self, database: Database):
        self.database, self.proposals = database, database["proposals"]
        self.audit = Audit(database)

    def ensure_indexes(self) -> None:
        """For the list of a subject, of some contests, of all; newest first."""
        self.proposals.create_index([("subject", ASCENDING), ("at", DESCENDING)], name="subject")
        self.proposals.create_index([("scope", ASCENDING), ("at", DESCENDING)], name="scope")
        self.proposals.create_index([("at", DESCENDING)], name="newest")

    def add(self, proposal: Proposal, fact: Event) -> Proposal:
        """Keep it, with the event and its audit entry; the open one, when the same person proposed the same before."""
        known = next((each for each in self.of(proposal.subject) if each.repeats(proposal)), None)
        if known is None:
            self._insert(_document(proposal) | {"outbox": [envelope(fact, proposal.at)]}, _made(proposal))
        return known or proposal

    def get(self, proposal_id: str, subject: str) -> Proposal:
        """Raises UnknownProposal."""
        found = self.proposals.find_one({"_id": proposal_id, "subject": subject})
        if found is None:
            raise UnknownProposal()
        return _proposal(found)

    def of(self, subject: str) -> list[Proposal]:
        """Newest first."""
        return self._newest({"subject": subject})

    def of_scopes(self, scopes: Iterable[str] | None) -> list[Proposal]:
        """About these contests, None: about all; newest first."""
        return self._newest({} if scopes is None else {"scope": {"$in": list(scopes)}})

    def close(self, closed: Proposal, entry: Entry | None = None, facts: Iterable[Event] = ()) -> Proposal:
        """Once, with its events: raises ProposalClosed when somebody else was quicker."""
        still_open = {"_id": closed.proposal_id, "state": OPEN}
        changes = {name: getattr(closed, name) for name in ("state", "closed_by", "closed_at", "reason")}
        told = [envelope(fact, closed.closed_at) for fact in facts]
        update = {"$set": changes} | ({"$push": {"outbox": {"$each": told}}} if told else {})

        def work(session: ClientSession | None) -> bool:
            return self.proposals.update_one(still_open, update, session=session).matched_count == 1

        if not self.audit.with_change(work, entry):
            raise ProposalClosed(self.get(closed.proposal_id, closed.subject).state)
        return closed

    def withdraw(
        self, proposal_id: str, subject: str, by: str, now: datetime, refused: Callable[[Proposal], Event], reason: str = ""
    ) -> Proposal:
        """`refused`: the event for who proposed it, when another one gave it up.

        Raises UnknownProposal, ProposalClosed, RefusalNeedsReason.
        """
        closed = self.get(proposal_id, subject).withdrawn(by, now, reason)
        return self.close(closed, _given_up(closed), [refused(closed)] if closed.is_refused else [])

    def _newest(self, wanted: dict) -> list[Proposal]:
        found = self.proposals.find(wanted).sort("at", DESCENDING).limit(MOST_SHOWN)
        return [_proposal(document) for document in found]

    def _insert(self, document: dict, entry: Entry) -> None:
        def work(session: ClientSession):
            self.proposals.insert_one(document, session=session)
            self.audit.note(entry, session)

        in_one_step(self.database, work)


def _made(proposal: Proposal) -> Entry:
    wanted = {name: value for name, value in proposal.body.items() if value and name != "reason"}
    after = {"act": proposal.act, **wanted}
    return Entry("proposal-made", proposal.by, proposal.at, proposal.scope, proposal.subject, _why(proposal), {}, after)


def _given_up(closed: Proposal) -> Entry:
    what = "proposal-refused" if closed.is_refused else "proposal-withdrawn"
    sides = {"state": OPEN}, {"state": closed.state, "act": closed.act}
    return Entry(what, closed.closed_by, closed.closed_at, closed.scope, closed.subject, closed.reason, *sides)


def _why(proposal: Proposal) -> str:
    return proposal.body.get("reason", "")


def _document(proposal: Proposal) -> dict:
    document = dataclasses.asdict(proposal)
    return {"_id": document.pop("proposal_id"), **document}


def _proposal(document: dict) -> Proposal:
    return Proposal(proposal_id=document["_id"], **{name: document[name] for name in NAMES & document.keys()})
