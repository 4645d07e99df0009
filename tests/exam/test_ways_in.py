"""The card, the page of a shared link, and counts of channels: through the real doors."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from exam import making
from exam.making import MINUTE, rules
from hoithi_contracts.registration import UserErased
from hoithi_contracts.scoring import ResultsPublished, WeekScored
from hoithi_exam.domain.rules import plain
from hoithi_exam.handlers import clock
from hoithi_exam.handlers.contests import create_contest, publish_contest
from hoithi_exam.service import Doors, Worker
from hoithi_exam.service.ways_in import flush

HOSTILE = """</title></head>"><script>alert(1)</script><img src=x onerror=alert(1)>'&{{7*7}}<!--# include virtual="/health" -->"""
ROOT = Path(__file__).parents[2]
SITE = "https://thi.example.vn"


class Document(HTMLParser):
    """Tags with their attributes, and the texts."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag: str) -> list[dict]:
        return [attrs for name, attrs in self.tags if name == tag]

    def meta(self, name: str) -> str:
        return next(attrs["content"] for attrs in self.all("meta") if name in (attrs.get("name"), attrs.get("property")))


@pytest.fixture
def client(database, serve):
    return serve(Doors, PUBLIC_URL=SITE).client


@pytest.fixture
def contest(storage):
    """`contest(title=..., opens_in=..., round_title=...)`: published as stored, whatever its texts are."""

    def publish(title="Tìm hiểu chuyển đổi số", opens_in=-MINUTE, length=60 * MINUTE, round_title="Tuần 1"):
        now = datetime.now(UTC)
        opens = now.replace(microsecond=0) + opens_in
        storage.banks.add(making.bank(), "organiser", now)
        window = {"title": round_title, "opens_at": opens, "closes_at": opens + length}
        body = {"contest_id": "hg", "title": title, "rules": plain(rules()), "rounds": [window]}
        create_contest(storage, body, opens - MINUTE)
        return publish_contest(storage, "hg", "en", opens - MINUTE)

    return publish


def card(client, **asked) -> Document:
    answer = client.get("/contests/hg/card", params=asked)
    assert answer.status_code == 200, answer.text
    return Document(answer.text)


def flushed(client, auth) -> dict:
    """Channel -> sums, as an organiser sees them after the timer's turn."""
    flush(client.process_storage)
    found = client.get("/contests/hg/channels", headers=auth("o1", roles=("organiser:contest:hg",))).json()
    return {each["code"]: each["in_all"] for each in found["channels"]}


@pytest.fixture
def counting(database, serve):
    """A client that knows the storage of its process, for who will not wait for the timer."""
    served = serve(Doors, PUBLIC_URL=SITE)
    dependencies = {each.attr_name: each for each in served.container.dependencies}
    served.client.process_storage = dependencies["storage"].value
    return served.client


# The card


def test_the_card_has_no_script_no_handler_and_no_inline_style(client, contest):
    contest()
    found = card(client)
    assert {tag for tag, _ in found.tags} <= {
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "main",
        "div",
        "h1",
        "p",
        "a",
        "span",
    }
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on") or name == "style"]
    assert [link["href"] for link in found.all("link")] == ["/card.css"]


@pytest.mark.parametrize(
    ("opens_in", "said", "go"),
    [
        (timedelta(days=3, hours=4, seconds=30), "Tuần 1 mở sau 3 ngày 4 giờ", "Đăng ký dự thi"),
        (timedelta(minutes=12, seconds=30), "Tuần 1 mở sau 12 phút", "Đăng ký dự thi"),
        (-MINUTE, "Tuần 1 đóng sau 58 phút", "Vào thi"),
        (-timedelta(hours=2), "Đã kết thúc, chờ công bố kết quả", "Xem cuộc thi"),
    ],
)
def test_the_card_says_where_the_contest_stands(client, contest, opens_in, said, go):
    contest(opens_in=opens_in)
    found = card(client)
    assert said in found.texts and any(text.startswith(go) for text in found.texts)


def test_a_round_that_is_open_for_days_says_until_when(client, contest):
    made = contest(length=timedelta(days=5))
    until = made.rounds[0].closes_at.astimezone(making.NOON.tzinfo) + timedelta(hours=7)
    assert f"Tuần 1 đang mở đến {until:%H:%M %d/%m/%Y}" in card(client).texts


def test_the_card_comes_again_by_itself_when_it_would_be_wrong(client, contest):
    contest(opens_in=timedelta(minutes=12, seconds=30))
    headers = client.get("/contests/hg/card").headers
    assert headers["refresh"] == "60" and headers["cache-control"] == "public, max-age=5"


