"""Prize pools of committees: whose people, which prizes, fixed at the opening."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.award_lists import AwardList
from hoithi_scoring.domain.pools import Pool, Sharing, above, define
from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.domain.refusals import DivisionUnknown, PoolMisnamed, PrizesBegun, RoundUnknown
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import Unit

POOL = Pool("x1", "c", "x1", "Quỹ giải xã", (Prize("first", 1), Prize("second", 1)), ("citizens",), ("c-w1",))
DIVISIONS = ("officials", "citizens", "pupils")


@pytest.fixture
def units(making):
    return {unit.id: Unit(**vars(unit)) for unit in making.units}


@pytest.fixture
def rounds(making):
    window = {"opens_at": making.opens, "closes_at": making.closes, "contest_id": "c"}
    return {round_id: Round(round_id, title=round_id, **window) for round_id in ("c-w1", "c-w2")}


@pytest.fixture
def before(making):
    return making.opens - timedelta(minutes=1)


@pytest.fixture
def shared(making, units):
    """`shared(attempts, *pools, **kept_out)` -> {pool id: [(person, prize, place)]}, and who would move up."""

    def make(attempts, *pools, **kept_out):
        sharing = Sharing("c-w1", pools, units, {name: frozenset(people) for name, people in kept_out.items()})
        for row in rank(attempts, making.rules()).rows:
            sharing.offer(row, f"user {row.person}")
        names = [pool.pool_id for pool in pools]
        awards = {name: [(award.person, award.prize, award.place) for award in sharing.awards(name)] for name in names}
        return awards, {name: [award.person for award in sharing.reserves(name)] for name in names}

    return make


def test_a_pool_honours_the_best_of_its_own_people_and_of_those_below(making, shared):
    attempts = [making.attempt(f"p{points}", points=points, unit_id="x1" if points % 2 else "x2") for points in range(6)]
    province = replace(POOL, pool_id="t1", unit_id="t1")
    awards, reserves = shared(attempts, POOL, province)
    assert awards["x1"] == [("p5", "first", 1), ("p3", "second", 2)]
    assert awards["t1"] == [("p5", "first", 1), ("p4", "second", 2)]
    assert reserves["x1"] == ["p1"] and reserves["t1"] == ["p3", "p2", "p1", "p0"]


def test_a_party_committee_honours_its_members_whatever_their_commune(making, shared):
    attempts = [making.attempt("a", points=5, unit_id="x2", party_unit_id="p2"), making.attempt("b", points=9, unit_id="x1")]
    party = replace(POOL, pool_id="p1", unit_id="p1")
    assert shared(attempts, party)[0]["p1"] == [("a", "first", 1)]


def test_people_equal_in_everything_share_the_place_in_the_pool(making, shared):
    attempts = [making.attempt(name, points=5, **({"start": 1} if name == "c" else {})) for name in "abc"]
    assert shared(attempts, POOL)[0]["x1"] == [("a", "first", 1), ("b", "second", 1)]


def test_divisions_a_pool_does_not_name_win_nothing(making, shared):
    attempts = [making.attempt("a", points=9, division="pupils"), making.attempt("b", points=1)]
    assert shared(attempts, POOL)[0]["x1"] == [("b", "first", 1)]


def test_who_is_kept_out_leaves_the_prize_to_the_next_and_keeps_the_place(making, shared):
    attempts = [making.attempt("a", points=9), making.attempt("b", points=8)]
    assert shared(attempts, POOL, x1=["a"])[0]["x1"] == [("b", "first", 2)]


def test_somebody_takes_part_in_the_pools_of_the_own_unit_and_of_all_above(units):
    assert above(units, "x1", "p2") == {"x1", "t1", "p2", "p1"}
    assert above(units, "x1", None) == {"x1", "t1"}


def test_a_pool_is_defined_and_changed_before_its_first_round_opens(rounds, before):
    made = define(None, POOL, DIVISIONS, rounds, before)
    retitled = replace(POOL, title="Giải xã")
    other = define(made, retitled, DIVISIONS, rounds, before)
    assert (made.revision, other.revision) == (1, 2)
    assert define(other, retitled, DIVISIONS, rounds, before) is other


@pytest.mark.parametrize("told", [{"sponsor": "Hợp tác xã"}, {"rounds": ("c-w2",)}, {"rounds": (), "season": True}])
def test_nothing_changes_once_a_round_of_the_pool_has_opened(rounds, making, told):
    rounds["c-w2"] = replace(rounds["c-w2"], opens_at=making.opens + timedelta(days=7))
    for wanted in (replace(POOL, **told), replace(POOL, title="Giải xã")):
        with pytest.raises(PrizesBegun):
            define(POOL, wanted, DIVISIONS, rounds, making.opens)


def test_a_pool_for_a_later_round_can_still_be_defined_but_none_over_all_rounds(rounds, making):
    rounds["c-w2"] = replace(rounds["c-w2"], opens_at=making.opens + timedelta(days=7))
    assert define(None, replace(POOL, rounds=("c-w2",)), DIVISIONS, rounds, making.opens).revision == 1
    with pytest.raises(PrizesBegun):
        define(None, replace(POOL, rounds=(), season=True), DIVISIONS, rounds, making.opens)


def test_a_pool_names_rounds_and_divisions_of_its_contest(rounds, before):
    for changes, refusal in [
        ({"rounds": ("d-w1",)}, RoundUnknown),
        ({"divisions": ("ministers",)}, DivisionUnknown),
        ({"pool_id": "a|b"}, PoolMisnamed),
    ]:
        with pytest.raises(refusal):
            define(None, replace(POOL, **changes), DIVISIONS, rounds, before)


def test_awards_are_announced_once_and_again_only_where_the_winner_changed(making, units, rounds):
    sharing = Sharing("c-w1", [POOL], units, {})
    for row in rank([making.attempt("a", points=9), making.attempt("b", points=8)], making.rules()).rows:
        sharing.offer(row, f"user {row.person}")
    listed = AwardList("c|x1|c-w1", "c", "x1", "c-w1").made("t", "b", sharing.awards("x1"), [])
    told, events = listed.announced(rounds["c-w1"], POOL, making.closes)
    assert [(event.award_id, event.winner_id, event.pool, event.scope) for event in events] == [
        ("c-w1:pool:x1:citizens:first:1", "user a", "Quỹ giải xã", "round"),
        ("c-w1:pool:x1:citizens:second:1", "user b", "Quỹ giải xã", "round"),
    ]
    assert told.is_told and told.announced(rounds["c-w1"], POOL, making.closes)[1] == []
