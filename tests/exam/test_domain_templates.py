"""Contest templates: real calendars as instants."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from marshmallow import ValidationError

from hoithi_exam.domain.templates import StartMissing, UnknownTemplate, find, parse, shipped

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_the_shipped_templates_are_known_by_name():
    assert set(shipped()) == {"neutral", "ha-giang-2022", "ha-giang-2024", "compressed"}
    with pytest.raises(UnknownTemplate):
        find("ha-giang-2099")


def test_ha_giang_2022_runs_from_930_on_8_september_to_2200_on_5_october_in_four_weeks():
    rounds = find("ha-giang-2022").plan("hg")
    assert len(rounds) == 4
    assert rounds[0].opens_at == datetime(2022, 9, 8, 9, 30, tzinfo=HERE) == datetime(2022, 9, 8, 2, 30, tzinfo=UTC)
    assert rounds[-1].closes_at == datetime(2022, 10, 5, 22, 0, tzinfo=HERE) == datetime(2022, 10, 5, 15, 0, tzinfo=UTC)


def test_ha_giang_2022_weeks_are_cut_between_wednesday_2200_and_thursday_930():
    for before, after in pairwise(find("ha-giang-2022").plan("hg")):
        assert before.closes_at.astimezone(HERE).strftime("%A %H:%M") == "Wednesday 22:00"
        assert after.opens_at.astimezone(HERE).strftime("%A %H:%M") == "Thursday 09:30"
        assert after.opens_at - before.closes_at == timedelta(hours=11.5)


def test_the_neutral_template_runs_monday_0800_to_sunday_2200():
    for plan in find("neutral").plan("nt", date(2026, 12, 7)):
        assert plan.opens_at.astimezone(HERE).strftime("%A %H:%M") == "Monday 08:00"
        assert plan.closes_at.astimezone(HERE).strftime("%A %H:%M") == "Sunday 22:00"
        assert plan.closes_at - plan.opens_at == timedelta(days=6, hours=14)


def test_a_first_day_in_mid_week_begins_on_the_following_monday():
    rounds = find("neutral").plan("nt", date(2026, 12, 8))
    assert rounds[0].opens_at.astimezone(HERE).date() == date(2026, 12, 14)


def test_ha_giang_2024_asks_for_one_attempt_a_day_over_four_weeks():
    template = find("ha-giang-2024")
    assert template.title == "Xây dựng công dân số tỉnh Hà Giang"
    assert (template.rules.attempts_per_day, template.rules.attempts_per_round) == (1, 7)
    assert len(template.plan("hg", date(2024, 9, 2))) == 4


def test_a_rehearsal_spreads_no_start():
    assert [find(name).rules.start_window_seconds for name in ("compressed", "neutral")] == [0, 20]


def test_the_compressed_template_makes_rounds_of_some_seconds():
    start = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)
    rounds = find("compressed").plan("dt", starts_at=start, seconds=45)
    assert [plan.closes_at - plan.opens_at for plan in rounds] == [timedelta(seconds=45)] * 4
    assert rounds[0].opens_at == start
    assert all(after.opens_at > before.closes_at for before, after in pairwise(rounds))


def test_round_ids_are_the_contest_and_the_number():
    assert [plan.round_id for plan in find("neutral").plan("nt-2026", date(2026, 12, 7))] == [
        f"nt-2026-w{n}" for n in range(1, 5)
    ]


@pytest.mark.parametrize(("template", "field"), [("neutral", "first_day"), ("compressed", "starts_at")])
def test_a_template_without_a_date_asks_for_one(template, field):
    with pytest.raises(StartMissing) as caught:
        find(template).plan("nt")
    assert caught.value.fields == {field: "required"}


def test_a_template_file_is_checked_like_any_input():
    good = {"id": "t", "title": "T", "title_en": "T", "about": "A", "about_en": "A", "source": "S", "rules": {}}
    with pytest.raises(ValidationError):
        parse({**good, "rules": {"paper_size": -1}, "weekly": {"rounds": 1, "opens_at": "08:00", "closes_at": "22:00"}})
    with pytest.raises(ValidationError):
        parse({**good, "weekly": {"rounds": 1, "opens_at": "24:00", "closes_at": "22:00"}})
    with pytest.raises(ValidationError):
        parse(good)
