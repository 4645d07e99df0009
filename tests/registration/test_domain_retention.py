"""How long people are kept, by the rules alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoithi_registration.domain.consent import Consent
from hoithi_registration.domain.person import Notice, Person
from hoithi_registration.domain.retention import ANNOUNCE, ERASE, KEEP, NOTICE, ContestTime, decide, due_at, inactive_since, moved
from hoithi_registration.domain.role import EVERY_CONTEST, Grant

ACTIVE = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
AWARDED = ACTIVE + 30 * DAY
CONTEST = ContestTime("c", ACTIVE - 60 * DAY, AWARDED)
PERSON = Person("u1", 1, "Vàng Thị Mỷ", "citizens", "vi", ACTIVE, unit_id="x1", phone="+84912345678", active_at=ACTIVE)
DUE = moved(AWARDED, 12)


def step(now, person=PERSON, contests=(CONTEST,)):
    return decide(person, contests, 12, now)


def told(erase_at, at=None):
    return replace(PERSON, notice=Notice(at or erase_at - NOTICE, erase_at))


@pytest.mark.parametrize(
    "instant, months, expected",
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-12-15", 12, "2027-12-15"),
    ],
)
def test_months_are_those_of_the_calendar(instant, months, expected):
    assert moved(datetime.fromisoformat(instant), months) == datetime.fromisoformat(expected)


def test_the_time_begins_with_the_award_of_the_contest_the_person_was_there_for():
    assert due_at(ACTIVE, [CONTEST], 12) == DUE == datetime(2027, 11, 4, 2, 0, tzinfo=UTC)


def test_a_contest_announced_after_the_last_activity_cannot_concern_the_person():
    later = ContestTime("later", ACTIVE + DAY, AWARDED + 300 * DAY)
    assert due_at(ACTIVE, [CONTEST, later], 12) == DUE


def test_of_several_contests_the_last_to_end_counts_and_without_any_the_last_activity():
    longer = ContestTime("longer", ACTIVE - DAY, AWARDED + 20 * DAY)
    assert due_at(ACTIVE, [longer, CONTEST], 12) == moved(AWARDED + 20 * DAY, 12)
    assert due_at(ACTIVE, [], 12) == moved(ACTIVE, 12)


def test_activity_after_the_award_moves_the_end():
    assert due_at(AWARDED + 100 * DAY, [CONTEST], 12) == moved(AWARDED + 100 * DAY, 12)


def test_a_contest_whose_announcement_was_not_heard_yet_is_taken_to_concern_everybody():
    assert due_at(ACTIVE, [ContestTime("c", None, AWARDED)], 12) == DUE


def test_thirty_days_before_the_person_is_told_once():
    assert step(DUE - NOTICE - timedelta(seconds=1)) == (KEEP, DUE)
    assert step(DUE - NOTICE) == (ANNOUNCE, DUE)
    assert step(DUE - NOTICE + DAY, told(DUE))[0] == KEEP


def test_at_the_end_of_the_time_who_was_told_is_erased_and_not_a_moment_before():
    assert step(DUE - timedelta(seconds=1), told(DUE))[0] == KEEP
    assert step(DUE, told(DUE)) == (ERASE, DUE)


def test_nobody_is_erased_without_thirty_days_notice():
    late = DUE + 100 * DAY
    assert step(late) == (ANNOUNCE, late + NOTICE)
    assert step(late + NOTICE, told(late + NOTICE))[0] == ERASE


def test_who_came_back_after_the_notice_is_kept_and_told_anew():
    back = replace(told(DUE), active_at=DUE - 10 * DAY)
    assert step(DUE, back) == (KEEP, moved(DUE - 10 * DAY, 12))
    due = moved(DUE - 10 * DAY, 12)
    assert step(due - NOTICE, back) == (ANNOUNCE, due)


def test_when_the_contest_went_on_longer_than_was_told_a_new_notice_is_needed():
    longer = replace(CONTEST, ends_at=AWARDED + 60 * DAY)
    due = moved(AWARDED + 60 * DAY, 12)
    assert step(DUE, told(DUE), [longer])[0] == KEEP
    assert step(due - NOTICE, told(DUE), [longer]) == (ANNOUNCE, due)


def test_who_agreed_to_be_kept_or_holds_a_role_is_kept():
    agreed = replace(PERSON, consents=(Consent("later-contests", "2026-01", ACTIVE),))
    serving = replace(PERSON, grants=(Grant(EVERY_CONTEST, "system", ACTIVE),))
    taking_part = replace(PERSON, consents=(Consent("contest", "2026-01", ACTIVE),))
    assert [step(DUE + 999 * DAY, each)[0] for each in (agreed, serving, taking_part)] == [KEEP, KEEP, ANNOUNCE]


@pytest.mark.parametrize("days", range(0, 800, 7))
def test_whoever_has_to_be_told_is_among_those_that_are_looked_at(days):
    now = ACTIVE + days * DAY
    if step(now, contests=())[0] == ANNOUNCE:
        assert inactive_since(12, now) + 3 * DAY >= ACTIVE  # months differ in length by three days
