"""Storage on a real MongoDB."""

from dataclasses import replace
from datetime import timedelta

import eventlet
import pytest

from hoithi_notify.domain.deliveries import Delivery
from hoithi_notify.domain.occasions import Occasion
from hoithi_notify.domain.people import Contact
from hoithi_notify.domain.rounds import Contest, Extension, Round, Window
from hoithi_notify.handlers import forget_last_letters, spread
from hoithi_notify.storage import Storage
from notify.moment import NOW

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def person(user_id="u1", revision=1, **more) -> Contact:
    return Contact(user_id, revision, **{"name": "Mai", "email": f"{user_id}@example.vn", "registered_at": NOW - DAY, **more})


def letter(user_id="u1", occasion="week-opened", subject="c1-w1", due_at=NOW, **more) -> Delivery:
    return Delivery(occasion, subject, user_id, NOW, due_at, **more)


WEEK = Occasion("week-opened", "c1-w1", NOW, "c1", "c1-w1", {"paper_size": 20}, audience_before=NOW)
ROUND = Round("c1-w1", "c1", opening=Window(1, "Tuần 1", NOW, NOW + DAY))


@pytest.fixture
def known(storage):
    """A contest and its round are known."""
    storage.rounds.note_contest(Contest("c1", 1, "Công dân số"))
    storage.rounds.note(ROUND)
    return storage


def test_an_older_revision_never_overwrites_a_newer_one(storage):
    storage.contacts.note([person(revision=2, name="mới")])
    storage.contacts.note([person(revision=1, name="cũ")])
    assert storage.contacts.get("u1").name == "mới"
    storage.contacts.note([person(revision=3, name="mới nhất")])
    assert storage.contacts.get("u1") == person(revision=3, name="mới nhất")


def test_a_person_erased_stays_erased_whatever_comes_later(storage):
    storage.contacts.note([person()])
    storage.contacts.forget("u1", NOW)
    storage.contacts.note([person(revision=9)])
    assert storage.contacts.get("u1") == Contact("u1", 0, erased_at=NOW)
    assert storage.database["contacts"].find_one() == {"_id": "u1", "erased_at": NOW}


def test_a_name_that_looks_like_an_expression_is_a_name(storage):
    for name in ("$erased_at", "$$ROOT", "{$gt: 1}"):
        storage.contacts.note([person("u-" + name, name=name)])
        assert storage.contacts.get("u-" + name).name == name


def test_many_writers_of_one_person_leave_the_newest(storage):
    writers = [eventlet.spawn(storage.contacts.note, [person(revision=number)]) for number in range(20)]
    for writer in writers:
        writer.wait()
    assert storage.contacts.get("u1").revision == 19


def test_the_parts_of_a_round_may_come_in_any_order(storage):
    parts = [
        Round("c1-w1", "c1", plan=Window(1, "P", NOW, NOW + DAY, revision=1)),
        ROUND,
        Round("c1-w1", "c1", extension=Extension(2, NOW + 3 * DAY)),
        Round("c1-w1", "c1", extension=Extension(1, NOW + 2 * DAY)),
        Round("c1-w1", "c1", closed_at=NOW + 4 * DAY),
    ]
    for part in [*parts, *reversed(parts)]:
        storage.rounds.note(part)
    known = storage.rounds.among(["c1-w1"])["c1-w1"]
    assert (known.window.title, known.extension.revision, known.closed_at) == ("Tuần 1", 2, NOW + 4 * DAY)


def test_a_second_delivery_for_the_same_person_and_occasion_is_not_made(storage):
    assert len(storage.deliveries.add([letter("u1"), letter("u2")])) == 2
    assert [each.user_id for each in storage.deliveries.add([letter("u1"), letter("u3")])] == ["u3"]
    assert storage.deliveries.queued() == 3


def test_two_workers_never_claim_the_same_delivery(storage):
    storage.deliveries.add(letter(f"u{number:03}") for number in range(200))
    workers = [eventlet.spawn(storage.deliveries.claim, 30, NOW, 60) for _ in range(10)]
    claimed = [each.delivery_id for worker in workers for each in worker.wait()]
    assert len(claimed) == len(set(claimed))


