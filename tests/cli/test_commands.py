"""Arguments, exit codes, the one JSON document."""

import hashlib
import json

import pytest

REFUSED = {"type": "/problems/forbidden", "title": "Không được phép", "status": 403, "detail": "Chỉ dành cho Ban Tổ chức."}


def every_command():
    from typer.main import get_command

    from hoithi_cli.main import app

    def walk(command, path):
        children = getattr(command, "commands", None)
        if children is None:
            yield path, command
        for name, child in (children or {}).items():
            yield from walk(child, (*path, name))

    return dict(walk(get_command(app), ()))


@pytest.mark.parametrize("path", every_command(), ids=" ".join)
def test_every_command_has_json_help_and_the_common_options(path):
    command = every_command()[path]
    names = {option for parameter in command.params for option in parameter.opts}
    assert {"--json", "--url", "--platform", "--identifier", "--password", "--language"} <= names
    assert command.help


def test_without_a_platform_one_is_told_what_to_do(hoithi):
    result = hoithi("contest", "list")
    assert result.exit_code == 2
    assert "make up" in result.stderr
    assert result.stdout == ""


def test_unknown_options_are_wrong_usage(hoithi):
    assert hoithi("contest", "list", "--nonsense").exit_code == 2


def test_an_unknown_language_is_wrong_usage(hoithi):
    result = hoithi("contest", "list", "--language", "fr")
    assert result.exit_code == 2


def test_nobody_there_is_exit_code_three(hoithi, document):
    result = hoithi("contest", "list", "--json", "--url", "http://127.0.0.1:9")
    assert result.exit_code == 3
    assert document(result)["error"]["kind"] == "unreachable"


def test_a_refusal_is_exit_code_one_with_its_problem(hoithi, site, signed_in, document):
    site.on("POST", "/api/exam/contests/c/publish", (403, REFUSED))
    result = hoithi("contest", "publish", "c", "--json", *signed_in)
    assert result.exit_code == 1
    assert document(result)["error"]["problem"] == REFUSED
    assert "Chỉ dành cho Ban Tổ chức." in result.stderr


def test_the_answer_is_the_document_and_nothing_else(hoithi, site, signed_in, document):
    contests = {"contests": [{"contest_id": "c", "state": "draft", "title": "Cuộc thi"}]}
    site.on("GET", "/api/exam/contests", (200, contests))
    assert document(hoithi("contest", "list", "--json", *signed_in)) == contests
    assert "Cuộc thi" in hoithi("contest", "list", *signed_in).stdout


def test_findings_that_stop_a_publication_are_exit_code_four(hoithi, site, signed_in):
    found = {"findings": [{"severity": "error", "where": "rounds.2", "message": "Round 2 is over."}]}
    site.on("POST", "/api/exam/contests/c/check", (200, found))
    result = hoithi("contest", "check", "c", *signed_in)
    assert result.exit_code == 4
    assert "Round 2 is over." in result.stdout


def test_passwords_are_never_printed(hoithi, site, signed_in):
    site.on("POST", "/api/registration/sign-in", (401, {"title": "wrong"}))
    result = hoithi("contest", "publish", "c", "--json", *signed_in)
    assert "long enough" not in result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [(), ("--to", "2026-10-05T22:30:00+07:00", "--by", "30")])
def test_an_extension_needs_one_new_end(hoithi, signed_in, arguments):
    assert hoithi("contest", "extend", "c-w1", "--reason", "r", "--notice", "n", *arguments, *signed_in).exit_code == 2


def test_an_instant_without_zone_is_refused(hoithi, signed_in):
    result = hoithi("contest", "extend", "c-w1", "--reason", "r", "--notice", "n", "--to", "2026-10-05T22:30:00", *signed_in)
    assert result.exit_code == 2
    assert "+07:00" in result.stderr


def test_an_extension_by_minutes_is_counted_from_the_present_end(hoithi, site, signed_in):
    site.on("GET", "/api/exam/rounds/c-w1", (200, {"closes_at": "2026-10-05T15:00:00.000Z"}))
    site.on("POST", "/api/exam/rounds/c-w1/extend", (200, {}))
    assert hoithi("contest", "extend", "c-w1", "--reason", "r", "--notice", "n", "--by", "30", *signed_in).exit_code == 0
    assert json.loads(site.asked[-1]["body"])["closes_at"] == "2026-10-05T15:30:00+00:00"


def test_a_contest_file_is_completed_by_options(hoithi, site, signed_in, tmp_path):
    (tmp_path / "c.yml").write_text("title: Từ tệp\ntemplate: neutral\nrules: {paper_size: 10}\n", "utf-8")
    site.on("POST", "/api/exam/contests", (201, {"contest_id": "c"}))
    result = hoithi("contest", "create", "c", "--file", tmp_path / "c.yml", "--title", "Khác", "--bank", "b", *signed_in)
    assert result.exit_code == 0
    sent = json.loads(site.asked[-1]["body"])
    assert sent["title"] == "Khác"
    assert sent["rules"] == {"paper_size": 10}
    assert sent["banks"]["pupils"] == "b"


def test_a_contest_file_that_is_no_yaml_is_wrong_usage(hoithi, signed_in, tmp_path):
    (tmp_path / "c.yml").write_text("a: [")
    assert hoithi("contest", "create", "c", "--file", tmp_path / "c.yml", *signed_in).exit_code == 2