def test_the_card_leads_to_the_contest_and_keeps_the_channel(client, contest):
    contest()
    (link,) = card(client, **{"from": "Bao-Ha-Giang"}).all("a")
    assert link == {"href": f"{SITE}/c/hg?from=bao-ha-giang", "target": "_blank", "rel": "noopener"}
    assert card(client).all("a")[0]["href"] == f"{SITE}/c/hg"


def test_the_card_speaks_english_when_asked(client, contest):
    contest()
    found = card(client, lang="en")
    assert found.all("html") == [{"lang": "en"}] and "Tuần 1 closes in 58 min" in found.texts


@pytest.mark.parametrize("asked", [{"from": "a b"}, {"from": "x" * 33}, {"from": '"><script>'}, {"lang": "fr"}, {"x": "1"}])
def test_a_card_takes_no_other_words(client, contest, asked):
    contest()
    assert client.get("/contests/hg/card", params=asked).status_code == 422


@pytest.mark.parametrize("path", ["card", "card.svg", "page"])
def test_a_draft_and_an_unknown_contest_have_no_card_and_no_page(client, storage, path):
    create_contest(storage, {"contest_id": "hg", "title": "Nháp", "rules": plain(rules()), "rounds": []}, making.NOON)
    assert client.get(f"/contests/hg/{path}").status_code == client.get(f"/contests/nobody/{path}").status_code == 404


@pytest.mark.parametrize("path", ["card", "page"])
def test_a_hostile_title_stays_text(client, contest, path):
    contest(title=HOSTILE, round_title=HOSTILE)
    answer = client.get(f"/contests/hg/{path}")
    found = Document(answer.text)
    assert not found.all("script") and not found.all("img")
    assert "<!--#" not in answer.text, "nginx would take it for an order"
    assert HOSTILE in "".join(found.texts), "it is shown as it was typed"
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]


def test_a_hostile_title_stays_text_in_the_picture(client, contest):
    contest(title=HOSTILE, round_title=HOSTILE)
    answer = client.get("/contests/hg/card.svg")
    picture = ElementTree.fromstring(answer.text)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert {each.tag.rpartition("}")[2] for each in picture.iter()} == {"svg", "rect", "text"}
    assert picture.get("aria-label").startswith(HOSTILE)


def test_the_picture_has_the_themes_colour(serve, contest, tmp_path):
    theme = shutil.copytree(ROOT / "web/theme", tmp_path / "theme")
    (theme / "theme.json").write_text(json.dumps({**json.loads((theme / "theme.json").read_text()), "colour": "#123456"}))
    contest()
    picture = ElementTree.fromstring(serve(Doors, PUBLIC_URL=SITE, THEME=str(theme)).client.get("/contests/hg/card.svg").text)
    assert "#123456" in {each.get("fill") for each in picture.iter()}


def test_the_picture_shows_the_state_too(client, contest):
    contest(opens_in=timedelta(minutes=12, seconds=30))
    texts = [each.text for each in ElementTree.fromstring(client.get("/contests/hg/card.svg").text).iter() if each.text]
    assert "Tuần 1 mở sau 12 phút" in texts and "Tìm hiểu chuyển đổi số" in texts


# A shared link


def test_a_shared_link_unfolds_with_title_description_address_and_picture(client, contest):
    contest()
    found = Document(client.get("/contests/hg/page").text)
    assert found.meta("og:title") == found.meta("twitter:title") == "Tìm hiểu chuyển đổi số"
    assert found.meta("og:url") == f"{SITE}/c/hg" == found.all("link")[0]["href"]
    assert found.meta("og:image") == f"{SITE}/api/exam/contests/hg/picture.png"
    assert found.meta("description").startswith("Tuần 1 đóng sau 58 phút. 1 vòng thi, từ ")


def test_a_page_is_read_without_script(client, contest, storage):
    contest()
    storage.results.keep("hg-w1", "hg", official=False)
    found = Document(client.get("/contests/hg/page").text)
    text = " ".join(found.texts)
    for told in ("Tuần 1", "4 câu hỏi, làm trong 10 phút", "mỗi ngày 1 lượt", "1 giải Nhất", "người dân"):
        assert told in text
    links = [link["href"] for link in found.all("a")]
    assert "/r/hg-w1" in links and "/api/scoring/rounds/hg-w1/results.csv" in links
    assert not found.all("script")


# Results


def scored(round_id="hg-w1", **more):
    told = {"revision": 1, "contest_id": "hg", "number": 1, "attempts": 3, "participants": 3, "digest": "d" * 64}
    return WeekScored(round_id=round_id, **told, scored_at=making.NOON, **more)


def official(round_id="hg-w1"):
    told = {"revision": 2, "contest_id": "hg", "number": 1, "attempts": 3, "participants": 3, "digest": "d" * 64}
    return ResultsPublished(round_id=round_id, **told, published_at=making.NOON)


