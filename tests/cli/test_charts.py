"""`hoithi charts`: what charts are drawn from, of a round and of a whole contest."""

import csv

FOUND = {
    "contest_id": "hg", "title": "Công dân số", "built_at": "2026-09-14T00:00:00Z", "unit_id": None, "unit": None, "full": True,
    "suppressed": False, "rounds": 2,
    "days": [{"day": "2026-09-07", "newcomers": 21, "attempts": 30}],
    "scores": [{"least": 0, "most": 4, "people": 11}, {"least": 5, "most": 9, "people": 12}],
    "steps": [{"step": "registered", "people": 40}, {"step": "started", "people": 23}],
}  # fmt: skip
UNIT = {"unit_id": "x1", "name": "=Xã", "participants": 12, "roster": 20, "rate_percent": "60.00", "attempts": 30}
ROOT = {**UNIT, "unit_id": "t1", "name": "Tỉnh", "participants": 23}
PARTICIPATION = "/api/scoring/contests/hg/season/participation"


def charts_of_contest(site):
    site.on("GET", "/api/scoring/contests/hg/season/charts", (200, FOUND))
    site.on("GET", PARTICIPATION, (200, {"rows": [ROOT]}), (200, {"rows": [UNIT]}))


def test_charts_of_a_contest_are_tables_with_the_units_below_the_only_root(hoithi, site, signed_in):
    charts_of_contest(site)
    result = hoithi("charts", "hg", *signed_in)
    assert result.exit_code == 0, result.output
    for said in ("Công dân số", "registered", "2026-09-07", "0-4", "=Xã", "60.00"):
        assert said in result.stdout, said
    assert "Tỉnh" not in result.stdout


def test_charts_are_one_document_with_json(hoithi, site, signed_in, document):
    charts_of_contest(site)
    assert document(hoithi("charts", "hg", "--json", *signed_in)) == {**FOUND, "units": [UNIT]}


def test_charts_are_saved_for_a_spreadsheet_and_no_cell_can_run(hoithi, site, signed_in, tmp_path):
    charts_of_contest(site)
    assert hoithi("charts", "hg", "--csv", tmp_path / "charts.csv", *signed_in).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "charts.csv").open(encoding="utf-8-sig", newline="")))
    assert [row["chart"] for row in rows] == ["steps", "steps", "days", "scores", "scores", "units"]
    assert (rows[2]["name"], rows[2]["people"], rows[2]["attempts"]) == ("2026-09-07", "21", "30")
    assert (rows[-1]["unit_id"], rows[-1]["name"], rows[-1]["people"]) == ("x1", "'=Xã", "12")


def test_charts_of_one_unit_in_a_round(hoithi, site, signed_in):
    site.on("GET", "/api/scoring/rounds/hg-w1/charts", (200, {**FOUND, "unit": "Xã Lũng Cú", "unit_id": "x1", "scores": None}))
    site.on("GET", "/api/scoring/rounds/hg-w1/participation", (200, {"rows": []}))
    result = hoithi("charts", "hg-w1", "--unit", "x1", *signed_in)
    assert result.exit_code == 0 and "Xã Lũng Cú" in result.stdout


def test_a_contest_without_results_has_no_units_to_ask_for(hoithi, site, signed_in):
    nothing = {**FOUND, "built_at": None, "days": [], "scores": None, "steps": None}
    site.on("GET", "/api/scoring/contests/hg/season/charts", (200, nothing))
    assert hoithi("charts", "hg", *signed_in).exit_code == 0