def test_a_bank_with_errors_is_exit_code_four_row_by_row(hoithi, site, signed_in, tmp_path):
    (tmp_path / "b.txt").write_text("BANK: the-bank\n")
    errors = [{"field": "line 7", "code": "x", "message": "Line 7: no right option."}]
    problem = {"type": "/problems/bank-refused", "title": "Refused", "errors": errors}
    site.on("POST", "/api/exam/banks/the-bank", (422, problem))
    result = hoithi("bank", "check", tmp_path / "b.txt", *signed_in)
    assert result.exit_code == 4
    assert "no right option" in result.stdout
    assert "dry_run=true" in site.asked[-1]["query"]


def test_only_known_kinds_of_files_are_banks(hoithi, signed_in, tmp_path):
    (tmp_path / "b.pdf").write_text("")
    assert hoithi("bank", "check", tmp_path / "b.pdf", *signed_in).exit_code == 2


def test_a_roster_is_imported_and_frozen(hoithi, site, signed_in, tmp_path, document):
    (tmp_path / "r.csv").write_text("unit_id,headcount\nx1,12\nx2,30\n")
    site.on("PUT", "/api/registration/rosters/c", (200, {}))
    site.on("POST", "/api/registration/rosters/c/freeze", (200, {}))
    found = document(hoithi("rosters", "import", "c", tmp_path / "r.csv", "--freeze", "--json", *signed_in))
    assert (found["units"], found["people"], found["frozen"]) == (2, 42, True)


def test_units_are_sent_all_at_once(hoithi, site, signed_in, tmp_path):
    (tmp_path / "u.csv").write_text("id,name,kind,tree,valid_from\na,A,commune,administrative,2025-07-01\n")
    site.on("POST", "/api/registration/units", (200, {"changed": 1}))
    assert hoithi("units", "import", tmp_path / "u.csv", *signed_in).exit_code == 0
    assert [unit["id"] for unit in json.loads(site.asked[-1]["body"])["units"]] == ["a"]


def test_an_export_saves_every_file_with_its_digest(hoithi, site, tmp_path, document):
    names = ("results.json", "results.csv", "attempts.csv", "rules.json", "units.csv", "prizes.csv")
    for name in names:
        site.on("GET", f"/api/scoring/rounds/c-w1/{name}", (200, name.encode(), {"Content-Type": "text/plain"}))
    for path, name in (("rounds/c-w1/signature", "signature.json"), ("results/keys", "keys.json")):
        site.on("GET", f"/api/scoring/{path}", (200, name.encode(), {"Content-Type": "application/json"}))
    site.on("GET", "/api/scoring/rounds/c-w1", (200, {"results": {"digest": hashlib.sha256(b"results.json").hexdigest()}}))
    found = document(hoithi("results", "export", "c-w1", "--to", tmp_path / "out", "--json", "--url", site.url))
    saved = {*names, "signature.json", "keys.json"}
    assert {each["sha256"] for each in found["files"]} == {hashlib.sha256(name.encode()).hexdigest() for name in saved}
    assert {file.name for file in (tmp_path / "out").iterdir()} == saved


def test_an_export_that_is_not_the_published_one_is_exit_code_four(hoithi, site, tmp_path):
    for name in ("results.json", "results.csv", "attempts.csv", "rules.json", "units.csv", "prizes.csv"):
        site.on("GET", f"/api/scoring/rounds/c-w1/{name}", (200, b"old"))
    for path in ("rounds/c-w1/signature", "results/keys"):
        site.on("GET", f"/api/scoring/{path}", (200, b"{}"))
    site.on("GET", "/api/scoring/rounds/c-w1", (200, {"results": {"digest": "another"}}))
    assert hoithi("results", "export", "c-w1", "--to", tmp_path, "--url", site.url).exit_code == 4


def test_a_refused_export_leaves_no_file(hoithi, site, tmp_path):
    site.on("GET", "/api/scoring/rounds/c-w1/results.json", (409, {"title": "No results yet"}))
    assert hoithi("results", "export", "c-w1", "--to", tmp_path / "out", "--url", site.url).exit_code == 1
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("arguments", [("show",), ("replay", "scoring.rounds"), ("drop", "scoring.rounds", "id", "--all")])
def test_dead_letters_are_moved_only_when_it_is_clear_which(hoithi, arguments):
    assert hoithi("dead-letters", *arguments, "--url", "http://127.0.0.1:9").exit_code == 2


def test_the_broker_away_is_exit_code_three(hoithi, alone):
    alone.setenv("HOITHI_OPERATOR_AMQP_URI", "amqp://guest:guest@127.0.0.1:9//")
    assert hoithi("dead-letters", "list", "--url", "http://127.0.0.1:9").exit_code == 3


@pytest.mark.parametrize("seconds", ["9", "soon", "-3"])
def test_the_length_of_a_week_is_checked(hoithi, signed_in, seconds):
    assert hoithi("rehearse", "--week-seconds", seconds, *signed_in).exit_code == 2


def test_a_rehearsal_elsewhere_must_be_meant(hoithi):
    result = hoithi("rehearse", "--url", "http://contest.example", "--identifier", "me@example.org", "--password", "p")
    assert result.exit_code == 2
    assert "--yes" in result.stderr


def test_status_of_services_that_do_not_answer_is_exit_code_four(hoithi, site, document):
    site.on("GET", "/", (200, b"page", {"Content-Type": "text/html"}))
    result = hoithi("status", "--json", "--url", site.url)
    assert result.exit_code == 4
    assert {part["ok"] for part in document(result)["parts"]} == {False}
