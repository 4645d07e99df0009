"""Rounds open and close by the clock: also after downtime, once, with two replicas of everything."""

import csv
import io
import time
from datetime import UTC, datetime, timedelta

import pytest

BANK = "chuyen-doi-so"
EXAM_WORKERS = ("exam-worker-0", "exam-worker-1")


@pytest.fixture
def contest(front, sign_in, request):
    """`contest(opens_in_s, seconds, rounds=1)`: a published contest, its rounds one right after the other; gives their ids."""

    def publish(opens_in_s: float, seconds: float, rounds: int = 1) -> list[str]:
        organiser = sign_in("organiser")
        contest_id = f"clock-{request.node.originalname[-20:].replace('_', '-').strip('-')}-{int(time.time())}"
        opens = datetime.now(UTC) + timedelta(seconds=opens_in_s)
        edges = [(opens + timedelta(seconds=seconds * number)).isoformat() for number in range(rounds + 1)]
        body = {
            "contest_id": contest_id,
            "title": "Vòng ngắn",
            "template": "compressed",
            "rules": {
                "paper_size": 5,
                "paper_seconds": min(60, round(seconds)),
                "grace_seconds": 1,
                "divisions": [{"name": "citizens", "bank": BANK, "blueprint": [{"count": 5}]}],
            },
            "rounds": [
                {"title": f"Vòng {number}", "opens_at": edges[number - 1], "closes_at": edges[number]}
                for number in range(1, rounds + 1)
            ],
        }
        made = front.post("/api/exam/contests", json=body, headers=organiser)
        assert made.status_code == 201, made.text
        published = front.post(f"/api/exam/contests/{contest_id}/publish", headers=organiser)
        assert published.status_code == 200, published.text
        return [f"{contest_id}-w{number}" for number in range(1, rounds + 1)]

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


def begun(front, header, round_id: str) -> dict | None:
    """The paper of an attempt begun now; None while the round lets nobody in."""
    answer = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header)
    assert answer.status_code in (201, 409, 503), answer.text
    return answer.json() if answer.status_code == 201 else None


@pytest.fixture
def results(front, eventually):
    """`results(round_id)`: the round at scoring once provisional, and its exported attempts."""

    def provisional(round_id: str) -> dict | None:
        answer = front.get(f"/api/scoring/rounds/{round_id}")
        return answer.json() if answer.status_code == 200 and answer.json()["state"] == "provisional" else None

    def read(round_id: str) -> tuple[dict, list[dict]]:
        round_ = eventually(lambda: provisional(round_id))
        exported = front.get(f"/api/scoring/rounds/{round_id}/attempts.csv").content.decode("utf-8-sig")
        return round_, list(csv.DictReader(io.StringIO(exported)))

    return read


def test_a_week_that_closes_while_a_paper_is_under_way_counts_the_saved_answers(front, sign_in, contest, results, eventually):
    participant, rounds = sign_in("participant"), contest(2, 6, rounds=5)
    round_id, attempt = eventually(lambda: first_save(front, participant, rounds))
    round_, rows = results(round_id)
    assert round_["counts"]["expected"] == round_["counts"]["attempts"] == 1
    assert [row["by"] for row in rows] == ["server"]
    mine = front.get(attempt, headers=participant).json()
    assert mine["state"] == "submitted" and mine["answers"] == {"1": "A", "3": "C"}
    late = front.put(f"{attempt}/answers", json={"answers": {"2": "A"}}, headers=participant)
    assert late.status_code == 409
    assert front.get(attempt, headers=participant).json()["answers"] == mine["answers"]


def first_save(front, header, rounds: list[str]) -> tuple[str, str] | None:
    """(round, path of the attempt) of the first round in which a start and a save came in time: a slow machine may miss some."""
    for round_id in rounds:
        if paper := begun(front, header, round_id):
            attempt = f"/api/exam/attempts/{paper['attempt_id']}"
            saved = front.put(f"{attempt}/answers", json={"answers": {"1": "A", "3": "C"}}, headers=header)
            if saved.status_code == 200:
                return round_id, attempt
    return None


def test_a_round_whose_opening_fell_into_downtime_is_opened_by_the_first_who_comes(
    front, sign_in, contest, stopped_clock, results, eventually
):
    participant, start_clock = sign_in("participant"), stopped_clock()
    [round_id] = contest(1, 15)
    paper = eventually(lambda: begun(front, participant, round_id))
    answers = {"answers": {"1": "A"}, "prediction": 3}
    accepted = front.post(f"/api/exam/attempts/{paper['attempt_id']}/submit", json=answers, headers=participant)
    assert accepted.status_code == 200, accepted.text
    start_clock()
    round_, rows = results(round_id)
    assert [(row["by"], row["prediction"]) for row in rows] == [("person", "3")]


def test_a_round_that_passed_wholly_in_downtime_opens_and_closes_once(contest, stopped_clock, results):
    start_clock = stopped_clock()
    [round_id] = contest(5, 5)
    time.sleep(10.5)
    start_clock()
    round_, rows = results(round_id)
    assert round_["counts"]["expected"] == 0 and rows == []
