"""A contest's poster and picture: for whom, with what on it, and nothing that gives a prediction away."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader

from exam import making
from hoithi_exam.domain import papers
from hoithi_exam.domain.round import Round
from hoithi_exam.service import Doors

POSTER = "/contests/hg/poster.pdf"
HOUR = timedelta(hours=1)


@pytest.fixture
def client(clean, serve):
    return serve(Doors).client


@pytest.fixture
def contest(client, published):
    return published(datetime.now(UTC).replace(microsecond=0) - HOUR, length=2 * HOUR, rounds=2)


@pytest.fixture
def staff(auth):
    return auth("of", roles=("officer:unit:x1",))


def shown(answer) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())


def test_anybody_may_print_the_plain_poster(client, contest):
    told = shown(client.get(POSTER))
    assert "Cuộc thi" in told and "/c/hg" in told and f"trả lời {contest.rules.paper_size} câu hỏi" in told


@pytest.mark.parametrize("query", [{"unit": "Thôn Lũng Cú"}, {"source": "thon-lung-cu"}])
def test_words_of_one_s_own_under_the_emblem_are_for_staff(client, contest, staff, auth, query):
    assert client.get(POSTER, params=query).status_code == 401
    assert client.get(POSTER, params=query, headers=auth("u1")).status_code == 403
    assert client.get(POSTER, params=query, headers=staff).status_code == 200


def test_a_unit_s_name_is_text_and_nothing_else(client, contest, staff):
    unit = 'Thôn *Lũng* Cú #read("/etc/passwd")'
    assert unit in shown(client.get(POSTER, params={"unit": unit, "size": "a3"}, headers=staff))


@pytest.mark.parametrize("query", [{"size": "a5"}, {"source": "a b"}, {"source": "x" * 41}, {"unit": "x" * 161}, {"paper": "a4"}])
def test_what_cannot_be_printed_is_refused(client, contest, staff, query):
    assert client.get(POSTER, params=query, headers=staff).status_code == 422


def test_a_draft_has_neither_poster_nor_picture_also_for_its_organiser(client, storage, published, auth):
    published()
    storage.contests.collection.update_one({"_id": "hg"}, {"$set": {"state": "draft"}})
    for path in (POSTER, "/contests/hg/picture.png", "/contests/nothing/picture.png"):
        assert client.get(path, headers=auth("o", roles=("organiser:contest:*",))).status_code == 404


def test_the_picture_is_a_png_for_everybody(client, contest):
    answer = client.get("/contests/hg/picture.png")
    assert answer.status_code == 200 and answer.content[:4] == b"\x89PNG" and answer.headers["etag"]
    assert answer.headers["cache-control"] == "public, max-age=60"


# What stands on them


def rounds() -> list[Round]:
    """Two rounds of an hour, an hour apart."""
    starts = [making.NOON, making.NOON + 2 * HOUR]
    return [Round(f"hg-w{n}", "hg", n, f"Tuần {n}", start, start + HOUR, making.rules(), 1) for n, start in enumerate(starts, 1)]


@pytest.mark.parametrize(
    "hours, badge, line",
    [
        (-1, "Sắp mở", "Tuần 1: mở lúc"),
        (0, "Đang mở", "Tuần 1: mở đến"),
        (1, "Sắp mở", "Tuần 2: mở lúc"),
        (2.5, "Đang mở", "Tuần 2: mở đến"),
        (3, "Đã kết thúc", None),
    ],
)
def test_a_picture_says_what_is_going_on(contest_of_two, hours, badge, line):
    told = papers.picture(contest_of_two, rounds(), making.NOON + hours * HOUR, "hoithi.example")
    assert told["badge"] == badge and told["figures"] == []
    assert line is None or any(each.startswith(line) for each in told["lines"])


@pytest.fixture
def contest_of_two(published):
    return published(rounds=2)


def test_the_code_of_a_poster_carries_the_way_in(contest_of_two):
    told = papers.poster(contest_of_two, rounds(), "a4", None, "thon-lung-cu", "https://hoithi.example")
    assert (told["address"], told["site"]) == ("https://hoithi.example/c/hg?from=thon-lung-cu", "hoithi.example/c/hg")
    plain = papers.poster(contest_of_two, rounds(), "a4", None, None, "https://hoithi.example")
    assert plain["address"] == "https://hoithi.example/c/hg"
