"""What officers do, from a terminal."""

import json

ROSTER = {"kind": "headcounts", "rows": 1, "saved": False, "units": [], "findings": [
    {"severity": "error", "row": 2, "column": "B", "code": "not-a-headcount", "message": "A headcount is a whole number."},
]}  # fmt: skip
PEOPLE = [{"user_id": f"u{number}", "name": "Lò Văn Páo", "phone": None, "division": "citizens"} for number in (1, 2)]
NOT_YET, SHEET = "/api/scoring/rounds/c-w1/units/x1/not-yet", "/api/registration/rosters/c/sheet"


def test_all_pages_of_who_is_missing_go_into_the_list_to_call(hoithi, site, signed_in, tmp_path):
    site.on("GET", NOT_YET, (200, {"people": PEOPLE[:1], "next": "lo~u1"}), (200, {"people": PEOPLE[1:], "next": None}))
    site.on("POST", "/api/registration/units/x1/phone-list", (200, b"PK excel"))
    out = tmp_path / "call.xlsx"
    result = hoithi("officer", "phones", "c-w1", "x1", "--out", out, "--reason", "nhắc tuần 1", *signed_in)
    assert (result.exit_code, out.read_bytes()) == (0, b"PK excel"), result.output
    assert json.loads(site.asked[-1]["body"]) == {"user_ids": ["u1", "u2"], "reason": "nhắc tuần 1"}


def test_a_wrong_roster_is_a_failed_check_and_comes_back_to_be_corrected(hoithi, site, signed_in, tmp_path):
    file, corrected = tmp_path / "quan-so.xlsx", tmp_path / "sua.xlsx"
    file.write_bytes(b"PK")
    site.on("POST", SHEET, (200, ROSTER))
    site.on("POST", f"{SHEET}/corrections", (200, b"PK marked"))
    result = hoithi("officer", "roster", "c", "x1", file, "--corrected", corrected, *signed_in)
    assert (result.exit_code, corrected.read_bytes()) == (4, b"PK marked"), result.output
    assert "A headcount is a whole number." in result.stdout


def test_the_name_of_the_file_says_which_report(hoithi, site, signed_in, tmp_path):
    base = "/api/scoring/contests/c/units/x1"
    for path, name, more in (
        ("/report.xlsx", "a.xlsx", ()),
        ("/report.pdf", "a.pdf", ()),
        ("/reports/weekly/2026-09-07/report.pdf", "b.pdf", ("--kind", "weekly", "--day", "2026-09-07")),
        ("/evaluation.xlsx", "c.xlsx", ("--what", "points")),
    ):
        site.on("GET", base + path, (200, b"file"))
        assert hoithi("officer", "report", "c", "x1", "--out", tmp_path / name, *more, *signed_in).exit_code == 0
        assert (tmp_path / name).read_bytes() == b"file"
    assert hoithi("officer", "report", "c", "x1", "--out", tmp_path / "a.doc", *signed_in).exit_code == 2


def test_an_empty_time_means_no_report(hoithi, site, signed_in):
    site.on("PUT", "/api/scoring/contests/c/report-times", (200, {"daily_at": None, "weekly_at": "08:00", "weekly_on": 1}))
    assert hoithi("officer", "times", "c", "--daily-at", "", *signed_in).exit_code == 0
    assert json.loads(site.asked[-1]["body"]) == {"daily_at": None, "weekly_at": "08:00", "weekly_on": 1}


def test_steps_of_points_are_rate_and_worth(hoithi, site, signed_in):
    site.on("PUT", "/api/scoring/contests/c/evaluation", (200, {"criterion": "C", "steps": [{"least_rate": 90, "points": 8.5}]}))
    assert hoithi("officer", "points", "c", "--criterion", "C", "--step", "90=8.5", *signed_in).exit_code == 0
    assert json.loads(site.asked[-1]["body"])["steps"] == [{"least_rate": 90, "points": 8.5}]
    assert hoithi("officer", "points", "c", "--criterion", "C", "--step", "nine", *signed_in).exit_code == 2
