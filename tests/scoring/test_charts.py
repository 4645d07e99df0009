"""Charts over the real doors: who sees which figures, in which state of a round."""

from datetime import timedelta

import pytest

from hoithi_scoring.handlers import listening

WRONG = {"q.1": "a", "q.2": "b", "q.3": "a", "q.4": "a"}


@pytest.fixture
def people(storage, making):
    listening.change_units(storage, making.units_changed())
    for number in range(40):
        storage.people.keep(making.person(f"u{number}", unit_id="x1" if number < 30 else "x2"))


@pytest.fixture
def attempts(making):
    """Of x1 twelve people on Monday and three, all wrong, on Tuesday; of x2 four, one of whose papers the server took."""
    monday = [making.submitted(f"u{number}") for number in range(12)]
    tuesday = [
        making.submitted(f"u{number}", answers=WRONG, started_at=making.opens + timedelta(days=1)) for number in (12, 13, 14)
    ]
    others = [making.submitted(f"u{number}", unit_id="x2") for number in (30, 31, 32)]
    return [*monday, *tuesday, *others, making.submitted("u33", unit_id="x2", by="server")]


@pytest.fixture
def organiser(auth):
    return auth("boss", roles=("organiser:contest:c",))


@pytest.fixture
def officer(auth):
    return auth("of-x2", roles=("officer:unit:x2",))


def ask(doors, header=None, **query):
    answer = doors.get("/rounds/c-w1/charts", params=query, headers=header or {})
    assert answer.status_code == 200, answer.text
    return answer.json()


def days(found):
    return [(each["newcomers"], each["attempts"]) for each in found["days"]]


def steps(found):
    return {each["step"]: each["people"] for each in found["steps"]}


def bars(found):
    return [(each["least"], each["most"], each["people"]) for each in found["scores"]]


def test_an_organiser_sees_everything_at_any_time(doors, people, play, attempts, organiser):
    play(attempts, prediction="participants")
    found = ask(doors, organiser)
    assert (found["full"], found["sealed"]) == (True, False)
    assert [each["day"] for each in found["days"]] == ["2026-09-07", "2026-09-08"] and days(found) == [(16, 16), (3, 3)]
    assert steps(found) == {"registered": 40, "started": 19, "submitted": 18, "perfect": 16}
    assert bars(found) == [(0, 0, 3), (5, 5, 16)]


def test_while_people_predict_how_many_take_part_the_public_sees_nothing(doors, people, play, attempts, officer):
    play(attempts, prediction="participants")
    found = ask(doors)
    assert (found["sealed"], found["days"], found["scores"], found["steps"]) == (True, [], None, None)
    assert ask(doors, officer, unit_id="x2")["sealed"] is False


def test_points_of_a_running_round_are_the_organisers(doors, people, play, attempts, officer):
    play(attempts)
    for found in (ask(doors), ask(doors, officer, unit_id="x2")):
        assert found["scores"] is None and "perfect" not in steps(found) and "started" in steps(found)


def test_outsiders_never_see_a_group_under_ten(doors, people, play, attempts):
    play(attempts, closed=True)
    found = ask(doors)
    assert days(found) == [(None, None), (None, None)]
    assert bars(found) == [(0, 5, 19)]
    small = ask(doors, unit_id="x2")
    assert (small["suppressed"], small["days"], small["scores"], small["steps"]) == (True, [], None, None)


def test_an_officer_sees_the_small_groups_of_the_own_unit_and_no_other(doors, people, play, attempts, officer):
    play(attempts, closed=True)
    found = ask(doors, officer, unit_id="x2")
    assert (found["unit"], found["full"], days(found)) == ("Xã Đồng Văn", True, [(4, None)])
    assert steps(found) == {"registered": 10, "started": 4, "submitted": 3, "perfect": 4}
    assert ask(doors, officer, unit_id="x1")["full"] is False and ask(doors, officer)["full"] is False


def test_a_contest_has_the_charts_of_every_round_that_opened(doors, people, play, attempts, organiser):
    play(attempts, closed=True)
    found = doors.get("/contests/c/charts", headers=organiser).json()
    assert [each["round_id"] for each in found["rounds"]] == ["c-w1"] and steps(found["rounds"][0])["started"] == 19
    assert found["season"] == {"participants": 19, "rounds": 1}


def test_a_table_from_before_charts_were_counted_has_none_until_they_are(doors, people, play, attempts, database, organiser):
    play(attempts, closed=True)
    database["rankings"].delete_many({"_id": {"$regex": r"\|chart"}})
    found = ask(doors, organiser)
    assert (found["days"], found["scores"], found["steps"]) == ([], None, None)


def test_unknown_rounds_and_units_are_told(doors, people, play):
    play()
    assert doors.get("/rounds/none/charts").status_code == 404 and doors.get("/contests/none/charts").status_code == 404
    assert doors.get("/rounds/c-w1/charts", params={"unit_id": "none"}).status_code == 404
