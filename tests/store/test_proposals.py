"""What waits for a second person: the rules, and what MongoDB keeps of them."""

from datetime import UTC, datetime, timedelta

import pytest

from hoithi_contracts.proposal import LIFETIME, OwnProposal, Proposal, ProposalClosed, ProposalOutdated, UnknownProposal
from hoithi_store import Proposals

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
PROPOSED = Proposal("p1", "official", "c-w1", {"note": "x"}, "digest", "o1", NOW)


@pytest.fixture
def proposals(database):
    made = Proposals(database)
    made.ensure_indexes()
    return made


def test_a_second_person_confirms_what_the_first_one_saw():
    confirmed = PROPOSED.confirmed("o2", "digest", NOW)
    assert (confirmed.state, confirmed.by, confirmed.closed_by) == ("confirmed", "o1", "o2")


@pytest.mark.parametrize(
    "by, basis, at, refusal",
    [
        ("o1", "digest", NOW, OwnProposal),
        ("o2", "another digest", NOW, ProposalOutdated),
        ("o2", "digest", NOW + LIFETIME, ProposalClosed),
    ],
)
def test_everything_else_is_refused(by, basis, at, refusal):
    with pytest.raises(refusal):
        PROPOSED.confirmed(by, basis, at)


def test_a_proposal_waits_for_seven_days():
    assert PROPOSED.state_at(NOW + LIFETIME - timedelta(seconds=1)) == "open"
    assert PROPOSED.state_at(NOW + LIFETIME) == "expired"


def test_what_is_closed_stays_so(proposals):
    proposals.add(PROPOSED)
    proposals.close(PROPOSED.confirmed("o2", "digest", NOW))
    for late in (PROPOSED.confirmed("o3", "digest", NOW), PROPOSED.withdrawn("o3", NOW)):
        with pytest.raises(ProposalClosed):
            proposals.close(late)
    assert proposals.get("p1", "c-w1").closed_by == "o2"


def test_a_proposal_is_found_under_its_own_round_alone(proposals):
    proposals.add(PROPOSED)
    assert proposals.of("c-w1") == [PROPOSED]
    with pytest.raises(UnknownProposal):
        proposals.get("p1", "c-w2")
