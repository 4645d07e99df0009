"""The desk in a real browser against the whole platform: set a contest up, run a round, correct a key, read the log."""

import json
import re
from datetime import datetime, timedelta

import pytest

from tests.browser.stage import done

PAPER_S = 1200
# Open for a quarter of an hour, not quite another: the close cuts the papers' time until it is extended.
OPENED_S, OPEN_S = -900, 1790
DESK = "/desk/"


@pytest.fixture(scope="session")
def organiser(platform, demo):
    """{identifier, password} of the demo's organiser."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["organiser"]


def begin(stage) -> str:
    """A running round with one paper handed in and one open. Its board has a chart when it has run for three minutes."""
    round_id = f"{stage.contest(opens_in_s=OPENED_S, open_s=OPEN_S, paper_seconds=PAPER_S)}-w1"
    stage.taken(stage.newcomer(), round_id)
    header = {"Authorization": f"Bearer {stage.newcomer()['token']}"}
    done(stage.front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header))
    return round_id


def wrongly_answered(paper, questions):
    """(question, letter chosen) of the first question whose A is wrong: with that letter as key its person would gain."""
    for shown in paper["questions"]:
        question = questions[shown["text"]]
        chosen = "abcdefghij"[question["options"].index(shown["options"][0]["text"])]
        if chosen != question["right"]:
            return question, chosen
    raise AssertionError("a paper with A everywhere right")


def test_an_organiser_takes_a_contest_from_a_template_to_publication_and_amends_it(play, front, organiser):
    first_day = (datetime.now() + timedelta(days=10)).date().isoformat()
    made = play("desk-contest", account=organiser, first_day=first_day)["contest"]
    found = front.get(f"/api/exam/contests/{made}").json()
    assert (found["state"], found["rules"]["grace_seconds"], len(found["rounds"])) == ("published", 45, 4)
    assert found["amendments"][0]["reason"] == "Trùng tên với cuộc thi khác"


def test_an_organiser_sees_by_which_channels_people_came(play, front, contest, organiser, sign_in, eventually):
    contest_id = contest()
    for code, visits in (("bao-ha-giang", 12), ("loa-xa", 3)):
        for _ in range(visits):
            arrival = {"from": code, "what": "visit"}
            assert front.post(f"/api/exam/contests/{contest_id}/arrivals", json=arrival).status_code == 204

    def counted():
        found = front.get(f"/api/exam/contests/{contest_id}/channels", headers=sign_in("organiser")).json()["channels"]
        return {each["code"]: each["in_all"]["visits"] for each in found} == {"bao-ha-giang": 12, "loa-xa": None}

    eventually(counted)
    play("desk-channels", contest=contest_id, account=organiser)


def test_a_running_round_is_watched_extended_halted_and_resumed(play, front, begun, newcomer, organiser):
    found = play("desk-round", account=organiser, round=begun, participant=newcomer())
    assert found == {"begun": 3}
    shown = front.get(f"/api/exam/rounds/{begun}").json()
    assert len(shown["notices"]) == 2 and shown["halts"][0]["resumed_at"]


def test_a_key_is_corrected_after_who_gains_and_loses_was_seen(play, front, contest, newcomer, organiser, stage, sign_in):
    round_id = f"{contest()}-w1"
    question, chosen = wrongly_answered(stage.taken(newcomer(), round_id), stage.questions())
    play("desk-key", account=organiser, round=round_id, question=question["id"], right=chosen)
    entries = front.get("/api/exam/audit?limit=1", headers=sign_in("organiser")).json()["entries"]
    assert (entries[0]["what"], entries[0]["after"]) == ("key-corrected", {"right": chosen})


def test_a_person_without_a_role_is_told_so(play, newcomer):
    play("desk-stranger", account=newcomer())


def test_nothing_of_the_desk_is_in_the_participants_files(front):
    page, worker = front.get("/").text, front.get("/sw.js").text
    desk = front.get(DESK)
    assert (
        desk.status_code == 200 and desk.headers["content-security-policy"] == front.get("/").headers["content-security-policy"]
    )
    files = set(re.findall(r"/assets/[^\"]+", desk.text))
    assert files and not any(file in page or file in worker for file in files)
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", desk.text) == []
    assert "desk" not in worker
