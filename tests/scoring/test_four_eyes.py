"""Official results by two organisers, where the platform wants that."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from hoithi_bus import clock
from hoithi_contracts.scoring import ResultsPublished
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import complaining
from hoithi_store.outbox import unpacked
from scoring.conftest import CLOSES, SECRET, Making
from tests.tables import make_due

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


def confirm(doors, header, proposal_id):
    return doors.post(f"/rounds/c-w1/proposals/{proposal_id}/confirmation", headers=header)


def withdraw(doors, header, proposal_id, reason=""):
    return doors.post(f"/rounds/c-w1/proposals/{proposal_id}/withdrawal", json={"reason": reason}, headers=header)


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
    make_due(storage, CLOSES + timedelta(hours=2))
    assert slug(confirm(doors, second, proposed["proposal_id"])) == (409, "proposal-outdated")
    assert confirm(doors, second, propose(doors, first).json()["proposal_id"]).status_code == 200


def test_a_refusal_is_told_to_who_proposed_and_the_own_withdrawal_to_nobody(doors, first, second, provisional, database):
    withdraw(doors, first, propose(doors, first, "Biên bản số 11").json()["proposal_id"])
    withdraw(doors, second, propose(doors, first).json()["proposal_id"], "chưa họp")
    waiting = [unpacked(one) for each in database["proposals"].find() for one in each["outbox"]]
    [refused] = [each["data"] for each in waiting if each["type"] == "results-refused"]
    assert (refused["proposed_by"], refused["round_id"], refused["reason"]) == ("o1", "c-w1", "chưa họp")


def test_a_proposal_is_closed_once(doors, first, second, provisional):
    proposal_id = propose(doors, first).json()["proposal_id"]
    assert slug(withdraw(doors, second, proposal_id)) == (422, "reason-needed")
    refused = withdraw(doors, second, proposal_id, "chưa họp").json()
    assert (refused["state"], refused["closed_by"], refused["reason"]) == ("withdrawn", "o2", "chưa họp")
    assert slug(confirm(doors, second, proposal_id)) == (409, "proposal-closed")
    assert slug(confirm(doors, second, "p9")) == (404, "proposal-unknown")


COMPLAINT = {"kind": "score", "text": "Tôi trả lời đúng câu 4 nhưng bị tính sai.", "attempt_number": None}
DESPITE = {"note": "Biên bản số 12", "despite_complaints": "Đang chờ kết luận."}


@pytest.fixture
def complain(provisional, storage):
    """u1 complains the morning after."""

    def send():
        body, claims, now = COMPLAINT, SimpleNamespace(user_id="u1"), CLOSES + timedelta(hours=10)
        return complaining.file_complaint(storage, Pseudonyms(SECRET), claims, "c-w1", body, now)

    storage.people.keep(Making.person("u1"))
    return send


@pytest.fixture
def at(monkeypatch):
    """`at(instant)`: the doors' clock stands there."""
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


def test_open_complaints_stop_who_proposes_and_who_confirms(doors, first, second, complain, storage, at):
    at(CLOSES + timedelta(hours=9))
    proposal_id = propose(doors, first).json()["proposal_id"]
    complain()
    assert slug(propose(doors, first)) == (409, "complaints-open")
    assert slug(confirm(doors, second, proposal_id)) == (409, "complaints-open")
    assert storage.rounds.get("c-w1").state == "provisional"


def test_the_reason_not_to_wait_is_proposed_with_the_results_once_the_day_is_over(doors, first, second, complain, storage, at):
    at(CLOSES + timedelta(hours=11))
    complain()
    assert slug(doors.post("/rounds/c-w1/official", json=DESPITE, headers=first)) == (409, "complaints-open")
    at(CLOSES + timedelta(days=6))
    proposed = doors.post("/rounds/c-w1/official", json=DESPITE, headers=first).json()
    assert proposed["body"] == DESPITE
    assert confirm(doors, second, proposed["proposal_id"]).status_code == 200
    [proposed, entry] = storage.audit.about("c-w1")
    assert (proposed.what, proposed.by) == ("proposal-made", "o1")
    assert (entry.what, entry.by, entry.reason) == ("results-made-official", "o2", DESPITE["despite_complaints"])
    assert (entry.before["state"], entry.after["complaints_open"]) == ("provisional", 1)


def test_an_organiser_of_another_contest_is_no_second_person(doors, first, provisional, auth):
    proposal_id = propose(doors, first).json()["proposal_id"]
    stranger = auth("o3", roles=("organiser:contest:other",))
    for act in (confirm, withdraw):
        assert act(doors, stranger, proposal_id).status_code == 403
    assert doors.get("/rounds/c-w1/proposals", headers=stranger).status_code == 403


def test_an_organiser_finds_what_waits_in_the_own_contests_alone(doors, first, second, provisional, auth):
    proposal_id = propose(doors, first).json()["proposal_id"]
    everything = auth("o4", roles=("organiser:contest:*",))
    for header in (first, second, everything):
        [found] = doors.get("/proposals", headers=header).json()["proposals"]
        assert (found["proposal_id"], found["scope"], found["state"]) == (proposal_id, "c", "open")
    stranger = auth("o3", roles=("organiser:contest:other",))
    assert doors.get("/proposals", headers=stranger).json()["proposals"] == []


def test_a_proposal_is_told_once_with_the_same_write(doors, first, provisional, database):
    for _ in range(2):
        propose(doors, first)
    [waiting] = [unpacked(one) for each in database["proposals"].find() for one in each["outbox"]]
    assert (waiting["type"], waiting["data"]["contest_id"], waiting["data"]["proposed_by"]) == ("results-proposed", "c", "o1")


def test_what_cannot_be_done_is_not_proposed(doors, first, play, making):
    play([making.submitted()])
    assert slug(propose(doors, first)) == (409, "not-provisional")


def test_an_unknown_act_stops_the_start(clean, serve):
    from hoithi_scoring.service import Doors

    with pytest.raises(SystemExit, match="FOUR_EYES"):
        serve(Doors, FOUR_EYES="official prizes")