def test_a_claim_that_was_not_settled_ends_and_another_worker_takes_over(storage):
    storage.deliveries.add([letter()])
    [first] = storage.deliveries.claim(10, NOW, 60)
    assert storage.deliveries.claim(10, NOW + 59 * SECOND, 60) == []
    [second] = storage.deliveries.claim(10, NOW + 61 * SECOND, 60)
    assert storage.deliveries.settle(second.sent("u1@example.vn", "250", NOW), second.claim)
    assert not storage.deliveries.settle(first.refused("u1@example.vn", "550", NOW), first.claim)
    assert storage.deliveries.get(first.delivery_id).state == "sent"


def test_a_letter_that_is_not_due_yet_is_not_claimed(storage):
    storage.deliveries.add([letter(due_at=NOW + SECOND)])
    assert storage.deliveries.claim(10, NOW, 60) == []


def test_urgent_letters_are_claimed_first(storage):
    storage.deliveries.add([letter("u1", due_at=NOW - DAY), letter("u2", "prize-awarded", "a1")])
    assert storage.deliveries.claim(1, NOW, 60)[0].occasion == "prize-awarded"


def test_what_was_given_back_is_due_at_once(storage):
    storage.deliveries.add([letter()])
    storage.deliveries.release(storage.deliveries.claim(10, NOW, 60), NOW)
    assert len(storage.deliveries.claim(10, NOW, 60)) == 1


def test_erasing_cancels_what_waits_and_strips_what_was_sent(storage):
    storage.deliveries.add(
        [
            letter("u1", subject="r1"),
            letter("u1", subject="r2", state="sent", to="u1@example.vn"),
            letter("u1", subject="r3", state="failed", to="u1@example.vn"),
            letter("u2", subject="r2", state="sent", to="u2@example.vn"),
        ]
    )
    [claimed] = [each for each in storage.deliveries.claim(10, NOW, 60) if each.user_id == "u1"]
    storage.deliveries.forget("u1", NOW)
    assert not storage.deliveries.settle(claimed.sent("u1@example.vn", "250", NOW), claimed.claim)
    theirs = storage.deliveries.of(["u1"])
    assert sorted(each.state for each in theirs) == ["cancelled", "cancelled", "sent"]
    assert all(each.to is None for each in theirs)
    assert storage.deliveries.of(["u2"])[0].to == "u2@example.vn"


def test_a_last_letter_that_cannot_be_sent_loses_its_address_after_a_day(storage):
    last = letter("u1", "data-erased", "u1", to="u1@example.vn")
    storage.deliveries.add([last, letter("u2", "welcome", "u2")])
    assert forget_last_letters(storage, NOW + DAY) == 0
    assert forget_last_letters(storage, NOW + DAY + SECOND) == 1
    dropped = storage.deliveries.get(last.delivery_id)
    assert (dropped.state, dropped.reason, dropped.to) == ("cancelled", "too-late", None)
    assert storage.deliveries.queued() == 1


def test_an_occasion_is_spread_page_by_page_to_those_who_were_there(known):
    known.contacts.note([person(f"u{number}") for number in range(5)])
    known.contacts.note([person("u5", email=None), person("late", registered_at=NOW + DAY)])
    known.contacts.note([person("gone")])
    known.contacts.forget("gone", NOW)
    known.occasions.note(WEEK)
    pages = []
    while (page := spread(known, NOW, most=2)) is not None:
        pages.append(len(page))
    assert pages == [2, 2, 1, 0]
    [done] = known.occasions.newest(None, 10)
    assert (done.state, done.made, done.without_address) == ("done", 5, 1)


def test_spreading_goes_on_after_a_crash_and_tells_nobody_twice(known):
    known.contacts.note([person(f"u{number}") for number in range(4)])
    known.occasions.note(WEEK)
    spread(known, NOW, most=2)
    occasion, _ = known.occasions.claim(NOW, 60)
    known.deliveries.add([letter("u2"), letter("u3")])  # the page was written, then the worker died before it said so
    assert spread(known, NOW, most=2) is None
    later = NOW + 61 * SECOND
    while spread(known, later, most=2) is not None:
        pass
    [done] = known.occasions.newest(None, 10)
    assert (done.state, done.made, known.deliveries.queued()) == ("done", 4, 4)


def test_a_worker_that_lost_its_claim_does_not_move_the_cursor(known):
    known.occasions.note(WEEK)
    occasion, claim = known.occasions.claim(NOW, 60)
    known.occasions.claim(NOW + 61 * SECOND, 60)
    assert not known.occasions.advance(occasion.onward("u9", 9, 0, last=True), claim, NOW)


