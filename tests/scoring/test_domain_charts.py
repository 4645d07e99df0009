"""What charts are drawn from, and what of it outsiders may see."""

import random

import pytest

from hoithi_scoring.domain import charts
from hoithi_scoring.domain.charts import EVERYBODY, Sketch
from hoithi_scoring.domain.ranking import rank

NOBODY = frozenset()


def drawn(making, attempts, registered=None, by="person", invalid=NOBODY, width=1):
    """Unit -> its chart, of attempts or (by, attempt)."""
    sketch = Sketch(making.start_ms, invalid)
    told = [one if isinstance(one[0], str) and len(one) == 2 else (by, one) for one in attempts]
    rows = rank(sketch.passing(told), making.rules(), invalid).rows
    units = {unit.id: unit for unit in making.units}
    return {found.unit_id: found for found in charts.charts(rows, sketch.handed_in, registered or {}, units, width)}


def test_a_day_counts_every_valid_attempt_and_each_person_once(making):
    sketch = Sketch(making.start_ms, frozenset({("b", 1)}))
    attempts = [
        making.attempt("a", 1),
        making.attempt("a", 2, start=1440),
        making.attempt("b", 1),
        making.attempt("b", 2, start=1440),
    ]
    assert len(list(sketch.passing(("person", each) for each in attempts))) == 4
    assert (sketch.days, sketch.firsts) == ({0: 1, 1: 2}, {"a": 0, "b": 1})


def test_the_order_in_which_attempts_come_changes_nothing(making):
    attempts = [("person", making.attempt("a", number, start=1440 * number)) for number in range(4)]
    found = set()
    for seed in range(5):
        random.Random(seed).shuffle(attempts)
        sketch = Sketch(making.start_ms, NOBODY)
        list(sketch.passing(attempts))
        found.add((tuple(sorted(sketch.days.items())), tuple(sketch.firsts.items())))
    assert found == {(((0, 1), (1, 1), (2, 1), (3, 1)), (("a", 0),))}


def test_who_only_had_papers_taken_by_the_server_has_not_handed_in(making):
    attempts = [("server", making.attempt("a")), ("server", making.attempt("b")), ("person", making.attempt("b", 2))]
    found = drawn(making, attempts)[EVERYBODY]
    assert (found.participants, found.handed_in) == (2, 1)


def test_a_person_counts_once_in_each_tree_and_everywhere_above(making):
    attempts = [making.attempt("a", points=3, party_unit_id="p2"), making.attempt("b", points=5, perfect=True, unit_id="x2")]
    found = drawn(making, attempts, {EVERYBODY: 7, "t1": 6, "x1": 4, "x3": 2})
    assert {id: (each.registered, each.participants, each.perfect) for id, each in found.items()} == {
        EVERYBODY: (7, 2, 1), "t1": (6, 2, 1), "x1": (4, 1, 0), "x2": (0, 1, 1), "x3": (2, 0, 0),
        "p1": (0, 1, 0), "p2": (0, 1, 0),
    }  # fmt: skip
    assert (found["t1"].scores, found["x1"].scores, found["x3"].scores) == (((3, 1), (5, 1)), ((3, 1),), ())


def test_scores_lie_in_as_few_bars_as_can_be_looked_at(making):
    rows = rank([making.attempt(f"u{points}", points=points) for points in range(200)], making.rules()).rows
    width = charts.bar_width(rows)
    found = charts.charts(rows, set(), {}, {}, width)[0]
    assert width == 5 and len(found.scores) == 40 and found.scores[1] == (5, 5)
    assert charts.bar_width(rows[-20:]) == 1 and charts.bar_width([]) == 1


@pytest.mark.parametrize(("counts", "expected"), [
    ([50, 20, 0], set()),
    ([50, 20, 9], {1, 2}),
    ([50, 3, 9], {1, 2}),
    ([9], {0}),
    ([0, 9], {1}),
])  # fmt: skip
def test_a_single_small_day_takes_the_next_one_along(counts, expected):
    assert charts.hidden(counts) == expected


def test_bars_for_the_public_hold_ten_people_or_more_and_lose_nobody():
    dice = random.Random(7)
    for _ in range(200):
        scores = [(points, dice.choice((0, 1, 3, 9, 10, 40))) for points in range(dice.randrange(30))]
        bars, people = charts.merged(scores), sum(count for _, count in scores)
        assert all(count >= 10 for _, count in bars)
        assert sum(count for _, count in bars) == (people if people >= 10 else 0)


def test_small_counts_are_told_to_those_with_the_right_only():
    assert [charts.counted(count, full=False) for count in (0, 1, 9, 10)] == [0, None, None, 10]
    assert charts.counted(3, full=True) == 3


def test_rounds_are_joined_by_the_day_on_which_they_begin():
    sketch = Sketch()
    sketch.join(7, {0: 2, 1: 1}, [("a", 0, False), ("b", 0, True)])
    sketch.join(0, {0: 1, 7: 3}, [("a", 7, True), ("c", 0, False)])
    assert (sketch.days, sketch.firsts) == ({7: 5, 8: 1, 0: 1}, {"a": 7, "b": 7, "c": 0})
    assert sketch.handed_in == {"a", "b"}
