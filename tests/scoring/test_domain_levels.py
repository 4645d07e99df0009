"""A page of a running round's ranking is cut from the same order as the whole table."""

import random
from collections import defaultdict

import pytest

from hoithi_scoring.domain.levels import Level, Levels
from hoithi_scoring.domain.ranking import counted, rank

DIVISIONS = ("citizens", "officials", "pupils")
PAGES = ((0, 50), (0, 1), (3, 4), (17, 9), (49, 5), (60, 50), (120, 10))


def levels_of(rows, rules):
    of = defaultdict(list)
    for row in rows:
        of[row.points, row.division].append(row)
    sums = {key: (sum(row.attempts for row in some), sum(row.perfect for row in some)) for key, some in of.items()}
    return Levels(tuple(Level(*key, len(some), *sums[key]) for key, some in of.items()), rules)


@pytest.fixture
def crowd(making):
    """Sixty people with one to three attempts, few different points and times: many share a place."""
    chance = random.Random(7)
    return [
        making.attempt(
            f"p{person:02d}", number, points := chance.randrange(5), division=chance.choice(DIVISIONS), perfect=points == 4,
            duration_ms=chance.choice((60_000, 90_000)), start=number * chance.randrange(3), registered_ms=chance.randrange(3),
            prediction=chance.choice((None, 3, 9, 30)),
        )
        for person in range(60)
        for number in range(1, 2 + chance.randrange(3))
    ]  # fmt: skip


@pytest.mark.parametrize("tie_break", "ABCD")
@pytest.mark.parametrize("prediction", ["none", "attempts", "participants", "perfect", "percentage"])
def test_pages_are_those_of_the_whole_ranking(making, crowd, tie_break, prediction):
    rules = making.rules(tie_break=tie_break, prediction=prediction)
    rows, whole = counted(crowd, rules), rank(crowd, rules)
    levels = levels_of(rows, rules)
    assert (levels.figures, levels.actual) == (whole.figures, whole.actual)
    for division in (None, *DIVISIONS):
        wanted = [row for row in whole.rows if division in (None, row.division)]
        for after, limit in PAGES:
            found = levels.page(division, after, limit, lambda points: [row for row in rows if row.points == points])
            assert found == wanted[after : after + limit]
        assert levels.divisions.get(division, len(rows)) == len(wanted)


def test_a_page_needs_the_people_of_its_own_levels_only(making, crowd):
    rules = making.rules()
    rows, asked = counted(crowd, rules), []
    levels = levels_of(rows, rules)
    best = sum(1 for row in rows if row.points == 4)
    levels.page(None, 0, best, lambda points: asked.append(points) or [row for row in rows if row.points == points])
    assert asked == [4]
    levels.page(None, best - 1, 2, lambda points: asked.append(points) or [row for row in rows if row.points == points])
    assert asked == [4, 4, 3]


def test_round_in_which_nobody_took_part_has_no_rows(making):
    levels = Levels((), making.rules())
    assert levels.page(None, 0, 50, lambda points: pytest.fail("nobody is there")) == []
    assert (tuple(levels.figures), levels.actual, levels.divisions) == ((0, 0, 0), 0, {})
