"""What is told again is what was told: the same events with the same ids, made from the state alone."""

import pytest

from exam.making import MINUTE, NOON, bank, contest, round_
from hoithi_contracts.event import open_envelope
from hoithi_contracts.exam import ContestPublished, WeekOpened
from hoithi_exam.domain.retelling import contest_told, round_told
from hoithi_exam.domain.round import Correction, Extension
from hoithi_exam.handlers.retelling import retell

BANKS = {"citizens": ("bank:1", bank())}


def extension(found, minutes: int) -> Extension:
    return Extension(found.closes_at, found.closes_at + minutes * MINUTE, "mất điện", f"thêm {minutes} phút", NOON)


def a_life(steps: int):
    """A round after some steps, and what it told on its way."""
    found, told = round_("planned"), []
    lived = [
        lambda: found.open(BANKS, NOON),
        lambda: found.extend(extension(found, 10), None, NOON),
        lambda: found.correct(Correction("q001", "c", "ý c đúng", NOON), bank().questions[0]),
        lambda: found.extend(extension(found, 5), None, NOON),
        lambda: found.correct(Correction("q001", "b", "ý b đúng", NOON), bank().questions[0]),
        lambda: found.close(17, NOON + 90 * MINUTE),
    ]
    for step in lived[:steps]:
        found, event = step()
        told.append(event)
    return found, told


@pytest.mark.parametrize("steps", range(7))
def test_a_round_tells_again_exactly_what_it_told(steps):
    found, told = a_life(steps)
    again = round_told(found, BANKS)
    assert sorted(again, key=lambda event: event.event_id) == sorted(told, key=lambda event: event.event_id)


def test_a_closing_round_has_not_told_its_count():
    found, told = a_life(3)
    assert len(round_told(found.stop(), BANKS)) == len(told)


def test_a_contest_tells_again_what_it_told_and_a_draft_nothing():
    published, event = contest().publish({"citizens": "bank:1"}, NOON)
    assert contest_told(published) == [event]
    assert contest_told(contest()) == []


def test_events_lie_in_the_outbox_once_however_often_they_are_asked_for(storage, opened, database):
    opened()
    waiting = [envelope for name in ("contests", "rounds") for each in database[name].find() for envelope in each["outbox"]]
    for name in ("contests", "rounds"):
        database[name].update_many({}, {"$set": {"outbox": []}})
    assert retell(storage, "hg", NOON) == 2
    assert retell(storage, "hg", NOON) == 0
    again = [envelope for name in ("contests", "rounds") for each in database[name].find() for envelope in each["outbox"]]
    assert [type(open_envelope(each)) for each in again] == [ContestPublished, WeekOpened]
    assert [open_envelope(each) for each in again] == [open_envelope(each) for each in waiting]
