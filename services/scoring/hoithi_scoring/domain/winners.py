"""Winners: candidates of the ranking, looked at by a person before they are honoured.

A candidate is `unverified`, `verified`, or `refused` with a reason. Who is refused keeps the place and gets no prize: the next in
order moves up. Places are a matter of attempts and rules, prizes of people: that is why results.json does not change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.refusals import NoCandidate, OwnPrize, WinnersUnverified

OUTCOMES = ("verified", "refused")
STATES = ("unverified", *OUTCOMES)
RESERVES = 5
"""So many of those who would move up are shown for each division."""


@dataclass(frozen=True)
class Check:
    """What was found about a person who may win something in a scope (a round or a season)."""

    person: str
    user_id: str
    state: str
    reason: str
    by: str
    at: datetime


def check(awards: Iterable[Award], earlier: Check | None, person: str, state: str, reason: str, by: str, now: datetime) -> Check:
    """A candidate, or somebody who was refused before, is verified or refused; the same again is quiet.

    Raises NoCandidate, OwnPrize.
    """
    award = next((award for award in awards if award.person == person), None)
    if award is None and earlier is None:
        raise NoCandidate(person)
    user_id = award.user_id if award else earlier.user_id
    if user_id == by:
        raise OwnPrize()
    if earlier and (earlier.state, earlier.reason) == (state, reason):
        return earlier
    return Check(person, user_id, state, reason, by, now)


def refused(checks: Mapping[str, Check]) -> frozenset[str]:
    """Who gets no prize, whatever the place."""
    return frozenset(person for person, found in checks.items() if found.state == "refused")


def unverified(awards: Iterable[Award], checks: Mapping[str, Check]) -> int:
    """How many of the winners nobody has verified."""
    return sum(1 for award in awards if award.person not in checks or checks[award.person].state != "verified")


def check_verified(awards: Iterable[Award], checks: Mapping[str, Check], wanted: bool) -> None:
    """Raises WinnersUnverified, where the contest's rules want (`wanted`) winners verified before results are official."""
    missing = unverified(awards, checks) if wanted else 0
    if missing:
        raise WinnersUnverified(missing)
