"""Practice, other languages and audio in a real browser; and the page under the conditions people set on their devices."""

import json
import math
import secrets
import struct
import wave
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser import toolbox

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 850}
# Less than the earliest moment at which the page brings a waiting person back.
SOON_S = 80


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_anybody_practises_like_in_earnest_also_without_network(play, contest, screen, request):
    found = play("practice", name=f"practice-{request.node.callspec.id}", contest=contest(), screen=screen)
    assert found["methods"] == ["GET"] and found["signed"] == 0


def test_who_waits_for_the_opening_practises_and_is_brought_back_in_time(play, contest, newcomer):
    play("practice-waiting", contest=contest(opens_in_s=3600), soon=contest(opens_in_s=SOON_S), account=newcomer())


def test_questions_are_read_and_heard_in_another_language_also_without_network(play, spoken_contest, newcomer):
    found = play("speech", contest=spoken_contest, account=newcomer())
    assert found["sounds"] and all(len(each.rpartition("/")[2]) == 16 for each in found["sounds"])


def test_audio_costs_who_does_not_listen_nothing(front, spoken_contest, newcomer):
    header = {"Authorization": f"Bearer {newcomer()['token']}"}
    paper = front.post(f"/api/exam/rounds/{spoken_contest}-w1/attempts", headers=header)
    assert paper.status_code == 201 and len(paper.json()["questions"]) == 4
    assert all(set(each) == {"n", "text", "several", "options"} for each in paper.json()["questions"])
    assert json.dumps(paper.json()).count("sound") == 2  # two languages say whether they can be heard


def test_audio_is_kept_by_nginx_and_by_browsers(front, spoken_contest):
    said = front.get(f"/api/exam/contests/{spoken_contest}/practice/1/languages/tyz").json()
    address = f"/api/exam/sounds/{said['questions'][0]['sound']}"
    for _ in range(2):
        found = front.get(address)
        assert found.status_code == 200 and found.content.startswith(b"RIFF") and "immutable" in found.headers["cache-control"]


def test_the_page_bears_small_screens_large_type_contrast_and_no_motion(play, contest, newcomer):
    play("conditions", contest=contest(), account=newcomer())


def test_a_language_is_one_file_and_what_it_lacks_is_said_in_vietnamese(play, contest, tmp_path):
    copied = toolbox.workshop(tmp_path)
    some = {"language_name": "Tày", "practice_link": "Hất thử bài (Tày)", "contest_span": "{n} vòng (Tày)"}
    (copied / "src" / "messages" / "tyz.json").write_text(json.dumps(some), "utf-8")
    # Not even its name: then it is called by its code.
    (copied / "src" / "messages" / "hmn.json").write_text(json.dumps({"home": "Tsev"}), "utf-8")
    vite = copied / "node_modules" / "vite" / "bin" / "vite.js"
    done = toolbox.node(vite, "build", "--outDir", tmp_path / "built", cwd=copied)
    assert done.returncode == 0, done.stderr
    play("half-a-language", contest=contest(), site=str(tmp_path / "built"))


# A bank that can be heard, made as a translator would


@pytest.fixture(scope="session")
def spoken_contest(front, sign_in, hoithi, tmp_path_factory):
    """A contest of four questions (and ten to practise) in Tày with audio, the original with audio alone."""
    room, bank = tmp_path_factory.mktemp("translator"), f"nghe-{secrets.token_hex(3)}"
    file = room / f"{bank}.txt"
    file.write_text(_bank(bank), "utf-8")
    hoithi("bank", "import", str(file))
    hoithi("bank", "approve", bank)
    for code, name in (("tyz", "Tày"), ("vi", "Tiếng Việt")):
        folder = room / code
        hoithi("languages", "table", bank, code, "--to", str(folder))
        if code == "tyz":
            _translate(folder / "ban-dich.csv")
        _speak(folder)
        told = hoithi("languages", "import", bank, code, str(folder), "--name", name)
        assert (told["texts"], told["sounds"]) == ((14, 14) if code == "tyz" else (0, 14))
    return _publish(front, sign_in("organiser"), bank)


def _bank(bank: str) -> str:
    head = f"BANK: {bank}\nTITLE: Nghe thử\nLANGUAGE: vi\n\nTOPIC: nghe | Nghe\n"
    return head + "".join(_question(n, practice=n > 4) for n in range(1, 15))


def _question(n: int, practice: bool) -> str:
    options = "".join(f"{letter}. Đáp án {letter.lower()} của câu {n}\n" for letter in "ABCD")
    mark = "PRACTICE: yes\n" if practice else ""
    return f"\nID: nghe-{n:02}\nLEVEL: easy\nCâu hỏi số {n} nói gì?\n{options}ANSWER: {'ABCD'[n % 4]}\nWHY: Vì thế {n}.\n{mark}"


def _translate(table) -> None:
    rows = table.read_text("utf-8-sig").splitlines()
    table.write_text("\n".join([rows[0], *(f"{row}Tày: {row.split(',')[2]}" for row in rows[1:])]), "utf-8")


def _speak(folder) -> None:
    """Every part as a tone of its own: a second long, so that a test sees it play."""
    for n in range(1, 15):
        for place, part in enumerate(("", ".a", ".b", ".c", ".d")):
            with wave.open(str(folder / f"nghe-{n:02}{part}.wav"), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(8000)
                step = 2 * math.pi * (200 + 20 * n + 100 * place) / 8000
                file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(step * at))) for at in range(8000)))


def _publish(front, header: dict, bank: str) -> str:
    contest_id, now = f"nghe-{secrets.token_hex(3)}", datetime.now(UTC)
    window = {"title": "Tuần 1", "opens_at": now.isoformat(), "closes_at": (now + timedelta(hours=1)).isoformat()}
    divisions = [{"name": "citizens", "bank": bank, "blueprint": [{"count": 4}]}]
    rules = {"paper_size": 4, "start_window_seconds": 0, "divisions": divisions}
    body = {"contest_id": contest_id, "title": "Nghe và đọc", "rules": rules, "rounds": [window]}
    for path, sent in (("", body), (f"/{contest_id}/publish", None)):
        answer = front.post(f"/api/exam/contests{path}", json=sent, headers=header)
        assert answer.is_success, answer.text
    return contest_id
