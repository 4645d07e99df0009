"""The storage on a real MongoDB: conditions, ranges, indexes."""

from dataclasses import replace

import pytest

from exam.making import MINUTE, NOON, Someone, bank, contest, round_, rules
from hoithi_exam.domain.attempt import begin
from hoithi_exam.domain.contest import ContestExists, UnknownContest
from hoithi_exam.domain.paper import press
from hoithi_exam.domain.round import Correction, Extension, UnknownRound
from hoithi_exam.domain.versions import UnknownBank
from hoithi_exam.handlers import attempts, clock
from hoithi_exam.storage import Storage
from hoithi_exam.storage.memory import Memory

PAPER = press(bank(), rules().divisions[0], rules()).paper("seed")


def attempt(user_id="u1", number=1, of=None, **more):
    begun = begin(Someone(user_id), of or round_(), (), "seed", NOON)
    return replace(begun, attempt_id=f"{begun.round_id}:{user_id}:{number}", number=number, **more)


def submission(found):
    return found, *found.submit({}, None, PAPER, round_(), NOON + MINUTE)


def saving(found, changes, now=NOON, seq=None):
    return found, found.save(changes, PAPER, round_(), now, seq), changes


# Attempts


def test_an_attempt_is_kept_as_it_is(storage):
    kept = attempt(answers={"1": "A"}, prediction=3, party_unit_id="p1")
    assert storage.attempts.insert(kept)
    assert storage.attempts.get(kept.attempt_id) == kept


def test_an_attempt_of_the_same_number_is_not_kept_twice(storage):
    assert storage.attempts.insert(attempt())
    assert not storage.attempts.insert(attempt(seed="other"))
    assert storage.attempts.get("hg-w1:u1:1").seed == "seed"


def test_a_persons_attempts_are_found_by_round_and_nobody_elses(storage):
    for user_id in ("u1", "u10", "u1:1", "u"):
        storage.attempts.insert(attempt(user_id))
    storage.attempts.insert(attempt(number=10))
    storage.attempts.insert(attempt(number=2, of=round_(round_id="hg-w2")))
    assert [each.attempt_id for each in storage.attempts.of("u1", ["hg-w1"])] == ["hg-w1:u1:1", "hg-w1:u1:10"]
    assert len(storage.attempts.of("u1", ["hg-w1", "hg-w2"])) == 3


def test_saves_merge_in_the_database_and_clear(storage):
    storage.attempts.insert(attempt(answers={"1": "A"}))
    assert storage.attempts.save(*saving(attempt(), {"1": "", "2": "B"}, NOON + MINUTE))
    found = storage.attempts.get("hg-w1:u1:1")
    assert (found.answers, found.saves, found.saved_at) == ({"2": "B"}, 1, NOON + MINUTE)


def test_a_submission_is_saved_with_its_event_in_one_document(storage, told):
    storage.attempts.insert(attempt())
    before, after, event = submission(attempt())
    assert storage.attempts.submit(before, after, event, NOON)
    assert storage.attempts.get("hg-w1:u1:1") == after
    assert [data["attempt_id"] for data in told("attempt-submitted")] == ["hg-w1:u1:1"]


def test_a_submission_that_has_not_seen_the_last_save_is_not_made(storage, told):
    storage.attempts.insert(attempt())
    stale = submission(attempt())
    storage.attempts.save(*saving(attempt(), {"1": "A"}))
    assert not storage.attempts.submit(*stale, NOON)
    assert storage.attempts.submit_many([stale], NOON) == 0 and told("attempt-submitted") == []


def test_nothing_is_saved_voided_or_submitted_after_a_submission(storage, told):
    storage.attempts.insert(attempt())
    storage.attempts.submit(*submission(attempt()), NOON)
    assert not storage.attempts.save(*saving(attempt(), {"1": "B"}))
    assert storage.attempts.void_many([attempt()]) == 0
    assert storage.attempts.submit_many([submission(attempt())], NOON) == 0
    assert len(told("attempt-submitted")) == 1


def test_a_save_changes_the_answers_of_an_open_paper_only(storage):
    for state in ("submitted", "void"):
        storage.attempts.insert(attempt(state, state=state, answers={"1": "A"}))
        assert not storage.attempts.save(*saving(attempt(state), {"1": "B"}))
        assert storage.attempts.get(f"hg-w1:{state}:1").answers == {"1": "A"}
    assert not storage.attempts.save(*saving(attempt("nobody"), {"1": "B"}))


