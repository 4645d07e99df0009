"""One person of a rehearsal against a real HTTP server: what they send, what surprises them."""

import pytest

from cli.local_server import local_site
from hoithi_cli.front_door import FrontDoor
from hoithi_cli.rehearse import guest as guests
from hoithi_cli.rehearse.guest import Guest, Round
from hoithi_cli.rehearse.journal import Journal
from hoithi_cli.rehearse.people import Knowledge, Visit, somebody

ROUND = Round("c-w1", 1)
PAPER = {
    "attempt_id": "c-w1:u1:1",
    "seq": 0,
    "number": 1,
    "state": "open",
    "questions": [{"n": 1, "text": "Số chẵn?", "options": [{"letter": "A", "text": "hai"}, {"letter": "B", "text": "ba"}]}],
}
SIGNED_IN = {"user": {"user_id": "u1"}, "access_token": "t", "expires_in_s": 600, "refresh_token": "r"}
START = "/api/exam/rounds/c-w1/attempts"
SAVE, SUBMIT = "/api/exam/attempts/c-w1:u1:1/answers", "/api/exam/attempts/c-w1:u1:1/submit"


def receipt(text="receipt", sealed=40):
    prediction = {"kind": "perfect", "sealed": sealed}
    return 200, {"receipt": text, "by": "person", "answered": 1, "answers_digest": "d", "late": False, "prediction": prediction}


def problem(status, slug):
    return status, {"type": f"/problems/{slug}", "title": slug}


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(guests, "THINKING_S", (0, 0))
    monkeypatch.setattr(guests, "OPENING_WAIT_S", 0.01)
    with local_site() as made:
        made.on("POST", "/api/registration/sign-in", (200, SIGNED_IN))
        made.on("POST", START, (201, PAPER))
        made.on("PUT", SAVE, (200, {}))
        made.on("POST", SUBMIT, receipt())
        yield made


@pytest.fixture
def attend(site):
    def come(behaviour, attempts=1):
        person = somebody(1, 1, behaviour, ["x1"])
        guest = Guest(person, FrontDoor(site.url), Knowledge({"Số chẵn?": ["hai"]}), Journal())
        guest.person.sign_in()
        guest.attend(Visit(person, 1, 0.1, attempts, prediction=40), ROUND)
        return guest.journal

    return come


def test_who_submits_has_a_receipt(attend):
    journal = attend("diligent")
    assert [sitting.receipt for sitting in journal.sittings] == ["receipt"]
    assert journal.surprises == []


def test_who_leaves_saves_and_does_not_submit(attend, site):
    journal = attend("leaves")
    assert site.times("PUT", SAVE) == 1
    assert site.times("POST", SUBMIT) == 0
    assert journal.counts["left without submitting"] == 1


def test_another_receipt_for_the_same_submission_is_a_surprise(attend, site):
    site.on("POST", SUBMIT, receipt("one"), receipt("two"))
    assert [surprise.step for surprise in attend("submits-twice").surprises] == ["second submission"]


def test_the_same_submission_twice_with_one_receipt_is_none(attend):
    assert attend("submits-twice").surprises == []


def test_an_accepted_answer_off_the_paper_is_a_surprise(attend):
    assert [surprise.answer for surprise in attend("off-paper").surprises] == ["it was accepted"]


def test_a_refused_answer_off_the_paper_is_counted(attend, site):
    site.on("PUT", SAVE, (200, {}), problem(422, "not-on-paper"))
    journal = attend("off-paper")
    assert journal.surprises == []
    assert journal.counts["answers off the paper, refused"] == 1


def test_a_second_guess_that_counts_is_a_surprise(attend, site):
    site.on("POST", START, (201, PAPER), (201, PAPER))
    site.on("POST", SUBMIT, receipt("one", 40), receipt("two", 47))
    assert [surprise.step for surprise in attend("tries-again", attempts=2).surprises] == ["prediction"]


def test_no_attempt_left_is_counted_and_ends_the_visit(attend, site):
    site.on("POST", START, (201, PAPER), problem(409, "no-attempts-left"))
    journal = attend("tries-again", attempts=2)
    assert journal.counts["found no attempt left"] == 1
    assert len(journal.sittings) == 1


def test_a_paper_begun_too_late_is_a_surprise(attend):
    assert [surprise.answer for surprise in attend("too-late").surprises] == ["it was accepted"]


def test_being_refused_after_the_close_is_expected(attend, site):
    site.on("POST", START, problem(409, "round-closed"))
    assert attend("too-late").surprises == []


def test_a_round_that_opens_in_a_moment_is_waited_for(attend, site):
    site.on("POST", START, problem(409, "round-not-open"), (201, PAPER))
    assert attend("diligent").surprises == []


def test_the_deadline_before_the_submission_keeps_what_was_saved(attend, site):
    site.on("POST", SUBMIT, problem(409, "time-over"))
    journal = attend("diligent")
    assert journal.counts["interrupted by the deadline"] == 1
    assert journal.surprises == []


def test_an_error_of_the_server_is_a_surprise_and_not_the_end(attend, site):
    site.on("PUT", SAVE, problem(500, "internal"))
    assert "500 internal" in attend("diligent").surprises[0].answer


def test_somebody_of_an_earlier_rehearsal_signs_in(site):
    site.on("POST", "/api/registration/join", problem(409, "identifier-taken"))
    guest = Guest(somebody(1, 1, "weak", ["x1"]), FrontDoor(site.url), Knowledge({"q": ["a"]}), Journal())
    guest.join([])
    assert guest.user_id == "u1"


def test_who_must_wait_comes_back_once_with_the_ticket(attend, site):
    waiting = {"ticket": "123.abc", "position": 7, "wait_seconds": 0.05, "retry_at": "2026-11-23T05:00:00.050Z"}
    site.on("POST", START, (202, {"waiting": waiting}), (201, PAPER))
    journal = attend("diligent")
    tickets = [each["headers"].get("X-Waiting-Ticket") for each in site.asked if each["path"] == START]
    assert tickets == [None, "123.abc"]
    assert journal.counts["waited for their turn"] == 1 and journal.surprises == []
