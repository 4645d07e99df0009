"""The live board's figures: totals of samples, differences by the minute, a pace that never costs much."""

from datetime import timedelta

from exam.making import MINUTE, NOON
from hoithi_exam.domain.live import SHOWN_MINUTES, is_due, per_minute, sampled


def samples(*counts, every=MINUTE, took_s=0.0):
    live = None
    for number, (begun, still_open) in enumerate(counts):
        live = sampled(live, "hg-w1", begun, still_open, took_s, NOON + number * every)
    return live


def test_a_minute_tells_what_happened_in_it():
    found = per_minute(samples((10, 10), (30, 25), (30, 5)))
    assert [(each["begun"], each["submitted"], each["open"]) for each in found] == [(20, 5, 25), (0, 20, 5)]


def test_of_a_minute_the_last_sample_counts():
    found = samples((10, 10), (30, 25), (40, 20), every=timedelta(seconds=20))
    assert len(found.minutes) == 1 and (found.begun, found.submitted, found.open) == (40, 20, 20)


def test_only_the_last_hour_is_kept():
    assert len(per_minute(samples(*((n, 0) for n in range(200))))) == SHOWN_MINUTES


def test_a_sample_that_took_long_rests_long():
    quick, slow = samples((1, 1)), samples((1, 1), took_s=1.0)
    later = NOON + timedelta(seconds=3)
    assert is_due(None, NOON) and is_due(quick, later) and not is_due(slow, later)
    assert is_due(slow, NOON + timedelta(seconds=19))
