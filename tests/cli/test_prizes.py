"""Pools of units and prizes of collectives from a terminal."""

import json

POOL = {
    "pool_id": "xa", "title": "Giải xã", "unit": "Xã Ngọc Đường", "prizes": [{"name": "first", "count": 1}], "rounds": ["c-w1"],
    "season": True, "fixed": False, "revision": 1,
}  # fmt: skip
UNIT = {"block": "Khối xã", "prize": "first", "place": 1, "unit": "Xã Ngọc Đường", "participants": 12, "rate_percent": "60.00",
        "unit_id": "x1"}  # fmt: skip


def test_a_pool_is_defined_with_its_prizes_best_first(hoithi, site, signed_in):
    site.on("PUT", "/api/scoring/contests/c/pools/xa", (200, POOL))
    told = ["--unit", "x1", "--title", "Giải xã", "--prize", "first=1", "--prize", "Triển vọng=2", "--round", "c-w1"]
    result = hoithi("pools", "define", "c", "xa", *told, "--not-both", *signed_in)
    assert result.exit_code == 0, result.output
    body = json.loads(site.asked[-1]["body"])
    assert body["prizes"] == [{"name": "first", "count": 1}, {"name": "Triển vọng", "count": 2}]
    assert (body["unit_id"], body["rounds"], body["season"], body["also_main"]) == ("x1", ["c-w1"], False, False)


def test_a_prize_without_a_number_is_wrong_usage(hoithi, site, signed_in):
    result = hoithi("pools", "define", "c", "xa", "--unit", "x1", "--title", "t", "--prize", "first", *signed_in)
    assert result.exit_code == 2


def test_pools_are_listed_with_what_they_are_for(hoithi, site, signed_in):
    site.on("GET", "/api/scoring/contests/c/pools", (200, {"contest_id": "c", "officers": False, "pools": [POOL]}))
    result = hoithi("pools", "list", "c", *signed_in)
    assert "Giải xã" in result.stdout and "c-w1, season" in result.stdout and "first 1" in result.stdout


def test_a_winner_of_a_pool_is_refused_in_one_round(hoithi, site, signed_in):
    site.on("POST", "/api/scoring/contests/c/pools/xa/candidates/ab/check", (200, {"person": "ab", "state": "refused"}))
    result = hoithi("pools", "refuse", "c", "xa", "ab", "--reason", "nhầm người", "--round", "c-w1", *signed_in)
    assert result.exit_code == 0, result.output
    assert json.loads(site.asked[-1]["body"]) == {"outcome": "refused", "reason": "nhầm người", "round_id": "c-w1"}


def test_units_that_win_are_listed_and_one_is_excluded_with_a_reason(hoithi, site, signed_in):
    site.on("GET", "/api/scoring/rounds/c-w1/unit-prizes", (200, {"winners": [UNIT]}))
    assert "Khối xã" in hoithi("unit-prizes", "list", "c-w1", *signed_in).stdout
    site.on("POST", "/api/scoring/rounds/c-w1/unit-prizes/x1/check", (200, {"person": "x1", "state": "refused"}))
    assert hoithi("unit-prizes", "exclude", "c-w1", "x1", "--reason", "sai quân số", *signed_in).exit_code == 0
    assert json.loads(site.asked[-1]["body"]) == {"outcome": "refused", "reason": "sai quân số"}


def test_prizes_of_units_are_chosen_from_a_file(hoithi, site, signed_in, tmp_path):
    chosen = {"rounds": ["c-w1"], "blocks": []}
    (tmp_path / "prizes.json").write_text(json.dumps(chosen))
    site.on("PUT", "/api/scoring/contests/c/collective-prizes", (200, {**chosen, "revision": 1}))
    assert hoithi("unit-prizes", "choose", "c", tmp_path / "prizes.json", *signed_in).exit_code == 0
    (tmp_path / "prizes.json").write_text("{")
    assert hoithi("unit-prizes", "choose", "c", tmp_path / "prizes.json", *signed_in).exit_code == 2


def test_units_that_win_over_all_rounds_are_listed_and_verified_with_season(hoithi, site, signed_in):
    site.on("GET", "/api/scoring/contests/c/season/unit-prizes", (200, {"winners": [UNIT]}))
    assert "Khối xã" in hoithi("unit-prizes", "list", "c", "--season", *signed_in).stdout
    site.on("POST", "/api/scoring/contests/c/season/unit-prizes/x1/check", (200, {"person": "x1", "state": "verified"}))
    assert hoithi("unit-prizes", "verify", "c", "x1", "--season", *signed_in).exit_code == 0
