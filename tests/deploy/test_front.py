"""nginx as configured, before a service that these tests play: what is kept, for whom, what a sent-away person is told."""

import json
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from hoithi_native.testing import free_instance

PROBLEM = "application/problem+json"
AT_ONCE = 5
SIGN_INS_A_SECOND = 1


class Exam(BaseHTTPRequestHandler):
    """Answers with what it was asked and how often anybody asked it; `heard`: the headers of the last request."""

    asked: list[str] = []
    heard: dict[str, str] = {}
    busy_s, status = 0.0, 200

    def answer(self):
        type(self).asked.append(self.path)
        type(self).heard = dict(self.headers)
        time.sleep(self.busy_s)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"method": self.command, "path": self.path, "times": len(self.asked)}).encode()
        self.send_response(404 if "unknown" in self.path else self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """nginx alone; nothing is behind it but what a test plays."""
    instance = free_instance(tmp_path_factory.mktemp("front"))
    instance.surroundings.starts_at_once = AT_ONCE
    instance.surroundings.sign_in_rate = SIGN_INS_A_SECOND
    instance.prepare()
    name, command, _ = next(part for part in instance.surroundings.programs(lambda text: None) if part[0] == "nginx")
    running = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    try:
        yield instance
    finally:
        running.terminate()
        running.wait(30)


@pytest.fixture
def front(prepared, eventually):
    with httpx.Client(base_url=prepared.front_url, timeout=30) as client:
        eventually(lambda: _answers(client))
        yield client


def _answers(client) -> bool:
    try:
        return client.get("/docs/").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def exam(prepared):
    """The service, at the port of its first process."""
    Exam.asked, Exam.busy_s, Exam.status = [], 0.0, 200
    server = ThreadingHTTPServer(("127.0.0.1", prepared.ports.base + 20), Exam)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Exam
    server.shutdown()
    server.server_close()


def polls(front, path, times=30, **headers) -> list[dict]:
    return [front.get(f"/api/exam{path}", headers=headers).json() for _ in range(times)]


@pytest.mark.parametrize("path", ["/rounds/hg-w1", "/contests", "/contests/hg"])
def test_what_everybody_polls_reaches_the_service_about_once_a_second(front, exam, path):
    began = time.monotonic()
    answers = polls(front, path)
    assert {answer["path"] for answer in answers} == {path}
    assert len(exam.asked) <= 2 + (time.monotonic() - began)


def test_many_who_ask_at_the_same_moment_are_one_question(front, exam, prepared):
    exam.busy_s = 0.5
    answers, began = [], time.monotonic()

    def poll():
        answers.append(httpx.get(f"{prepared.front_url}/api/exam/rounds/together", timeout=30).json())

    crowd = [threading.Thread(target=poll) for _ in range(20)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert len(answers) == 20 and len(exam.asked) <= min(10, 1 + time.monotonic() - began)


def test_a_kept_answer_is_at_most_two_seconds_old(front, exam, eventually):
    (first,) = polls(front, "/rounds/aging", 1)
    began = time.monotonic()
    eventually(lambda: polls(front, "/rounds/aging", 1)[0]["times"] > first["times"])
    assert time.monotonic() - began < 20  # two, and patience with a slow machine


def test_a_question_string_makes_no_other_question(front, exam):
    began = time.monotonic()
    polls(front, "/rounds/same?a=1", 1)
    polls(front, "/rounds/same?a=2", 1)
    assert len(exam.asked) <= 1 + (time.monotonic() - began)


def test_who_is_signed_in_sees_the_newest_and_leaves_nothing_for_others(front, exam):
    mine = polls(front, "/contests/own", 3, Authorization="Bearer x")
    assert [answer["times"] for answer in mine] == [1, 2, 3]
    assert polls(front, "/contests/own", 1)[0]["times"] == 4


@pytest.mark.parametrize("path", ["/rounds/hg-w1/attempts", "/attempts/a", "/banks/b", "/receipts/keys"])
def test_nothing_else_is_kept(front, exam, path):
    polls(front, path, 3)
    assert len(exam.asked) == 3


def test_what_is_unknown_or_no_question_is_not_kept(front, exam):
    polls(front, "/rounds/unknown", 2)
    front.put("/api/exam/contests/changed", json={})
    front.put("/api/exam/contests/changed", json={})
    assert len(exam.asked) == 4


def test_every_answer_carries_the_fronts_clock_also_a_kept_one_a_page_and_a_refusal(front, exam):
    before = time.time()
    polls(front, "/rounds/clock", 1)
    for path in ("/api/exam/rounds/clock", "/api/exam/attempts/a", "/docs/", "/api/nothing", "/api/scoring/rounds"):
        told = float(front.get(path).headers["X-Server-Time"])
        assert before - 0.1 <= told <= time.time() + 0.1


def test_a_short_absence_of_the_service_is_not_seen_by_those_who_poll(front, exam):
    (before,) = polls(front, "/rounds/away", 1)
    exam.status = 503
    time.sleep(2.1)  # what is kept is old by now
    answer = front.get("/api/exam/rounds/away")
    assert (answer.status_code, answer.json()) == (200, before)
    assert len(exam.asked) == 2


def test_more_starts_at_once_than_can_be_answered_are_told_at_once_when_to_come_again_and_hold_up_nobody(front, exam, prepared):
    exam.busy_s = 1.0
    answers = []

    def start():
        answers.append(httpx.post(f"{prepared.front_url}/api/exam/rounds/hg-w1/attempts", timeout=60))

    crowd = [threading.Thread(target=start) for _ in range(6 * AT_ONCE)]
    for each in crowd:
        each.start()
    assert front.put("/api/exam/attempts/a/answers", json={}).status_code == 200
    for each in crowd:
        each.join()
    away = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert all(answer.headers["Content-Type"] == PROBLEM and answer.headers["Retry-After"] in "12345" for answer in away)


def test_who_is_sent_away_gets_a_problem_in_the_own_language_and_a_pause_of_the_own(front):
    vietnamese = [front.post("/api/exam/rounds/hg-w1/attempts") for _ in range(40)]
    english = front.post("/api/exam/rounds/hg-w1/attempts", headers={"Accept-Language": "en-GB"})
    assert {answer.status_code for answer in vietnamese} == {502}
    assert english.headers["Content-Type"] == vietnamese[0].headers["Content-Type"] == PROBLEM
    assert english.json()["detail"] != vietnamese[0].json()["detail"]
    pauses = {int(answer.headers["Retry-After"]) for answer in vietnamese}
    assert pauses <= {1, 2, 3, 4, 5} and len(pauses) >= 3


def test_a_service_hears_what_it_reads_but_nothing_that_others_claim_of_an_address_or_a_page(front, exam):
    read = {
        "Accept-Language": "en", "Authorization": "Bearer x", "Cookie": "a=b", "Origin": "http://a",
        "Sec-Fetch-Site": "same-origin", "User-Agent": "phone", "X-Channel": "poster", "X-Waiting-Ticket": "t",
    }  # fmt: skip
    claimed = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Referer": "http://127.0.0.1/secret"}
    front.put("/api/exam/attempts/a/answers", json={}, headers=read | claimed)
    assert read.items() <= exam.heard.items()
    assert exam.heard["X-Real-IP"] == "127.0.0.1"
    assert not exam.heard.keys() & {"X-Forwarded-For", "Referer", "Accept", "Accept-Encoding"}


def test_a_picture_is_drawn_once_whatever_stands_behind_the_question_mark(front, exam):
    asked = [front.get(f"/api/exam/contests/pictured/picture.png{query}").json() for query in ("", "?v=1", "?v=2")]
    assert [each["times"] for each in asked] == [1, 1, 1]


@pytest.mark.parametrize("door", ["sign-in", "join", "session/sign-in", "session/join"])
def test_who_guesses_passwords_from_one_address_is_slowed_down_at_every_door_that_hashes_them(front, door):
    answers = {front.post(f"/api/registration/{door}").status_code for _ in range(30 * SIGN_INS_A_SECOND)}
    assert 429 in answers
    assert front.post("/api/registration/session/refresh").status_code == 502  # nobody is behind it
