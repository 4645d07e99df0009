"""The desk's doors: halt and resume, live figures, the log, what the forms are drawn from, and who may not."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from exam.making import MINUTE, bank, rules
from exam.test_doors import EN, ORGANISER, approve, import_bank, refused, start  # noqa: F401
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain.bank import text
from hoithi_exam.domain.rules import Rules, plain
from hoithi_exam.handlers import live
from hoithi_exam.handlers.clock import tick
from hoithi_exam.service import Doors

WHY = {"reason": "lộ đề", "notice": "Vòng thi tạm dừng."}


@pytest.fixture
def client(clean, serve):
    return serve(Doors).client


@pytest.fixture
def organiser(auth):
    return auth("boss", roles=ORGANISER)


@pytest.fixture
def me(auth):
    return {**auth("u1"), **EN}


@pytest.fixture
def running(client, organiser, storage, approve):  # noqa: F811
    import_bank(client, organiser)
    approve(client)
    now = datetime.now(UTC)
    window = {"opens_at": wire_instant(now - timedelta(seconds=1)), "closes_at": wire_instant(now + 60 * MINUTE)}
    body = {"contest_id": "hg", "title": "Cuộc thi", "rules": plain(rules()), "rounds": [window]}
    assert client.post("/contests", json=body, headers=organiser).status_code == 201
    assert client.post("/contests/hg/publish", headers=organiser).status_code == 200
    tick(storage, datetime.now(UTC))


def test_a_halt_refuses_everything_and_gives_the_time_back(client, running, organiser, me, eventually):
    paper = start(client, me)
    url = f"/attempts/{paper['attempt_id']}"
    halted = client.post("/rounds/hg-w1/halt", json=WHY, headers=organiser)
    assert halted.status_code == 200 and halted.json()["halts"][0]["notice"] == WHY["notice"]
    eventually(lambda: client.put(f"{url}/answers", json={"answers": {"1": "A"}}, headers=me).status_code == 503)
    told = refused(client.put(f"{url}/answers", json={"answers": {"1": "A"}}, headers=me), 503, "round-halted")
    assert told["detail"].startswith("The round is halted")
    answer = client.post("/rounds/hg-w1/attempts", headers=me)
    assert refused(answer, 503, "round-halted") and answer.headers["retry-after"] == "10"
    before = client.get("/rounds/hg-w1").json()
    resumed = client.post("/rounds/hg-w1/resume", json={"notice": "Tiếp tục"}, headers=organiser).json()
    assert resumed["closes_at"] > before["closes_at"] and resumed["notices"][0]["signature"]
    eventually(lambda: client.put(f"{url}/answers", json={"answers": {"1": "A"}}, headers=me).status_code == 200)
    assert client.get(url, headers=me).json()["deadline_at"] > paper["deadline_at"]
    refused(client.post("/rounds/hg-w1/resume", json={"notice": "x"}, headers={**organiser, **EN}), 409, "not-halted")


def test_a_round_that_goes_on_tells_scoring_of_its_new_close(client, running, organiser, told):
    client.post("/rounds/hg-w1/halt", json=WHY, headers=organiser)
    resumed = client.post("/rounds/hg-w1/resume", json={"notice": "Tiếp tục"}, headers=organiser).json()
    assert [each["closes_at"] for each in told("week-extended")] == [resumed["closes_at"]]


def test_the_live_board_counts_papers(client, running, organiser, me, auth, storage):
    submitted = start(client, me)
    client.post(f"/attempts/{submitted['attempt_id']}/submit", json={}, headers=me)
    start(client, auth("u2"))
    assert live.sample(storage, datetime.now(UTC)) == 1
    found = client.get("/rounds/hg-w1/live", headers=organiser).json()
    assert (found["state"], found["begun"], found["open"], found["submitted"]) == ("open", 2, 1, 1)


def test_the_live_board_is_for_organisers_of_the_contest_and_operators(client, running, me, auth):
    refused(client.get("/rounds/hg-w1/live"), 401, "not-signed-in")
    refused(client.get("/rounds/hg-w1/live", headers=me), 403, "not-allowed")
    refused(client.get("/rounds/hg-w1/live", headers=auth("o", roles=("organiser:contest:other",))), 403, "not-allowed")
    assert client.get("/rounds/hg-w1/live", headers=auth("op", roles=("operator:platform:*",))).status_code == 200


def test_every_act_is_in_the_log_with_who_before_after_and_why(client, running, organiser):
    later = wire_instant(datetime.now(UTC) + 90 * MINUTE)
    body = {"closes_at": later, "reason": "mất điện", "notice": "Kéo dài"}
    assert client.post("/rounds/hg-w1/extend", json=body, headers=organiser).status_code == 200
    key = {"question_id": "q001", "right": "b", "reason": "sai đáp án"}
    assert client.post("/rounds/hg-w1/keys", json=key, headers=organiser).status_code == 200
    found = client.get("/audit", headers=organiser).json()["entries"]
    acts = ["key-corrected", "round-extended", "contest-published", "contest-created", "bank-approved", "bank-imported"]
    assert [each["what"] for each in found] == acts and [each["by"] for each in found] == [*["boss"] * 4, "second", "boss"]
    assert client.get("/banks/bank/audit", headers=organiser).json()["entries"] == [found[-1], found[-2]]
    corrected, extended = found[:2]
    assert (corrected["before"], corrected["after"], corrected["reason"]) == ({"right": "a"}, {"right": "b"}, "sai đáp án")
    assert (extended["after"], extended["reason"], extended["subject"]) == ({"closes_at": later}, "mất điện", "hg-w1")


def test_a_refused_act_leaves_no_entry(client, running, organiser):
    before = len(client.get("/audit", headers=organiser).json()["entries"])
    key = {"question_id": "q001", "right": "ab", "reason": "sai đáp án"}
    assert client.post("/rounds/hg-w1/keys", json=key, headers=organiser).status_code == 422
    assert len(client.get("/audit", headers=organiser).json()["entries"]) == before


def test_the_log_is_read_page_by_page_and_as_a_file_without_formulas(client, running, organiser):
    body = {"title": "=1+1", "reason": "=cmd", "notice": "Đổi tên"}
    assert client.post("/contests/hg/amend", json=body, headers=organiser).status_code == 200
    first = client.get("/audit", params={"limit": 3}, headers=organiser).json()
    second = client.get("/audit", params={"limit": 3, "before": first["next"]}, headers=organiser).json()
    assert [len(first["entries"]), len(second["entries"]), second["next"]] == [3, 2, None]
    lines = list(csv.DictReader(io.StringIO(client.get("/audit.csv", headers=organiser).content.decode("utf-8-sig"))))
    assert (len(lines), lines[-1]["reason"], lines[0]["what"]) == (5, "'=cmd", "bank-imported")


def test_an_organiser_reads_the_log_of_the_own_contests_only(client, running, auth):
    other = auth("o", roles=("organiser:contest:other",))
    assert client.get("/audit", headers=other).json()["entries"] == []
    refused(client.get("/audit", params={"contest": "hg"}, headers={**other, **EN}), 403, "not-allowed")
    own = client.get("/audit", headers=auth("o", roles=("organiser:contest:hg",))).json()["entries"]
    assert {each["scope"] for each in own} == {"hg"}


def test_the_forms_are_described_by_the_rules_schema(client):
    found = {each["name"]: each for each in client.get("/rules").json()["fields"]}
    assert set(found) == set(plain(Rules())) and all(each["group"] for each in found.values())
    assert (found["paper_size"]["least"], found["paper_size"]["most"], found["attempts_in_all"]["nullable"]) == (1, 200, True)
    assert found["tie_break"]["choices"] == ["A", "B", "C", "D"]
    assert [each["name"] for each in found["prizes"]["fields"]] == ["name", "count"]


def test_a_blueprint_sees_what_the_bank_has(client, organiser, running):
    found = client.get("/banks/bank/stock", headers=organiser).json()
    assert (found["usable"], found["questions"], len(bank().questions)) == (24, 24, 24)
    assert found["topics"][0] == {"topic": "an-toan", "name": "An toàn", "levels": {"easy": 4, "medium": 4, "hard": 4}}
    fewer = client.get("/banks/bank/stock", params={"options": 3}, headers=organiser).json()
    assert fewer["usable"] == 0
    refused(client.get("/banks/none/stock", headers={**organiser, **EN}), 404, "unknown-bank")


def test_a_blueprint_sees_the_approved_version_and_a_draft_only_while_there_is_none(client, organiser, approve):  # noqa: F811
    import_bank(client, organiser)
    stock = lambda: client.get("/banks/bank/stock", headers=organiser).json()  # noqa: E731
    assert (stock()["version"], stock()["state"]) == (1, "draft")
    approve(client)
    import_bank(client, organiser, text.write(bank(30)).encode())
    assert (stock()["version"], stock()["state"], stock()["questions"]) == (1, "approved", 24)


def test_the_board_names_the_versions_that_papers_are_drawn_from(client, running, organiser):
    import_bank(client, organiser, text.write(bank(30)).encode())
    assert client.get("/rounds/hg-w1/live", headers=organiser).json()["banks"] == {"citizens": "bank:1"}


def test_a_contest_is_copied_with_its_calendar_at_the_same_hours(client, running, organiser):
    body = {"contest_id": "hg-2027", "title": "Năm sau", "copy_of": "hg", "first_day": "2027-09-06"}
    made = client.post("/contests", json=body, headers=organiser).json()
    old = client.get("/contests/hg").json()
    assert (made["state"], made["rules"], made["rounds"][0]["round_id"]) == ("draft", old["rules"], "hg-2027-w1")
    assert made["rounds"][0]["opens_at"][10:] == old["rounds"][0]["opens_at"][10:]
    of_none = {**body, "contest_id": "x2", "copy_of": "none"}
    refused(client.post("/contests", json=of_none, headers=organiser), 404, "unknown-contest")
    without_day = {"contest_id": "x3", "title": "X", "copy_of": "hg"}
    refused(client.post("/contests", json=without_day, headers=organiser), 422, "start-missing")
