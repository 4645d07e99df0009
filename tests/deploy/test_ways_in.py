"""The front's ways in, before services that these tests play: what a shared link becomes, what other sites may frame."""

import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from hoithi_native import web_build
from hoithi_native.testing import free_instance

TOLD = '<title>Tuần 1 &lt;!--# include virtual="/docs/" --&gt;</title></head><body><div id="app">Đọc không cần mã</div></body>'


class Services(BaseHTTPRequestHandler):
    """Tells of everything but what is unknown."""

    asked: list[str] = []

    def do_GET(self):
        type(self).asked.append(self.path)
        known = "unknown" not in self.path
        body = (TOLD if known else '{"title": "Không có"}').encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8" if known else "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    """nginx, with exam behind it; scoring is away."""
    instance = free_instance(tmp_path_factory.mktemp("ways-in"))
    instance.prepare()
    name, command, _ = next(part for part in instance.surroundings.programs(lambda text: None) if part[0] == "nginx")
    server = ThreadingHTTPServer(("127.0.0.1", instance.ports.base + 20), Services)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    running = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    transport = httpx.HTTPTransport(retries=8)
    try:
        with httpx.Client(base_url=instance.front_url, timeout=30, transport=transport) as client:
            yield client
    finally:
        running.terminate()
        running.wait(30)
        server.shutdown()
        server.server_close()


def framed_by(answer) -> str:
    return re.search(r"frame-ancestors ([^;]+)", answer.headers["content-security-policy"]).group(1)


def test_the_card_alone_may_be_framed(front):
    card = front.get("/card/hg")
    assert framed_by(card) == "*" and "x-frame-options" not in card.headers
    assert "script-src" not in card.headers["content-security-policy"]
    for path in (
        "/",
        "/c/hg",
        "/r/hg-w1",
        "/z/AB12",
        "/card/hg.svg",
        "/card.css",
        "/api/exam/contests/hg",
        "/docs/",
        "/sw.js",
        "/nothing",
    ):
        answer = front.get(path)
        assert framed_by(answer) == "'none'" and answer.headers["x-frame-options"] == "DENY", path


def test_a_shared_link_is_the_pages_own_index_with_what_the_service_tells(front):
    shared, index = front.get("/c/hg").text, front.get("/").text
    assert re.findall(r'src="/assets/[^"]+"', shared) == re.findall(r'src="/assets/[^"]+"', index) != []
    assert shared.count("<title>") == shared.count("<body>") == 1
    assert "Đọc không cần mã" in shared and "<!--#" not in shared
    assert shared.index("<title>Tuần 1") < shared.index("</head>") < shared.index("<body>")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=", shared) == []


@pytest.mark.parametrize("path", ["/c/unknown", "/r/hg-w1", "/z/AB12-CD34"])
def test_a_service_that_knows_nothing_or_is_away_costs_the_description_not_the_page(front, path):
    shared, index = front.get(path), front.get("/").text
    assert shared.status_code == 200 and "Không có" not in shared.text
    assert re.search("<title>.*</title>", shared.text).group() == re.search("<title>.*</title>", index).group()
    assert re.findall(r'src="/assets/[^"]+"', shared.text) and "og:title" in shared.text and "<body>" in shared.text


def test_a_channel_of_other_signs_is_none_and_other_words_are_not_asked(front):
    Services.asked.clear()
    front.get("/card/words", params={"from": "a b&lang=en", "x": "1"})
    front.get("/card/words", params={"from": "bao", "lang": "en"})
    assert Services.asked == ["/contests/words/card?lang=vi&from=", "/contests/words/card?lang=en&from=bao"]


@pytest.mark.parametrize(
    "path", ["/-/exam/contests/hg/page", "/-/exam/metrics", "/shared.html", "/c/hg/more", "/card/..%2f..%2fmetrics"]
)
def test_nothing_behind_the_ways_in_is_reached_directly(front, path):
    Services.asked.clear()
    answer = front.get(path)
    assert answer.status_code != 200 and Services.asked == [] and "Tuần 1" not in answer.text


def test_shared_links_of_the_same_second_are_one_question(front):
    Services.asked.clear()
    for _ in range(20):
        front.get("/c/many")
    assert len(Services.asked) <= 5


def test_the_card_has_the_themes_colours_and_is_not_kept_by_the_pages_worker(front):
    assert "--accent: #27357f" in front.get("/card.css").text
    worker = (web_build.pages() / "sw.js").read_text()
    assert "card.css" not in worker and "shared.html" not in worker
