"""Rules as data: defaults, variants, what is refused."""

import pytest
from marshmallow import ValidationError

from hoithi_exam.domain.rules import Division, Draw, Rules, plain, rules_from
from hoithi_exam.domain.rules_schema import RulesSchema


def load(**body):
    return RulesSchema().load(body)


def wrong(**body) -> dict:
    with pytest.raises(ValidationError) as caught:
        load(**body)
    return caught.value.normalized_messages()


def test_the_defaults_are_those_of_the_brief():
    rules = Rules()
    assert (rules.paper_size, rules.options, rules.several, rules.paper_seconds) == (20, 4, False, 1200)
    assert (rules.attempts_per_day, rules.attempts_per_round, rules.attempts_in_all) == (1, 7, None)
    assert (rules.counting, rules.prediction, rules.tie_break, rules.grace_seconds) == ("best", "perfect", "A", 30)
    assert [(prize.name, prize.count) for prize in rules.prizes] == [
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("consolation", 5),
    ]
    assert (rules.collective, rules.collective_least_rate, rules.answers_shown) == ("participation", 50, "after-close")
    assert rules.time_zone == "Asia/Ho_Chi_Minh"


def test_the_default_blueprint_of_every_division_fills_a_paper():
    for division in Rules().divisions:
        assert sum(draw.count for draw in division.blueprint) == 20


def test_rules_stored_before_there_was_a_start_window_have_the_default():
    stored = plain(Rules())
    del stored["start_window_seconds"]
    assert rules_from(stored).start_window_seconds == 20


def test_rules_survive_storing_and_loading():
    rules = Rules(attempts_per_day=None, divisions=(Division("pupils", "bank", (Draw("an-toan", "hard", 20),)),))
    assert rules_from(plain(rules)) == rules


@pytest.mark.parametrize(
    "variant",
    [
        {"paper_size": 10, "paper_seconds": 600},
        {"paper_size": 40, "paper_seconds": 2400},
        {"several": True, "options": 6},
        {"options": 2},
        {"start_window_seconds": 0},
        {"attempts_per_day": None, "attempts_per_round": 1},
        {"attempts_per_day": None, "attempts_in_all": 3},
        {"attempts_per_day": None, "attempts_per_round": 20},
        {"attempts_per_day": None, "attempts_per_round": None},
        *({"counting": word} for word in ("best", "first", "last", "sum-of-days")),
        *({"prediction": word} for word in ("perfect", "participants", "attempts", "percentage", "none")),
        *({"tie_break": word} for word in "ABCD"),
        *({"answers_shown": word} for word in ("after-close", "at-once", "never")),
        *({"collective": word} for word in ("participation", "attempts", "headcount", "points")),
        {"season_prizes": [{"name": "first", "count": 1}]},
        {"divisions": [{"name": "citizens", "bank": "chung", "blueprint": [{"topic": "*", "level": "easy", "count": 20}]}]},
    ],
)
def test_every_variant_of_real_contests_can_be_chosen(variant):
    assert rules_from(load(**variant))


@pytest.mark.parametrize(
    "body",
    [
        {"paper_size": 0}, {"paper_size": "20"}, {"paper_size": 20.0}, {"options": 11}, {"several": 1}, {"counting": "worst"},
        {"attempts_per_day": 0}, {"grace_seconds": 301},
        {"start_window_seconds": 301}, {"tie_break": "E"}, {"time_zone": "Asia/Ha_Giang"}, {"points": 1},
        {"divisions": []}, {"divisions": [{"name": "citizens"}, {"name": "citizens"}]}, {"divisions": [{"name": "officers"}]},
        {"divisions": [{"name": "citizens", "blueprint": [{"count": 1}, {"count": 2}]}]},
        {"prizes": [{"name": "Nhất", "count": 1}]},
        {"divisions": [{"name": "citizens", "bank": {"$gt": ""}}]}, {"collective_least_rate": 101},
    ],
)  # fmt: skip
def test_what_no_contest_can_mean_is_refused(body):
    assert wrong(**body)


def test_a_refusal_names_the_field():
    assert wrong(divisions=[{"name": "citizens", "blueprint": [{"count": 0}]}]) == {
        "divisions": {0: {"blueprint": {0: {"count": ["out-of-range:1:200"]}}}}
    }


def test_results_get_the_part_they_depend_on():
    told = Rules(tie_break="C", prizes=()).for_results()
    assert (told.tie_break, told.prizes, told.divisions) == ("C", [], ["officials", "citizens", "pupils"])
