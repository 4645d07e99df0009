"""Question banks at the desk, in a real browser against the whole platform: import, four eyes, figures of questions."""

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exam.making import bank, question
from exam.test_bank_excel import HEADER, OTHER, ROW, file_of, with_cell
from exam.test_domain_picture import png
from hoithi_exam.domain.bank import Bank, formats
from hoithi_exam.domain.bank.draft import Given
from tests.browser.stage import done

SHIPPED = Path(__file__).parents[2] / "content" / "banks" / "chuyen-doi-so.txt"
OPEN_S = 25
PEOPLE = 30
"""From so many answers on a question is called suspicious."""


@pytest.fixture(scope="module")
def accounts(platform, demo):
    """{identifier, password} of the demo's people by what they are."""
    return json.loads((platform.folders.home / "platform.json").read_text())["accounts"]


def written(made: Bank, form: str) -> bytes:
    return b"".join(formats.FORMATS[form].pieces(made))


@pytest.fixture
def files(tmp_path):
    """Files of a bank in several formats, and files that are none."""
    shipped, _ = formats.parse(SHIPPED.read_bytes(), "text", Given())
    near = "Khi nhận được cuộc gọi yêu cầu cung cấp mã xác thực, người dân nên làm gì trước tiên?"
    options = {"options": ("Từ chối và cúp máy", "Đọc mã", "Gọi lại", "Hỏi tên"), "right": "a"}
    head, *rest = shipped.questions[::15]
    alike = replace(rest[0], text=near, **options), replace(rest[1], text=near.replace("trước tiên", "ngay"), right="a")
    name = f"an-toan-so-{secrets.token_hex(3)}"
    first = replace(shipped, id=name, title="An toàn số", questions=(head, *alike, *rest[2:]))
    other = next(letter for letter in "ab" if letter != head.right)
    added = replace(shipped.questions[1], id="cau-moi")
    rekeyed = replace(first, questions=(replace(head, right=other), *first.questions[2:], added))
    twice = [["AT-009", *ROW[1:]], ROW]
    made = {
        "sai.xlsx": file_of(HEADER, with_cell("Mức độ", "rất khó"), OTHER, *twice),
        "khong-phai.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "an-toan.docx": written(first, "docx"),
        "an-toan.gift": written(rekeyed, "gift"),
        "an-toan.xml": written(rekeyed, "moodle"),
        "bien-bao.png": png(320, 160),
    }
    for file, content in made.items():
        (tmp_path / file).write_bytes(content)
    return {"bank": name, "folder": str(tmp_path), "question": head.id, "words": head.text, "before": head.right, "after": other}


def test_a_bank_is_imported_from_several_formats_and_approved_by_a_second_person(play, front, files, accounts, sign_in):
    people = {"organiser": accounts["organiser"], "reviewer": accounts["reviewer"]}
    play("desk-banks", **people, **files)
    found = front.get("/api/exam/banks", headers=sign_in("organiser")).json()["banks"]
    versions = [(each["version"], each["state"], each["note"]) for each in found if each["bank_id"] == files["bank"]]
    assert versions == [(3, "approved", "Đã đối chiếu nguồn"), (2, "draft", ""), (1, "draft", "")]


def six_questions(front, sign_in, open_s: int, change: dict | None = None) -> str:
    """The round of a contest with a bank of six questions, one given a picture."""
    name = f"sau-cau-{secrets.token_hex(3)}"
    made = replace(bank(6), id=name, title="Sáu câu", questions=tuple(question(n) for n in range(1, 7)))
    header, second = sign_in("organiser"), sign_in("reviewer")
    kind = {"Content-Type": "text/plain"}
    path = f"/api/exam/banks/{name}"
    version = done(front.post(path, content=written(made, "text"), headers=header | kind))["version"]
    if change:
        content = done(front.post(f"{path}/pictures", content=change.pop("content"), headers=header | kind))
        changes = {"questions": [change | {"picture": content["picture"]}]}
        version = done(front.post(f"{path}/versions/1/changes", json=changes, headers=header))["version"]
    done(front.post(f"{path}/versions/{version}/approve", json={}, headers=second))
    done(front.post("/api/exam/contests", json=contest_of(name, open_s), headers=header))
    done(front.post(f"/api/exam/contests/{name}/publish", headers=header))
    return f"{name}-w1"


def contest_of(name: str, open_s: int) -> dict:
    opens = datetime.now(UTC)
    blueprint = [{"topic": "*", "level": "*", "count": 6}]
    return {
        "contest_id": name, "title": "Cuộc thi sáu câu",
        "rules": {
            "paper_size": 6, "paper_seconds": open_s - 1, "grace_seconds": 0, "start_window_seconds": 0,
            "divisions": [{"name": "citizens", "bank": name, "blueprint": blueprint}],
        },
        "rounds": [
            {"title": "Tuần 1", "opens_at": opens.isoformat(), "closes_at": (opens + timedelta(seconds=open_s)).isoformat()},
        ],
    }  # fmt: skip


def begin(stage) -> str:
    """A round that closes in some seconds, in which who knows everything else misses one question: its key is wrong."""
    people = [stage.newcomer() for _ in range(PEOPLE)]
    round_id = six_questions(stage.front, stage.sign_in, OPEN_S)
    for number, account in enumerate(people):
        stage.taken(account, round_id, answers=knows_all_but_one if number % 2 == 0 else knows_one)
    return round_id


def knows_all_but_one(paper: dict) -> dict[str, str]:
    """Chooses the first option of the bank, which is the key, everywhere but in question 1."""
    return {str(shown["n"]): chosen(shown, 2 if shown["text"] == "Câu hỏi số 1?" else 1) for shown in paper["questions"]}


def knows_one(paper: dict) -> dict[str, str]:
    """The other way round."""
    return {str(shown["n"]): chosen(shown, 1 if shown["text"] == "Câu hỏi số 1?" else 2) for shown in paper["questions"]}


def chosen(shown: dict, wanted: int) -> str:
    return next(each["letter"] for each in shown["options"] if each["text"].endswith(f".{wanted}"))


def test_a_suspicious_key_comes_first_and_leads_to_its_correction(play, front, begun, accounts, sign_in, eventually):
    url = f"/api/scoring/rounds/{begun}/items"
    eventually(lambda: front.get(url, headers=sign_in("organiser")).status_code == 200)
    play("desk-items", account=accounts["organiser"], round=begun, question="q001")


def test_a_picture_is_seen_on_the_paper_and_without_network(play, front, sign_in, newcomer):
    change = {"id": "q001", "content": png(320, 160), "alt": "Biển báo nền đỏ"}
    play("paper-picture", round=six_questions(front, sign_in, 1200, change), account=newcomer(), alt="Biển báo nền đỏ")
