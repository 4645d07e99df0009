"""Complaints by the rules alone: working days, periods, who may do what in which state."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hoithi_contracts.exam import Publication
from hoithi_contracts.scoring import ComplaintDecided, ComplaintQuestioned, ComplaintReceived
from hoithi_scoring.domain import complaints
from hoithi_scoring.domain.complaints import Period, check_holidays, check_settled, file, period
from hoithi_scoring.domain.refusals import (
    AttemptUnknown,
    ComplaintsOpen,
    NoOwnResult,
    NotNow,
    NotYet,
    OneIsOpen,
    OwnComplaint,
    PastHoliday,
    PeriodOver,
)
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.working_days import end_of, is_working

ZONE = "Asia/Ho_Chi_Minh"
NO_HOLIDAYS = frozenset()
MONDAY = datetime(2026, 9, 14, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam
BODY = {"kind": "score", "text": "Tôi trả lời đúng câu 4.", "attempt_number": 1}


def midnight_after(day: int, month: int = 9) -> datetime:
    """The end of a day in Việt Nam."""
    return datetime(2026, month, day, 17, 0, tzinfo=UTC)


@pytest.fixture
def provisional(making):
    return replace(
        Round("c-w1", contest_id="c", rules=making.rules(), stage="provisional"),
        provisional_at=MONDAY,
        publication=Publication(3, 5),
    )


@pytest.fixture
def complaint(provisional):
    return file(provisional, period(provisional, NO_HOLIDAYS), "u1", "ab12", BODY, [1, 2], [], MONDAY)[0]


# Working days


def test_the_day_of_publication_does_not_count_and_the_last_day_counts_to_its_end():
    assert end_of(MONDAY, 3, NO_HOLIDAYS, ZONE) == midnight_after(17)


def test_a_day_begins_in_viet_nam_not_in_utc():
    late = datetime(2026, 9, 14, 17, 30, tzinfo=UTC)  # Tuesday 00:30 in Việt Nam
    assert end_of(late, 1, NO_HOLIDAYS, ZONE) == midnight_after(16)


def test_weekends_and_holidays_are_no_working_days():
    friday = MONDAY + timedelta(days=4)
    assert end_of(friday, 1, NO_HOLIDAYS, ZONE) == midnight_after(21)
    assert end_of(friday, 1, frozenset({date(2026, 9, 21), date(2026, 9, 22)}), ZONE) == midnight_after(23)


@given(some.integers(1, 40), some.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=some.just(UTC)))
def test_a_period_holds_exactly_its_working_days(days, begin):
    first, end = begin + timedelta(hours=7), end_of(begin, days, NO_HOLIDAYS, ZONE) + timedelta(hours=7)
    passed = [first.date() + timedelta(days=number) for number in range(1, (end.date() - first.date()).days)]
    assert sum(is_working(day, NO_HOLIDAYS) for day in passed) == days
    assert is_working(end.date() - timedelta(days=1), NO_HOLIDAYS)


# The period


def test_complaints_are_taken_for_three_and_results_official_within_five_working_days(provisional):
    assert period(provisional, NO_HOLIDAYS) == Period(MONDAY, midnight_after(17), midnight_after(21))


def test_a_round_announced_without_those_rules_has_the_usual_ones(provisional):
    assert period(replace(provisional, publication=None), NO_HOLIDAYS).until == midnight_after(17)


def test_results_are_never_official_before_complaints_end(provisional):
    found = period(replace(provisional, publication=Publication(5, 2)), NO_HOLIDAYS)
    assert found.official_by == found.until


def test_there_is_no_period_before_results(making):
    with pytest.raises(NotYet):
        period(Round("c-w1", rules=making.rules()), NO_HOLIDAYS)


def test_a_correction_does_not_move_the_period(making):
    def ranked(round, number, now):
        snapshot = _snapshot(f"digest {number}", number, now)
        return round.ranked(snapshot, round.changes, now)[0]

    closed = Round("c-w1").open(making.opened()).close(making.closed(1))
    first = ranked(closed, 1, MONDAY)
    later = ranked(first.correct_key(making.corrected()), 2, MONDAY + timedelta(days=2))
    assert (first.provisional_at, later.provisional_at) == (MONDAY, MONDAY)
    assert later.snapshot.digest == "digest 2"


def _snapshot(digest, revision, now):
    from hoithi_scoring.domain.snapshot import Snapshot

    return Snapshot(revision, f"b{revision}", digest, "", 1, 1, 1, 0, 0, 1, {"citizens": 1}, (), now)


# Filing


def test_a_complaint_is_told_without_what_was_written(provisional):
    made, [event] = file(provisional, period(provisional, NO_HOLIDAYS), "u1", "ab12", BODY, [1], [], MONDAY)
    assert (made.complaint_id, made.state, made.decide_by) == ("c-w1:ab12:score:1", "received", midnight_after(21))
    assert isinstance(event, ComplaintReceived) and BODY["text"] not in str(event)


def test_the_last_moment_of_the_period_counts_and_the_next_does_not(provisional):
    when = period(provisional, NO_HOLIDAYS)
    assert file(provisional, when, "u1", "ab12", BODY, [1], [], when.until - timedelta(milliseconds=1))
    with pytest.raises(PeriodOver):
        file(provisional, when, "u1", "ab12", BODY, [1], [], when.until)


@pytest.mark.parametrize("kind", complaints.KINDS)
def test_who_took_no_part_complains_only_about_what_is_missing(provisional, kind):
    body = {**BODY, "kind": kind, "attempt_number": None}

    def try_it():
        return file(provisional, period(provisional, NO_HOLIDAYS), "u1", "ab12", body, [], [], MONDAY)

    if kind in complaints.WITHOUT_RESULT:
        assert try_it()
    else:
        with pytest.raises(NoOwnResult):
            try_it()


def test_the_attempt_must_be_an_own_one_unless_it_is_missing(provisional):
    when = period(provisional, NO_HOLIDAYS)
    with pytest.raises(AttemptUnknown):
        file(provisional, when, "u1", "ab12", {**BODY, "attempt_number": 3}, [1], [], MONDAY)
    assert file(provisional, when, "u1", "ab12", {**BODY, "kind": "missing-attempt", "attempt_number": 3}, [1], [], MONDAY)


def test_one_complaint_of_a_kind_is_open_at_a_time(provisional, complaint):
    when = period(provisional, NO_HOLIDAYS)
    with pytest.raises(OneIsOpen):
        file(provisional, when, "u1", "ab12", BODY, [1], [complaint], MONDAY)
    decided, _ = complaint.decide("o1", "rejected", "Đáp án đúng.", MONDAY)
    assert file(provisional, when, "u1", "ab12", BODY, [1], [decided], MONDAY)[0].complaint_id == "c-w1:ab12:score:2"


# Asking, answering, deciding


def test_a_question_is_asked_answered_and_the_complaint_decided(complaint):
    asked, [question] = complaint.question("o1", "Câu nào?", MONDAY)
    answered, _ = asked.answer("Câu 4.", MONDAY)
    decided, [event] = answered.decide("o1", "upheld", "Đáp án câu 4 sai.", MONDAY)
    assert [each.state for each in (asked, answered, decided)] == ["questioned", "answered", "upheld"]
    assert [word.by for word in decided.said] == ["organiser", "person"]
    assert isinstance(question, ComplaintQuestioned) and question.revision == 1 and "Câu nào" not in str(question)
    assert isinstance(event, ComplaintDecided) and event.outcome == "upheld" and "câu 4" not in str(event)


def test_the_same_decision_again_is_quiet_and_another_one_refused(complaint):
    decided, _ = complaint.decide("o1", "rejected", "Đáp án đúng.", MONDAY)
    assert decided.decide("o2", "rejected", "Đáp án đúng.", MONDAY) == (decided, [])
    with pytest.raises(NotNow):
        decided.decide("o2", "upheld", "Đáp án sai.", MONDAY)


def test_nothing_is_answered_that_was_not_asked(complaint):
    with pytest.raises(NotNow):
        complaint.answer("Câu 4.", MONDAY)


def test_nobody_decides_or_questions_the_own_complaint(complaint):
    for act in (lambda: complaint.decide("u1", "upheld", "Tôi đúng.", MONDAY), lambda: complaint.question("u1", "Sao?", MONDAY)):
        with pytest.raises(OwnComplaint):
            act()


def test_a_withdrawn_complaint_is_over(complaint):
    gone, events = complaint.withdraw(MONDAY)
    assert (gone.state, gone.is_open, events) == ("withdrawn", False, [])
    assert gone.withdraw(MONDAY) == (gone, [])
    with pytest.raises(NotNow):
        gone.decide("o1", "upheld", "Đáp án sai.", MONDAY)


def test_a_complaint_is_overdue_from_the_day_on_which_results_should_be_official(complaint):
    assert not complaint.is_overdue(complaint.decide_by - timedelta(milliseconds=1))
    assert complaint.is_overdue(complaint.decide_by)
    assert not complaint.withdraw(MONDAY)[0].is_overdue(complaint.decide_by)


def test_no_word_of_an_erased_person_stays_and_nobody_waits_for_a_decision(complaint):
    asked, _ = complaint.question("o1", "Chị Mỷ, câu nào?", MONDAY)
    gone = asked.forgotten(MONDAY)
    assert (gone.text, gone.said, gone.reason, gone.is_open, gone.erased) == ("", (), "", False, True)
    decided, _ = complaint.decide("o1", "upheld", "Chị Mỷ nói đúng.", MONDAY)
    assert (decided.forgotten(MONDAY).state, decided.forgotten(MONDAY).reason) == ("upheld", "")


# Official results


def test_open_complaints_hold_up_official_results(provisional):
    when = period(provisional, NO_HOLIDAYS)
    check_settled(0, when, "", MONDAY)
    with pytest.raises(ComplaintsOpen) as refused:
        check_settled(2, when, "", when.official_by)
    assert refused.value.count == 2


def test_with_a_reason_they_do_so_until_the_day_for_official_results_only(provisional):
    when = period(provisional, NO_HOLIDAYS)
    check_settled(2, when, "Chờ kết luận của công an.", when.official_by)
    with pytest.raises(ComplaintsOpen):
        check_settled(2, when, "Chờ kết luận của công an.", when.official_by - timedelta(milliseconds=1))


# Holidays


def test_only_days_to_come_can_become_holidays_or_stop_being_ones():
    today, tomorrow = date(2026, 9, 14), date(2026, 9, 15)
    check_holidays(frozenset({today}), frozenset({today, tomorrow}), today)
    for before, after in (({today}, set()), (set(), {today})):
        with pytest.raises(PastHoliday):
            check_holidays(frozenset(before), frozenset(after), today)
