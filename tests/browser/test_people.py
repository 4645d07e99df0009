"""People with rights and four eyes in a real browser; once on a platform that wants second factors and a second person."""

import json
import re
import secrets
from functools import partial

import pytest

from tests.browser.stage import done
from tests.browser.test_desk import wrongly_answered

WANTED = {
    "registration": {"HOITHI_SECOND_FACTOR": "organiser operator"},
    "exam": {"HOITHI_FOUR_EYES": "official keys"},
    "scoring": {"HOITHI_FOUR_EYES": "official keys"},
}
PASSWORD = "ruộng bậc thang mùa lúa chín"
OFFICERS_UNIT = "x00691-2025"
SHORT = {"open_s": 15, "paper_seconds": 14, "grace_seconds": 0}


def new_phone() -> str:
    return f"0986{secrets.randbelow(10**6):06}"


@pytest.fixture(scope="module")
def organiser(platform, demo):
    """{identifier, password} of the demo's organiser."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["organiser"]


@pytest.fixture(scope="module")
def person(front, demo):
    """`person(name)`: somebody who has just joined."""
    return partial(joined, front)


def joined(front, name: str, **changes) -> dict:
    purposes = front.get("/api/registration/consents").json()["purposes"]
    consents = [{"purpose": each["purpose"], "version": each["version"]} for each in purposes if each["required"]]
    account = {"identifier": f"nguoi-{secrets.token_hex(5)}@example.org", "password": PASSWORD, "name": name}
    body = {
        "name": name, "birth_date": "1982-09-02", "email": account["identifier"], "password": PASSWORD,
        "division": "officials", "unit_id": "x00715-2025", "language": "vi", "consents": consents,
    }  # fmt: skip
    answer = done(front.post("/api/registration/join", json={**body, **changes}))
    return {**account, "identifier": changes.get("phone", account["identifier"]), "token": answer["access_token"]}


def begin(stage) -> tuple[str, tuple[dict, str]]:
    """(contest whose round closes in some seconds, question and the key with which its person would gain)."""
    people = [joined(stage.front, name) for name in ("Vàng Thị Mỷ", "Sùng Mí Pó")]
    contest_id = stage.contest(**SHORT)
    paper, _ = (stage.taken(account, f"{contest_id}-w1") for account in people)
    return contest_id, wrongly_answered(paper, stage.questions())


@pytest.fixture
def provisional(front, begun, eventually):
    """The same, once there are results."""
    eventually(lambda: front.get(f"/api/scoring/rounds/{begun[0]}-w1").json().get("state") == "provisional")
    return begun


@pytest.fixture
def strict(platform):
    """`strict()`: from now on, until the test's end, the doors want second factors and four eyes."""
    doors = [each for each in platform.processes if each.service in WANTED and each.matches(f"{each.service}-doors")]

    def begin():
        platform.disturbances.update({each.name: WANTED[each.service] for each in doors})
        platform.prepare()
        platform.start_services()

    yield begin
    for each in doors:
        platform.disturbances.pop(each.name, None)
    platform.prepare()
    platform.start_services()


def letters_to(front, platform, address: str, words: str) -> list[dict]:
    found = front.get(f"{platform.mail_url}/email").json()
    return [each for each in found if words in each["subject"] and any(to["address"] == address for to in each["to"])]


def test_results_become_official_by_two_organisers_with_second_factors(
    play, front, platform, hoithi, person, provisional, strict, eventually
):
    contest_id, (question, right) = provisional
    first, second = person("Hoàng Thị Đề Nghị"), person("Lục Văn Xác Nhận")
    operator = person("Nông Thị Vận Hành")
    for account in (first, second):
        hoithi("roles", "grant", account["identifier"], "organiser", "contest", contest_id)
    hoithi("roles", "grant", operator["identifier"], "operator", "platform")
    strict()
    told = lambda: letters_to(front, platform, second["identifier"], "Cần xác nhận")  # noqa: E731
    refusal = lambda: letters_to(front, platform, first["identifier"], "Không được đồng ý")  # noqa: E731
    play(
        "four-eyes",
        asked={"told": lambda: eventually(told), "refused": lambda: eventually(refusal)},
        round=f"{contest_id}-w1",
        question=question["id"],
        right=right,
        first=first,
        second=second,
        operator=operator,
    )
    eventually(lambda: len(told()) == 2)
    assert all("/desk/#/confirmations" in each["text"] for each in told())
    assert ["Chờ họp Ban Tổ chức ngày mai" in each["text"] for each in refusal()] == [True]
    eventually(lambda: len(letters_to(front, platform, first["identifier"], "sửa đáp án")) == 1)
    assert letters_to(front, platform, operator["identifier"], "Cần xác nhận") == []
    assert front.get(f"/api/scoring/rounds/{contest_id}-w1").json()["state"] == "official"


def test_an_organiser_gives_invites_takes_away_and_reads_it_in_the_log_by_names(play, front, person, organiser, sign_in):
    officer = person(f"Thào Thị Đầu Mối {secrets.token_hex(2)}", phone=new_phone(), email=None)
    name = front.get("/api/registration/me", headers=sign_in("organiser")).json()["name"]
    invited = f"duoc-moi-{secrets.token_hex(4)}@example.org"
    more = {"officer": officer["identifier"], "holder": officer["name"]}
    found = play("people", account=organiser, **more, organiser=name, invited=invited)
    assert found["lines"] >= 2


def test_a_forgotten_password_is_replaced_by_a_letters_link_or_an_officers_code(play, front, platform, person, eventually):
    account = person("Chảo Thị Quên", unit_id=OFFICERS_UNIT)
    villager = person("Sùng Thị Chở", unit_id=OFFICERS_UNIT, phone=new_phone(), email=None)
    play("forgotten", identifier=account["identifier"])

    def token() -> str | None:
        letters = letters_to(front, platform, account["identifier"], "mật khẩu")
        return next((found.group(1) for each in letters if (found := re.search(r"#/new-password/([\w-]+)", each["text"]))), None)

    officer = json.loads((platform.folders.home / "platform.json").read_text())["accounts"]["officer"]
    more = {"identifier": account["identifier"], "phone": villager["identifier"], "officer": officer}
    play("new-password", token=eventually(token), **more)
    assert letters_to(front, platform, "khong-co-ai@example.org", "mật khẩu") == []
