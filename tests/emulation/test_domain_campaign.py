"""Criteria, rules, templates, the life of a campaign."""

from datetime import date, timedelta

import pytest
from marshmallow import ValidationError

from hoithi_emulation.domain import templates
from hoithi_emulation.domain.campaign import findings
from hoithi_emulation.domain.criteria import Criterion, Step
from hoithi_emulation.domain.refusals import NotADraft, NotOpen, NotReady, OnlyLater, TooLate
from hoithi_emulation.domain.rules import Award, League, plain, rules_from
from hoithi_emulation.domain.rules_schema import RulesSchema

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "how, value, points",
    [
        ("yes-no", 1, 30), ("yes-no", 0, 0), ("yes-no", None, 0), ("points", 12.5, 12.5), ("points", 99, 30),
        ("scaled", 79.99, 15), ("scaled", 80, 30), ("scaled", 10, 0), ("index", 55, 15),
    ],
)  # fmt: skip
def test_a_value_is_worth_what_the_criterion_says(how, value, points):
    assert Criterion("A", "x", 30, how, steps=(Step(50, 15), Step(80, 30))).worth(value) == points


def test_a_better_place_is_worth_more():
    criterion = Criterion("A", "x", 10, "contest", measure="place", steps=(Step(1, 10), Step(3, 6)))
    assert [criterion.worth(place) for place in (1, 2, 3, 4, None)] == [10, 6, 6, 0, 0]


def test_rules_come_out_of_their_plain_form_as_they_went_in(making):
    assert rules_from(RulesSchema().load(plain(making.rules))) == making.rules


@pytest.mark.parametrize(
    "change, where",
    [
        ({"collective": [{"code": "A", "text": "xxx", "most": 5, "how": "points"}] * 2}, "collective"),
        ({"collective": [{"code": "A", "text": "xxx", "most": 5, "how": "points", "field": "none"}]}, "collective"),
        ({"collective": [{"code": "A", "text": "xxx", "most": 5, "how": "scaled"}]}, "collective"),
        (
            {"collective": [{"code": "A", "text": "xxx", "most": 5, "how": "index", "steps": [{"bound": 1, "points": 6}]}]},
            "collective",
        ),
        ({"collective": [{"code": "A", "text": "xxx", "most": 5.001, "how": "points"}]}, "collective"),
        ({"tie_break": ["Z9"]}, "tie_break"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(making, change, where):
    with pytest.raises(ValidationError) as refused:
        RulesSchema().load({**plain(making.rules), **change})
    assert where in refused.value.messages


def test_every_template_opens_once_its_contest_is_named(making):
    for template in templates.shipped().values():
        dates = template.dates(date(2027, 1, 1))
        named = plain(template.rules)
        for kind in ("collective", "individual"):
            named[kind] = [{**each, "contest_id": "hg" if each["how"] == "contest" else ""} for each in named[kind]]
        campaign = making.campaign(**dates, rules=template.rules, state="draft")
        assert set(findings(campaign, making.now).values()) == {"contest-missing"}
        assert findings(making.campaign(**dates, rules=rules_from(named), state="draft"), making.now) == {}
        assert template.rules.most("collective") == template.rules.most("individual") == 100


def test_both_provinces_practice_is_there():
    assert set(templates.shipped()) == {"bac-kan-2022", "tuyen-quang-2023"}
    assert len(templates.find("bac-kan-2022").rules.fields) == 10


def test_an_open_campaign_locks_its_rules(making):
    opened = making.campaign(state="draft", opened_at=None).opened(making.now)
    assert (opened.state, opened.opened_at) == ("open", making.now)
    for act in (lambda: opened.changed(title="khác"), lambda: opened.opened(making.now)):
        with pytest.raises(NotADraft):
            act()


def test_a_draft_that_contradicts_itself_does_not_open(making):
    awards = (Award("a", "Bằng khen", "Chủ tịch", "collective", least_points=101),)
    wrong = making.campaign(
        state="draft",
        to_day="2025-12-31",
        review_until=making.assess_until - HOUR,
        rules=making.rules_with(leagues=(), awards=awards),
    )
    with pytest.raises(NotReady) as refused:
        wrong.opened(making.assess_until)
    assert refused.value.fields == {
        "to_day": "before-from-day", "review_until": "before-assess-until", "assess_until": "in-the-past",
        "rules.leagues": "leagues-missing", "rules.awards.0.least_points": "above-reachable:100",
    }  # fmt: skip


def test_a_kind_of_units_competes_in_one_league(making):
    communes = League("xa", "Khối xã", "administrative", ("commune", "ward"))
    wards = League("phuong", "Khối phường", "administrative", ("ward",))
    party = League("dang", "Khối đảng", "party", ("ward",))
    found = findings(making.campaign(rules=making.rules_with(leagues=(communes, wards, party))), making.now)
    assert found == {"rules.leagues.1.kinds": "in-two-leagues:Khối xã"}


def test_an_individual_is_not_judged_by_what_only_units_have(making):
    index = Criterion("I3", "Chỉ số", 5, "index", steps=(Step(1, 5),))
    rate = Criterion("I4", "Tỷ lệ", 5, "contest", steps=(Step(1, 5),), contest_id="hg")
    found = findings(making.campaign(rules=making.rules_with(individual=(index, rate))), making.now)
    assert {"rules.individual.0.how", "rules.individual.1.measure"} <= set(found)


def test_deadlines_move_later_and_never_earlier(making):
    campaign = making.campaign()
    later = campaign.extended(campaign.assess_until + HOUR, campaign.review_until + HOUR, making.now)
    assert later.assess_until == campaign.assess_until + HOUR
    with pytest.raises(OnlyLater):
        campaign.extended(campaign.assess_until - HOUR, campaign.review_until, making.now)
    with pytest.raises(NotOpen):
        making.campaign(state="decided").extended(campaign.assess_until, campaign.review_until, making.now)


def test_the_deadline_itself_is_too_late(making):
    campaign = making.campaign()
    campaign.require_time(campaign.assess_until, campaign.assess_until - HOUR)
    with pytest.raises(TooLate):
        campaign.require_time(campaign.assess_until, campaign.assess_until)
