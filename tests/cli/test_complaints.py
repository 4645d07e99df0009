"""Complaints from a terminal."""

import json

COMPLAINT = {
    "complaint_id": "c-w1:ab:score:1", "contest_id": "c", "round_id": "c-w1", "kind": "score", "text": "Tôi trả lời đúng.",
    "state": "received", "decide_by": "2026-11-30T17:00:00Z", "overdue": True, "said": [], "log": [], "name": "Lò Văn Páo",
}  # fmt: skip


def test_every_page_of_complaints_is_listed(hoithi, site, signed_in, document):
    pages = [(200, {"complaints": [COMPLAINT], "next": 1}), (200, {"complaints": [COMPLAINT], "next": None})]
    site.on("GET", "/api/scoring/contests/c/complaints", *pages)
    found = document(hoithi("complaints", "list", "c", "--overdue", "--json", *signed_in))
    assert len(found["complaints"]) == 2
    assert "overdue=true" in site.asked[-1]["query"] and "after=1" in site.asked[-1]["query"]


def test_a_complaint_is_shown_with_what_was_written(hoithi, site, signed_in):
    site.on("GET", "/api/scoring/complaints/c-w1:ab:score:1", (200, COMPLAINT))
    assert "Tôi trả lời đúng." in hoithi("complaints", "show", "c-w1:ab:score:1", *signed_in).stdout


def test_a_decision_carries_outcome_and_reason(hoithi, site, signed_in):
    site.on("POST", "/api/scoring/complaints/x/decision", (200, {**COMPLAINT, "state": "upheld"}))
    result = hoithi("complaints", "decide", "x", "upheld", "--reason", "Đáp án câu 4 sai.", *signed_in)
    assert result.exit_code == 0
    assert json.loads(site.asked[-1]["body"]) == {"outcome": "upheld", "reason": "Đáp án câu 4 sai."}


def test_an_outcome_that_is_none_is_wrong_usage(hoithi, signed_in):
    assert hoithi("complaints", "decide", "x", "maybe", "--reason", "không rõ", *signed_in).exit_code == 2


def test_holidays_are_read_without_an_account_and_named_with_a_reason(hoithi, site, signed_in):
    site.on("GET", "/api/scoring/contests/c/holidays", (200, {"contest_id": "c", "days": []}))
    assert hoithi("complaints", "holidays", "c", "--url", site.url).exit_code == 0
    site.on("PUT", "/api/scoring/contests/c/holidays", (200, {"contest_id": "c", "days": ["2027-02-08"]}))
    result = hoithi("complaints", "holidays", "c", "--day", "2027-02-08", "--reason", "Tết", *signed_in)
    assert result.exit_code == 0 and json.loads(site.asked[-1]["body"]) == {"days": ["2027-02-08"], "reason": "Tết"}
