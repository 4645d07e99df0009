"""The states of a round, whatever the order of events."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from hoithi_contracts.exam import Key
from hoithi_contracts.scoring import PrizeAwarded, ResultsCorrected, ResultsPublished, WeekScored
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.refusals import CountsDiffer, NotProvisional, StillChanging
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.snapshot import Snapshot

NOW = datetime(2026, 9, 13, 16, tzinfo=UTC)


def snapshot(revision=1, attempts=5, unscored=0, digest="d1", winner="a", **changes):
    award = Award("c-w1:citizens:first:1", "citizens", "first", 1, winner, f"user {winner}")
    told = {"build": f"{revision}", "units_digest": "u", "valid": attempts, "participants": 3, "perfect": 1, "actual": 1,
            "divisions": {"citizens": 3}, "awards": (award,), "built_at": NOW}  # fmt: skip
    return Snapshot(revision=revision, digest=digest, attempts=attempts, unscored=unscored, **{**told, **changes})


@pytest.fixture
def closed(making):
    """Opened, closed with five attempts."""
    return Round("c-w1").open(making.opened()).close(making.closed(5))


@pytest.fixture
def provisional(closed):
    return closed.ranked(snapshot(), closed.changes, NOW)[0]


def kinds(events):
    return [type(event) for event in events]


def test_any_order_of_events_leads_to_the_same_round(making):
    plan = making.published()
    steps = [
        lambda round: round.planned(plan, plan.rounds[0]),
        lambda round: round.open(making.opened()),
        lambda round: round.extend(making.extended()),
        lambda round: round.close(making.closed(5)),
        lambda round: round.correct_key(making.corrected()),
    ]
    ends = set()
    for order in permutations(steps):
        round = Round("c-w1")
        for step in order:
            round = step(step(round))
        ends.add((round.state, round.closes_at, round.expected, frozenset(round.key_table().items()), round.rules_version))
    assert len(ends) == 1


def test_older_extension_does_not_take_back_a_newer_one(making):
    round = Round("c-w1").extend(making.extended(2, hours=2))
    assert round.extend(making.extended(1, hours=1)) == round


def test_rules_announced_after_the_opening_do_not_replace_the_binding_ones(making):
    round = Round("c-w1").open(making.opened())
    later = making.published(revision=7, rules=making.rules(tie_break="D"))
    assert round.planned(later, later.rounds[0]).rules.tie_break == "A"


def test_of_two_corrections_of_a_question_the_higher_revision_stays(making):
    round = Round("c-w1").open(making.opened())
    for order in ((1, 2), (2, 1)):
        found = round
        for revision in order:
            found = found.correct_key(making.corrected(right="cd"[revision - 1], revision=revision))
        assert found.key_table()["q.1"] == ("d", 1)


def test_corrections_of_two_questions_both_count_in_any_order(making):
    round = Round("c-w1").open(making.opened())
    found = round.correct_key(making.corrected("q.2", "d", revision=2)).correct_key(making.corrected("q.1", "c", revision=1))
    assert (found.key_table()["q.1"], found.key_table()["q.2"]) == (("c", 1), ("d", 1))


def test_correction_keeps_the_points_of_the_question(making):
    round = Round("c-w1").open(making.opened(keys={"q.1": Key("b", 3)}))
    assert round.correct_key(making.corrected()).key_table() == {"q.1": ("c", 3)}


# By count


def test_round_becomes_provisional_when_all_announced_attempts_are_scored(closed):
    round, events = closed.ranked(snapshot(), closed.changes, NOW)
    assert (round.state, kinds(events), events[0].attempts) == ("provisional", [WeekScored], 5)


@pytest.mark.parametrize("found", [{"attempts": 4}, {"attempts": 6}, {"unscored": 1}])
def test_round_stays_closed_while_the_count_is_not_exact(closed, found):
    round, events = closed.ranked(snapshot(**found), closed.changes, NOW)
    assert (round.state, events) == ("closed", [])


def test_running_round_never_becomes_provisional(making):
    round = Round("c-w1").open(making.opened())
    assert round.ranked(snapshot(), round.changes, NOW)[0].state == "running"


def test_missing_attempts_are_counted(closed):
    assert closed.unscored == 5
    assert closed.ranked(snapshot(attempts=4, unscored=1), 1, NOW)[0].unscored == 2


def test_same_content_is_no_new_revision(provisional):
    round, events = provisional.ranked(snapshot(revision=2), 9, NOW)
    assert (round.snapshot.revision, events) == (1, [])


def test_round_that_is_complete_with_what_is_shown_already_becomes_provisional(making):
    running = Round("c-w1").open(making.opened())
    running = running.ranked(snapshot(), running.changes, NOW)[0].close(making.closed(5))
    round, events = running.ranked(snapshot(revision=2), running.changes, NOW)
    assert (round.state, round.snapshot.revision, kinds(events)) == ("provisional", 1, [WeekScored])


def test_build_that_is_older_than_the_present_one_is_dropped(provisional):
    newer = replace(provisional, snapshot=snapshot(revision=5))
    assert newer.ranked(snapshot(revision=5, digest="other"), 9, NOW) == (newer, [])


def test_repeated_close_is_quiet(provisional, making):
    assert provisional.close(making.closed(5)) == provisional


def test_close_with_more_attempts_takes_provisional_back_until_they_are_there(provisional, making):
    assert provisional.close(making.closed(6)).state == "closed"


def test_close_with_more_attempts_after_official_is_an_error(provisional, making):
    official, _ = provisional.publish("o1", "", NOW)
    with pytest.raises(CountsDiffer):
        official.close(making.closed(6))


# Official


def test_official_tells_of_results_and_every_prize(provisional):
    round, events = provisional.publish("o1", "Quyết định số 1", NOW)
    assert (round.state, round.official_by) == ("official", "o1")
    assert kinds(events) == [ResultsPublished, PrizeAwarded]
    assert events[1].winner_id == "user a"


def test_official_twice_is_quiet(provisional):
    official, _ = provisional.publish("o1", "", NOW)
    assert official.publish("o2", "other", NOW) == (official, [])


def test_only_provisional_results_become_official(closed):
    with pytest.raises(NotProvisional):
        closed.publish("o1", "", NOW)


def test_results_under_correction_do_not_become_official(provisional):
    with pytest.raises(StillChanging):
        provisional.invalidated("trùng danh tính").publish("o1", "", NOW)


def test_correction_of_provisional_results_is_announced_as_new_provisional_ones(provisional, making):
    changed = provisional.correct_key(making.corrected())
    round, events = changed.ranked(snapshot(revision=2, digest="d2"), changed.changes, NOW)
    assert (round.state, round.snapshot.revision, kinds(events), round.reasons) == ("provisional", 2, [WeekScored], ())


def test_correction_of_official_results_names_both_digests_reasons_and_new_winners(provisional, making):
    official, _ = provisional.publish("o1", "", NOW)
    changed = official.correct_key(making.corrected()).invalidated("trùng danh tính")
    round, events = changed.ranked(snapshot(revision=2, digest="d2", winner="b"), changed.changes, NOW)
    assert (round.state, kinds(events)) == ("official", [ResultsCorrected, PrizeAwarded])
    assert (events[0].previous_digest, events[0].digest, events[0].reason) == ("d1", "d2", "q.1 sai; trùng danh tính")
    assert (events[1].winner_id, events[1].revision) == ("user b", 2)


def test_correction_that_changes_nothing_is_not_announced(provisional, making):
    official, _ = provisional.publish("o1", "", NOW)
    changed = official.correct_key(making.corrected())
    round, events = changed.ranked(snapshot(revision=2), changed.changes, NOW)
    assert (events, round.reasons) == ([], ())


def test_published_results_wait_until_all_attempts_are_scored_again(provisional, making):
    changed = provisional.correct_key(making.corrected())
    round, events = changed.ranked(snapshot(revision=2, digest="d2", unscored=3), changed.changes, NOW)
    assert (round.snapshot.digest, events, round.is_being_corrected) == ("d1", [], True)
