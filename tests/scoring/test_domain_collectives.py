"""Prizes of collectives: blocks by tree, kind and size; excluded units leave their prize to the next."""

import pytest

from hoithi_contracts.exam import Prize
from hoithi_scoring.domain.collectives import Block, unit_awards
from hoithi_scoring.domain.units import UnitRow, ranked

PRIZES = (Prize("first", 1), Prize("second", 1))
COMMUNES = Block("Khối xã", "administrative", ("commune", "ward"), PRIZES)


@pytest.fixture
def table(making):
    def make(*units, **rules):
        rows = [
            UnitRow(name, name, kind, "administrative", "t1", people, roster, people, people * 5, 0)
            for name, kind, people, roster in units
        ]
        return ranked(rows, making.rules(**rules))

    return make


@pytest.fixture
def won(making):
    def find(rows, *blocks, excluded=()):
        made, reserves = unit_awards("c-w1", rows, blocks, making.rules(), frozenset(excluded))
        return [(award.person, award.division, award.prize, award.place) for award in made], [each.person for each in reserves]

    return find


def test_units_of_several_kinds_compete_in_one_block(table, won):
    rows = table(("x1", "commune", 60, 100), ("x2", "ward", 90, 100), ("x3", "commune", 50, 100), ("s1", "school", 99, 100))
    awards, reserves = won(rows, COMMUNES)
    assert awards == [("x2", "Khối xã", "first", 1), ("x1", "Khối xã", "second", 2)] and reserves == ["x3"]


def test_a_unit_below_the_least_rate_wins_nothing(table, won):
    assert won(table(("x1", "commune", 49, 100), ("x2", "commune", 50, 100)), COMMUNES)[0] == [("x2", "Khối xã", "first", 1)]


def test_an_excluded_unit_leaves_the_prize_to_the_next_and_places_stay(table, won):
    rows = table(("x1", "commune", 90, 100), ("x2", "commune", 80, 100), ("x3", "commune", 70, 100))
    awards, _ = won(rows, COMMUNES, excluded=["x1"])
    assert awards == [("x2", "Khối xã", "first", 2), ("x3", "Khối xã", "second", 3)]


def test_blocks_by_size_take_units_by_their_frozen_headcount(table, won):
    rows = table(("x1", "commune", 90, 100), ("x2", "commune", 600, 1000), ("x3", "commune", 5, None), collective_least_rate=0)
    small = Block("Dưới 500 người", "administrative", ("commune",), PRIZES, most_roster=499)
    large = Block("Từ 500 người", "administrative", ("commune",), PRIZES, least_roster=500)
    assert won(rows, small, large)[0] == [("x1", "Dưới 500 người", "first", 1), ("x2", "Từ 500 người", "first", 1)]


def test_a_unit_that_two_blocks_fit_wins_in_the_first_only(table, won):
    rows = table(("x1", "commune", 90, 100))
    every = Block("Mọi xã", "administrative", ("commune",), PRIZES)
    assert won(rows, COMMUNES, every)[0] == [("x1", "Khối xã", "first", 1)]
