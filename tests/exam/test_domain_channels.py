"""Channels as an organiser sees them: no small group, none by subtraction either."""

from hoithi_exam.domain.channels import channels


def counted(*counts, code="bao", kind="visits"):
    return [(f"2026-09-{8 + n:02}", code, kind, count) for n, count in enumerate(counts)]


def visits(channel):
    return [day.counts["visits"] for day in channel.days]


def test_small_days_are_hidden_and_large_ones_shown():
    (channel,) = channels(counted(40, 9, 3, 10))
    assert visits(channel) == [40, None, None, 10]
    assert channel.in_all["visits"] == 62


def test_a_single_small_day_cannot_be_had_by_subtraction():
    (channel,) = channels(counted(40, 9, 12))
    assert visits(channel) == [40, None, None]


def test_a_small_channel_is_hidden_altogether():
    (channel,) = channels(counted(4))
    assert visits(channel) == [None] and channel.in_all["visits"] is None


def test_nobody_is_no_group():
    (channel,) = channels(counted(30))
    assert channel.days[0].counts["joins"] == channel.in_all["starts"] == 0


def test_every_kind_is_hidden_for_itself():
    (channel,) = channels([*counted(30, 40), *counted(2, 20, kind="joins")])
    assert visits(channel) == [30, 40]
    assert [day.counts["joins"] for day in channel.days] == [None, None]


def test_what_brought_most_starts_stands_first():
    found = channels([*counted(10, code="a"), *counted(90, code="b"), *counted(20, code="c", kind="starts")])
    assert [channel.code for channel in found] == ["c", "b", "a"]
