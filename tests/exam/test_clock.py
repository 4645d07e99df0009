"""The clock on a real MongoDB: rounds open and close once, whatever dies, pauses or runs twice."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import eventlet
import pytest

from exam.making import MINUTE, NOON, Someone, bank, contest, question
from hoithi_exam.domain.attempt import TimeOver, begin
from hoithi_exam.domain.bank import Bank
from hoithi_exam.domain.round import RoundClosed
from hoithi_exam.handlers import attempts, clock
from hoithi_exam.handlers.clock import tick
from hoithi_exam.handlers.rounds import extend_round
from hoithi_exam.storage import Storage

CLOSE = NOON + 60 * MINUTE
OVER = CLOSE + timedelta(seconds=31)
SECOND = timedelta(seconds=1)


def start(storage, user_id="u1", now=NOON + MINUTE):
    return attempts.start_attempt(storage, Someone(user_id), "hg-w1", now)[0]


def state(storage) -> str:
    return storage.rounds.get("hg-w1").state


def until_closed(storage, now):
    """Tick every second of the clock given until the round is closed."""
    for _ in range(10):
        tick(storage, now)
        if state(storage) == "closed":
            return
        now += SECOND
    pytest.fail(f"still {state(storage)}")


def test_a_round_opens_when_its_instant_has_come_and_not_before(storage, published, told):
    published()
    tick(storage, NOON - timedelta(milliseconds=1))
    assert state(storage) == "planned"
    tick(storage, NOON)
    assert state(storage) == "open"
    (event,) = told("week-opened")
    assert (event["round_id"], len(event["keys"]), event["rules_version"]) == ("hg-w1", 24, 1)


def test_ticking_again_opens_nothing_again(storage, published, told):
    published()
    for _ in range(3):
        tick(storage, NOON)
    assert len(told("week-opened")) == 1


def test_a_round_that_should_have_opened_during_downtime_opens_late(storage, published, told):
    published()
    tick(storage, NOON + 30 * MINUTE)
    assert state(storage) == "open" and len(told("week-opened")) == 1


def test_a_window_that_passed_during_downtime_opens_and_closes_in_order_once(storage, published, database, told):
    published()
    until_closed(storage, CLOSE + 600 * MINUTE)
    kinds = [envelope["type"] for envelope in database["rounds"].find_one({"_id": "hg-w1"})["outbox"]]
    assert kinds == ["week-opened", "week-closed"]
    assert told("week-closed")[0]["attempts"] == 0


def test_rounds_follow_each_other(storage, published, told):
    published(rounds=2)
    tick(storage, NOON)
    tick(storage, CLOSE)
    assert (state(storage), storage.rounds.get("hg-w2").state) == ("open", "open")
    until_closed(storage, OVER)
    assert [event["round_id"] for event in told("week-opened")] == ["hg-w1", "hg-w2"]


def test_the_rounds_of_a_contest_whose_publisher_died_are_made_by_the_clock(storage):
    storage.banks.add(bank(), "u9", NOON)
    announced, event = contest().publish({"citizens": "bank:1"}, NOON)
    storage.contests.add(contest())
    storage.contests.change(contest(), announced, event, NOON)
    tick(storage, NOON)
    assert state(storage) in ("planned", "open") and storage.contests.unsettled() == []


def test_a_round_is_bound_to_the_newest_bank_at_its_opening_and_keeps_it(storage, published):
    published()
    storage.banks.add(bank(30), "u9", NOON)
    tick(storage, NOON)
    assert storage.rounds.get("hg-w1").banks == {"citizens": "bank:2"}
    storage.banks.add(bank(36), "u9", NOON)
    tick(storage, NOON + MINUTE)
    assert storage.rounds.get("hg-w1").banks == {"citizens": "bank:2"}


def test_a_newer_bank_that_cannot_fill_the_paper_is_passed_over(storage, published):
    published()
    storage.banks.add(Bank("bank", "Hỏng", "vi", {"an-toan": "x"}, (question(1),)), "u9", NOON)
    tick(storage, NOON)
    assert storage.rounds.get("hg-w1").banks == {"citizens": "bank:1"}


def test_an_overdue_paper_is_submitted_by_the_server_with_its_saved_answers(storage, opened, told):
    opened()
    attempt = start(storage)
    attempts.save_answers(storage, "u1", attempt.attempt_id, {"1": "A", "2": "B"}, NOON + 2 * MINUTE)
    tick(storage, NOON + 11 * MINUTE + timedelta(seconds=31))
    assert storage.attempts.get(attempt.attempt_id).state == "open"
    done = tick(storage, NOON + 11 * MINUTE + timedelta(seconds=31, milliseconds=1))
    kept = storage.attempts.get(attempt.attempt_id)
    assert (kept.by, kept.late, kept.submitted_at, kept.answers) == ("server", False, NOON + 11 * MINUTE, {"1": "A", "2": "B"})
    assert done["submitted"] == 1 and len(told("attempt-submitted")[0]["answers"]) == 2


def test_more_overdue_papers_than_a_batch_are_all_submitted_in_one_tick(storage, opened, monkeypatch):
    monkeypatch.setattr(clock, "BATCH", 7)
    opened()
    for n in range(20):
        start(storage, f"u{n}")
    assert tick(storage, NOON + 12 * MINUTE)["submitted"] == 20


def test_a_round_closes_while_attempts_are_under_way_and_counts_them_all(storage, opened, told):
    opened()
    early, late = start(storage, "early"), start(storage, "late", now=CLOSE - MINUTE)
    attempts.submit_attempt(storage, "early", early.attempt_id, {"1": "A"}, None, NOON + 2 * MINUTE)
    tick(storage, CLOSE)
    assert state(storage) == "open"
    attempts.submit_attempt(storage, "late", late.attempt_id, {"1": "B"}, None, CLOSE + 20 * SECOND)
    start_too_late(storage)
    until_closed(storage, OVER)
    assert [event["attempts"] for event in told("week-closed")] == [2]
    assert [event["late"] for event in told("attempt-submitted")] == [False, True]


def start_too_late(storage):
    with pytest.raises(RoundClosed):
        start(storage, "too-late", now=CLOSE)


def test_a_round_is_not_closed_while_a_paper_is_open(storage, opened, told):
    opened()
    start(storage, now=CLOSE - MINUTE)
    tick(storage, CLOSE + 30 * SECOND)
    assert state(storage) == "open" and told("week-closed") == []


def test_the_number_of_a_closed_round_is_that_of_its_events(storage, opened, told):
    opened()
    for n in range(30):
        attempt = start(storage, f"u{n}")
        if n % 3:
            attempts.submit_attempt(storage, f"u{n}", attempt.attempt_id, {"1": "A"}, None, NOON + 3 * MINUTE)
    until_closed(storage, OVER)
    assert told("week-closed")[0]["attempts"] == len(told("attempt-submitted")) == 30
    assert storage.rounds.get("hg-w1").attempts == 30


def test_two_workers_ticking_at_once_open_submit_and_close_once(database, published, told):
    workers = [Storage(database, 0.0, 0.0) for _ in range(2)]
    published(into=workers[0])
    both(workers, NOON)
    for n in range(20):
        start(workers[n % 2], f"u{n}")
    for step in range(8):
        both(workers, OVER + step * SECOND)
    assert [len(told(kind)) for kind in ("week-opened", "attempt-submitted", "week-closed")] == [1, 20, 1]
    assert told("week-closed")[0]["attempts"] == 20


def both(workers, now):
    pool = eventlet.GreenPool()
    for _ in pool.imap(lambda worker: tick(worker, now), workers * 2):
        pass


def test_rounds_that_are_due_open_before_overdue_papers_are_swept(storage, published, monkeypatch):
    published(rounds=2)
    tick(storage, NOON)
    start(storage)
    order = []
    monkeypatch.setattr(clock, "advance", lambda storage, round_, now: order.append(round_.round_id) or Counter())
    tick(storage, CLOSE + MINUTE)
    assert order == ["hg-w2", "hg-w1"]


def test_a_round_in_trouble_does_not_stop_the_clock_of_the_others(storage, published, database):
    published(rounds=2)
    tick(storage, NOON)
    database["rounds"].update_one({"_id": "hg-w1"}, {"$set": {"banks": {"citizens": "gone:1"}}})
    start_is_impossible = {"_id": "hg-w1:u1:1", **vars(begin(Someone(), storage.rounds.get("hg-w1"), (), "seed", NOON))}
    del start_is_impossible["attempt_id"]
    database["attempts"].insert_one(start_is_impossible)
    done = tick(storage, CLOSE + SECOND)
    assert (done["failed"], storage.rounds.get("hg-w2").state) == (1, "open")


# The late start: a door that was paused for 20 seconds stores an attempt that began before the close.


def late_attempt(storage):
    """Begun in time, not yet stored."""
    round_ = storage.rounds.get("hg-w1")
    return begin(Someone("paused"), round_, (), "seed", CLOSE - SECOND)


def test_a_start_that_lands_after_the_close_becomes_void_and_is_never_counted(storage, opened, told):
    opened()
    paused = late_attempt(storage)
    until_closed(storage, OVER)
    assert storage.attempts.insert(paused)
    done = tick(storage, OVER + 20 * SECOND)
    assert (done["voided"], storage.attempts.get(paused.attempt_id).state) == (1, "void")
    assert told("attempt-submitted") == [] and told("week-closed")[0]["attempts"] == 0


def test_a_start_that_lands_before_the_round_was_stopped_is_counted_like_any_other(storage, opened, told):
    opened()
    paused = late_attempt(storage)
    storage.attempts.insert(paused)
    until_closed(storage, OVER)
    assert told("week-closed")[0]["attempts"] == len(told("attempt-submitted")) == 1


def test_a_start_that_lands_while_the_round_is_being_counted_is_void(database, published, told):
    storage = Storage(database, 0.0, fence_s=60)
    published(into=storage)
    tick(storage, NOON)
    paused = late_attempt(storage)
    tick(storage, OVER)
    assert state(storage) == "closing"
    storage.attempts.insert(paused)
    tick(storage, OVER + SECOND)
    assert storage.attempts.get(paused.attempt_id).state == "void"
    tick(Storage(database, 0.0, fence_s=0.0), OVER + SECOND)
    assert told("week-closed")[0]["attempts"] == 0


def test_a_round_is_not_counted_before_every_door_has_forgotten_that_it_was_open(database, published, told):
    storage = Storage(database, 0.0, fence_s=60)
    published(into=storage)
    for step in (NOON, OVER, OVER + SECOND, OVER + 10 * MINUTE):
        tick(storage, step)
    assert state(storage) == "closing" and told("week-closed") == []


def test_a_round_is_not_counted_while_an_accepted_answer_is_still_open(database, published, told):
    storage = Storage(database, 0.0, fence_s=0.0)
    published(into=storage)
    tick(storage, NOON)
    stopping, answered = storage.rounds.get("hg-w1"), replace(late_attempt(storage), answers={"1": "A"}, saves=1)
    storage.rounds.change(stopping, stopping.stop())
    storage.attempts.insert(answered)
    assert not clock.close_round(storage, storage.rounds.get("hg-w1"), OVER)
    until_closed(storage, OVER)
    assert told("week-closed")[0]["attempts"] == len(told("attempt-submitted")) == 1


def test_a_late_attempt_accepts_no_answers_even_from_a_door_whose_clock_is_wrong(storage, opened):
    opened()
    paused = late_attempt(storage)
    until_closed(storage, OVER)
    storage.attempts.insert(paused)
    wrong_clock = CLOSE - SECOND
    for act in (
        lambda: attempts.save_answers(storage, "paused", paused.attempt_id, {"1": "A"}, wrong_clock),
        lambda: attempts.submit_attempt(storage, "paused", paused.attempt_id, {"1": "A"}, None, wrong_clock),
    ):
        with pytest.raises(TimeOver):
            act()


def test_a_sweeper_that_was_paused_submits_nothing_after_the_count(storage, opened, told):
    opened()
    attempt = start(storage)
    until_closed(storage, OVER)
    clock.settle_attempts(storage, "hg-w1", [attempt], OVER + MINUTE)
    assert len(told("attempt-submitted")) == told("week-closed")[0]["attempts"] == 1


# Extensions


def extend(storage, closes_at, now):
    body = {"closes_at": closes_at, "reason": "mất điện", "notice": "Vòng thi được kéo dài."}
    return extend_round(storage, lambda payload, kind: "signature", "hg-w1", body, now)


def test_an_extension_gives_time_to_papers_that_the_close_had_cut(storage, opened, told):
    opened()
    cut = start(storage, now=CLOSE - MINUTE)
    extend(storage, CLOSE + 60 * MINUTE, CLOSE - SECOND)
    assert tick(storage, OVER + SECOND)["postponed"] == 1
    attempts.submit_attempt(storage, "u1", cut.attempt_id, {"1": "A"}, None, CLOSE + 8 * MINUTE)
    kept = storage.attempts.get(cut.attempt_id)
    assert (kept.by, kept.late, kept.deadline_at) == ("person", False, CLOSE + 9 * MINUTE)
    assert [event["revision"] for event in told("week-extended")] == [1]


def test_an_extended_round_closes_at_its_new_time_once(storage, opened, told):
    opened()
    extend(storage, CLOSE + 60 * MINUTE, CLOSE - SECOND)
    tick(storage, OVER)
    assert state(storage) == "open"
    until_closed(storage, OVER + 60 * MINUTE)
    assert len(told("week-closed")) == 1


def test_an_extension_against_a_stop_loses_or_wins_whole(storage, opened):
    opened()
    before = storage.rounds.get("hg-w1")
    extend(storage, CLOSE + 60 * MINUTE, CLOSE - SECOND)
    assert not storage.rounds.change(before, before.stop())
    assert state(storage) == "open"