def test_an_occasion_whose_titles_are_not_known_yet_waits(storage):
    storage.contacts.note([person()])
    storage.occasions.note(WEEK)
    assert spread(storage, NOW) == []
    assert spread(storage, NOW) is None
    storage.rounds.note_contest(Contest("c1", 1, "Công dân số"))
    storage.rounds.note(ROUND)
    assert len(spread(storage, NOW + 11 * SECOND)) == 1


def test_an_occasion_of_a_round_that_is_over_is_not_spread(known):
    known.contacts.note([person()])
    known.occasions.note(WEEK)
    assert spread(known, NOW + 2 * DAY) == []
    [done] = known.occasions.newest(None, 10)
    assert (done.state, done.ended) == ("done", "too-late")


def test_hearing_of_an_occasion_again_does_not_spread_it_again(known):
    known.contacts.note([person()])
    known.occasions.note(WEEK)
    while spread(known, NOW) is not None:
        pass
    known.occasions.note(replace(WEEK, noted_at=NOW + SECOND))
    assert spread(known, NOW + DAY / 2) is None


def test_a_revised_prize_is_spread_to_the_new_winner(known):
    prize = Occasion("prize-awarded", "a1", NOW, "c1", "c1-w1", {"prize": "first"}, user_ids=("u1",), revision=1)
    for revision, winner in ((2, "u2"), (1, "u1")):
        known.occasions.note(replace(prize, revision=revision, user_ids=(winner,)))
        spread(known, NOW)
    assert [each.user_id for each in known.deliveries.claim(10, NOW, 60)] == ["u2"]


def test_a_page_of_deliveries_goes_on_where_the_last_one_ended(storage):
    storage.deliveries.add([letter(f"u{number}") for number in range(5)])
    storage.deliveries.add([letter("u1", "welcome", "u1", state="sent"), letter("u9", contest_id="c1")])
    first = storage.deliveries.page("queued", "week-opened", None, "", 3)
    second = storage.deliveries.page("queued", "week-opened", None, first[-1].delivery_id, 9)
    assert [each.user_id for each in first + second] == ["u0", "u1", "u2", "u3", "u4", "u9"]
    assert [each.user_id for each in storage.deliveries.page(None, None, ["c1"], "", 9)] == ["u9"]
    assert [each.occasion for each in storage.deliveries.page("sent", None, None, "", 9)] == ["welcome"]


def test_the_oldest_due_letter_is_found_and_what_is_not_due_does_not_count(storage):
    assert storage.deliveries.oldest_due(NOW) is None
    storage.deliveries.add([letter("u1", due_at=NOW + DAY), letter("u2", due_at=NOW - DAY), letter("u3", "reminder", "r", NOW)])
    assert storage.deliveries.oldest_due(NOW) == NOW - DAY


def test_indexes_may_be_made_by_several_processes_at_once(database):
    makers = [eventlet.spawn(Storage(database).ensure_indexes) for _ in range(5)]
    for maker in makers:
        maker.wait()
    assert set(database["deliveries"].index_information()) == {"_id_", "due", "state", "contest", "user", "kept"}
    assert set(database["occasions"].index_information()) == {"_id_", "next", "noted"}


def winning_stages(plan: dict) -> set[str]:
    stages = {plan["stage"]}
    for below in [plan.get("inputStage"), *plan.get("inputStages", [])]:
        stages |= winning_stages(below) if below else set()
    return stages


@pytest.mark.parametrize(
    "find",
    [
        {
            "filter": {"state": "queued", "priority": {"$in": [0, 1]}, "due_at": {"$lte": NOW}},
            "sort": {"priority": 1, "due_at": 1},
        },
        {"filter": {"state": "failed", "_id": {"$gt": "x"}}, "sort": {"_id": 1}},
        {"filter": {"contest_id": {"$in": ["c1"]}, "_id": {"$gt": "x"}}, "sort": {"_id": 1}},
        {"filter": {"user_id": {"$in": ["u1"]}}, "sort": {"noted_at": -1}},
        {"filter": {"_id": {"$gt": "reminder:", "$lt": "reminder;"}}, "sort": {"_id": 1}},
    ],
)
def test_no_question_about_deliveries_reads_or_sorts_them_all(storage, find):
    storage.deliveries.add(letter(f"u{number}") for number in range(50))
    plan = storage.database.command({"explain": {"find": "deliveries", **find}})["queryPlanner"]["winningPlan"]
    assert not {"COLLSCAN", "SORT"} & winning_stages(plan)
