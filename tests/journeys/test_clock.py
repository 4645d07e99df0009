"""Rounds open and close by the clock: also after downtime, once, with two replicas of everything."""

import csv
import io
import time
from datetime import UTC, datetime, timedelta

import pytest

BANK = "chuyen-doi-so"
EXAM_WORKERS = ("exam-worker-0", "exam-worker-1")
PATIENCE_S = 45


@pytest.fixture
def contest(front, sign_in, request):
    """`contest(opens_in_s, seconds)`: a published contest of one round; gives the round's id."""

    def publish(opens_in_s: float, seconds: float) -> str:
        organiser = sign_in("organiser")
        opens = datetime.now(UTC) + timedelta(seconds=opens_in_s)
        contest_id = f"clock-{request.node.originalname[-20:].replace('_', '-').strip('-')}-{int(time.time())}"
        body = {
            "contest_id": contest_id,
            "title": "Vòng ngắn",
            "template": "compressed",
            "rules": {
                "paper_size": 5,
                "paper_seconds": 5,
                "grace_seconds": 1,
                "divisions": [{"name": "citizens", "bank": BANK, "blueprint": [{"count": 5}]}],
            },
            "rounds": [
                {"title": "Vòng 1", "opens_at": opens.isoformat(), "closes_at": (opens + timedelta(seconds=seconds)).isoformat()}
            ],
        }
        made = front.post("/api/exam/contests", json=body, headers=organiser)
        assert made.status_code == 201, made.text
        published = front.post(f"/api/exam/contests/{contest_id}/publish", headers=organiser)
        assert published.status_code == 200, published.text
        return f"{contest_id}-w1"

    return publish


@pytest.fixture
def stopped_clock(platform):
    """`start = stopped_clock()` stops exam's workers; `start()` brings them back, as the end of the test does."""

    def start():
        platform.start_services(only=EXAM_WORKERS)

    def stop():
        platform.supervisor.stop(list(EXAM_WORKERS))
        return start

    yield stop
    start()


def begin(front, header, round_id: str):
    """Start an attempt as soon as the round lets one in."""
    end = time.monotonic() + PATIENCE_S
    while True:
        answer = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header)
        if answer.status_code == 201:
            return answer.json()
        assert answer.status_code in (409, 503) and time.monotonic() < end, answer.text
        time.sleep(0.2)


def results(front, round_id: str) -> tuple[dict, list[dict]]:
    """The round at scoring once provisional, and its exported attempts."""
    end = time.monotonic() + PATIENCE_S
    while True:
        answer = front.get(f"/api/scoring/rounds/{round_id}")
        if answer.status_code == 200 and answer.json()["state"] == "provisional":
            exported = front.get(f"/api/scoring/rounds/{round_id}/attempts.csv").content.decode("utf-8-sig")
            return answer.json(), list(csv.DictReader(io.StringIO(exported)))
        assert time.monotonic() < end, answer.text
        time.sleep(0.3)


def test_a_week_that_closes_while_a_paper_is_under_way_counts_the_saved_answers(front, sign_in, contest):
    round_id, participant = contest(1, 6), sign_in("participant")
    paper = begin(front, participant, round_id)
    saved = front.put(
        f"/api/exam/attempts/{paper['attempt_id']}/answers", json={"answers": {"1": "A", "3": "C"}}, headers=participant
    )
    assert saved.status_code == 200, saved.text
    round_, rows = results(front, round_id)
    assert round_["counts"]["expected"] == round_["counts"]["attempts"] == 1
    assert [row["by"] for row in rows] == ["server"]
    mine = front.get(f"/api/exam/attempts/{paper['attempt_id']}", headers=participant).json()
    assert mine["state"] == "submitted" and mine["answers"] == {"1": "A", "3": "C"}
    late = front.put(f"/api/exam/attempts/{paper['attempt_id']}/answers", json={"answers": {"2": "A"}}, headers=participant)
    assert late.status_code == 409
    assert front.get(f"/api/exam/attempts/{paper['attempt_id']}", headers=participant).json()["answers"] == mine["answers"]


def test_a_round_whose_opening_fell_into_downtime_opens_afterwards(front, sign_in, contest, stopped_clock):
    participant = sign_in("participant")
    round_id = contest(6, 30)
    start_clock = stopped_clock()
    opens = datetime.fromisoformat(front.get(f"/api/exam/rounds/{round_id}").json()["opens_at"])
    time.sleep(max(0, (opens - datetime.now(UTC)).total_seconds()) + 0.5)
    early = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=participant)
    assert early.status_code == 503 and early.headers["retry-after"]
    start_clock()
    paper = begin(front, participant, round_id)
    accepted = front.post(
        f"/api/exam/attempts/{paper['attempt_id']}/submit", json={"answers": {"1": "A"}, "prediction": 3}, headers=participant
    )
    assert accepted.status_code == 200, accepted.text
    round_, rows = results(front, round_id)
    assert [(row["by"], row["prediction"]) for row in rows] == [("person", "3")]


def test_a_round_that_passed_wholly_in_downtime_opens_and_closes_once(front, contest, stopped_clock):
    round_id = contest(6, 11)
    start_clock = stopped_clock()
    closes = datetime.fromisoformat(front.get(f"/api/exam/rounds/{round_id}").json()["closes_at"])
    time.sleep(max(0, (closes - datetime.now(UTC)).total_seconds()) + 1)
    start_clock()
    round_, rows = results(front, round_id)
    assert round_["counts"]["expected"] == 0 and rows == []
