"""A whole contest of 200 people over four weeks, its results computed again from the public export."""

import csv
import hashlib
import io
import json

import pytest

from ranking_by_hand import published, recomputed

WEEKS = (1, 2, 3, 4)
ENOUGH = 20
"""About 170 of the 200 come in time, but not on a machine that does ten other things."""


@pytest.fixture(scope="module", params=WEEKS)
def week(request, rehearsal, front):
    """One week: its part of the report and its public files."""
    report = next(week for week in rehearsal["weeks"] if week["number"] == request.param)
    path = f"/api/scoring/rounds/{report['round_id']}"
    return {
        "report": report,
        "rules": front.get(f"{path}/rules.json").json()["rules"],
        "attempts": rows(front.get(f"{path}/attempts.csv")),
        "results": rows(front.get(f"{path}/results.csv")),
        "file": front.get(f"{path}/results.json"),
        "round": front.get(path).json(),
    }


def rows(response) -> list[dict]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_rehearsal_found_nothing_wrong(rehearsal):
    assert rehearsal["ok"], json.dumps(rehearsal.get("surprises"), ensure_ascii=False)[:2000]
    assert len(rehearsal["people"]) == 200
    assert [week["number"] for week in rehearsal["weeks"]] == list(WEEKS)


def test_the_published_places_are_those_that_anyone_computes(week):
    places = published(week["results"])
    assert places == recomputed(week["attempts"], week["rules"])
    assert len(places) > ENOUGH


def test_every_receipt_is_in_the_export_exactly_once_and_nothing_else(week):
    receipts = week["report"]["attempts"]
    assert all(receipt["receipt"] for receipt in receipts)
    assert len(receipts) == len({receipt["attempt_id"] for receipt in receipts}) > ENOUGH
    assert len(week["attempts"]) == len({(row["person"], row["number"]) for row in week["attempts"]})
    accepted = sorted((receipt["submitted_at"], receipt["by"], receipt["number"]) for receipt in receipts)
    assert accepted == sorted((row["submitted_at"], row["by"], int(row["number"])) for row in week["attempts"])


def test_the_round_closed_with_the_count_that_was_scored(week):
    counts = week["round"]["counts"]
    assert counts["attempts"] == counts["expected"] == len(week["attempts"])
    assert counts["unscored"] == 0
    assert week["round"]["state"] == "official"


def test_papers_left_open_were_submitted_by_the_server(rehearsal):
    by = [attempt["by"] for week in rehearsal["weeks"] for attempt in week["attempts"]]
    assert set(by) == {"person", "server"}


def test_the_published_digest_is_that_of_the_file(week):
    assert hashlib.sha256(week["file"].content).hexdigest() == week["round"]["results"]["digest"]


def test_every_receipt_is_verified_by_the_public_door(week, front):
    receipts = [attempt["receipt"] for attempt in week["report"]["attempts"] if attempt.get("receipt")]
    for receipt in receipts[:10]:
        assert front.post("/api/exam/receipts/verify", json={"receipt": receipt}).json()["valid"]
        head, body, signature = receipt.split(".")
        forged = ".".join((head, body[:-2] + ("A" if body[-2] != "A" else "B") + body[-1], signature))
        assert not front.post("/api/exam/receipts/verify", json={"receipt": forged}).json()["valid"]


def test_names_are_shown_with_unit_and_phones_are_masked(week):
    named = [row for row in week["results"] if row["name"]]
    assert len(named) == len(week["results"])
    assert not any(row["phone"] and row["phone"].strip("'").lstrip("+").isdigit() for row in named)


def test_no_event_was_parked_and_no_outbox_is_waiting(rehearsal, hoithi):
    status = hoithi("status")
    assert status["healthy"], status
    assert hoithi("dead-letters", "list")["letters"] == 0