def test_a_numbered_save_changes_nothing_when_a_later_one_is_there(storage):
    storage.attempts.insert(attempt())
    for seq, chosen, done in ((5, "A", True), (4, "B", False), (5, "C", False), (None, "D", True), (6, "", True)):
        assert storage.attempts.save(*saving(attempt(), {"1": chosen}, seq=seq)) == done
    found = storage.attempts.get("hg-w1:u1:1")
    assert (found.answers, found.saves, found.seq) == ({}, 3, 6)


def test_a_paper_that_was_opened_before_there_were_sheets_can_be_saved_and_submitted(storage, database, told):
    document = {"_id": attempt().attempt_id, **vars(attempt(answers={"1": "A"}, saves=3))}
    del document["attempt_id"], document["seq"]  # older still
    database["attempts"].insert_one(document)
    for _ in range(2):
        storage.ensure_indexes()
    found = storage.attempts.get("hg-w1:u1:1")
    assert (found.answers, found.saves, found.seq, found.saved_at) == ({"1": "A"}, 3, 0, None)
    assert storage.attempts.save(*saving(found, {"2": "B"}, seq=1))
    assert storage.attempts.submit(*submission(storage.attempts.get("hg-w1:u1:1")), NOON)
    assert told("attempt-submitted")[0]["answers"].values() and storage.attempts.get("hg-w1:u1:1").answers == {"1": "A", "2": "B"}


def test_overdue_attempts_are_found_by_deadline_oldest_first(storage):
    for user_id, minutes in (("late", 9), ("early", 1), ("later", 30)):
        storage.attempts.insert(attempt(user_id, deadline_at=NOON + minutes * MINUTE))
    storage.attempts.insert(attempt("done", deadline_at=NOON, state="submitted"))
    storage.attempts.insert(attempt("else", deadline_at=NOON, of=round_(round_id="hg-w2")))
    found = storage.attempts.overdue("hg-w1", NOON + 10 * MINUTE, 10)
    assert [each.user_id for each in found] == ["early", "late"]
    assert [each.user_id for each in storage.attempts.overdue("hg-w1", NOON + 10 * MINUTE, 1)] == ["early"]


def test_only_submitted_attempts_of_the_round_are_counted(storage):
    for user_id, state in (("a", "submitted"), ("b", "submitted"), ("c", "open"), ("d", "void")):
        storage.attempts.insert(attempt(user_id, state=state))
    storage.attempts.insert(attempt("e", state="submitted", of=round_(round_id="hg-w10")))
    assert storage.attempts.count_submitted("hg-w1") == 2
    assert storage.attempts.any_open("hg-w1") and not storage.attempts.any_open("hg-w10")
    assert storage.attempts.rounds_with_open() == ["hg-w1"]


def test_a_forgotten_person_keeps_answers_but_no_party_unit(storage):
    storage.attempts.insert(attempt("u1", party_unit_id="p1", answers={"1": "A"}))
    storage.attempts.insert(attempt("u2", party_unit_id="p1"))
    for _ in range(2):
        storage.attempts.forget("u1", ["hg-w1"])
    forgotten = storage.attempts.get("hg-w1:u1:1")
    assert (forgotten.party_unit_id, forgotten.answers) == (None, {"1": "A"})
    assert storage.attempts.get("hg-w1:u2:1").party_unit_id == "p1"


def test_the_hot_path_uses_indexes_only(storage, database):
    for n in range(50):
        storage.attempts.insert(attempt(f"u{n}"))
    queries = [
        {"_id": {"$gte": "hg-w1:u1:", "$lt": "hg-w1:u1;"}, "user_id": "u1"},
        {"_id": "hg-w1:u1:1", "state": "open", "sheet.saves": 0},
        {"state": "open", "round_id": "hg-w1", "deadline_at": {"$lt": NOON}},
        {"state": "open", "round_id": "hg-w1"},
    ]
    for query in queries:
        plan = str(database["attempts"].find(query).explain()["queryPlanner"]["winningPlan"])
        assert "COLLSCAN" not in plan, query


@pytest.mark.parametrize(
    ("collection", "indexes"),
    [
        ("contests", ["outbox"]),
        ("rounds", ["contest", "outbox", "unfinished"]),
        ("banks", ["versions"]),
        ("attempts", ["open", "outbox"]),
    ],
)
def test_exactly_the_indexes_that_are_used_exist(storage, database, collection, indexes):
    storage.ensure_indexes()
    assert sorted(set(database[collection].index_information()) - {"_id_"}) == indexes


# Rounds


