"""Item analysis of a round: after it is closed and ranked, for organisers only."""

import csv
import io

import pytest

from hoithi_scoring.builder import Builder
from hoithi_scoring.handlers import analysing, building, deciding, listening
from hoithi_scoring.service import Doors
from hoithi_scoring.storage import items as pages
from tests.tables import make_due

ORGANISER = ("organiser:contest:c",)


class Boss:
    """Claims of an organiser."""

    user_id = "o1"

    def require(self, *_):
        return


@pytest.fixture
def crowd(making):
    """Forty people who know ever more of the paper; those who know the rest answer q.1 with "c" against its key "b"."""

    def answers(number):
        known = dict(list(making.right.items())[: 1 + number // 10])
        return {**known, "q.1": "c" if number >= 20 else "b"}

    return [making.submitted(f"u{number}", answers=answers(number)) for number in range(40)]


@pytest.fixture
def organiser(auth):
    return auth("o1", roles=ORGANISER)


def found(storage, round_id="c-w1"):
    return analysing.items_page(storage, Boss(), round_id, 0, 500)


def test_a_ranked_round_is_analysed_and_a_wrong_key_comes_first(storage, play, crowd):
    play(crowd, closed=True)
    analysis = found(storage)
    assert (analysis["attempts"], analysis["questions"], analysis["next"]) == (40, 4, None)
    first = analysis["items"][0]
    assert first["question_id"] == "q.1" and "negative-discrimination" in first["flags"]


def test_before_the_close_there_is_no_analysis(doors, play, crowd, organiser):
    play(crowd)
    assert doors.get("/rounds/c-w1/items", headers=organiser).status_code == 409


def test_only_first_attempts_count_and_invalid_ones_do_not(storage, making, play, crowd):
    again = [making.submitted("u0", number=2), making.submitted("u1", number=2)]
    play([*crowd, *again], closed=True)
    assert found(storage)["attempts"] == 40
    deciding.invalidate(storage, Boss(), "c-w1", "c-w1:u5:1", "gian lận", making.closes)
    make_due(storage, making.closes)
    assert found(storage)["attempts"] == 39


def test_a_corrected_key_is_analysed_anew(storage, making, play, crowd):
    play(crowd, closed=True)
    listening.correct_key(storage, making.corrected("q.1", "c"), making.closes)
    make_due(storage, making.closes)
    item = next(each for each in found(storage)["items"] if each["question_id"] == "q.1")
    assert item["right"] == "c" and item["point_biserial"] > 0
    assert analysing.due(storage, storage.rounds.all()) == []


def test_a_large_round_is_analysed_by_a_process_of_its_own(storage, making, play, crowd, settings, monkeypatch):
    play(crowd, closed=True)
    here = found(storage)["items"]
    storage.items.items.delete_many({})
    monkeypatch.setattr(building, "LARGE", 29)
    builder = Builder(settings("scoring")["MONGO_URI"], "test")
    tasks = []
    make_due(storage, making.closes, lambda task, now: tasks.append(task) or builder.build(task, now))
    assert building.Task("items", "c-w1") in tasks and found(storage)["items"] == here


def test_pages_and_file_hold_the_same_questions(storage, play, crowd, serve, organiser, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    play(crowd, closed=True)
    doors = serve(Doors).client
    whole = doors.get("/rounds/c-w1/items", headers=organiser).json()["items"]
    first = doors.get("/rounds/c-w1/items?limit=3", headers=organiser).json()
    rest = doors.get(f"/rounds/c-w1/items?limit=3&after={first['next']}", headers=organiser).json()
    assert first["items"] + rest["items"] == whole and (len(first["items"]), rest["next"]) == (3, None)
    rows = list(csv.DictReader(io.StringIO(doors.get("/rounds/c-w1/items.csv", headers=organiser).text)))
    assert [row["question_id"] for row in rows] == [item["question_id"] for item in whole]


@pytest.mark.parametrize("path", ["items", "items.csv"])
def test_nobody_else_sees_it(doors, play, crowd, auth, path):
    play(crowd, closed=True)
    assert doors.get(f"/rounds/c-w1/{path}").status_code == 401
    for roles in ((), ("officer:unit:x1",), ("organiser:contest:other",)):
        assert doors.get(f"/rounds/c-w1/{path}", headers=auth("x", roles=roles)).status_code == 403
