"""Before a key is corrected an organiser sees who gains, who loses and which prizes move; nothing is changed by looking."""

from datetime import timedelta

import pytest

from hoithi_scoring.handlers import listening
from tests.tables import make_due

NOBODY = {"attempts_up": 0, "attempts_down": 0, "people_up": 0, "people_down": 0}


@pytest.fixture
def organiser(auth):
    return auth("boss", roles=("organiser:contest:c",))


@pytest.fixture
def crowd(making):
    """Of five people the first three chose what the key says, the others chose c."""
    wrong = {**making.right, "q.1": "c"}
    return [
        making.submitted(f"u{number}", answers=making.right if number < 3 else wrong, duration_ms=300_000 + number)
        for number in range(5)
    ]


def ask(doors, organiser, storage, making, question="q.1", right="c"):
    body = {"question_id": question, "right": right}
    asked = doors.post("/rounds/c-w1/key-previews", json=body, headers=organiser)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting"), asked.text
    make_due(storage, making.closes + timedelta(hours=2))
    return f"/rounds/c-w1/key-previews/{asked.json()['preview_id']}"


def test_a_preview_counts_who_gains_and_who_loses(doors, organiser, storage, making, play, crowd):
    play(crowd)
    found = doors.get(ask(doors, organiser, storage, making), headers=organiser).json()
    assert (found["state"], found["done"], found["total"], found["outdated"]) == ("done", 5, 5, False)
    told = {name: found["found"][name] for name in (*NOBODY, "participants", "perfect_before", "perfect_after")}
    counts = {"attempts_up": 2, "attempts_down": 3, "people_up": 2, "people_down": 3}
    assert told == {**counts, "participants": 5, "perfect_before": 3, "perfect_after": 2}


def test_a_preview_names_the_prizes_that_move(doors, organiser, storage, making, play, crowd):
    storage.people.keep(making.person("u0", name="Vàng Thị Mỷ"))
    play(crowd, closed=True)
    moved = doors.get(ask(doors, organiser, storage, making), headers=organiser).json()["found"]["prizes"]
    first = next(prize for prize in moved if prize["award_id"] == "c-w1:citizens:first:1")
    assert (first["before"], first["after"]) == ({"name": "Vàng Thị Mỷ"}, {"name": None})


def test_looking_changes_nothing_and_agrees_with_what_the_correction_does(doors, organiser, storage, making, play, crowd):
    before = play(crowd, closed=True)
    url = ask(doors, organiser, storage, making)
    assert storage.rounds.get("c-w1").snapshot == before.snapshot
    found = doors.get(url, headers=organiser).json()["found"]
    listening.correct_key(storage, making.corrected(), making.closes)
    make_due(storage, making.closes + timedelta(hours=3))
    after = storage.rounds.get("c-w1")
    assert after.snapshot.perfect == found["perfect_after"]
    old, new = ({award.award_id: award.person for award in shot.awards} for shot in (before.snapshot, after.snapshot))
    assert {prize["award_id"] for prize in found["prizes"]} == {name for name in new if old.get(name) != new[name]}
    assert doors.get(url, headers=organiser).json()["outdated"]


def test_a_key_that_stays_moves_nobody(doors, organiser, storage, making, play, crowd):
    play(crowd)
    found = doors.get(ask(doors, organiser, storage, making, right="b"), headers=organiser).json()["found"]
    assert {name: found[name] for name in NOBODY} == NOBODY and found["prizes"] == []


def test_a_preview_is_for_organisers_of_the_contest(doors, auth, organiser, storage, making, play, crowd):
    play(crowd)
    url = ask(doors, organiser, storage, making)
    stranger, other = auth("u1"), auth("o", roles=("organiser:contest:other",))
    for headers in (stranger, other):
        assert doors.get(url, headers=headers).status_code == 403
        body = {"question_id": "q.1", "right": "c"}
        assert doors.post("/rounds/c-w1/key-previews", json=body, headers=headers).status_code == 403


def test_unknown_questions_and_previews_are_told(doors, organiser, making, play, crowd):
    play(crowd)
    body = {"question_id": "q.99", "right": "c"}
    assert doors.post("/rounds/c-w1/key-previews", json=body, headers=organiser).status_code == 404
    assert doors.get("/rounds/c-w1/key-previews/none", headers=organiser).status_code == 404
