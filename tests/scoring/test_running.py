"""The ranking of a running round: kept person by person, whatever comes again, late or in another order."""

from datetime import timedelta
from itertools import permutations

import pytest

from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.handlers import building, deciding, listening, running
from tests.tables import make_due

NAMES = Pseudonyms(b"secret of tests")
HOUR = timedelta(hours=1)
WRONG = {"q.1": "a", "q.2": "b"}


@pytest.fixture
def opened(storage, making):
    """A running round with tables made of nothing."""
    listening.publish_contest(storage, making.published(), making.opens)
    listening.open_week(storage, making.opened(), making.opens)
    make_due(storage, making.opens + HOUR)


@pytest.fixture
def shown(storage):
    """`shown()`: the first page as people see it, as (user, points, place, attempts)."""

    def look(round_id="c-w1"):
        round = storage.rounds.get(round_id)
        found = running.page(storage, round, running.levels(storage, round), None, 0, 500)
        return [(user_id, row.points, row.place, row.attempts) for row, user_id in found]

    return look


@pytest.fixture
def whole(storage):
    """`whole()`: the ranking of all attempts by the rule itself."""

    def count(round_id="c-w1"):
        round = storage.rounds.get(round_id)
        found = storage.attempts.to_rank(round_id)
        users, attempts = {}, []
        for version, user_id, _, attempt in found:
            if version == round.keys_version:
                users[attempt.person] = user_id
                attempts.append(attempt)
        ranking = rank(attempts, round.rules, storage.decisions.invalidated(round_id))
        return [(users[row.person], row.points, row.place, row.attempts) for row in ranking.rows]

    return count


def keep(storage, *events):
    listening.keep_attempts(storage, NAMES, list(events), events[-1].submitted_at)


def test_who_hands_in_has_a_place_before_any_table_is_made(opened, storage, making, shown):
    keep(storage, making.submitted("u1", answers=WRONG), making.submitted("u2"))
    assert shown() == [("u2", 5, 1, 1), ("u1", 0, 2, 1)]
    keep(storage, making.submitted("u1", 2))
    assert shown() == [("u2", 5, 1, 1), ("u1", 5, 2, 2)]  # later


def test_order_and_repetition_of_events_do_not_matter(opened, storage, making, shown, whole):
    three = [making.submitted("u1"), making.submitted("u1", 2, answers=WRONG), making.submitted("u1", 3)]
    for user, order in zip("abcdef", permutations(three), strict=True):
        for event in order:
            again = making.submitted(user, event.number, answers=event.answers)
            keep(storage, again)
            keep(storage, again)
    assert shown() == whole()
    assert {attempts for *_, attempts in shown()} == {3}


def test_what_has_seen_less_never_overwrites_what_has_seen_more(opened, storage, making, shown, whole, monkeypatch):
    """A listener that was frozen between its reading and its writing."""
    late = []
    kept = storage.standings.keep
    monkeypatch.setattr(storage.standings, "keep", lambda *told: late.append(told))
    keep(storage, making.submitted("u1"), making.submitted("u2", answers=WRONG))
    monkeypatch.setattr(storage.standings, "keep", kept)
    keep(storage, making.submitted("u1", 2), making.submitted("u2", 2))
    for told in late:
        kept(*told)
    assert shown() == whole()
    assert [attempts for *_, attempts in shown()] == [2, 2]


def test_correction_moves_everybody_and_older_knowledge_does_not_come_back(opened, storage, making, shown, whole, monkeypatch):
    keep(storage, *(making.submitted(f"u{number}", answers={"q.1": "c"} if number % 2 else None) for number in range(6)))
    before = shown()
    late, kept = [], storage.standings.keep
    monkeypatch.setattr(storage.standings, "keep", lambda *told: late.append(told))
    keep(storage, making.submitted("late", answers={"q.1": "c"}))  # scored by the old key, kept after the correction
    monkeypatch.setattr(storage.standings, "keep", kept)
    listening.correct_key(storage, making.corrected(), making.opens)
    assert running.levels(storage, storage.rounds.get("c-w1")) is None  # by old keys: the tables made last are shown
    make_due(storage, making.opens + HOUR)
    for told in late:
        kept(*told)
    assert shown() == whole() != before
    assert len(shown()) == 7


def test_attempt_that_was_scored_by_an_old_key_is_ranked_with_the_next_tables(opened, storage, making, shown, whole, monkeypatch):
    keep(storage, making.submitted("u1"))
    old = storage.rounds.key_tables(["c-w1"])
    listening.correct_key(storage, making.corrected(), making.opens)
    make_due(storage, making.opens + HOUR)
    monkeypatch.setattr(storage.rounds, "key_tables", lambda round_ids: old)
    keep(storage, making.submitted("u2", answers={"q.1": "c"}))
    monkeypatch.undo()
    assert [user for user, *_ in shown()] == ["u1"]
    make_due(storage, making.opens + 2 * HOUR)
    assert shown() == whole() and len(shown()) == 2


