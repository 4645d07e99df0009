"""Official results by two organisers, where the platform wants that."""

from datetime import timedelta

import pytest

from hoithi_contracts.scoring import ResultsPublished
from hoithi_scoring.handlers import building
from hoithi_store.outbox import unpacked
from scoring.conftest import CLOSES

ROLES = ("organiser:contest:c",)


@pytest.fixture
def doors(clean, serve):
    """Doors of a platform that wants four eyes."""
    from hoithi_scoring.service import Doors

    return serve(Doors, FOUR_EYES="official keys").client


@pytest.fixture
def first(auth):
    return auth("o1", roles=ROLES)


@pytest.fixture
def second(auth):
    return auth("o2", roles=ROLES)


@pytest.fixture
def provisional(play, making):
    return play([making.submitted(f"u{number}") for number in range(3)], closed=True)


def propose(doors, header, note="Biên bản số 12"):
    return doors.post("/rounds/c-w1/official", json={"note": note}, headers=header)


def confirm(doors, header, proposal_id, how="confirmation"):
    return doors.post(f"/rounds/c-w1/proposals/{proposal_id}/{how}", headers=header)


def slug(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def published(database) -> int:
    waiting = [unpacked(one) for each in database["rounds"].find() for one in each.get("outbox", [])]
    return len([each for each in waiting if each["type"] == ResultsPublished.type])


def test_results_become_official_when_a_second_organiser_confirms(doors, first, second, provisional, storage, database):
    proposed = propose(doors, first)
    assert (proposed.status_code, proposed.json()["state"], proposed.json()["by"]) == (202, "open", "o1")
    assert storage.rounds.get("c-w1").state == "provisional" and published(database) == 0
    confirmed = confirm(doors, second, proposed.json()["proposal_id"])
    assert (confirmed.status_code, confirmed.json()["state"], confirmed.json()["closed_by"]) == (200, "confirmed", "o2")
    official = storage.rounds.get("c-w1")
    assert (official.state, official.official_by, official.official_note) == ("official", "o2", "Biên bản số 12")
    assert published(database) == 1


def test_nobody_confirms_the_own_proposal(doors, first, provisional, storage):
    proposed = propose(doors, first).json()
    assert slug(confirm(doors, first, proposed["proposal_id"])) == (403, "own-proposal")
    assert storage.rounds.get("c-w1").state == "provisional"


def test_proposing_again_is_the_same_proposal(doors, first, second, provisional):
    ids = {propose(doors, first).json()["proposal_id"] for _ in range(3)}
    assert len(ids) == 1
    assert len(doors.get("/rounds/c-w1/proposals", headers=second).json()["proposals"]) == 1


def test_results_that_changed_meanwhile_are_proposed_anew(doors, first, second, provisional, storage):
    proposed = propose(doors, first).json()
    invalid = {"attempt_id": "c-w1:u1:1", "reason": "gian lận"}
    assert doors.post("/rounds/c-w1/invalidations", json=invalid, headers=first).status_code == 201
    building.build_due(storage, "test", 0, CLOSES + timedelta(hours=2))
    assert slug(confirm(doors, second, proposed["proposal_id"])) == (409, "proposal-outdated")
    assert confirm(doors, second, propose(doors, first).json()["proposal_id"]).status_code == 200


def test_a_proposal_is_closed_once(doors, first, second, provisional):
    proposal_id = propose(doors, first).json()["proposal_id"]
    assert confirm(doors, second, proposal_id, "withdrawal").json()["state"] == "withdrawn"
    assert slug(confirm(doors, second, proposal_id)) == (409, "proposal-closed")
    assert slug(confirm(doors, second, "p9")) == (404, "proposal-unknown")


def test_an_organiser_of_another_contest_is_no_second_person(doors, first, provisional, auth):
    proposal_id = propose(doors, first).json()["proposal_id"]
    stranger = auth("o3", roles=("organiser:contest:other",))
    for how in ("confirmation", "withdrawal"):
        assert confirm(doors, stranger, proposal_id, how).status_code == 403
    assert doors.get("/rounds/c-w1/proposals", headers=stranger).status_code == 403


def test_what_cannot_be_done_is_not_proposed(doors, first, play, making):
    play([making.submitted()])
    assert slug(propose(doors, first)) == (409, "not-provisional")


def test_an_unknown_act_stops_the_start(clean, serve):
    from hoithi_scoring.service import Doors

    with pytest.raises(SystemExit, match="FOUR_EYES"):
        serve(Doors, FOUR_EYES="official prizes")
