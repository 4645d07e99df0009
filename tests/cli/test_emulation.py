"""Emulation campaigns from a terminal."""

import json

CAMPAIGN, ASSESSMENT = "/api/emulation/campaigns/c", "/api/emulation/assessments/c:x1"
CRITERIA = [
    {"code": "A1", "value": 1.0, "claimed": 10, "accepted": None, "note": "Có", "reason": ""},
    {"code": "C1", "value": 85.0, "claimed": 20, "accepted": 20, "note": "", "reason": ""},
]
SEEN = {"assessment_id": "c:x1", "campaign_id": "c", "kind": "collective", "revision": 4, "state": "draft", "total": 30,
        "files": [], "criteria": CRITERIA}  # fmt: skip
RULES = {"collective": [{"code": "A1", "how": "yes-no"}, {"code": "A2", "how": "points"}, {"code": "C1", "how": "index"}]}


def test_a_claim_leaves_what_is_not_named_as_it_is(hoithi, site, signed_in):
    site.on("GET", ASSESSMENT, (200, SEEN))
    site.on("GET", CAMPAIGN, (200, {"rules": RULES}))
    site.on("PUT", f"{ASSESSMENT}/claims", (200, SEEN))
    result = hoithi("emulation", "claim", "c:x1", "--claim", "A2=12.5", "--note", "A2=Báo cáo", *signed_in)
    assert result.exit_code == 0, result.output
    assert json.loads(site.asked[-1]["body"]) == {
        "revision": 4,
        "claims": [{"code": "A1", "value": 1.0, "note": "Có"}, {"code": "A2", "value": 12.5, "note": "Báo cáo"}],
    }
    assert hoithi("emulation", "claim", "c:x1", "--claim", "A2:12", *signed_in).exit_code == 2


def test_a_review_names_only_what_differs(hoithi, site, signed_in):
    site.on("GET", ASSESSMENT, (200, SEEN))
    site.on("POST", f"{ASSESSMENT}/confirmation", (200, {**SEEN, "state": "confirmed"}))
    result = hoithi("emulation", "confirm", "c:x1", "--points", "A1=0", "--reason", "A1=Chưa ban hành", *signed_in)
    assert result.exit_code == 0, result.output
    judged = [{"code": "A1", "points": 0.0, "reason": "Chưa ban hành"}]
    assert json.loads(site.asked[-1]["body"]) == {"judgements": judged, "revision": 4}


def test_a_campaign_that_cannot_open_is_a_failed_check(hoithi, site, signed_in):
    wrong = {
        "ready": False,
        "findings": [{"where": "rules.leagues", "code": "leagues-missing", "message": "There is no league."}],
    }
    site.on("POST", f"{CAMPAIGN}/check", (200, wrong))
    result = hoithi("emulation", "check", "c", *signed_in)
    assert result.exit_code == 4 and "There is no league." in result.stdout


def test_evidence_and_exports_go_by_the_name_of_the_file(hoithi, site, signed_in, tmp_path):
    file, out = tmp_path / "Kế hoạch.pdf", tmp_path / "thi-dua.csv"
    file.write_bytes(b"%PDF-")
    site.on("GET", ASSESSMENT, (200, SEEN))
    site.on("POST", f"{ASSESSMENT}/files", (201, SEEN))
    assert hoithi("emulation", "attach", "c:x1", "A1", file, *signed_in).exit_code == 0
    assert site.asked[-1]["body"] in (b"%PDF-", "%PDF-")
    site.on("GET", f"{CAMPAIGN}/evaluation.csv", (200, b"unit_id"))
    assert hoithi("emulation", "export", "c", "--out", out, *signed_in).exit_code == 0
    assert out.read_bytes() == b"unit_id"
    assert hoithi("emulation", "paper", "c", "--out", tmp_path / "a.xlsx", *signed_in).exit_code == 2
