"""Rounds: what the clock does and what the organiser may do."""

from datetime import timedelta

import pytest

from exam.making import MINUTE, NOON, bank, question, round_
from hoithi_contracts.exam import Key
from hoithi_exam.domain import round as rooms
from hoithi_exam.domain.round import Correction, Extension


def extension(closes_at=NOON + 120 * MINUTE) -> Extension:
    return Extension(NOON + 60 * MINUTE, closes_at, "mất điện", "Vòng thi được kéo dài một giờ.", NOON)


def correction(right="b", question_id="q001") -> Correction:
    return Correction(question_id, right, "Nghị định mới", NOON)


def test_a_round_is_due_from_its_first_millisecond():
    planned = round_("planned", opens_at=NOON)
    assert planned.is_due(NOON) and not planned.is_due(NOON - timedelta(milliseconds=1))
    assert not round_().is_due(NOON)


def test_opening_binds_bank_versions_and_tells_every_key():
    opened, event = round_("planned").open({"citizens": ("bank:3", bank())}, NOON)
    assert (opened.state, opened.banks) == ("open", {"citizens": "bank:3"})
    assert len(event.keys) == 24 and event.keys["q002"] == Key("b")
    assert (event.paper_size, event.rules_version, event.rules.divisions) == (4, 1, ["citizens"])


def test_a_round_is_over_when_the_last_grace_has_passed():
    found = round_()
    assert not found.is_over(NOON + 60 * MINUTE + timedelta(seconds=30, milliseconds=999))
    assert found.is_over(NOON + 60 * MINUTE + timedelta(seconds=31))
    assert not round_("closing").is_over(NOON + 90 * MINUTE)


def test_closing_says_how_many():
    closed, event = round_("closing").close(812, NOON)
    assert (closed.state, closed.attempts, closed.closed_at) == ("closed", 812, NOON)
    assert (event.attempts, event.event_id) == (812, "week-closed:hg-w1")


def test_the_public_is_told_that_a_round_past_its_close_is_closing():
    assert round_().phase(NOON) == "open"
    assert round_("planned").phase(NOON + 60 * MINUTE) == "closing"
    assert round_().phase(NOON + 60 * MINUTE) == "closing"


def test_the_public_is_told_that_a_round_is_open_from_its_instant_on():
    planned = round_("planned", opens_at=NOON)
    assert [planned.phase(NOON - timedelta(milliseconds=1)), planned.phase(NOON)] == ["planned", "open"]


def test_an_extension_is_told_with_its_revision():
    extended, event = round_().extend(extension(), None, NOON)
    again, second = extended.extend(extension(NOON + 180 * MINUTE), None, NOON)
    assert (event.revision, second.revision) == (1, 2)
    assert (second.previous_closes_at, second.closes_at) == (NOON + 120 * MINUTE, NOON + 180 * MINUTE)
    assert len(again.extensions) == 2


def test_an_extension_must_be_later_than_the_close():
    with pytest.raises(rooms.NotLonger):
        round_().extend(extension(NOON + 60 * MINUTE), None, NOON)


@pytest.mark.parametrize(("state", "now"), [("open", NOON + 60 * MINUTE), ("closing", NOON), ("closed", NOON)])
def test_a_round_that_is_over_cannot_be_extended(state, now):
    with pytest.raises(rooms.RoundClosed):
        round_(state).extend(extension(), None, now)


def test_a_round_that_is_not_open_yet_cannot_be_extended():
    with pytest.raises(rooms.RoundNotOpen):
        round_("planned", opens_at=NOON + MINUTE).extend(extension(), None, NOON)


def test_an_extension_must_not_reach_into_the_next_round():
    with pytest.raises(rooms.NextRoundOpens):
        round_().extend(extension(), NOON + 119 * MINUTE, NOON)
    assert round_().extend(extension(), NOON + 120 * MINUTE, NOON)


def test_a_corrected_key_counts_from_then_on():
    corrected, event = round_().correct(correction("b"), question(1))
    again, second = corrected.correct(correction("c"), question(1))
    assert (event.revision, event.right, second.revision) == (1, "b", 2)
    assert again.right(question(1)) == "c" and again.right(question(2)) == "a"


def test_a_closed_round_can_still_be_corrected_but_not_one_to_come():
    assert round_("closed").correct(correction(), question(1))
    with pytest.raises(rooms.RoundNotOpen):
        round_("planned").correct(correction(), question(1))


def test_a_key_for_a_question_that_is_not_in_the_round_is_refused():
    with pytest.raises(rooms.UnknownQuestion):
        round_().correct(correction(question_id="q999"), None)


@pytest.mark.parametrize(("right", "asked"), [("e", question(1)), ("ab", question(1)), ("a", question(1, right="ab"))])
def test_a_key_that_nobody_could_have_chosen_is_refused(right, asked):
    with pytest.raises(rooms.KeyNotPossible):
        round_().correct(correction(right), asked)
