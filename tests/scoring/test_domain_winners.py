"""Winners: verified or refused, and when results wait for them."""

from datetime import UTC, datetime

import pytest

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain import winners
from hoithi_scoring.domain.prizes import Award, awards
from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.domain.refusals import NoCandidate, OwnPrize, WinnersUnverified

NOW = datetime(2026, 9, 14, tzinfo=UTC)
AWARDS = [
    Award("w1:citizens:first:1", "citizens", "first", 1, "a", "ua"),
    Award("w1:citizens:second:1", "citizens", "second", 2, "b", "ub"),
]


def check(person="a", state="verified", reason="", earlier=None, by="boss"):
    return winners.check(AWARDS, earlier, person, state, reason, by, NOW)


def test_a_candidate_is_verified_or_refused_and_the_same_again_is_quiet():
    first = check()
    assert (first.state, first.user_id, first.by) == ("verified", "ua", "boss")
    assert check(earlier=first, by="other") is first
    assert check(state="refused", reason="không đúng đối tượng", earlier=first).state == "refused"


def test_who_wins_nothing_is_not_checked():
    with pytest.raises(NoCandidate):
        check("c")


def test_a_refused_person_who_is_no_candidate_any_more_can_be_verified_after_all():
    refused = check("a", "refused", "nhầm")
    assert winners.check([], refused, "a", "verified", "", "boss", NOW).state == "verified"


def test_nobody_verifies_the_own_prize():
    with pytest.raises(OwnPrize):
        check("a", by="ua")


def test_results_wait_for_unverified_winners_only_where_the_rules_want_it():
    checks = {"a": check("a"), "b": check("b", "refused", "nhầm")}
    winners.check_verified(AWARDS, checks, False)
    with pytest.raises(WinnersUnverified) as refusal:
        winners.check_verified(AWARDS, checks, True)
    assert refusal.value.count == 1
    winners.check_verified(AWARDS, {"a": check("a"), "b": check("b")}, True)


def test_a_reserve_moves_up_when_a_winner_is_refused_and_the_place_stays(making):
    rules = making.rules(prizes=[Prize("first", 1)])
    rows = rank([making.attempt("a", points=9), making.attempt("b", points=8)], rules).rows
    refused = winners.refused({"a": check("a", "refused", "nhầm")})
    [award] = awards("w1", rows, rules, {"a": "ua", "b": "ub"}, refused)
    assert (award.person, award.place) == ("b", 2)
