"""What waits for a second person: the rules, and what MongoDB keeps of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoithi_contracts.proposal import (
    LIFETIME,
    OwnProposal,
    Proposal,
    ProposalClosed,
    ProposalOutdated,
    RefusalNeedsReason,
    UnknownProposal,
)
from hoithi_contracts.scoring import ResultsProposed, ResultsRefused
from hoithi_store import Audit, Outbox, Proposals

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
PROPOSED = Proposal("p1", "official", "c-w1", {"note": "x"}, "digest", "o1", NOW, scope="c")
FACT = ResultsProposed(**PROPOSED.told)


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


def test_who_refuses_says_why_and_who_withdraws_need_not():
    assert PROPOSED.withdrawn("o1", NOW).reason == ""
    with pytest.raises(RefusalNeedsReason):
        PROPOSED.withdrawn("o2", NOW)
    assert PROPOSED.withdrawn("o2", NOW, "chưa họp").reason == "chưa họp"


def test_what_is_closed_stays_so(proposals):
    proposals.add(PROPOSED, FACT)
    proposals.close(PROPOSED.confirmed("o2", "digest", NOW))
    for late in (PROPOSED.confirmed("o3", "digest", NOW), PROPOSED.withdrawn("o3", NOW, "x")):
        with pytest.raises(ProposalClosed):
            proposals.close(late)
    assert proposals.get("p1", "c-w1").closed_by == "o2"


def test_a_proposal_and_its_event_are_kept_once(proposals, database):
    again = replace(PROPOSED, proposal_id="p2", at=NOW + timedelta(hours=1))
    assert proposals.add(PROPOSED, FACT) == proposals.add(again, ResultsProposed(**again.told)) == PROPOSED
    outbox = Outbox(database, ["proposals"])
    outbox.ensure_indexes()
    assert [(each.type, each.id) for each in outbox.take(10)] == [("results-proposed", "results-proposed:p1")]


def test_the_log_tells_who_proposed_and_who_refused_and_why(proposals, database):
    proposals.add(PROPOSED, FACT)
    proposals.withdraw("p1", "c-w1", "o2", NOW, refused, "chưa họp")
    made, given_up = Audit(database).about("c-w1")
    assert (made.what, made.by, made.scope, made.after) == ("proposal-made", "o1", "c", {"act": "official", "note": "x"})
    assert (given_up.what, given_up.by, given_up.reason) == ("proposal-refused", "o2", "chưa họp")


def refused(proposal):
    return ResultsRefused(**proposal.refusal)


def told(database):
    return [envelope["data"] for kept in database["proposals"].find() for envelope in kept["outbox"]][1:]


def test_who_proposed_is_told_of_a_refusal_with_its_reason_and_not_of_the_own_withdrawal(proposals, database):
    proposals.add(PROPOSED, FACT)
    proposals.withdraw("p1", "c-w1", "o2", NOW, refused, "chưa họp")
    [event] = told(database)
    assert (event["proposed_by"], event["contest_id"], event["round_id"], event["reason"]) == ("o1", "c", "c-w1", "chưa họp")
    with pytest.raises(ProposalClosed):
        proposals.withdraw("p1", "c-w1", "o2", NOW, refused, "chưa họp")
    database["proposals"].delete_many({})
    proposals.add(PROPOSED, FACT)
    proposals.withdraw("p1", "c-w1", "o1", NOW, refused)
    assert told(database) == []


def test_somebody_sees_what_waits_in_the_own_contests(proposals):
    proposals.add(PROPOSED, FACT)
    assert proposals.of_scopes(["c", "d"]) == proposals.of_scopes(None) == [PROPOSED]
    assert proposals.of_scopes(["d"]) == proposals.of_scopes([]) == []


def test_a_proposal_of_before_contests_were_kept_is_still_found(proposals, database):
    proposals.add(PROPOSED, FACT)
    database["proposals"].update_one({}, {"$unset": {"scope": 1, "reason": 1, "outbox": 1}})
    assert proposals.of("c-w1") == [replace(PROPOSED, scope="")]


def test_a_proposal_is_found_under_its_own_round_alone(proposals):
    proposals.add(PROPOSED, FACT)
    assert proposals.of("c-w1") == [PROPOSED]
    with pytest.raises(UnknownProposal):
        proposals.get("p1", "c-w2")
