"""Certificates through the doors: who gets one, what it says, what it is worth later, all of a round together."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader

from hoithi_contracts.registration import UserErased
from hoithi_print import Papers
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import listening, printing
from tests.tables import make_due

PEOPLE = 30
OWN = "/rounds/c-w1/mine/certificate.pdf"
NAMES = {"u0": "Vàng Thị Mỷ", "u1": "#import Lò *Văn* Páo"}


@pytest.fixture
def pseudonyms(settings):
    return Pseudonyms(settings("scoring")["PSEUDONYM_SECRET"].encode())


@pytest.fixture
def round_played(storage, making, play, pseudonyms):
    """Thirty people of Xã Ngọc Đường, u0 first, all right; the round is provisional."""
    listening.change_units(storage, making.units_changed())
    for number in range(PEOPLE):
        user = f"u{number}"
        storage.people.keep(making.person(user, name=NAMES.get(user, f"Người thứ {number}")))
    attempts = [making.submitted(f"u{number}", duration_ms=300_000 + number) for number in range(PEOPLE)]
    return play(attempts, closed=True, secret=pseudonyms.secret)


@pytest.fixture
def boss(auth):
    return auth("o1", roles=("organiser:contest:c",))


@pytest.fixture
def official(doors, round_played, boss):
    assert doors.post("/rounds/c-w1/official", json={}, headers=boss).status_code == 200


@pytest.fixture
def papers(settings):
    found = settings("scoring")
    made = Papers.open(found["THEME"], found["PUBLIC_URL"])
    yield made
    made.printer.close()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def code_in(pdf: bytes) -> str:
    return text_of(pdf).partition("Số: ")[2].split()[0]


def own(doors, auth, user="u0"):
    answer = doors.get(OWN, headers=auth(user))
    assert answer.status_code == 200, answer.text
    return answer


def test_nobody_has_a_certificate_before_results_are_official(doors, round_played, auth):
    answer = doors.get(OWN, headers=auth("u0"))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-official-yet")


def test_a_winner_has_a_certificate_with_name_unit_prize_and_place(doors, official, auth):
    answer = own(doors, auth)
    assert answer.headers["content-type"] == "application/pdf" and "no-store" in answer.headers["cache-control"]
    shown = text_of(answer.content)
    for words in (
        "GIẤY CHỨNG NHẬN ĐẠT GIẢI",
        "Vàng Thị Mỷ",
        "Xã Ngọc Đường",
        "Giải Nhất",
        "Công dân số",
        "Tuần 1",
        f"1 / {PEOPLE}",
    ):
        assert words in shown, (words, shown)


def test_who_won_nothing_has_one_for_taking_part_and_a_name_is_never_code(doors, official, auth):
    assert "Giải" not in text_of(own(doors, auth, "u20").content)
    assert "#import Lò *Văn* Páo" in text_of(own(doors, auth, "u1").content)


def test_who_is_not_in_the_results_has_none(doors, official, auth):
    answer = doors.get(OWN, headers=auth("stranger"))
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-certificate")
    assert doors.get(OWN).status_code == 401


def test_the_same_certificate_comes_from_the_shelf_with_the_same_bytes(doors, official, auth, database):
    first = own(doors, auth).content
    assert own(doors, auth).content == first
    assert database["papers"].count_documents({"about": "u0"}) == 1


def test_anybody_may_check_a_certificate_and_learns_name_and_unit_as_published(doors, official, auth):
    told = doors.get(f"/certificates/{code_in(own(doors, auth).content).lower()}").json()
    assert (told["state"], told["contest"], told["title"], told["round_id"]) == ("valid", "Công dân số", "Tuần 1", "c-w1")
    person = told["person"]
    assert (person["name"], person["unit"], person["prize"], person["place"]) == ("Vàng Thị Mỷ", "Xã Ngọc Đường", "first", 1)
    whole = json.dumps(told, ensure_ascii=False)
    assert "phone" not in whole and "u0" not in whole and told["earlier"] == []


@pytest.mark.parametrize("code", ["0000-0000-0000", "nothing", "7K4M-2QXR-9D3T-7K4M"])
def test_an_invented_code_is_unknown(doors, official, code):
    answer = doors.get(f"/certificates/{code}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/certificate-unknown")


def test_after_an_invalidation_the_winner_s_is_withdrawn_and_the_next_one_s_says_what_changed(
    doors, official, auth, boss, storage, making
):
    first, second = (code_in(own(doors, auth, user).content) for user in ("u0", "u1"))
    body = {"attempt_id": "c-w1:u0:1", "reason": "thi hộ"}
    assert doors.post("/rounds/c-w1/invalidations", json=body, headers=boss).status_code == 201
    assert doors.get(OWN, headers=auth("u1")).json()["type"] == "/problems/still-changing"
    make_due(storage, making.closes + timedelta(hours=2))
    withdrawn, corrected = (doors.get(f"/certificates/{code}").json() for code in (first, second))
    assert (withdrawn["state"], withdrawn["person"]) == ("withdrawn", None)
    assert (corrected["state"], corrected["person"]["prize"]) == ("corrected", "first")
    assert [issue["prize"] for issue in corrected["earlier"]] == ["second"]
    assert "Giải Nhất" in text_of(own(doors, auth, "u1").content)


def test_after_an_erasure_a_certificate_names_nobody_and_no_paper_is_left(doors, official, auth, storage, making, database):
    code = code_in(own(doors, auth).content)
    listening.forget_person(storage, UserErased(user_id="u0", erased_at=making.closes), making.closes)
    told = doors.get(f"/certificates/{code}").json()
    assert (told["state"], told["person"], told["earlier"]) == ("erased", None, [])
    assert doors.get(OWN, headers=auth("u0")).status_code == 404
    assert database["papers"].count_documents({"about": "u0"}) == 0
    assert "Mỷ" not in str(list(database["certificates"].find()))


def test_the_season_has_a_certificate_when_all_rounds_are_official(doors, storage, making, round_played, boss, auth):
    listening.publish_contest(storage, making.published(rounds=1, revision=2), making.closes)
    path = "/contests/c/mine/certificate.pdf"
    assert doors.get(path, headers=auth("u0")).json()["type"] == "/problems/not-official-yet"
    doors.post("/rounds/c-w1/official", json={}, headers=boss)
    make_due(storage, making.closes + timedelta(hours=2))
    answer = doors.get(path, headers=auth("u0"))
    assert answer.status_code == 200, answer.text
    assert "tất cả các vòng thi" in text_of(answer.content) and "Số vòng thi" in text_of(answer.content)
    told = doors.get(f"/certificates/{code_in(answer.content)}").json()
    assert (told["state"], told["round_id"], told["person"]["rounds"]) == ("valid", None, 1)


# Pictures


def test_pictures_are_png_for_everybody_and_the_front_door_may_keep_them(doors, official, auth):
    code = code_in(own(doors, auth).content)
    for path in ("/rounds/c-w1/picture.png", f"/certificates/{code}/picture.png"):
        answer = doors.get(path)
        assert answer.status_code == 200, answer.text
        assert answer.content[:4] == b"\x89PNG" and answer.headers["cache-control"] == "public, max-age=60"
    assert doors.get("/rounds/nothing/picture.png").status_code == 404


@pytest.mark.parametrize("prediction", ["participants", "attempts", "percentage", "perfect"])
def test_the_picture_of_a_running_round_never_tells_what_is_predicted(doors, storage, making, play, pseudonyms, prediction):
    def drawn(people):
        play([making.submitted(f"u{n}") for n in range(people)], secret=pseudonyms.secret, prediction=prediction)
        make_due(storage, making.closes + timedelta(days=people))
        assert storage.rounds.get("c-w1").snapshot.participants == people
        return doors.get("/rounds/c-w1/picture.png").content

    before, after = drawn(20), drawn(200)
    assert (before == after) == (prediction != "perfect")


# All of a round together


def ask(doors, boss, which="everybody"):
    return doors.post("/rounds/c-w1/certificates", json={"which": which}, headers=boss)


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(printing, "PIECE", 7)


def fetch(doors, boss, which="everybody"):
    answer = doors.get("/rounds/c-w1/certificates.zip", params={"which": which}, headers=boss)
    if answer.status_code != 200:
        return answer
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        return {name: PdfReader(io.BytesIO(file.read(name))) for name in file.namelist()}


def test_all_certificates_are_printed_in_pieces_that_a_stopped_worker_goes_on_with(
    doors, official, boss, storage, pseudonyms, papers, making, small_pieces
):
    told = ask(doors, boss)
    assert (told.status_code, told.json()["pieces"], told.json()["made"]) == (202, 5, 0)
    assert fetch(doors, boss).json()["type"] == "/problems/not-printed-yet"
    now = making.closes
    job = storage.print_jobs.all()[0]
    printing._make(storage, pseudonyms, papers, job, [0, 1], lambda: True, now)  # then its process was killed
    assert ask(doors, boss).json()["made"] == 2
    assert printing.print_due(storage, pseudonyms, papers, "another", now) == 3
    assert printing.print_due(storage, pseudonyms, papers, "another", now) == 0
    files = fetch(doors, boss)
    assert [len(pdf.pages) for pdf in files.values()] == [7, 7, 7, 7, 2]
    assert "Vàng Thị Mỷ" in next(iter(files.values())).pages[0].extract_text()


def test_winners_alone_can_be_printed(doors, official, boss, storage, pseudonyms, papers, making):
    assert ask(doors, boss, "winners").json()["people"] == 11
    printing.print_due(storage, pseudonyms, papers, "worker", making.closes)
    (pdf,) = fetch(doors, boss, "winners").values()
    assert len(pdf.pages) == 11 and all("ĐẠT GIẢI" in page.extract_text() for page in pdf.pages)


def test_who_is_erased_vanishes_from_what_was_printed(doors, official, boss, storage, pseudonyms, papers, making, small_pieces):
    ask(doors, boss)
    printing.print_due(storage, pseudonyms, papers, "worker", making.closes)
    listening.forget_person(storage, UserErased(user_id="u0", erased_at=making.closes), making.closes)
    assert fetch(doors, boss).json()["type"] == "/problems/not-printed-yet"
    assert printing.print_due(storage, pseudonyms, papers, "worker", making.closes) == 1
    files = fetch(doors, boss)
    assert [len(pdf.pages) for pdf in files.values()] == [6, 7, 7, 7, 2]


def test_only_organisers_of_the_contest_print_for_others(doors, official, auth):
    for headers in (auth("u0"), auth("o2", roles=("organiser:contest:other",)), auth("of", roles=("officer:unit:x1",))):
        assert ask(doors, headers).status_code == 403
        assert fetch(doors, headers).status_code == 403
        assert doors.get("/rounds/c-w1/certificates", headers=headers).status_code == 403


def test_what_nobody_asked_for_is_not_there(doors, official, boss):
    assert fetch(doors, boss).json()["type"] == "/problems/not-requested"


def test_the_worker_prints_by_itself(doors, official, boss, worker, eventually):
    ask(doors, boss, "winners")
    eventually(lambda: fetch(doors, boss, "winners").__class__ is dict)
