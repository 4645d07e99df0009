from datetime import UTC, datetime, timedelta

import pytest

from hoithi_cli.rehearse import plan

FIRST = datetime(2026, 9, 7, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 10, 15, 20, 40])
def test_a_blueprint_fills_the_paper(size):
    lines = plan.blueprint(size)
    assert sum(line["count"] for line in lines) == size
    assert all(line["count"] > 0 for line in lines)


def test_rounds_do_not_overlap_and_leave_time_for_the_grace():
    windows = plan.plan(200, "c", weeks=4).windows(FIRST)
    assert len(windows) == 4
    for (_, closes), (opens, _) in zip(windows, windows[1:], strict=False):
        assert opens - closes > timedelta(seconds=plan.GRACE_S)


def test_more_people_get_longer_weeks():
    assert plan.plan(10, "c").week_s == plan.SHORTEST_WEEK_S
    assert plan.plan(5000, "c").week_s > plan.plan(1000, "c").week_s


def test_a_given_length_is_kept():
    assert plan.plan(5000, "c", week_s=15).week_s == 15


def test_a_paper_fits_into_its_round():
    made = plan.plan(200, "c")
    assert 5 <= made.paper_s < made.week_s


def test_the_body_names_every_division_with_its_bank():
    body = plan.contest_body(plan.plan(200, "c"), "chuyen-doi-so", FIRST)
    assert {division["bank"] for division in body["rules"]["divisions"]} == {"chuyen-doi-so"}
    assert len(body["rounds"]) == 4
