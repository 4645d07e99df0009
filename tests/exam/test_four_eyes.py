"""Corrected keys by two organisers, where the platform wants that."""

import pytest

from hoithi_exam.service import Doors

ROLES = ("organiser:contest:hg",)
KEY = {"question_id": "q001", "right": "b", "reason": "sửa đáp án"}


@pytest.fixture
def client(clean, serve):
    return serve(Doors, FOUR_EYES="official keys").client


@pytest.fixture
def first(auth):
    return auth("o1", roles=ROLES)


@pytest.fixture
def second(auth):
    return auth("o2", roles=ROLES)


def propose(client, header, **changes):
    return client.post("/rounds/hg-w1/keys", json={**KEY, **changes}, headers=header)


def confirm(client, header, proposed):
    return client.post(f"/rounds/hg-w1/proposals/{proposed.json()['proposal_id']}/confirmation", headers=header)


def slug(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_key_is_corrected_when_a_second_organiser_confirms(client, just_opened, storage, told, first, second):
    just_opened()
    proposed = propose(client, first)
    assert (proposed.status_code, proposed.json()["body"]) == (202, KEY)
    assert storage.rounds.get("hg-w1").corrections == () and told("answer-key-corrected") == []
    assert confirm(client, second, proposed).json()["state"] == "confirmed"
    [correction] = storage.rounds.get("hg-w1").corrections
    assert (correction.question_id, correction.right, correction.reason) == ("q001", "b", "sửa đáp án")
    assert [each["revision"] for each in told("answer-key-corrected")] == [1]


def test_nobody_confirms_the_own_correction(client, just_opened, first):
    just_opened()
    assert slug(confirm(client, first, propose(client, first))) == (403, "own-proposal")


def test_a_correction_proposed_before_another_one_is_outdated(client, just_opened, first, second):
    just_opened()
    one, other = propose(client, first), propose(client, first, right="c")
    assert confirm(client, second, one).status_code == 200
    assert slug(confirm(client, second, other)) == (409, "proposal-outdated")


def test_a_correction_that_is_not_possible_is_not_proposed(client, just_opened, first):
    just_opened()
    assert slug(propose(client, first, right="e")) == (422, "key-not-possible")
    assert slug(propose(client, first, question_id="q999")) == (404, "unknown-question")


def test_a_proposed_correction_is_told_without_the_key(client, just_opened, told, first, database):
    just_opened()
    propose(client, first)
    [waiting] = [each["outbox"][0] for each in database["proposals"].find()]
    assert (waiting["type"], waiting["data"]["round_id"]) == ("key-correction-proposed", "hg-w1")
    assert not {"right", "question_id", "body"} & waiting["data"].keys()
    [found] = client.get("/proposals", headers=first).json()["proposals"]
    assert (found["body"]["right"], found["scope"]) == ("b", "hg")


def test_a_correction_is_confirmed_in_its_own_contest(client, just_opened, first, auth):
    just_opened()
    stranger = auth("o3", roles=("organiser:contest:other",))
    assert confirm(client, stranger, propose(client, first)).status_code == 403


def test_a_refused_correction_is_told_to_who_proposed_it_without_the_key(client, just_opened, first, second, database):
    just_opened()
    path = f"/rounds/hg-w1/proposals/{propose(client, first).json()['proposal_id']}/withdrawal"
    assert client.post(path, json={"reason": "chưa họp"}, headers=second).status_code == 200
    [(_, refused)] = [each["outbox"] for each in database["proposals"].find()]
    assert refused["type"] == "key-correction-refused" and not {"right", "question_id", "body"} & refused["data"].keys()
    assert (refused["data"]["proposed_by"], refused["data"]["reason"]) == ("o1", "chưa họp")
