"""The people of a rehearsal: pure, the same for the same seed."""

from collections import Counter
from random import Random

import pytest

from hoithi_cli.rehearse import people
from hoithi_cli.rehearse.people import BEHAVIOURS, Knowledge

UNITS = [f"x{number:05d}" for number in range(40)]
KNOWLEDGE = Knowledge({"Thủ đô của Việt Nam?": ["Hà Nội"], "Số chẵn?": ["hai", "bốn"]})
CAPITAL = {
    "n": 1,
    "text": "Thủ đô của Việt Nam?",
    "options": [{"letter": "A", "text": "Huế"}, {"letter": "B", "text": "Hà Nội"}, {"letter": "C", "text": "Đà Nẵng"}],
}
EVEN = {
    "n": 2,
    "text": "Số  chẵn?",
    "options": [{"letter": "A", "text": "bốn"}, {"letter": "B", "text": "ba"}, {"letter": "C", "text": "hai"}],
}
FOREIGN = {"n": 3, "text": "Không có trong tệp", "options": [{"letter": "A", "text": "x"}, {"letter": "B", "text": "y"}]}


def test_the_same_seed_gives_the_same_people():
    assert people.crowd(100, 7, UNITS) == people.crowd(100, 7, list(reversed(UNITS)))
    assert people.crowd(100, 7, UNITS) != people.crowd(100, 8, UNITS)


def test_every_behaviour_occurs_among_two_hundred():
    found = Counter(person.behaviour for person in people.crowd(200, 1, UNITS))
    assert set(found) == set(BEHAVIOURS)
    assert found["diligent"] == 68


@pytest.mark.parametrize("count", [1, 2, 9, 100, 1001])
def test_shares_add_up(count):
    names = people.shares(count, {"a": 5, "b": 3, "c": 1})
    assert len(names) == count
    assert names == sorted(names)


def test_no_message_can_reach_a_stranger():
    for person in people.crowd(50, 3, UNITS):
        assert person.email.endswith(".example")


def test_people_fit_into_what_registration_accepts():
    crowd = people.crowd(300, 5, UNITS)
    assert len({person.email for person in crowd}) == 300
    assert all(8 <= len(person.password) <= 128 and person.unit_id in UNITS for person in crowd)
    assert all("1955" <= person.birth_date < "2010" for person in crowd)


def test_units_are_few_enough_for_tables_to_show_them():
    assert len({person.unit_id for person in people.crowd(200, 1, UNITS)}) <= 8


def test_the_password_is_not_printed():
    person = people.crowd(1, 1, UNITS)[0]
    assert person.password not in repr(person)


def test_visits_are_ordered_and_in_time_unless_too_late():
    crowd = people.crowd(200, 1, UNITS)
    planned = people.visits(crowd, 1, 1, attempts_allowed=2)
    assert [visit.arrival for visit in planned] == sorted(visit.arrival for visit in planned)
    for visit in planned:
        assert (visit.arrival >= 1) == visit.person.manner.too_late
        assert visit.arrival < 0.7 or visit.person.manner.too_late


def test_nobody_tries_more_often_than_allowed():
    crowd = people.crowd(200, 1, UNITS)
    assert {visit.attempts for visit in people.visits(crowd, 1, 1, attempts_allowed=1)} == {1}
    assert {visit.attempts for visit in people.visits(crowd, 1, 1, attempts_allowed=3)} == {1, 2}


def test_weeks_differ():
    crowd = people.crowd(200, 1, UNITS)
    first, second = (people.visits(crowd, week, 1, attempts_allowed=2) for week in (1, 2))
    assert {visit.person for visit in first} != {visit.person for visit in second}


def test_who_knows_everything_answers_everything_right():
    questions = [CAPITAL, EVEN]
    given = people.answers(questions, KNOWLEDGE, skill=1.0, dice=Random(1))
    assert given == {"1": "B", "2": "AC"}
    assert people.score(questions, given, KNOWLEDGE) == 2


def test_who_knows_nothing_is_right_by_chance_alone():
    scores = [people.score([CAPITAL], people.answers([CAPITAL], KNOWLEDGE, 0.0, Random(seed)), KNOWLEDGE) for seed in range(600)]
    assert 0.2 < sum(scores) / len(scores) < 0.4


def test_answers_left_out_are_not_sent():
    given = [people.answers([CAPITAL], KNOWLEDGE, 0.0, Random(seed)) for seed in range(200)]
    assert {} in given
    assert all(letters for answers in given for letters in answers.values())


def test_a_question_outside_the_file_makes_the_score_unknown():
    assert people.score([CAPITAL, FOREIGN], {"1": "B"}, KNOWLEDGE) is None
    assert people.answers([FOREIGN], KNOWLEDGE, 1.0, Random(3))["3"] in "AB"


def test_an_answer_with_one_option_too_few_is_wrong():
    assert people.score([EVEN], {"2": "A"}, KNOWLEDGE) == 0


def test_the_roster_is_larger_than_the_crowd():
    crowd = people.crowd(100, 1, UNITS)
    counts = people.headcounts(crowd)
    taking_part = Counter(person.unit_id for person in crowd)
    assert all(counts[unit] > taking_part[unit] for unit in taking_part)