def test_results_are_there_when_scoring_says_so_and_hearing_it_twice_or_late_changes_nothing(
    clean, client, contest, storage, serve, publish, settled
):
    contest(opens_in=-timedelta(hours=2))
    serve(Worker)
    for event in (scored(), scored(), official(), official(), scored()):
        publish(event)
    settled()
    assert storage.results.of("hg") == {"hg-w1": "official"}
    found = card(client, **{"from": "bao"})
    assert "Đã có kết quả Tuần 1" in found.texts
    assert found.all("a")[0]["href"] == f"{SITE}/r/hg-w1?from=bao"


# Channels


def arrive(client, what="visit", code="bao-ha-giang", **more):
    return client.post("/contests/hg/arrivals", json={"from": code, "what": what}, **more)


def test_visits_are_counted_by_channel_and_small_numbers_hidden(counting, contest, storage, auth):
    contest()
    for code in ["bao-ha-giang"] * 12 + ["BAO-HA-GIANG"] * 3 + ["facebook"] * 4:
        assert arrive(counting, code=code).status_code == 204
    found = flushed(counting, auth)
    assert found["bao-ha-giang"] == {"visits": 15, "joins": 0, "starts": 0}
    assert found["facebook"]["visits"] is None


def test_a_new_account_counts_once_however_often_it_is_told_and_an_old_one_not_at_all(counting, contest, storage, auth):
    contest()
    now = datetime.now(UTC)
    for number in range(11):
        header = auth(f"u{number}", registered_at=now)
        assert arrive(counting, "join", headers=header).status_code == 204
        assert arrive(counting, "join", headers=header).status_code == 204
    arrive(counting, "join", headers=auth("old", registered_at=now - timedelta(days=2)))
    assert flushed(counting, auth)["bao-ha-giang"]["joins"] == 11


def test_nobody_joins_without_an_account(client, contest):
    contest()
    assert arrive(client, "join").status_code == 401


@pytest.mark.parametrize("code", ["a b", "", "x" * 33, "a.b", "$inc", "báo"])
def test_a_channel_is_letters_digits_and_hyphens(client, contest, code):
    contest()
    assert arrive(client, code=code).status_code == 422


def test_an_unknown_contest_counts_nobody(client):
    assert client.post("/contests/nobody/arrivals", json={"from": "a", "what": "visit"}).status_code == 404


def test_new_papers_are_counted_by_channel_and_going_on_is_not(counting, contest, storage, auth, database):
    contest()
    clock.tick(storage, datetime.now(UTC))
    for number in range(10):
        header = {**auth(f"u{number}"), "X-Channel": "bao-ha-giang"}
        assert counting.post("/rounds/hg-w1/attempts", headers=header).status_code == 201
        assert counting.post("/rounds/hg-w1/attempts", headers=header).status_code == 200
    counting.post("/rounds/hg-w1/attempts", headers={**auth("u99"), "X-Channel": "$where.a"})
    assert flushed(counting, auth) == {"bao-ha-giang": {"visits": 0, "joins": 0, "starts": 10}}


def test_no_count_knows_a_person_so_that_erasure_changes_none(
    clean, counting, contest, storage, auth, database, serve, publish, settled
):
    contest()
    clock.tick(storage, datetime.now(UTC))
    for number in range(10):
        header = {**auth(f"u{number}", registered_at=datetime.now(UTC)), "X-Channel": "bao"}
        arrive(counting, "join", code="bao", headers=header)
        counting.post("/rounds/hg-w1/attempts", headers=header)
    before = flushed(counting, auth)
    assert before["bao"] == {"visits": 0, "joins": 10, "starts": 10}
    assert "u1" not in str(list(database["channels"].find({})))
    assert "bao" not in str(list(database["attempts"].find({})))
    serve(Worker)
    publish(UserErased(user_id="u1", erased_at=datetime.now(UTC)))
    publish(UserErased(user_id="u1", erased_at=datetime.now(UTC)))
    settled()
    assert flushed(counting, auth) == before


def test_what_was_counted_is_written_when_the_process_stops(contest, serve, storage):
    contest()
    served = serve(Doors, PUBLIC_URL=SITE)
    arrive(served.client)
    served.container.stop()
    assert [each.count for each in storage.channels.days("hg")] == [1]


def test_only_organisers_of_the_contest_see_its_channels(client, contest, auth):
    contest()
    assert client.get("/contests/hg/channels").status_code == 401
    assert client.get("/contests/hg/channels", headers=auth("u1")).status_code == 403
    assert client.get("/contests/hg/channels", headers=auth("o", roles=("organiser:contest:other",))).status_code == 403
    assert client.get("/contests/hg/channels", headers=auth("o", roles=("operator:platform:*",))).status_code == 200
