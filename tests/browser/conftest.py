"""A contest and people for the browser, and a way to play a scenario."""

import itertools
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.browser import toolbox
from tests.browser.stage import Stage

PICTURES = Path(__file__).parents[2] / "artefacts" / "browser"
PASSWORD = "cầu vồng trên Mã Pí Lèng"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def browser():
    found = toolbox.browser()
    assert found, "no chromium: run deploy/native/bootstrap.sh, or apt-get install chromium"
    return found


@pytest.fixture(scope="session")
def contest(front, sign_in):
    """`contest(opens_in_s, open_s, **rules)`: the id of a published contest with one round."""

    def publish(opens_in_s: float = 0, open_s: float = 3600, **rules) -> str:
        contest_id = f"trinh-duyet-{next(_numbers)}-{secrets.token_hex(3)}"
        opens = datetime.now(UTC) + timedelta(seconds=opens_in_s)
        body = {
            "contest_id": contest_id,
            "title": "Xây dựng công dân số tỉnh Hà Giang",
            "banks": dict.fromkeys(("officials", "citizens", "pupils"), "chuyen-doi-so"),
            "rules": {"start_window_seconds": 0, **rules},
            "rounds": [
                {"title": "Tuần 1", "opens_at": opens.isoformat(), "closes_at": (opens + timedelta(seconds=open_s)).isoformat()},
            ],
        }
        header = sign_in("organiser")
        for answer in (
            front.post("/api/exam/contests", json=body, headers=header),
            front.post(f"/api/exam/contests/{contest_id}/publish", headers=header),
        ):
            assert answer.is_success, answer.text
        return contest_id

    return publish


@pytest.fixture(scope="session")
def newcomer(front, demo):
    """`newcomer()`: {identifier, password, token} of a citizen who has just joined."""
    purposes = front.get("/api/registration/consents").json()["purposes"]
    consents = [{"purpose": each["purpose"], "version": each["version"]} for each in purposes if each["required"]]

    def join() -> dict:
        email = f"nguoi-dan-{secrets.token_hex(5)}@example.org"
        body = {
            "name": "Lò Văn Páo", "birth_date": "1988-02-14", "email": email, "password": PASSWORD, "division": "citizens",
            "unit_id": "x00715-2025", "language": "vi", "consents": consents,
        }  # fmt: skip
        answer = front.post("/api/registration/join", json=body)
        assert answer.status_code == 201, answer.text
        return {"identifier": email, "password": PASSWORD, "token": answer.json()["access_token"]}

    return join


@pytest.fixture(scope="session")
def played_round(front, contest, newcomer):
    """(round's id, attempt's id, account) of one submitted paper in a round that closes while other tests run."""
    account, round_id = newcomer(), f"{contest(open_s=30, paper_seconds=30, grace_seconds=0)}-w1"
    header = {"Authorization": f"Bearer {account['token']}"}
    paper = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header)
    assert paper.status_code == 201, paper.text
    attempt_id, answers = paper.json()["attempt_id"], {str(n): "A" for n in range(1, 16)}
    done = front.post(f"/api/exam/attempts/{attempt_id}/submit", json={"answers": answers, "prediction": 3}, headers=header)
    assert done.status_code == 200, done.text
    return round_id, attempt_id, account


@pytest.fixture(scope="session")
def stage(front, contest, newcomer, sign_in, eventually):
    return Stage(front, contest, newcomer, sign_in, eventually)


@pytest.fixture(scope="session")
def all_begun(request, stage):
    """Name of a module of the chosen tests -> what it began (see stage.py)."""
    modules = dict.fromkeys(item.module for item in request.session.items)
    return stage.begun([module for module in modules if hasattr(module, "begin")])


@pytest.fixture
def begun(request, all_begun):
    """What `begin` of the test's module returned."""
    return all_begun[request.module.__name__]


@pytest.fixture(scope="session")
def play(platform, browser, all_begun):
    """`play("journey", contest=...)`: see toolbox.play; gives what the scenario found."""

    def run(scenario: str, name: str | None = None, asked: dict | None = None, **settings) -> dict:
        more = {"base": platform.front_url, "browser": browser, "pictures": str(PICTURES), "name": name or scenario}
        return toolbox.play(scenario, {**more, **settings}, asked)

    return run
