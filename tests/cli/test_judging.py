"""Flags, winners, minutes and signed results from a terminal."""

import hashlib
import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FLAG = {
    "flag_id": "impossible-speed-1", "kind": "impossible-speed", "unit": "Xã Ngọc Đường", "attempts": ["c-w1:u1:1"],
    "decision": None, "facts": {"questions": 20}, "people": [{"person": "ab", "name": None, "phone": None}],
}  # fmt: skip
RESULTS = b'{"round_id":"c-w1","rows":[\n]}\n'


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.fixture
def key():
    return Ed25519PrivateKey.generate()


@pytest.fixture
def keys(key):
    return {"keys": [{"kid": "k1", "x": encoded(key.public_key().public_bytes_raw())}]}


@pytest.fixture
def signed(key):
    """`signed(digest=...)`: as GET /rounds/<id>/signature answers."""

    def make(**changes) -> dict:
        statement = {
            "round_id": "c-w1",
            "digest": hashlib.sha256(RESULTS).hexdigest(),
            "revision": 1,
            "state": "official",
            **changes,
        }
        header = {"alg": "EdDSA", "kid": "k1", "typ": "hoithi-results+jws"}
        body = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(statement).encode())}"
        return {"statement": statement, "signature": f"{body}.{encoded(key.sign(body.encode()))}", "kid": "k1"}

    return make


@pytest.fixture
def file(tmp_path):
    found = tmp_path / "results.json"
    found.write_bytes(RESULTS)
    return found


def test_a_genuine_file_is_told_with_its_statement(hoithi, site, signed, keys, file, document):
    site.on("GET", "/api/scoring/rounds/c-w1/signature", (200, signed()))
    site.on("GET", "/api/scoring/results/keys", (200, keys))
    result = hoithi("verify-results", file, "--json", "--url", site.url)
    assert result.exit_code == 0 and document(result)["statement"]["state"] == "official"


def test_with_signature_and_keys_in_files_nobody_is_asked(hoithi, site, signed, keys, file, tmp_path):
    (tmp_path / "s.json").write_text(json.dumps(signed()))
    (tmp_path / "k.json").write_text(json.dumps(keys))
    result = hoithi("verify-results", file, "--signature", tmp_path / "s.json", "--keys", tmp_path / "k.json", "--url", site.url)
    assert result.exit_code == 0 and "genuine" in result.stdout and site.asked == []


@pytest.mark.parametrize("trouble", ["other digest", "altered", "other key", "no signature"])
def test_what_was_not_signed_so_fails_the_check(hoithi, site, signed, keys, file, trouble):
    answer = signed(digest="0" * 64) if trouble == "other digest" else signed()
    if trouble == "altered":
        header, body, sealed = answer["signature"].split(".")
        answer["signature"] = f"{header}.{body[:-4]}AAAA.{sealed}"
    if trouble == "no signature":
        answer["signature"] = "none"
    if trouble == "other key":
        keys["keys"][0]["x"] = encoded(Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    site.on("GET", "/api/scoring/rounds/c-w1/signature", (200, answer))
    site.on("GET", "/api/scoring/results/keys", (200, keys))
    assert hoithi("verify-results", file, "--url", site.url).exit_code == 4


def test_what_is_no_results_file_is_wrong_usage(hoithi, tmp_path, site):
    (tmp_path / "x.json").write_text("[]")
    assert hoithi("verify-results", tmp_path / "x.json", "--url", site.url).exit_code == 2


def test_all_pages_of_flags_are_listed_and_one_is_decided(hoithi, site, signed_in, document):
    counts = {"round_id": "c-w1", "open": 2, "decided": 0, "total": 2}
    pages = ((200, {**counts, "flags": [FLAG], "next": following}) for following in (200, None))
    site.on("GET", "/api/scoring/rounds/c-w1/flags", *pages)
    assert len(document(hoithi("flags", "list", "c-w1", "--json", *signed_in))["flags"]) == 2
    decided = {**FLAG, "decision": {"outcome": "invalidated", "reason": "nhanh"}}
    site.on("POST", "/api/scoring/rounds/c-w1/flags/impossible-speed-1/decision", (200, decided))
    result = hoithi("flags", "invalidate", "c-w1", "impossible-speed-1", "--reason", "nhanh", *signed_in)
    assert "impossible-speed-1 is invalidated" in result.stdout
    assert json.loads(site.asked[-1]["body"]) == {"outcome": "invalidated", "reason": "nhanh", "attempt_ids": []}


def test_a_winner_of_a_round_or_of_the_season_is_refused_with_a_reason(hoithi, site, signed_in):
    for path, more in (("rounds/c-w1", ()), ("contests/c/season", ("--season",))):
        site.on("POST", f"/api/scoring/{path}/winners/ab/check", (200, {"person": "ab", "state": "refused"}))
        result = hoithi("winners", "refuse", path.split("/")[1], "ab", "--reason", "nhầm người", *more, *signed_in)
        assert result.exit_code == 0, result.output
        assert json.loads(site.asked[-1]["body"]) == {"outcome": "refused", "reason": "nhầm người"}


def test_minutes_are_saved_in_the_format_of_the_file(hoithi, site, signed_in, tmp_path):
    site.on("POST", "/api/scoring/rounds/c-w1/minutes", (200, b"PK word", {"Content-Type": "application/octet-stream"}))
    assert hoithi("minutes", "c-w1", "--out", tmp_path / "m.docx", "--number", "12/BB-BTC", *signed_in).exit_code == 0
    assert (tmp_path / "m.docx").read_bytes() == b"PK word"
    assert json.loads(site.asked[-1]["body"]) == {"format": "docx", "number": "12/BB-BTC"}
    assert hoithi("minutes", "c-w1", "--out", tmp_path / "m.txt", *signed_in).exit_code == 2
