"""Certificates in a real browser: fetched by their owner, checked by anybody."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader


def code_in(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split()).partition("Số: ")[2].split()[0]


SHORT = {"open_s": 12, "paper_seconds": 10, "grace_seconds": 0}


def begin(stage) -> list[tuple[str, dict]]:
    """For each test (round's id, account) of one submitted paper in a round that closes in some seconds."""
    return [_taken(stage) for _ in range(2)]


def _taken(stage) -> tuple[str, dict]:
    account, round_id = stage.newcomer(), f"{stage.contest(**SHORT)}-w1"
    stage.taken(account, round_id, answers=lambda paper: {}, prediction=3)
    return round_id, account


@pytest.fixture
def official(front, begun, sign_in, eventually):
    """One of them, whose results are official."""
    round_id, account = begun.pop()
    eventually(lambda: front.get(f"/api/scoring/rounds/{round_id}").json().get("state") == "provisional")
    made = front.post(f"/api/scoring/rounds/{round_id}/official", json={}, headers=sign_in("organiser"))
    assert made.status_code == 200, made.text
    return round_id, account


def test_a_certificate_is_fetched_by_its_owner_and_checked_by_anybody(play, front, stage, official, eventually):
    round_id, account = official
    header = stage.header(account)
    answer = front.get(f"/api/scoring/rounds/{round_id}/mine/certificate.pdf", headers=header)
    assert answer.status_code == 200, answer.text
    code = code_in(answer.content)

    def state() -> str:
        return front.get(f"/api/scoring/certificates/{code}").json()["state"]

    def erase():
        gone = front.post("/api/registration/me/erasure", json={"password": account["password"]}, headers=header)
        assert gone.is_success, gone.text
        eventually(lambda: state() == "erased")

    found = play("certificate", asked={"erase": erase}, round=round_id, account=account, code=code)
    assert Path(found["saved"]).read_bytes() == answer.content


def test_pictures_come_through_the_front_door_and_are_kept(front, official):
    round_id, _ = official
    for path in (f"/api/scoring/rounds/{round_id}/picture.png", f"/api/exam/contests/{round_id[:-3]}/picture.png"):
        first, second = front.get(path), front.get(f"{path}?v=2")
        assert first.status_code == 200 and first.content == second.content and first.headers["content-type"] == "image/png"
