"""Starts in turn over HTTP, with two processes that let in two a second."""

from datetime import UTC, datetime

import pytest

from hoithi_exam.service import Doors


@pytest.fixture
def processes(clean, serve, just_opened):
    """Two processes that let in two a second, and an open round."""
    just_opened(attempts_per_day=None)
    return [serve(Doors, STARTS_PER_SECOND=2).client for _ in range(2)]


def crowded(client, auth) -> None:
    """Somebody waits already."""
    for n in range(20):
        if client.post("/rounds/hg-w1/attempts", headers=auth(f"crowd{n}")).status_code == 202:
            return
    pytest.fail("twenty came and nobody waited")


def test_a_waiting_answer_says_when_and_how_to_come_back(processes, auth, eventually):
    crowded(processes[0], auth)
    answer = processes[0].post("/rounds/hg-w1/attempts", headers=auth("an"))
    waiting = answer.json()["waiting"]
    assert answer.status_code == 202 and set(waiting) == {"ticket", "position", "wait_seconds", "retry_at", "server_time"}
    assert int(answer.headers["retry-after"]) >= waiting["wait_seconds"] > 0 and waiting["position"] >= 1
    back = {**auth("an"), "X-Waiting-Ticket": waiting["ticket"]}
    eventually(lambda: datetime.now(UTC) >= datetime.fromisoformat(waiting["retry_at"]))
    crowded(processes[1], auth)
    paper = processes[1].post("/rounds/hg-w1/attempts", headers=back)
    assert paper.status_code == 201 and paper.json()["started_at"] >= waiting["retry_at"][:19]


def test_saving_and_submitting_never_wait(processes, auth):
    paper = processes[0].post("/rounds/hg-w1/attempts", headers=auth("an")).json()
    crowded(processes[0], auth)
    url = f"/attempts/{paper['attempt_id']}"
    assert processes[0].put(f"{url}/answers", json={"answers": {"1": "A"}}, headers=auth("an")).status_code == 200
    assert processes[0].get(url, headers=auth("an")).status_code == 200
    assert processes[0].post("/rounds/hg-w1/attempts", headers=auth("an")).status_code == 200
    assert processes[0].post(f"{url}/submit", json={}, headers=auth("an")).status_code == 200


@pytest.mark.parametrize("ticket", ["", "x", "1.2", "ế", "9" * 5000, "1795372387123."])
def test_any_text_for_a_ticket_is_answered(processes, auth, ticket):
    headers = [(b"X-Waiting-Ticket", ticket.encode()), *((name.encode(), text.encode()) for name, text in auth("an").items())]
    assert processes[0].post("/rounds/hg-w1/attempts", headers=headers).status_code in (200, 201, 202)


def test_an_operator_sees_who_waits_and_how_long(processes, auth):
    crowded(processes[0], auth)
    metrics = processes[0].get("/metrics").text
    assert "hoithi_exam_starts_waiting_total" in metrics and "hoithi_exam_starts_wait_seconds" in metrics


def test_the_description_tells_of_the_waiting_answer_and_the_ticket(processes):
    start = processes[0].get("/openapi.json").json()["paths"]["/rounds/{round_id}/attempts"]["post"]
    assert "202" in start["responses"]
    assert "X-Waiting-Ticket" in {parameter["name"] for parameter in start["parameters"]}
