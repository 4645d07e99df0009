"""The life of an attempt: limits, deadlines, saving, submitting, predictions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from exam.making import MINUTE, NOON, Someone, bank, round_, rules, with_rules
from hoithi_exam.domain import attempt as rooms
from hoithi_exam.domain.attempt import Attempt, begin
from hoithi_exam.domain.paper import NotOnPaper, press
from hoithi_exam.domain.receipt import answers_digest
from hoithi_exam.domain.round import RoundClosed, RoundNotOpen, RoundOpening

MS = timedelta(milliseconds=1)
PAPER = press(bank(), rules().divisions[0], rules()).paper("seed")


def started(found=None, earlier=(), now=NOON, **more) -> Attempt:
    return begin(Someone(**more), found or round_(), earlier, "seed", now)


def submitted(attempt: Attempt, prediction=None, found=None, now=NOON + MINUTE) -> Attempt:
    return attempt.submit({}, prediction, PAPER, found or round_(), now)[0]


def used(count: int, found=None, day=None) -> list[Attempt]:
    """`count` submitted attempts, all begun today (or on `day`)."""
    made = replace(started(), state="submitted", day=day or "2026-11-23")
    return [replace(made, attempt_id=f"hg-w1:u1:{n}", number=n) for n in range(1, count + 1)]


# Starting


def test_an_attempt_takes_who_and_when_from_its_person_and_round():
    attempt = started(user_id="an", unit_id="x7", party_unit_id="p2")
    assert attempt.attempt_id == "hg-w1:an:1"
    assert (attempt.unit_id, attempt.party_unit_id, attempt.division) == ("x7", "p2", "citizens")
    assert (attempt.started_at, attempt.limit_at, attempt.day) == (NOON, NOON + 10 * MINUTE, "2026-11-23")


def test_a_round_that_opens_later_cannot_be_started():
    with pytest.raises(RoundNotOpen) as caught:
        started(round_("planned", opens_at=NOON + MINUTE))
    assert caught.value.opens_at == NOON + MINUTE


def test_a_round_that_nobody_opened_yet_is_told_to_be_opening():
    with pytest.raises(RoundOpening):
        started(round_("planned", opens_at=NOON))


@pytest.mark.parametrize("state", ["open", "closing", "closed"])
def test_nothing_starts_at_or_after_the_close(state):
    with pytest.raises(RoundClosed):
        started(round_(state), now=NOON + 60 * MINUTE)


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_nothing_starts_in_a_round_that_was_stopped(state):
    with pytest.raises(RoundClosed):
        started(round_(state))


def test_the_last_millisecond_of_a_round_can_be_started():
    assert started(now=NOON + 60 * MINUTE - MS).deadline_at == NOON + 60 * MINUTE


def test_a_person_of_another_division_cannot_take_part():
    with pytest.raises(rooms.NotInDivision):
        started(division="pupils")


def test_one_attempt_a_day_is_the_default():
    with pytest.raises(rooms.NoAttemptsLeftToday) as caught:
        started(earlier=used(1))
    assert caught.value.limit == 1


def test_a_day_ends_at_midnight_in_ha_giang():
    found = round_(opens_at=NOON - timedelta(days=2), closes_at=NOON + timedelta(days=5))
    before_midnight = datetime(2026, 11, 23, 16, 59, 59, 999000, tzinfo=UTC)
    last = submitted(started(found, now=before_midnight), found=found, now=before_midnight)
    with pytest.raises(rooms.NoAttemptsLeftToday):
        started(found, [last], now=before_midnight)
    assert started(found, [last], now=before_midnight + MS).day == "2026-11-24"


def test_seven_attempts_a_round_are_the_default():
    with pytest.raises(rooms.NoAttemptsLeft):
        started(earlier=used(7, day="2026-11-20"))
    assert started(earlier=used(6, day="2026-11-20")).number == 7


def test_attempts_in_all_count_those_of_earlier_rounds():
    found = with_rules(round_(round_id="hg-w2", number=2), attempts_in_all=3)
    with pytest.raises(rooms.NoAttemptsLeftInAll):
        started(found, used(3))
    assert started(found, used(2)).attempt_id == "hg-w2:u1:1"


def test_no_limit_means_no_limit():
    found = with_rules(round_(), attempts_per_day=None, attempts_per_round=None)
    assert started(found, used(1992)).number == 1993


def test_a_void_attempt_uses_nothing_up_but_its_number():
    void = [replace(each, state="void") for each in used(1)]
    assert started(earlier=void).number == 2


# Deadlines


def test_the_deadline_is_the_limit_or_the_close_whichever_is_first():
    assert started().deadline(round_()) == NOON + 10 * MINUTE
    late = started(now=NOON + 55 * MINUTE)
    assert late.deadline(round_()) == NOON + 60 * MINUTE


def test_an_extension_moves_only_deadlines_that_the_close_had_cut():
    longer = round_(closes_at=NOON + 120 * MINUTE)
    assert started(now=NOON + 55 * MINUTE).deadline(longer) == NOON + 65 * MINUTE
    assert started().deadline(longer) == NOON + 10 * MINUTE


@pytest.mark.parametrize(("after", "late"), [(timedelta(0), False), (MS, True), (timedelta(seconds=30), True)])
def test_answers_are_accepted_until_deadline_plus_grace_and_flagged_after_the_deadline(after, late):
    done = submitted(started(), now=NOON + 10 * MINUTE + after)
    assert (done.late, done.by) == (late, "person")


def test_answers_after_the_grace_are_refused():
    for act in (lambda now: started().save({"1": "A"}, PAPER, round_(), now), lambda now: submitted(started(), now=now)):
        with pytest.raises(rooms.TimeOver) as caught:
            act(NOON + 10 * MINUTE + timedelta(seconds=30) + MS)
        assert caught.value.deadline_at == NOON + 10 * MINUTE


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_a_stopped_round_accepts_nothing_whatever_the_clock_says(state):
    with pytest.raises(rooms.TimeOver):
        started().save({"1": "A"}, PAPER, round_(state), NOON)
    with pytest.raises(rooms.TimeOver):
        submitted(started(), found=round_(state))


# Saving and submitting


def test_saves_merge_and_an_empty_choice_clears():
    attempt = (
        started().save({"1": "A", "2": "B"}, PAPER, round_(), NOON).save({"2": "", "3": "C"}, PAPER, round_(), NOON + MINUTE)
    )
    assert attempt.answers == {"1": "A", "3": "C"}
    assert (attempt.saves, attempt.saved_at) == (2, NOON + MINUTE)


def test_a_save_with_one_wrong_answer_changes_nothing():
    with pytest.raises(NotOnPaper):
        started().save({"1": "A", "21": "A"}, PAPER, round_(), NOON)


def test_submitted_answers_cannot_be_changed():
    with pytest.raises(rooms.AlreadySubmitted) as caught:
        submitted(started()).save({"1": "A"}, PAPER, round_(), NOON + 2 * MINUTE)
    assert caught.value.submitted_at == NOON + MINUTE


def test_the_event_tells_answers_by_question_and_in_the_letters_of_the_bank():
    attempt = started().save({"2": "A"}, PAPER, round_(), NOON)
    done, event = attempt.submit({"4": "C"}, 120, PAPER, round_(), NOON + MINUTE)
    second, fourth = PAPER.items[1], PAPER.items[3]
    assert event.answers == {second.question.id: second.kept("A"), fourth.question.id: fourth.kept("C")}
    assert event.questions == PAPER.question_ids and event.event_id == "attempt-submitted:hg-w1:u1:1"
    assert (event.duration_ms, event.prediction, event.registered_at) == (60_000, 120, Someone().registered_at)
    assert event.answers_digest == done.answers_digest == answers_digest({"2": "A", "4": "C"})


def test_the_duration_is_never_negative():
    assert replace(submitted(started()), submitted_at=NOON - MINUTE).duration_ms == 0


def test_another_persons_attempt_is_not_touched():
    with pytest.raises(rooms.NotYourAttempt):
        started().require_owner("u2")


# The server submits


def test_the_server_waits_for_the_grace_and_a_second_for_what_is_under_way():
    attempt, patience = started(), timedelta(seconds=31)
    assert not attempt.is_overdue(round_(), NOON + 10 * MINUTE + patience)
    assert attempt.is_overdue(round_(), NOON + 10 * MINUTE + patience + MS)


def test_the_server_submits_the_saved_answers_as_of_the_deadline():
    attempt = started().save({"1": "A"}, PAPER, round_(), NOON + MINUTE)
    done, event = attempt.submit_overdue(PAPER, round_())
    assert (done.submitted_at, done.by, done.late, done.answers) == (NOON + 10 * MINUTE, "server", False, {"1": "A"})
    assert (event.duration_ms, event.by) == (600_000, "server")


def test_a_save_within_the_grace_counts_and_is_flagged_when_the_server_submits():
    attempt = started().save({"1": "A"}, PAPER, round_(), NOON + 10 * MINUTE + timedelta(seconds=5))
    assert attempt.submit_overdue(PAPER, round_())[0].late is True


def test_an_empty_paper_is_submitted_by_the_server_and_uses_an_attempt_up():
    done, event = started().submit_overdue(PAPER, round_())
    assert event.answers == {} and event.answers_digest == answers_digest({})
    with pytest.raises(rooms.NoAttemptsLeftToday):
        started(earlier=[done])


@pytest.mark.parametrize(
    ("state", "saves", "now", "verdict"),
    [
        ("open", 0, NOON + 5 * MINUTE, "wait"),
        ("open", 0, NOON + 11 * MINUTE, "submit"),
        ("closing", 0, NOON + 11 * MINUTE, "void"),
        ("closing", 1, NOON + 11 * MINUTE, "submit"),
        ("closed", 0, NOON + 11 * MINUTE, "void"),
    ],
)
def test_what_becomes_of_an_open_attempt_depends_on_the_round_read_after_it(state, saves, now, verdict):
    assert replace(started(), saves=saves).verdict(round_(state), now) == verdict


def test_an_attempt_that_an_extension_gave_more_time_is_postponed():
    attempt = started(now=NOON + 55 * MINUTE)
    longer = round_(closes_at=NOON + 120 * MINUTE)
    assert attempt.verdict(longer, NOON + 61 * MINUTE) == "postpone"
    assert attempt.verdict(longer, NOON + 66 * MINUTE) == "submit"


# Predictions


def test_the_first_prediction_of_a_person_in_a_round_is_sealed():
    first = submitted(started(), 120)
    again = started(with_rules(round_(), attempts_per_day=None), [first])
    assert again.prediction == 120
    assert submitted(again, 999).prediction == 120


def test_a_prediction_may_be_given_first_with_a_later_attempt():
    first = submitted(started(), None)
    again = started(with_rules(round_(), attempts_per_day=None), [first])
    assert submitted(again, 7).prediction == 7


def test_a_prediction_of_zero_is_a_prediction():
    first = submitted(started(), 0)
    assert started(with_rules(round_(), attempts_per_day=None), [first]).prediction == 0


def test_predictions_of_other_rounds_do_not_count():
    other = replace(submitted(started(), 120), round_id="hg-w1")
    assert started(with_rules(round_(round_id="hg-w2", number=2), attempts_in_all=9), [other]).prediction is None


def test_where_none_is_asked_a_prediction_is_left_out():
    assert submitted(started(), 120, with_rules(round_(), prediction="none")).prediction is None


def test_a_percentage_over_a_hundred_is_refused():
    found = with_rules(round_(), prediction="percentage")
    assert submitted(started(), 100, found).prediction == 100
    with pytest.raises(rooms.PredictionNotPossible):
        submitted(started(), 101, found)


# Review


@pytest.mark.parametrize(
    ("shown", "state", "allowed"),
    [
        ("after-close", "open", False), ("after-close", "closing", False), ("after-close", "closed", True),
        ("at-once", "open", True), ("at-once", "closed", True), ("never", "open", False), ("never", "closed", False),
    ],
)  # fmt: skip
def test_right_answers_are_shown_when_the_rules_say(shown, state, allowed):
    found, done = with_rules(round_(state), answers_shown=shown), submitted(started())
    if allowed:
        done.require_review(found)
        return
    with pytest.raises(rooms.AnswersNotShown):
        done.require_review(found)


def test_an_open_attempt_is_never_reviewed():
    with pytest.raises(rooms.NotSubmittedYet):
        started().require_review(with_rules(round_(), answers_shown="at-once"))
