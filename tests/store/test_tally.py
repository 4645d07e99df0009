"""Counts in memory: flushed in groups, never twice, in a bounded number of lines."""

from datetime import date

import pytest

from hoithi_store import DayCount, Tally
from hoithi_store.tally import OTHER

DAY, NEXT = date(2026, 9, 8), date(2026, 9, 9)


@pytest.fixture
def tally(database):
    made = Tally(database["channels"], most_codes=3, most_kept=10)
    made.ensure_indexes()
    return made


def test_counts_wait_in_memory_and_are_added_up_by_day_and_code(tally):
    for day in (DAY, DAY, NEXT):
        tally.count("hg", "bao-ha-giang", "visits", day)
    assert tally.days("hg") == []
    assert tally.flush() == 2
    tally.count("hg", "bao-ha-giang", "visits", DAY)
    tally.flush()
    assert tally.days("hg") == [
        DayCount("2026-09-08", "bao-ha-giang", "visits", 3),
        DayCount("2026-09-09", "bao-ha-giang", "visits", 1),
    ]


def test_what_was_flushed_is_not_counted_again(tally):
    tally.count("hg", "facebook", "visits", DAY)
    tally.flush()
    assert tally.flush() == 0
    assert [each.count for each in tally.days("hg")] == [1]


def test_two_processes_count_into_the_same_lines_and_keep_to_the_limit_together(tally, database):
    second = Tally(database["channels"], most_codes=3)
    for number in range(3):
        tally.count("hg", f"a{number}", "visits", DAY)
        second.count("hg", f"b{number}", "visits", DAY)
        second.count("hg", "a0", "visits", DAY)
    tally.flush()
    second.flush()
    found = {each.code: each.count for each in tally.days("hg")}
    assert found == {"a0": 4, "a1": 1, "a2": 1, OTHER: 3}


def test_a_known_code_keeps_its_line_when_there_is_no_room_for_new_ones(tally):
    for code in ("a", "b", "c", "d"):
        tally.count("hg", code, "visits", DAY)
    tally.flush()
    tally.count("hg", "a", "visits", NEXT)
    tally.count("hg", "e", "visits", NEXT)
    tally.flush()
    assert {each.code for each in tally.days("hg") if each.day == NEXT.isoformat()} == {"a", OTHER}


def test_a_flood_of_codes_does_not_fill_the_memory(tally):
    for number in range(1000):
        tally.count("hg", f"code-{number}", "visits", DAY)
    assert len(tally.kept) == 11
    tally.flush()
    assert sum(each.count for each in tally.days("hg")) == 1000


def test_subjects_do_not_meet(tally):
    tally.count("hg", "a", "visits", DAY)
    tally.count("hg-2", "a", "visits", DAY)
    tally.flush()
    assert len(tally.days("hg")) == len(tally.days("hg-2")) == 1
