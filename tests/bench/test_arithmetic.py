"""The arithmetic of measurements: percentiles, spreads, slopes, lags, CPU by part. Nothing is timed."""

import math
from collections import Counter

import pytest

from bench import cpu
from bench.attempts import QUESTIONS, answers_body
from bench.cpu import Process
from bench.figures import Spread, percentile, short
from bench.generators import Outcome
from bench.growth import Stage, Tables
from bench.journey import Cell, per_save_ms
from bench.lag import Curve, lags


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_value_that_was_measured(share, expected):
    assert percentile(range(1, 101), share) == expected


def test_of_few_values_the_high_percentiles_are_the_largest():
    assert percentile([3.0, 7.0], 0.99) == 7.0
    assert math.isnan(percentile([], 0.99))


def test_a_spread_is_the_median_and_the_ends():
    assert Spread.of([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert str(Spread.of([3.0, 1.0, 2.0])) == "2.00 (1.00..3.00)"
    assert str(Spread.of([2.0])) == "2.00"
    with pytest.raises(ValueError, match="no run"):
        Spread.of([])


@pytest.mark.parametrize(
    ("figure", "text"),
    [(0, "0"), (0.03119, "0.0312"), (1.839, "1.84"), (312.4, "312"), (4210.4, "4,210"), (-0.5, "-0.500"), (math.nan, "-")],
)
def test_figures_have_three_digits_that_count(figure, text):
    assert short(figure) == text


def test_outcomes_of_several_generators_are_one():
    first, second = Outcome(errors=Counter(a=1), counts=Counter(submitted=2), cpu_s=0.5), Outcome(cpu_s=0.25, moments=[1.0])
    first.took("start", 0.1)
    second.took("start", 0.3)
    both = Outcome.together([first, second])
    assert both.percentiles("start") == {"p50": 100.0, "p95": 300.0, "p99": 300.0, "max": 300.0}
    assert (both.errors, both.counts, both.cpu_s, both.moments) == (Counter(a=1), Counter(submitted=2), 0.75, [1.0])


def test_the_cost_of_a_save_is_the_slope():
    cells = [_cell(saves, 1.5 + 0.3 * saves) for saves in (0, 4, 20)]
    assert per_save_ms(cells) == pytest.approx(0.3)


def test_growth_counts_what_tables_cost_that_are_made_less_often_than_the_load_lasts():
    cells = [_cell(4, cost) for cost in (1.1, 9.0, 1.2)]
    assert Stage(10, cells, Tables(0.2, 4.0), 60).cost_ms() == Spread(*(pytest.approx(cost) for cost in (1.2, 1.1, 9.0)))
    # 20 CPU seconds in 1000 s, in which 100 people a second come.
    assert Stage(10, cells, Tables(20.0, 1000.0), 60).cost_ms().median == pytest.approx(1.2 + 0.2)


def test_growth_is_also_told_without_a_part():
    assert Stage(10, [_cell(4, 3.1)], Tables(20.0, 1000.0), 60).cost_ms(without="nginx").median == pytest.approx(3.0)


def test_growth_is_held_against_the_median_of_few_stored():
    few = Stage(10, [_cell(4, cost) for cost in (1.0, 2.0, 3.0)], Tables(0.0, 1.0), 60)
    many = Stage(20, [_cell(4, cost) for cost in (2.2, 2.0, 3.0)], Tables(0.0, 1.0), 60)
    assert many.over(few) == Spread(*(pytest.approx(ratio) for ratio in (1.1, 1.0, 1.5)))


def _cell(saves: int, work_ms: float) -> Cell:
    return Cell(100, saves, {"nginx": 0.1, "mongodb": work_ms - 0.1}, 0.4, 300.0, 1.0, Outcome())


def test_idle_cpu_is_part_of_the_whole_but_not_of_the_work():
    assert (_cell(4, 2.0).work_ms, _cell(4, 2.0).total_ms) == (pytest.approx(2.0), pytest.approx(2.4))


def test_lag_counts_from_the_nth_receipt_to_the_nth_arrival():
    curve = Curve()
    for moment, count in ((10.0, 0), (10.5, 2), (10.6, 2), (12.0, 3)):
        curve.note(moment, count)
    assert lags([10.0, 10.2, 10.3], curve) == [pytest.approx(0.3), pytest.approx(0.5), pytest.approx(1.7)]


def test_an_attempt_that_never_arrives_has_no_lag():
    with pytest.raises(IndexError):
        lags([1.0, 2.0], Curve([3.0], [1]))


@pytest.mark.parametrize("saves", [1, 4, 7, 20])
def test_the_saves_of_a_paper_answer_every_question_once(saves):
    import json

    given = [number for part in range(saves) for number in json.loads(answers_body(saves, part))["answers"]]
    assert sorted(map(int, given)) == list(range(1, QUESTIONS + 1))


# CPU by part

STAT = "4242 (nginx: worker (a) b) S 17 4242 4242 0 -1 4194560 900 5000 0 0 150 50 30 20 20 0 1 0 123 456 789"


def test_a_line_of_proc_counts_its_dead_children():
    assert cpu.parsed(STAT) == Process(4242, 17, 250 / cpu.TICKS_A_SECOND)


def test_what_a_program_started_counts_to_its_part():
    found = [Process(1, 0, 100.0), Process(10, 1, 1.0), Process(11, 10, 2.0), Process(12, 11, 4.0), Process(20, 1, 8.0)]
    seconds = cpu.by_part({"nginx": 10, "exam-doors-1": 20}, found).seconds
    assert (seconds["nginx"], seconds["exam-doors"]) == (7.0, 8.0)
    assert sum(seconds.values()) == 15.0


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("exam-doors-3", "exam-doors"),
        ("exam-worker-0", "exam-worker"),
        ("scoring-worker-1", "scoring-worker"),
        ("registration-worker-0", "registration"),
        ("mongod-2", "mongodb"),
        ("epmd", "rabbitmq"),
        ("rabbitmq", "rabbitmq"),
        ("prometheus", "others"),
    ],
)
def test_every_program_belongs_to_a_part(name, part):
    assert cpu.part_of(name) == part


def test_between_two_instants_lies_the_difference():
    before, after = (cpu.by_part({"nginx": 10}, [Process(10, 1, seconds)]) for seconds in (1.5, 4.0))
    assert after.since(before)["nginx"] == 2.5


def test_a_process_that_was_exchanged_spoils_the_measurement():
    before, after = (cpu.by_part({"nginx": pid}, [Process(pid, 1, 1.0)]) for pid in (10, 11))
    with pytest.raises(ValueError, match="10"):
        after.since(before)