def test_invalid_attempt_leaves_at_once_and_its_person_with_the_last_one(opened, storage, making, shown, whole):
    keep(storage, making.submitted("u1"), making.submitted("u2"), making.submitted("u2", 2, answers=WRONG))
    claims = type("Boss", (), {"user_id": "o1", "holds": lambda *_: True, "require": lambda *_: None})()
    for user in ("u1", "u2"):
        deciding.invalidate(storage, claims, "c-w1", f"c-w1:{user}:1", "Làm hộ bài thi", making.opens)
    make_due(storage, making.opens + HOUR)
    assert shown() == whole() == [("u2", 0, 1, 1)]


def test_round_from_before_standings_were_kept_gets_them_with_its_next_tables(opened, storage, making, shown, whole):
    keep(storage, *(making.submitted(f"u{number}") for number in range(5)))
    storage.standings.drop("c-w1")
    storage.rounds.rounds.update_one({"_id": "c-w1"}, {"$unset": {"stood": 1, "era": 1}})
    assert running.levels(storage, storage.rounds.get("c-w1")) is None
    make_due(storage, making.opens + 2 * HOUR)
    assert shown() == whole() and len(shown()) == 5


def test_attempts_from_before_the_opening_are_ranked_with_it(storage, making, shown, whole):
    listening.publish_contest(storage, making.published(), making.opens)
    keep(storage, making.submitted("u1"), making.submitted("u2", answers=WRONG))
    listening.open_week(storage, making.opened(), making.opens)
    make_due(storage, making.opens + HOUR)
    assert shown() == whole() and len(shown()) == 2


def test_standings_go_when_the_whole_table_is_there(opened, storage, making):
    keep(storage, making.submitted("u1"), making.submitted("u2"))
    listening.close_week(storage, making.closed(3), making.closes)
    keep(storage, making.submitted("u3"))
    make_due(storage, making.closes + HOUR)
    assert storage.rounds.get("c-w1").state == "provisional"
    assert storage.rounds.get("c-w1").snapshot.participants == 3
    assert storage.standings.standings.count_documents({}) == 0


def test_builder_that_lost_its_lease_leaves_the_standings_to_the_next_one(opened, storage, making, monkeypatch, shown, whole):
    monkeypatch.setattr(running, "PIECE", 2)
    keep(storage, *(making.submitted(f"u{number}") for number in range(5)))
    listening.correct_key(storage, making.corrected(), making.opens)
    beats = iter([True, True, False])
    with pytest.raises(building.Outpaced):
        building.build(storage, "c-w1", lambda: next(beats), making.opens + HOUR)
    assert running.levels(storage, storage.rounds.get("c-w1")) is None
    make_due(storage, making.opens + HOUR)
    assert shown() == whole() and len(shown()) == 5


def test_organiser_sees_an_attempt_that_no_table_has_yet(opened, storage, making, doors, auth):
    keep(storage, making.submitted("u1"), making.submitted("u2", answers=WRONG, division="pupils"))
    boss = auth("o1", roles=("organiser:contest:c",))
    page = doors.get("/rounds/c-w1/results", headers=boss).json()
    assert [row["place"] for row in page["rows"]] == [1, 2] and page["total"] == 2
    assert page["results"]["valid_attempts"] == 2 and page["results"]["divisions"] == {"citizens": 1, "pupils": 1}
    assert page["counts"]["participants"] == page["counts"]["attempts"] == 2
    assert storage.rounds.get("c-w1").snapshot.participants == 0
    pupils = doors.get("/rounds/c-w1/results?division=pupils", headers=boss).json()
    assert [(row["place"], row["division_place"]) for row in pupils["rows"]] == [(2, 1)] and pupils["total"] == 1
    assert doors.get("/rounds/c-w1/results").status_code == 409


# Tables by units


@pytest.fixture
def large(opened, storage, making, monkeypatch):
    """A running round with more attempts than may be counted at once, its tables made a minute ago."""
    monkeypatch.setattr(building, "LARGE", 3)
    listening.change_units(storage, making.units_changed())
    keep(storage, *(making.submitted(f"u{number}", unit_id="x1") for number in range(12)))
    make_due(storage, making.opens + 2 * HOUR)
    assert storage.rounds.get("c-w1").snapshot.participants == 12
    # Made again, they would take a day.
    storage.rounds.rounds.update_one({"_id": "c-w1"}, {"$set": {"snapshot.seconds": 86400.0}})


@pytest.fixture
def by_unit(doors):
    """`by_unit()`: participants by unit as everybody sees them, and of when they are."""

    def look():
        found = doors.get("/rounds/c-w1/participation?unit_id=t1").json()
        return {row["unit_id"]: row["participants"] for row in found["rows"]}, found["built_at"]

    return look


def test_units_of_a_large_running_round_do_not_wait_for_its_whole_tables(large, storage, making, doors, by_unit):
    before, made_at = by_unit()
    assert before["x1"] == 12 and before["x2"] == 0
    keep(storage, *(making.submitted(f"v{number}", unit_id="x2", party_unit_id="p2") for number in range(11)))
    assert make_due(storage, making.opens + 3 * HOUR) == []
    after, live_at = by_unit()
    assert (after["x1"], after["x2"]) == (12, 11) and live_at > made_at
    counts = doors.get("/rounds/c-w1").json()["counts"]
    assert (counts["participants"], counts["attempts"]) == (23, 23)
    round = storage.rounds.get("c-w1")
    assert round.snapshot.participants == 12
    [party] = storage.rankings.units("c-w1", round.units_build, "party", None)
    assert (party.unit_id, party.participants, party.points) == ("p1", 11, 55)


