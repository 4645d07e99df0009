"""What MongoDB keeps: once, newest first, without names where none belong."""

from datetime import timedelta

import pytest

from hoithi_contracts.registration import UserErased
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.refusals import AnswersDiffer, RoundUnknown
from hoithi_scoring.handlers import building, listening
from hoithi_scoring.storage import Storage
from hoithi_scoring.storage.attempts import EXPORTED, RANKED
from tests.tables import make_due

NAMES = Pseudonyms(b"pseudonym secret of tests")


def test_attempt_that_comes_again_is_kept_once(storage, making):
    for _ in range(2):
        listening.keep_attempts(storage, NAMES, [making.submitted(), making.submitted()], making.opens)
    assert storage.attempts.count("c-w1") == 1


def test_attempt_that_comes_with_other_answers_is_refused_and_the_others_are_kept(storage, making):
    listening.keep_attempts(storage, NAMES, [making.submitted()], making.opens)
    with pytest.raises(AnswersDiffer):
        listening.keep_attempts(storage, NAMES, [making.submitted(answers={"q.1": "a"}), making.submitted("u2")], making.opens)
    assert storage.attempts.count("c-w1") == 2
    assert storage.attempts.of_person("c-w1", NAMES.of("c", "u1"))[0]["answers_digest"] == making.submitted().answers_digest


def test_attempt_before_its_keys_is_kept_and_scored_when_they_come(play, storage, making):
    listening.keep_attempts(storage, NAMES, [making.submitted()], making.opens)
    assert storage.attempts.of_person("c-w1", NAMES.of("c", "u1"))[0]["points"] is None
    play()
    assert storage.attempts.of_person("c-w1", NAMES.of("c", "u1"))[0]["points"] == 5


def test_question_ids_with_dots_and_dollars_are_stored(play, storage, making):
    from hoithi_contracts.exam import Key

    keys = {"$bank.1": Key("b")}
    listening.open_week(storage, making.opened(keys=keys), making.opens)
    play([making.submitted(questions=["$bank.1"], answers={"$bank.1": "b"})], opened=False, closed=True)
    assert storage.rounds.get("c-w1").snapshot.perfect == 1


def test_round_survives_the_way_through_the_database(play, storage, making):
    round = play([making.submitted()], closed=True)
    assert storage.rounds.get("c-w1") == round
    assert round.rules == making.rules() and round.snapshot.awards[0].user_id == "u1"


def test_round_known_only_from_attempts_is_unknown_to_people(storage, making):
    listening.keep_attempts(storage, NAMES, [making.submitted()], making.opens)
    with pytest.raises(RoundUnknown):
        storage.rounds.get("c-w1")


def test_event_is_in_the_outbox_after_the_same_write_as_the_state(play, storage, making):
    play([making.submitted()], closed=True)
    found = storage.database["rounds"].find_one({"_id": "c-w1"})
    assert (found["stage"], [one["type"] for one in found["outbox"]]) == ("provisional", ["week-scored"])


def test_change_decided_on_an_old_state_is_decided_again(storage, making):
    calls = []

    def decide(round):
        calls.append(round.version)
        if len(calls) == 1:
            listening.extend_week(storage, making.extended(), making.opens)
        return round.open(making.opened()), []

    storage.rounds.change("c-w1", decide, making.opens)
    assert len(calls) == 2 and storage.rounds.get("c-w1").extension == 1


def test_mark_that_comes_while_a_round_is_saved_is_not_lost(storage, making):
    def decide(round):
        storage.rounds.mark(["c-w1"])
        return round.open(making.opened()), []

    listening.keep_attempts(storage, NAMES, [making.submitted()], making.opens)
    storage.rounds.change("c-w1", decide, making.opens)
    assert storage.rounds.get("c-w1").changes == 3


# People and units


def test_older_state_of_a_person_does_not_replace_a_newer_one(storage, making):
    for revision, name in ((2, "Mới"), (1, "Cũ"), (2, "Khác")):
        storage.people.keep(making.person(revision=revision, name=name))
    assert storage.people.shown(["u1"])["u1"]["name"] == "Mới"


def test_name_that_looks_like_an_operator_is_kept_as_text(storage, making):
    storage.people.keep(making.person(name="$name"))
    assert storage.people.shown(["u1"])["u1"]["name"] == "$name"


def test_full_phone_and_e_mail_are_never_stored(storage, making):
    storage.people.keep(making.person())
    text = str(list(storage.database["people"].find()))
    assert "912345678" not in text and "@" not in text and "678" in text