def test_a_round_is_kept_as_it_is(storage):
    kept = round_(
        extensions=(Extension(NOON, NOON + MINUTE, "mất điện", "Kéo dài", NOON, "signature"),),
        corrections=(Correction("q001", "b", "sửa", NOON),),
    )
    storage.rounds.plan([kept])
    assert storage.rounds.get("hg-w1") == kept
    with pytest.raises(UnknownRound):
        storage.rounds.get("hg-w2")


def test_planning_a_round_again_changes_nothing(storage):
    storage.rounds.plan([round_("planned")])
    storage.rounds.change(round_("planned"), round_("open"))
    storage.rounds.plan([round_("planned")])
    assert storage.rounds.get("hg-w1").state == "open"


def test_only_the_first_of_two_changes_of_a_round_is_made(storage, told):
    storage.rounds.plan([round_("planned")])
    opened, event = round_("planned").open({"citizens": ("bank:1", bank())}, NOON)
    assert storage.rounds.change(round_("planned"), opened, event, NOON)
    assert not storage.rounds.change(round_("planned"), opened, event, NOON)
    assert len(told("week-opened")) == 1 and storage.rounds.get("hg-w1").revision == 2


def test_a_round_is_fenced_when_it_has_been_closing_for_a_while(database, eventually):
    patient, hasty = Storage(database, fence_s=600), Storage(database, fence_s=0.2)
    patient.rounds.plan([round_()])
    patient.rounds.change(round_(), round_().stop())
    assert eventually(lambda: hasty.rounds.is_fenced(round_()))
    assert not patient.rounds.is_fenced(round_())


def test_a_remembered_round_is_at_most_as_old_as_the_memory(database, eventually):
    long, short = Storage(database, round_memory_s=600), Storage(database, round_memory_s=0.3)
    long.rounds.plan([round_("planned")])
    assert {each.rounds.remembered("hg-w1").state for each in (long, short)} == {"planned"}
    database["rounds"].update_one({}, {"$set": {"state": "open"}})
    assert eventually(lambda: short.rounds.remembered("hg-w1").state == "open")
    assert long.rounds.remembered("hg-w1").state == "planned"


def test_the_fence_is_longer_than_any_memory_of_a_round(database):
    storage = Storage(database)
    assert storage.rounds.fence_ms >= 2000 * storage.rounds.memory.seconds


def test_what_is_remembered_is_loaded_once_and_bounded():
    memory, loads = Memory(most=2), []
    for key in (1, 1, 2, 3, 1):
        memory.get(key, lambda key=key: loads.append(key) or key)
    assert loads == [1, 2, 3, 1] and len(memory.values) == 2


# Contests and banks


def test_a_contest_is_kept_as_it_is(storage):
    storage.contests.add(contest())
    assert storage.contests.get("hg") == contest() and storage.contests.all() == [contest()]
    with pytest.raises(ContestExists):
        storage.contests.add(contest())
    with pytest.raises(UnknownContest):
        storage.contests.get("no")


def test_a_bank_comes_back_as_it_was_imported(storage):
    version = storage.banks.add(bank(), "u9", NOON)
    assert (version.reference, version.size, version.imported_by) == ("bank:1", 24, "u9")
    assert storage.banks.get("bank:1") == bank()
    with pytest.raises(UnknownBank):
        storage.banks.get("bank:2")


def test_every_import_of_something_new_is_a_version_and_the_old_one_stays(storage):
    storage.banks.add(bank(), "u9", NOON)
    assert storage.banks.add(bank(25), "u9", NOON + MINUTE).version == 2
    assert storage.banks.newest("bank").version == 2
    assert len(storage.banks.get("bank:1").questions) == 24
    assert [version.version for version in storage.banks.all()] == [2, 1]


def test_importing_the_same_content_again_stays_the_same_version(storage):
    first = storage.banks.add(bank(), "u9", NOON)
    assert storage.banks.add(bank(), "u8", NOON + MINUTE) == first


def test_a_door_that_still_remembers_the_round_as_planned_takes_the_answers_of_another_doors_start(storage, database, published):
    opens_at = NOON
    published(opens_at)
    slow = Storage(database, round_memory_s=60.0, fence_s=0.0)
    assert slow.rounds.remembered("hg-w1").state == "planned"
    clock.tick(storage, opens_at)
    attempt, *_ = attempts.start_attempt(storage, Someone(), "hg-w1", opens_at)
    saved, _ = attempts.save_answers(slow, "u1", attempt.attempt_id, {"1": "A"}, opens_at)
    submitted, new = attempts.submit_attempt(slow, "u1", attempt.attempt_id, {"2": "B"}, None, opens_at)
    assert saved.answers == {"1": "A"}
    assert new and submitted.state == "submitted"
