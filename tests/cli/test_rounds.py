"""A running round and the log from a terminal."""

import json

WHY = ("--reason", "r", "--notice", "n")
DONE = {
    "preview_id": "p1", "state": "done",
    "found": {"people_up": 2, "people_down": 1, "prizes": [
        {"division": "citizens", "prize": "first", "before": {"name": "Lò Văn Páo"}, "after": None},
    ]},
}  # fmt: skip


def test_an_amendment_names_the_rounds_it_moves(hoithi, site, signed_in):
    site.on("POST", "/api/exam/contests/c/amend", (200, {"revision": 2}))
    move = "2=2026-10-06T08:00:00+07:00/2026-10-12T22:00:00+07:00"
    assert hoithi("contest", "amend", "c", *WHY, "--move", move, *signed_in).exit_code == 0
    window = {"opens_at": "2026-10-06T08:00:00+07:00", "closes_at": "2026-10-12T22:00:00+07:00"}
    assert json.loads(site.asked[-1]["body"]) == {"reason": "r", "notice": "n", "rounds": {"2": window}}


def test_a_move_without_zone_is_wrong_usage(hoithi, signed_in):
    assert hoithi("contest", "amend", "c", *WHY, "--move", "2=2026-10-06/2026-10-07", *signed_in).exit_code == 2


def test_a_preview_is_waited_for(hoithi, site, signed_in):
    waiting = {"preview_id": "p1", "state": "waiting", "found": {}}
    site.on("POST", "/api/scoring/rounds/c-w1/key-previews", (202, waiting))
    site.on("GET", "/api/scoring/rounds/c-w1/key-previews/p1", (200, waiting), (200, DONE))
    result = hoithi("round", "key-preview", "c-w1", "q1", "b", *signed_in)
    assert result.exit_code == 0 and "2 people gain, 1 lose, 1 prizes move" in result.stdout
    assert "Lò Văn Páo" in result.stdout


def test_the_log_is_written_to_a_file_and_a_refusal_writes_none(hoithi, site, signed_in, tmp_path):
    site.on("GET", "/api/exam/audit.csv", (200, b"at,by\n", {"Content-Type": "text/csv"}))
    assert hoithi("audit", "export", "--to", tmp_path / "log.csv", *signed_in).exit_code == 0
    assert (tmp_path / "log.csv").read_bytes() == b"at,by\n"
    site.on("GET", "/api/exam/audit.csv", (403, {"title": "Not allowed", "status": 403}))
    assert hoithi("audit", "export", "--to", tmp_path / "none.csv", *signed_in).exit_code == 1
    assert not (tmp_path / "none.csv").exists()


def test_the_log_of_results_is_asked_of_scoring(hoithi, site, signed_in):
    entry = {"at": "2026-11-24T05:00:00.000Z", "what": "holidays-named", "subject": "hg", "reason": "Nghỉ bù", "by": "boss"}
    site.on("GET", "/api/scoring/audit", (200, {"entries": [entry], "next": None}))
    assert "holidays-named" in hoithi("audit", "list", "--of", "scoring", *signed_in).stdout
    assert hoithi("audit", "list", "--of", "notify", *signed_in).exit_code == 2