def test_live_units_are_those_of_the_whole_tables(large, storage, making):
    keep(storage, *(making.submitted(f"v{number}", 1 + number % 2, unit_id=f"x{1 + number % 3}") for number in range(40)))
    make_due(storage, making.opens + 3 * HOUR)
    live = list(storage.rankings.families("c-w1", storage.rounds.get("c-w1").units_build, "administrative"))
    storage.rounds.rounds.update_one({"_id": "c-w1"}, {"$set": {"snapshot.seconds": 0.0}})
    storage.rounds.mark(["c-w1"])
    make_due(storage, making.opens + 4 * HOUR)
    round = storage.rounds.get("c-w1")
    assert round.units_build == round.snapshot.build and round.snapshot.participants == 52
    assert live == list(storage.rankings.families("c-w1", round.units_build, "administrative"))


def test_live_units_rest_and_are_not_made_of_nothing_new(large, storage, making):
    keep(storage, making.submitted("v1", unit_id="x2"))
    moment = making.opens + 3 * HOUR
    make_due(storage, moment)
    storage.rounds.rounds.update_one({"_id": "c-w1"}, {"$set": {"live_units.seconds": 10.0}})
    make_due(storage, moment + 9 * HOUR)
    assert storage.rounds.get("c-w1").units_at == moment
    keep(storage, making.submitted("v2", unit_id="x2"))
    make_due(storage, moment + timedelta(seconds=489))
    assert storage.rounds.get("c-w1").units_at == moment
    make_due(storage, moment + timedelta(seconds=490))
    assert storage.rounds.get("c-w1").units_at == moment + timedelta(seconds=490)


def test_after_the_close_units_are_those_of_the_whole_table(large, storage, making):
    keep(storage, *(making.submitted(f"v{number}", unit_id="x2") for number in range(11)))
    make_due(storage, making.opens + 3 * HOUR)
    assert storage.rounds.get("c-w1").units_build == "live"
    listening.close_week(storage, making.closed(24), making.closes)
    round = storage.rounds.get("c-w1")
    assert round.units_build == round.snapshot.build


# A rush


def test_in_a_rush_people_are_ranked_when_it_is_over(opened, storage, making, shown, whole):
    for at in (0, 1):
        events = [making.submitted(f"u{number}", 1 + at) for number in range(4)]
        listening.keep_attempts(storage, NAMES, events, making.opens + timedelta(seconds=at), rush=True)
    assert storage.attempts.count("c-w1") == 8 and shown() == []
    assert running.pay(storage, "test", making.opens + timedelta(seconds=2.9)) == 0
    assert running.pay(storage, "test", making.opens + timedelta(seconds=3)) == 8
    assert shown() == whole() and len(shown()) == 4
    assert running.pay(storage, "test", making.opens + HOUR) == 0


def test_what_is_handed_in_with_the_close_waits_and_holds_nobody_else_up(opened, storage, making, shown, whole):
    last = making.submitted("u2", started_at=making.closes - timedelta(minutes=1), submitted_at=making.closes)
    listening.keep_attempts(storage, NAMES, [making.submitted("u1"), last], making.closes)
    assert [user for user, *_ in shown()] == ["u1"]
    assert running.pay(storage, "test", making.closes + timedelta(seconds=2)) == 1  # the round was extended in that moment
    assert shown() == whole() and len(shown()) == 2


def test_who_is_put_off_is_not_forgotten_when_the_worker_dies(opened, storage, making, shown, monkeypatch):
    listening.keep_attempts(storage, NAMES, [making.submitted("u1")], making.opens, rush=True)
    monkeypatch.setattr(storage.standings, "paid", lambda owed: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        running.pay(storage, "test", making.opens + HOUR)
    monkeypatch.undo()
    assert running.pay(storage, "another", making.opens + HOUR) == 1
    assert [user for user, *_ in shown()] == ["u1"]


def test_another_worker_does_not_look_at_the_same_people(opened, storage, making):
    listening.keep_attempts(storage, NAMES, [making.submitted("u1")], making.opens, rush=True)
    assert storage.lease.hold("standings", "another", 60)
    assert running.pay(storage, "test", making.opens + HOUR) == 0


def test_who_was_put_off_until_the_close_is_ranked_with_all_others(opened, storage, making):
    listening.keep_attempts(storage, NAMES, [making.submitted("u1")], making.closes, rush=True)
    listening.close_week(storage, making.closed(1), making.closes)
    make_due(storage, making.closes + HOUR)
    assert storage.rounds.get("c-w1").snapshot.participants == 1
    running.pay(storage, "test", making.closes + HOUR)
    assert storage.standings.oldest_owed() is None and storage.standings.standings.count_documents({}) == 0
