"""The page in a real browser against the whole platform. Pictures of its states are left in artefacts/browser."""

import re
import secrets
import time

PAPER_S, GRACE_S = 15, 2
# Long enough to sign in on a slow machine before the opening.
LAUNCH_S = 16
FIRST_VISIT_BYTES, PAPER_BYTES = 60_000, 12_000


def test_a_pupil_comes_joins_takes_part_and_keeps_a_receipt_anybody_can_check(play, contest, played_round):
    # `played_round` is begun here so that it is over when its test comes.
    assert play("journey", contest=contest(), email=f"{secrets.token_hex(5)}@example.org")["questions"] == 20


def test_the_same_way_leads_through_on_a_desktop(play, contest):
    email = f"{secrets.token_hex(5)}@example.org"
    assert play("journey", name="journey-desktop", contest=contest(), email=email, desktop=True)["questions"] == 20


def test_the_whole_paper_needs_no_mouse(play, contest, newcomer):
    play("keyboard", contest=contest(), account=newcomer())


def test_the_page_goes_in_by_itself_through_queue_and_trouble(play, contest, newcomer):
    account, opens = newcomer(), time.time() + LAUNCH_S
    launched = contest(opens_in_s=LAUNCH_S)
    assert play("opening", contest=launched, account=account, opens_at_ms=int(opens * 1000))["asked"] == 5


def test_a_paper_bears_no_network_a_killed_tab_a_busy_server_and_a_wrong_clock(play, contest, newcomer):
    assert len(play("weak-signal", contest=contest(), account=newcomer())["answers"]) == 5


def test_a_server_that_dies_in_the_middle_of_a_paper_costs_no_answer(play, platform, contest, newcomer):
    doors = [process.name for process in platform.processes if process.matches("exam-doors")]

    def all_doors(action):
        return lambda: [platform.supervise(action, name) for name in doors]

    asked = {"kill": all_doors("stop"), "revive": all_doors("start")}
    try:
        assert len(play("server-killed", asked=asked, contest=contest(), account=newcomer())["answers"]) == 3
    finally:
        platform.start_services(only=["exam-doors"])


def test_two_tabs_do_not_fight_and_two_devices_are_joined(play, contest, newcomer):
    assert len(play("two-places", contest=contest(), account=newcomer())["answers"]) == 3


def test_when_time_is_over_people_learn_what_counted_also_who_had_no_network(play, contest, newcomer):
    short = contest(paper_seconds=PAPER_S, grace_seconds=GRACE_S)
    play("time-over", contest=short, account=newcomer(), without_network=newcomer())


def test_results_and_right_answers_are_shown_after_the_close(play, front, played_round, eventually):
    round_id, attempt_id, account = played_round

    def published() -> bool:
        found = front.get(f"/api/scoring/rounds/{round_id}")
        return found.status_code == 200 and found.json().get("results") is not None

    eventually(published)
    play("results", round=round_id, attempt=attempt_id, account=account)


def test_the_first_visit_and_the_paper_are_small(play, contest, newcomer):
    found = play("budget", contest=contest(), account=newcomer())
    first_visit, paper = (sum(each["bytes"] for each in found[part]) for part in ("ready", "paper"))
    assert first_visit <= FIRST_VISIT_BYTES, found["ready"]
    assert paper <= PAPER_BYTES, found["paper"]


def test_the_policy_lets_nothing_in_from_elsewhere(front):
    page = front.get("/")
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff" and page.headers["referrer-policy"] == "same-origin"


def test_the_page_has_no_inline_script_style_or_handler(front):
    page = front.get("/").text
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", page) == []


def test_files_of_a_build_are_sent_small_and_kept_for_good_the_page_itself_is_not(front):
    page = front.get("/")
    script = re.search(r'src="(/assets/[^"]+\.js)"', page.text).group(1)
    sent = front.get(script, headers={"Accept-Encoding": "gzip"})
    assert sent.headers["content-encoding"] == "gzip" and "max-age=3" in sent.headers["cache-control"]
    assert page.headers["cache-control"] == "no-cache" == front.get("/sw.js").headers["cache-control"]
    assert front.get("/assets/nothing.js").status_code == 404