def test_erased_person_stays_erased_when_an_older_event_comes_later(storage, making):
    storage.people.keep(making.person())
    for _ in range(2):
        listening.forget_person(storage, UserErased(user_id="u1", erased_at=making.closes), making.closes)
    storage.people.keep(making.person(revision=9))
    assert storage.people.shown(["u1"]) == {}


def test_no_collection_holds_the_name_of_an_erased_person(play, storage, making):
    storage.people.keep(making.person())
    play([making.submitted()], closed=True)
    listening.forget_person(storage, UserErased(user_id="u1", erased_at=making.closes), making.closes)
    everything = str([list(storage.database[name].find()) for name in storage.database.list_collection_names()])
    assert "Vàng" not in everything and "678" not in everything


def test_older_change_of_a_unit_does_not_replace_a_newer_one(storage, making):
    from dataclasses import replace

    renamed = [replace(making.units[1], name="Tên mới")]
    for event in (making.units_changed(2, renamed), making.units_changed(1), making.units_changed(2, renamed)):
        listening.change_units(storage, event)
    assert storage.units.get("x1").name == "Tên mới"
    assert len(storage.units.all()) == len(making.units)


def test_newest_headcount_of_a_unit_counts(storage, making):
    for revision, headcount in ((2, 20), (1, 10), (2, 20)):
        listening.freeze_roster(storage, making.roster("x1", headcount, revision))
    assert storage.units.headcounts("c") == {"x1": 20}


# Building


def test_key_correction_scores_every_attempt_again_and_builds_a_new_revision(play, storage, making):
    before = play([making.submitted(), making.submitted("u2", answers={**making.right, "q.1": "c"})], closed=True)
    for _ in range(2):
        listening.correct_key(storage, making.corrected(), making.closes)
    after = play(opened=False)
    points = [row.points for page in storage.rankings.everybody("c-w1", after.snapshot.build) for row, _ in page]
    assert (before.snapshot.revision, after.snapshot.revision, sorted(points)) == (1, 2, [4, 5])
    assert after.snapshot.digest != before.snapshot.digest


def test_key_correction_before_the_opening_counts_as_well(play, storage, making):
    listening.correct_key(storage, making.corrected(), making.opens)
    play([making.submitted()], closed=True)
    assert storage.attempts.of_person("c-w1", NAMES.of("c", "u1"))[0]["points"] == 4


def test_attempt_scored_by_a_process_with_old_keys_is_scored_again(play, storage, making):
    play([making.submitted()])
    behind = Storage(storage.database)
    behind.rounds.key_tables(["c-w1"])
    table = behind.rounds._tables["c-w1"]
    listening.correct_key(storage, making.corrected(), making.closes)
    behind.rounds.key_tables = lambda round_ids: {"c-w1": table}
    listening.keep_attempts(behind, NAMES, [making.submitted("u2")], making.opens)
    assert play(opened=False, closed=2).state == "provisional"
    assert storage.attempts.of_person("c-w1", NAMES.of("c", "u2"))[0]["points"] == 4


def test_round_with_missing_attempts_is_never_provisional(play, making):
    round = play([making.submitted()], closed=2)
    assert (round.state, round.unscored) == ("closed", 1)


def test_late_duplicate_changes_nothing(play, storage, making):
    before = play([making.submitted()], closed=True)
    after = play([making.submitted()], opened=False)
    assert (after.snapshot, after.state) == (before.snapshot, "provisional")


def test_paper_with_a_question_nobody_has_a_key_for_keeps_the_round_closed(play, making):
    round = play([making.submitted(questions=["q.1", "q.99"])], closed=True)
    assert (round.state, round.unscored) == ("closed", 1)


def test_rebuilding_from_the_same_attempts_gives_the_same_digest(play, storage, making):
    attempts = [making.submitted(f"u{number}", prediction=number % 3) for number in range(40)]
    first = play(attempts, closed=True).snapshot.digest
    for name in storage.database.list_collection_names():
        storage.database[name].delete_many({})
    assert play(attempts[::-1], closed=True).snapshot.digest == first


def test_table_nobody_points_to_is_removed_later_and_published_ones_stay(play, storage, making):
    play([making.submitted()])
    play([making.submitted("u2")], opened=False, closed=2)
    listening.correct_key(storage, making.corrected(), making.closes)
    last = play(opened=False)
    assert last.snapshot.revision == 3
    storage.rankings.sweep("c-w1", last.history, making.closes + timedelta(days=1))
    builds = storage.database["rankings"].distinct("build", {"scope": "c-w1"})
    assert {build[:6] for build in builds} == {"000002", "000003"}


