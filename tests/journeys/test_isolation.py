"""Another service in trouble does not slow those who take a paper: each is saturated in turn, with both its processes.

No step of a paper may fail or wait for the saturated part. Times are compared with those of the same minute on the same
machine, generously: what would show is a step that waits for a full queue, a hash or a mail server, not a busy processor.
"""

import json
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

SATURATE = Path(__file__).parent / "saturate.py"
PEOPLE = 15
STEPS = ("start", "save", "submit")
FACTOR, FOR_NOISE_S = 10, 0.5
PAGES = ("/rounds/{}", "/rounds/{}/units", "/rounds/{}/results")
SCORING_WORKERS = ("scoring-worker-0", "scoring-worker-1")


@pytest.fixture(scope="module")
def open_round(front, sign_in):
    """The id of a round that is open for an hour, for everybody's five questions."""
    contest_id, now = f"isolation-{int(time.time())}", datetime.now(UTC)
    body = {
        "contest_id": contest_id,
        "title": "Vòng thi giữa sự cố",
        "template": "compressed",
        "rules": {
            "paper_size": 5,
            "paper_seconds": 600,
            "divisions": [{"name": "citizens", "bank": "chuyen-doi-so", "blueprint": [{"count": 5}]}],
        },
        "rounds": [{"title": "Vòng 1", "opens_at": now.isoformat(), "closes_at": (now + timedelta(hours=1)).isoformat()}],
    }
    organiser = sign_in("organiser")
    for path, content in (("/contests", body), (f"/contests/{contest_id}/publish", None)):
        answer = front.post(f"/api/exam{path}", json=content, headers=organiser)
        assert answer.status_code in (200, 201), answer.text
    return f"{contest_id}-w1"


@pytest.fixture
def papers(front, auth, open_round):
    """`papers()`: people take papers one after the other, without a single refusal; step -> median seconds."""

    def take() -> dict[str, float]:
        seconds: dict[str, list[float]] = {step: [] for step in STEPS}
        for _ in range(PEOPLE):
            person = auth(f"isolated-{uuid4()}", unit=unit)
            for step, spent in zip(STEPS, _paper(front, person, open_round), strict=True):
                seconds[step].append(spent)
        return {step: statistics.median(spent) for step, spent in seconds.items()}

    unit = front.get("/api/registration/units", params={"q": "xa", "kind": "commune", "limit": 1}).json()["units"][0]["id"]
    take()  # connections, banks and indexes are warm
    return take


def _paper(front, person: dict, round_id: str):
    """Seconds of a start, a save, a submission."""
    answer, spent = _timed(front.post, f"/api/exam/rounds/{round_id}/attempts", headers=person)
    assert answer.status_code == 201, answer.text
    yield spent
    url = f"/api/exam/attempts/{answer.json()['attempt_id']}"
    for ask, path, body in ((front.put, "/answers", {"answers": {"1": "A"}}), (front.post, "/submit", {"answers": {"2": "B"}})):
        answer, spent = _timed(ask, url + path, json=body, headers=person)
        assert answer.status_code == 200, answer.text
        yield spent


def _timed(ask, *arguments, **more):
    began = time.monotonic()
    return ask(*arguments, **more), time.monotonic() - began


@contextmanager
def crowd(method: str, threads: int, body: dict | None, urls: list[str]):
    """A crowd at these doors; the dictionary is filled with what they got when it is over."""
    command = [sys.executable, str(SATURATE), method, str(threads), json.dumps(body) if body else "", *urls]
    running, told = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True), {}
    try:
        time.sleep(2)  # until everybody of it stands in line
        yield told
    finally:
        told.update(json.loads(running.communicate()[0]))


def doors(platform, service: str, path: str) -> list[str]:
    return [f"http://127.0.0.1:{each.port}{path}" for each in platform.processes if each.matches(f"{service}-doors")]


def assert_undisturbed(before: dict, meanwhile: dict) -> None:
    for step in STEPS:
        assert meanwhile[step] <= FACTOR * before[step] + FOR_NOISE_S, (step, before, meanwhile)


def test_sign_ins_in_a_queue_do_not_hold_up_papers(platform, papers):
    somebody = {"identifier": "khong-ai-{n}@example.org", "password": "mat-khau-rat-dai-1"}  # takes as long as a known one
    urls = doors(platform, "registration", "/sign-in")
    with crowd("POST", 1, somebody, urls) as alone:
        before = papers()
    with crowd("POST", 40, somebody, urls) as queue:
        meanwhile = papers()
    assert queue["median_s"] > 2 * alone["median_s"], f"registration was not saturated: {alone}, {queue}"
    assert_undisturbed(before, meanwhile)
    assert max(meanwhile.values()) < queue["median_s"], "a step of a paper took as long as a sign-in in the queue"


def test_a_rush_for_results_and_a_queue_that_nobody_works_off_do_not_hold_up_papers(platform, papers, open_round):
    urls = [url for page in PAGES for url in doors(platform, "scoring", page.format(open_round))]
    with crowd("GET", 1, None, urls) as alone:
        before = papers()
    for worker in SCORING_WORKERS:
        platform.supervise("pause", worker)
    try:
        with crowd("GET", 40, None, urls) as rush:
            meanwhile = papers()
    finally:
        for worker in SCORING_WORKERS:
            platform.supervise("resume", worker)
    assert rush["median_s"] > 2 * alone["median_s"], f"scoring was not saturated: {alone}, {rush}"
    assert_undisturbed(before, meanwhile)


def test_a_mail_server_that_does_not_answer_does_not_hold_up_papers(platform, papers, front, sign_in, eventually):
    before, operator = papers(), sign_in("operator")
    waited = pending(front, operator)
    platform.supervise("pause", "maildev")
    try:
        people = [joined(front) for _ in range(12)]
        eventually(lambda: pending(front, operator) >= waited + len(people))
        meanwhile = papers()
        assert pending(front, operator) >= waited + len(people), "letters were sent: the mail server was there"
    finally:
        platform.supervise("resume", "maildev")
    assert_undisturbed(before, meanwhile)


def pending(front, operator: dict) -> int:
    """Welcome letters that wait to be sent."""
    wanted = {"state": "queued", "occasion": "welcome", "limit": 200}
    return len(front.get("/api/notify/deliveries", params=wanted, headers=operator).json()["deliveries"])


def joined(front) -> dict:
    """Somebody new, who is to get a welcome letter."""
    consents = front.get("/api/registration/consents").json()["purposes"]
    body = {
        "name": "Lò Văn Páo",
        "birth_date": "1985-03-02",
        "email": f"{uuid4()}@example.org",
        "password": "mat-khau-rat-dai-1",
        "division": "citizens",
        "unit_id": front.get("/api/registration/units", params={"q": "xa", "kind": "commune", "limit": 1}).json()["units"][0][
            "id"
        ],
        "consents": [{"purpose": each["purpose"], "version": each["version"]} for each in consents if each.get("required")],
    }
    answer = front.post("/api/registration/join", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()
