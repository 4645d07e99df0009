"""Four eyes: what one person proposed and another one has to confirm (docs/decisions/0115).

The rules alone; `hoithi_store.Proposals` keeps them, `hoithi_bus.http.four_eyes` has the doors.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LIFETIME = timedelta(days=7)
OPEN = "open"


class UnknownProposal(Exception):
    """No such proposal about this round."""


class ProposalClosed(Exception):
    """It was confirmed, withdrawn, or is too old. `state` says which."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class OwnProposal(Exception):
    """Whoever proposed something is not the second person."""


class RefusalNeedsReason(Exception):
    """Whoever refuses what somebody else proposed says why."""


class ProposalOutdated(Exception):
    """What it was about has changed since: the second person would confirm something else than the first one saw."""


@dataclass(frozen=True)
class Proposal:
    """`act`: what is to be done ("official", "keys") about `subject`, with `body`. `basis`: the state it was proposed in.

    `scope`: the contest, whose organisers confirm. `reason`: why it was withdrawn or refused.
    """

    proposal_id: str
    act: str
    subject: str
    body: dict
    basis: str
    by: str
    at: datetime
    state: str = OPEN
    closed_by: str | None = None
    closed_at: datetime | None = None
    scope: str = ""
    reason: str = ""

    @property
    def expires_at(self) -> datetime:
        return self.at + LIFETIME

    @property
    def told(self) -> dict:
        """What the event says that makes notify write to the others."""
        about = {"proposal_id": self.proposal_id, "contest_id": self.scope, "round_id": self.subject}
        return about | {"proposed_by": self.by, "proposed_at": self.at, "expires_at": self.expires_at}

    @property
    def refusal(self) -> dict:
        """What the event says that makes notify write to whoever proposed this."""
        about = {"proposal_id": self.proposal_id, "contest_id": self.scope, "round_id": self.subject}
        who = {"proposed_by": self.by, "proposed_at": self.at}
        return about | who | {"refused_at": self.closed_at, "reason": self.reason}

    @property
    def is_refused(self) -> bool:
        """Given up by somebody else than who proposed it."""
        return self.state == "withdrawn" and self.closed_by != self.by

    def state_at(self, now: datetime) -> str:
        """open, confirmed, withdrawn, expired."""
        return "expired" if self.state == OPEN and self.expires_at <= now else self.state

    def repeats(self, other: "Proposal") -> bool:
        """The same person wants the same in the same state, and this one is open still."""
        same = ("act", "subject", "body", "basis", "by")
        return self.state_at(other.at) == OPEN and all(getattr(self, name) == getattr(other, name) for name in same)

    def check_open(self, now: datetime) -> None:
        """Raises ProposalClosed."""
        if self.state_at(now) != OPEN:
            raise ProposalClosed(self.state_at(now))

    def confirmed(self, by: str, basis: str, now: datetime) -> "Proposal":
        """Seen by a second person, in the state the first one saw. Raises ProposalClosed, OwnProposal, ProposalOutdated."""
        self.check_open(now)
        if by == self.by:
            raise OwnProposal()
        if basis != self.basis:
            raise ProposalOutdated()
        return replace(self, state="confirmed", closed_by=by, closed_at=now)

    def withdrawn(self, by: str, now: datetime, reason: str = "") -> "Proposal":
        """By whoever proposed it, or by another one who refuses and says why. Raises ProposalClosed, RefusalNeedsReason."""
        self.check_open(now)
        if by != self.by and not reason:
            raise RefusalNeedsReason()
        return replace(self, state="withdrawn", closed_by=by, closed_at=now, reason=reason)