def test_ranking_is_built_by_one_replica_at_a_time(play, storage, making):
    listening.open_week(storage, making.opened(), making.opens)
    storage.lease.hold("ranking:c-w1", "another replica", 60)
    assert make_due(storage, making.closes) == []


def test_build_that_lost_its_lease_does_not_flip(play, storage, making):
    from hoithi_scoring.domain.refusals import Outpaced

    listening.open_week(storage, making.opened(), making.opens)
    with pytest.raises(Outpaced):
        building.build(storage, "c-w1", lambda: False, making.closes)
    assert storage.rounds.get("c-w1").snapshot is None


def test_running_ranking_rests_for_the_cooldown_and_longer_after_a_long_build(play, storage, making):
    round = play([making.submitted()])
    storage.rounds.mark(["c-w1"])

    def built(seconds):
        now = round.built_at + timedelta(seconds=seconds)
        return building._is_due(storage, storage.rounds.get("c-w1"), 10, now)

    assert not built(9) and built(10)
    storage.database["rounds"].update_one({"_id": "c-w1"}, {"$set": {"snapshot.seconds": 20.0}})
    assert not built(979) and built(980)


def test_closed_round_is_ranked_at_once_when_all_attempts_are_there(play, storage, making):
    play([making.submitted()])
    listening.close_week(storage, making.closed(1), making.closes)
    assert building._is_due(storage, storage.rounds.get("c-w1"), 10**6, making.closes)


def test_people_are_read_in_pages_and_by_name(play, storage, making):
    round = play(
        [making.submitted(f"u{number}", division="pupils" if number % 2 else "citizens") for number in range(1100)], closed=True
    )
    build = round.snapshot.build
    everybody = [row.person for page in storage.rankings.everybody("c-w1", build) for row, _ in page]
    assert len(set(everybody)) == 1100
    assert [row.person for row, _ in storage.rankings.people("c-w1", build, None, 490, 20)] == everybody[490:510]
    pupils = storage.rankings.people("c-w1", build, "pupils", 545, 20)
    assert len(pupils) == 5 and {row.division for row, _ in pupils} == {"pupils"}
    person = NAMES.of("c", "u77")
    assert storage.rankings.of_person("c-w1", build, person).person == person
    assert storage.rankings.of_person("c-w1", build, "ffff") is None


# Indexes


def test_hot_queries_use_their_indexes(play, storage, making):
    play([making.submitted(f"u{number}") for number in range(30)], closed=True)
    attempts, rankings = storage.database["attempts"], storage.database["rankings"]
    person = NAMES.of("c", "u1")
    assert used(attempts.find({"round_id": "c-w1", "person": person}, {"_id": 0, "person": 1})) == {"ranked"}
    assert used(attempts.find({"round_id": "c-w1", "keys_version": {"$lt": 1}})) == {"unscored"}
    assert used(rankings.find({"scope": "c-w1", "made_at": {"$lt": making.closes}, "build": {"$nin": ["x"]}})) == {"build"}
    assert used(storage.database["decisions"].find({"round_id": "c-w1"})) == {"round"}
    assert used(storage.database["rosters"].find({"contest_id": "c"})) == {"contest"}
    assert used(storage.database["people"].find({"unit_id": {"$in": ["x1"]}}, {"_id": 1})) == {"unit_names"}
    assert used(storage.database["people"].find({"party_unit_id": {"$in": ["p1"]}}, {"_id": 1})) == {"party_unit_names"}


def test_rankings_and_exports_read_no_answers(play, storage, making):
    """Both are answered from the index alone: no document is fetched."""
    play([making.submitted(f"u{number}") for number in range(30)], closed=True)
    for names in (RANKED, EXPORTED):
        shown = {"_id": 0, "keys_version": 1, "user_id": 1, **dict.fromkeys(names, 1)}
        plan = storage.database["attempts"].find({"round_id": "c-w1"}, shown).hint("ranked").explain()
        assert plan["executionStats"]["totalDocsExamined"] == 0 and plan["executionStats"]["nReturned"] == 30


def used(cursor) -> set:
    """Names of the indexes in the winning plan; a collection scan has none."""
    found, waiting = set(), [cursor.explain()["queryPlanner"]["winningPlan"]]
    while waiting:
        stage = waiting.pop()
        found |= {stage["indexName"]} if "indexName" in stage else set()
        waiting += [value for value in stage.values() if isinstance(value, dict)] + stage.get("inputStages", [])
    return found


def test_indexes_can_be_made_by_several_processes_and_again(storage):
    Storage(storage.database).ensure_indexes()
