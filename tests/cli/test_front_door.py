"""Against a real HTTP server: repeats, problems, tokens."""

import socket
import time

import pytest

from hoithi_cli import front_door
from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.platform import Account
from hoithi_cli.trouble import Refused, Unreachable

PROBLEM = {
    "type": "/problems/not-valid",
    "title": "Not valid",
    "detail": "See each field.",
    "errors": [{"field": "answers.21", "code": "not-on-paper", "message": "This question is not on your paper."}],
}


@pytest.fixture
def door(site, monkeypatch):
    monkeypatch.setattr(front_door, "_pause", lambda attempt, retry_after: 0.01)
    made = FrontDoor(site.url, "vi", repeats=2)
    yield made
    made.close()


def test_an_answer_503_is_asked_for_again(door, site):
    site.on("POST", "/api/exam/x", (503, {}), (429, {}), (200, {"done": True}))
    assert door.call("POST", "exam", "/x") == {"done": True}
    assert site.times("POST", "/api/exam/x") == 3


@pytest.mark.parametrize(("idempotent", "times"), [(True, 2), (False, 1)])
def test_a_service_lost_on_the_way_is_asked_again_only_when_that_does_no_harm(door, site, idempotent, times):
    site.on("POST", "/api/exam/x", (502, {}), (200, {}))
    if idempotent:
        door.call("POST", "exam", "/x", idempotent=True)
    else:
        with pytest.raises(Refused):
            door.call("POST", "exam", "/x")
    assert site.times("POST", "/api/exam/x") == times


def test_every_repeat_is_told(door, site):
    told = []
    door.on_repeat = told.append
    site.on("GET", "/api/exam/x", (503, {}), (200, {}))
    door.call("GET", "exam", "/x")
    assert told == ["503"]


def test_patience_ends(door, site):
    site.on("GET", "/api/exam/x", (503, {"title": "busy"}))
    with pytest.raises(Refused) as refused:
        door.call("GET", "exam", "/x")
    assert refused.value.status == 503
    assert site.times("GET", "/api/exam/x") == 3


def test_a_long_retry_after_is_not_waited_for(site):
    site.on("POST", "/api/registration/sign-in", (429, {"title": "wait"}, {"Retry-After": "900"}))
    began = time.monotonic()
    with pytest.raises(Refused):
        FrontDoor(site.url).call("POST", "registration", "/sign-in")
    assert time.monotonic() - began < 300, "of 900 s"


def test_retry_after_is_respected():
    assert 4.5 <= front_door._pause(0, "5") <= 6.5


def test_a_refusal_is_not_repeated(door, site):
    site.on("PUT", "/api/exam/x", (422, PROBLEM))
    with pytest.raises(Refused):
        door.call("PUT", "exam", "/x")
    assert site.times("PUT", "/api/exam/x") == 1


def test_a_problem_names_field_and_reason(door, site):
    site.on("PUT", "/api/exam/x", (422, PROBLEM))
    with pytest.raises(Refused) as refused:
        door.call("PUT", "exam", "/x")
    assert str(refused.value).splitlines() == [
        "Not valid (422)",
        "See each field.",
        "  answers.21: This question is not on your paper.",
    ]
    assert refused.value.slug == "not-valid"


def test_a_detail_that_only_repeats_the_title_is_said_once():
    assert str(Refused(404, {"title": "No such round.", "detail": "No such round."})) == "No such round. (404)"


def test_a_page_that_is_no_problem_document_is_described(door, site):
    site.on("GET", "/api/exam/x", (502, b"<html>Bad Gateway</html>", {"Content-Type": "text/html"}))
    with pytest.raises(Refused, match="GET /api/exam/x was refused"):
        door.call("GET", "exam", "/x")


def test_the_language_is_asked_for(door, site):
    site.on("GET", "/api/exam/x", (200, {}))
    door.call("GET", "exam", "/x")
    assert site.asked[0]["headers"]["Accept-Language"] == "vi"


def test_nobody_there_is_unreachable(monkeypatch):
    monkeypatch.setattr(front_door, "_pause", lambda attempt, retry_after: 0.01)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unreachable, match="make up"):
            FrontDoor(url, repeats=1).call("GET", "exam", "/x")


def signed_in(token, expires_in_s=600):
    return 200, {
        "user": {"user_id": "u"},
        "access_token": token,
        "expires_in_s": expires_in_s,
        "refresh_token": f"refresh {token}",
    }


def test_a_person_signs_in_once(door, site):
    site.on("POST", "/api/registration/sign-in", signed_in("one"))
    site.on("GET", "/api/exam/x", (200, {}))
    person = Person(door, Account("a@example.org", "pw"))
    person.call("GET", "exam", "/x")
    person.call("GET", "exam", "/x")
    assert site.times("POST", "/api/registration/sign-in") == 1
    assert site.asked[-1]["headers"]["Authorization"] == "Bearer one"


def test_an_old_token_is_renewed_with_the_refresh_token(door, site):
    site.on("POST", "/api/registration/sign-in", signed_in("one", expires_in_s=0))
    site.on("POST", "/api/registration/refresh", signed_in("two"))
    site.on("GET", "/api/exam/x", (200, {}))
    person = Person(door, Account("a@example.org", "pw"))
    person.sign_in()
    person.call("GET", "exam", "/x")
    assert site.asked[-1]["headers"]["Authorization"] == "Bearer two"


def test_a_refused_refresh_becomes_a_sign_in(door, site):
    site.on("POST", "/api/registration/sign-in", signed_in("one", expires_in_s=0), signed_in("three"))
    site.on("POST", "/api/registration/refresh", (401, {"title": "ended"}))
    site.on("GET", "/api/exam/x", (200, {}))
    person = Person(door, Account("a@example.org", "pw"))
    person.sign_in()
    person.call("GET", "exam", "/x")
    assert site.asked[-1]["headers"]["Authorization"] == "Bearer three"
