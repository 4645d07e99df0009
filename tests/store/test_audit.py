"""The log: an entry is kept with its change or not at all, and is only ever added."""

from datetime import UTC, datetime, timedelta

import pytest

from hoithi_store import Audit, Entry, changed

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def audit(clean, database):
    made = Audit(database)
    made.ensure_indexes()
    return made


def entry(number=0, scope="hg"):
    at = NOON + timedelta(seconds=number)
    return Entry("round-extended", "boss", at, scope, f"{scope}-w1", "mất điện", {"closes_at": number}, {"closes_at": number + 1})


def insert(database, value):
    return lambda session: database["things"].insert_one({"_id": value}, session=session).acknowledged


def test_a_change_and_its_entry_are_kept_together(audit, database):
    assert audit.with_change(insert(database, 1), entry())
    kept = audit.page(None, None, 9)[0]
    assert database["things"].count_documents({}) == 1
    assert (kept.what, kept.by, kept.at, kept.reason) == ("round-extended", "boss", NOON, "mất điện")
    assert (kept.before, kept.after) == ({"closes_at": 0}, {"closes_at": 1})


def test_a_change_that_did_not_take_place_leaves_nothing_of_either(audit, database):
    def half(session):
        insert(database, 1)(session)
        return False

    assert not audit.with_change(half, entry())
    assert database["things"].count_documents({}) == 0 and audit.page(None, None, 9) == []


def test_a_change_that_fails_leaves_no_entry(audit, database):
    def broken(session):
        raise KeyError("no")

    with pytest.raises(KeyError):
        audit.with_change(broken, entry())
    assert audit.page(None, None, 9) == []


def test_the_newest_come_first_page_by_page_within_a_scope(audit, database):
    for number in range(5):
        audit.with_change(lambda session: True, entry(number, "hg" if number % 2 == 0 else "other"))
    first = audit.page(["hg"], None, 2)
    assert [each.before["closes_at"] for each in first] == [4, 2]
    assert [each.before["closes_at"] for each in audit.page(["hg"], first[-1].entry_id, 2)] == [0]
    assert [each.before["closes_at"] for each in audit.every(None)] == [0, 1, 2, 3, 4]


def test_only_what_differs_is_noted():
    assert changed({"a": 1, "b": 2}, {"b": 3, "c": 4, "a": 1}) == ({"b": 2, "c": None}, {"b": 3, "c": 4})


def test_the_words_about_somebody_who_was_erased_go_and_who_did_what_when_stays(audit):
    audit.with_change(lambda session: True, entry())
    audit.blank("hg-w1")
    assert [(each.what, each.by, each.reason) for each in audit.about("hg-w1")] == [("round-extended", "boss", "")]


def test_what_is_nobodys_act_leaves_no_entry(audit, database):
    assert audit.with_change(insert(database, 1), None)
    assert database["things"].count_documents({}) == 1 and audit.page(None, None, 9) == []


def test_entries_of_before_all_had_one_shape_are_read(audit, database):
    database["audit"].insert_one({"what": "role-given", "subject": "u1", "by": "boss", "at": NOON, "role": "officer:unit:x1"})
    [found] = audit.about("u1")
    assert (found.what, found.scope, found.before, found.after) == ("role-given", "", {}, {"role": "officer:unit:x1"})
