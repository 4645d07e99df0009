"""Emulation campaigns in a browser: individuals assess themselves, what is given back is mended, a draft's rules change."""

import re
import secrets
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser import test_emulation as campaigns
from tests.browser.test_emulation import PDF, UNIT, wait
from tests.browser.test_people import letters_to

organiser, officer, above = campaigns.organiser, campaigns.officer, campaigns.above
TEMPLATE = "tuyen-quang-2023"


@pytest.fixture(scope="module")
def api(front, sign_in):
    """`api(method, path, body)`: emulation's answer to the organiser."""
    header = sign_in("organiser")

    def ask(method: str, path: str, body: dict | None = None) -> dict:
        answer = front.request(method, f"/api/emulation{path}", json=body, headers=header)
        assert answer.is_success, answer.text
        return answer.json()

    return ask


@pytest.fixture(scope="module")
def draft(api):
    """A campaign from a template whose contest criteria name this contest."""

    def make(contest_id: str) -> dict:
        campaign_id = f"ca-nhan-{secrets.token_hex(3)}"
        body = {"campaign_id": campaign_id, "template": TEMPLATE, "from_day": "2026-01-01", "title": f"Thi đua {campaign_id}"}
        made = api("POST", "/campaigns", body)
        rules, now = made["rules"], datetime.now(UTC)
        for kind in ("collective", "individual"):
            rules[kind] = [{**each, "contest_id": contest_id if each["how"] == "contest" else ""} for each in rules[kind]]
        until = {name: (now + timedelta(days=days)).isoformat() for name, days in (("assess_until", 10), ("review_until", 20))}
        kept = {name: made[name] for name in ("revision", "title", "from_day", "to_day")}
        return api("PUT", f"/campaigns/{campaign_id}", {**kept, **until, "rules": rules})

    return make


@pytest.fixture(scope="module")
def winner(front, contest, newcomer):
    """(contest, account) of the one person of the commune who took part in its round, which closes soon."""
    contest_id = contest(open_s=20, paper_seconds=15, grace_seconds=0, prediction="none")
    account = newcomer()
    header = {"Authorization": f"Bearer {account['token']}"}
    paper = front.post(f"/api/exam/rounds/{contest_id}-w1/attempts", headers=header).json()
    body = {"answers": {str(question["n"]): "A" for question in paper["questions"]}}
    assert front.post(f"/api/exam/attempts/{paper['attempt_id']}/submit", json=body, headers=header).status_code == 200
    return contest_id, account


@pytest.fixture(scope="module")
def its_officer(officer, platform):
    """An officer of the commune of whom emulation has heard: who is told of a campaign is settled when it is opened."""
    known = {"unit_id": UNIT, "holds": True}
    with platform.mongodb.admin() as client:
        officers = client["emulation"]["officers"]
        before = officers.count_documents(known)
        account = officer(UNIT)
        wait(lambda: officers.count_documents(known) > before)
    return account


@pytest.fixture(scope="module")
def opened(its_officer, api, draft, winner):
    """An open campaign; the commune's officer was there before."""
    made = draft(winner[0])
    return api("POST", f"/campaigns/{made['campaign_id']}/open", {"revision": made["revision"]})


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    """Paths of a real file, and of one that only calls itself one."""
    folder = tmp_path_factory.mktemp("evidence")
    plan, lie = folder / "Sáng kiến.pdf", folder / "giả.pdf"
    plan.write_bytes(PDF)
    lie.write_bytes(b"<html></html>")
    return {"file": str(plan), "lie": str(lie)}


def test_what_a_unit_gets_back_is_mended_and_confirmed(play, front, api, opened, officer, above, its_officer, evidence):
    play("give-back", officer=its_officer, above=officer(above), campaign=opened["campaign_id"], **evidence)
    listed = api("GET", f"/campaigns/{opened['campaign_id']}/assessments?unit_id={UNIT}")["assessments"]
    assert [(each["state"], each["total"]) for each in listed if each["unit_id"] == UNIT] == [("confirmed", 9)]


def test_a_person_assesses_itself_mends_what_came_back_and_sees_what_was_decided(
    play, front, platform, api, opened, winner, its_officer, evidence, sign_in
):
    contest_id, person = winner
    campaign_id, round_id = opened["campaign_id"], f"{contest_id}-w1"
    account = {name: person[name] for name in ("identifier", "password")}

    def link_to(account: dict, words: str) -> str:
        wait(lambda: letters_to(front, platform, account["identifier"], words))
        text = letters_to(front, platform, account["identifier"], words)[-1]["text"]
        return re.search(rf"https?://[^/\s]+/(#/emulation/{campaign_id})", text).group(1)

    def given_back():
        assert link_to(person, "Bản tự chấm cần bổ sung") == link

    def official():
        wait(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("state") == "provisional")
        body = {"note": "Chính thức"}
        made = front.post(f"/api/scoring/rounds/{round_id}/official", json=body, headers=sign_in("organiser"))
        assert made.status_code == 200, made.text
        token = front.post("/api/registration/sign-in", json=account).json()["access_token"]
        wait(lambda: points_of_the_contest(token) == 10)

    def points_of_the_contest(token: str) -> float:
        mine = front.get(f"/api/emulation/me/campaigns/{campaign_id}", headers={"Authorization": f"Bearer {token}"}).json()
        return next(each["claimed"] for each in mine["assessment"]["criteria"] if each["code"] == "I4")

    def decided():
        found = api("GET", f"/campaigns/{campaign_id}")
        api("POST", f"/campaigns/{campaign_id}/decision", {"revision": found["revision"]})

    # The officer hands the link of the letter on.
    link = link_to(its_officer, "Phong trào thi đua đã mở")
    asked = {"given-back": given_back, "official": official, "decided": decided}
    more = {"link": link, "campaign": campaign_id, "title": opened["title"]}
    play("individuals", account=account, officer=its_officer, asked=asked, **more, **evidence)
    found = api("GET", f"/campaigns/{campaign_id}/nominations")["nominees"]
    own = [(each["award"], each["row"]["total"], each["row"]["place"]) for each in found if each["row"]["kind"] == "individual"]
    # 35 + 20 of 25 accepted + 12 + 10 for the first prize.
    assert own == [("giay-khen-ca-nhan", 77, 1)]
    assert link_to(person, "Có tên trong danh sách đề nghị khen thưởng") == link


def test_leagues_fields_and_tie_break_of_a_draft_are_changed_at_the_desk(play, api, draft, organiser, front, sign_in):
    campaign_id = draft("cuoc-thi")["campaign_id"]
    play("campaign-rules", organiser=organiser, campaign=campaign_id)
    rules = api("GET", f"/campaigns/{campaign_id}")["rules"]
    assert [(each["name"], each["kinds"]) for each in rules["leagues"]][-1] == ("Khối trường học", ["school"])
    [field] = rules["fields"]
    assert field["name"] == "Giáo dục"
    assert [each["code"] for each in rules["collective"] if each["field"] == field["code"]] == ["A1"]
    assert rules["tie_break"] == ["D1", "B1", "I2", "A2"]
    told = front.get(f"/api/emulation/audit?contest={campaign_id}", headers=sign_in("organiser")).json()
    assert "Khối trường học" in str(told) and "campaign-changed" in str(told)
